"""The faces: strict HTML, a deck that works without script, words of people as words, and a form that stays while others write."""

from __future__ import annotations

from typing import Any

import html5lib
import pytest

from mellanrum.exercise_kit.examples import examples_of
from mellanrum.exercises.cards.contributions import Choose, Share
from mellanrum.exercises.cards.exercise import EXERCISE
from mellanrum.exercises.cards.phases import PHASES
from mellanrum.exercises.cards.tests.cast import NAMELESS, folded, give
from mellanrum.exercises.cards.tests.faces import draw
from mellanrum.exercises.cards.views import OwnView
from mellanrum.rooms.fields import contributions_of
from mellanrum.ui.tests.test_markup import inline, nameless_buttons

FACES = ("participant", "projector", "crew", "paper", "entry")
KEYS = [*(phase.key for phase in PHASES), "closed"]


def tree(html: str) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)


def radios(root: Any) -> list[Any]:
    return [field for field in root.iter("input") if field.get("type") == "radio"]


@pytest.mark.parametrize("example", examples_of(EXERCISE), ids=lambda one: one.name)
@pytest.mark.parametrize("face", FACES)
def test_every_face_of_every_example_holds(face, example) -> None:
    for phase in KEYS:
        root = tree(draw(face, example.definition, example.state(EXERCISE), phase, plain=phase == "alone"))
        assert inline(root) == []
        assert nameless_buttons(root) == []
        assert all(image.get("alt") is not None and image.get("width") for image in root.iter("img"))
        ids = [element.get("id") for element in root.iter() if isinstance(element.tag, str) and element.get("id")]
        assert len(set(ids)) == len(ids)


def test_every_picture_is_a_choice_with_a_name_and_those_in_sight_come_first() -> None:
    root = tree(draw("participant", NAMELESS, folded(), "choose"))
    choices = [field.get("value") for field in radios(root)]
    images = list(root.iter("img"))
    assert (len(choices), choices[-1]) == (28, "")
    assert all(image.get("alt") for image in images)
    assert [image.get("loading") for image in images] == [None] * 12 + ["lazy"] * 15
    assert {field.get("name") for field in radios(root)} == {"choose?#card"}


def test_without_script_own_answers_stand_in_the_form_and_can_be_posted() -> None:
    html = draw("participant", NAMELESS, folded(), "alone", plain=True, owner=OwnView("knot", "Den håller."))
    assert [field.get("value") for field in radios(tree(html)) if field.get("checked") is not None] == ["knot"]
    assert "Den håller.</textarea>" in html
    assert "data-private" not in html  # nothing that a page without script would lose
    posted = contributions_of([("choose?#card", "knot"), ("share?#text", "Den håller.")], EXERCISE.contributions)
    assert [given.data for given in posted] == [Choose("knot"), Share("Den håller.")]
    assert [given.data for given in contributions_of([("choose?#card", "")], EXERCISE.contributions)] == [Choose(None)]


def test_notes_have_no_name_that_could_be_sent() -> None:
    root = tree(draw("participant", NAMELESS, folded(), "alone"))
    notes = [field for field in root.iter("textarea") if field.get("data-private") is not None]
    assert [(note.get("name"), bool(note.get("id"))) for note in notes] == [(None, True)]


def test_the_form_is_the_same_from_the_question_on_whatever_others_share() -> None:
    def form(phase: str, *events: Any) -> str:
        return draw("participant", NAMELESS, folded(*events), phase).partition("<form")[2].partition("</form>")[0]

    shared = give(1, "a", "share", text="Springan.")
    assert len({form("question"), form("alone"), form("table"), form("plenary", shared)}) == 1
    assert form("choose") != form("question")


def test_words_of_people_are_never_markup() -> None:
    state = folded(give(1, "a", "share", text="<b onclick=x>&amp;"))
    for face in ("participant", "projector", "crew"):
        assert "<b onclick" not in draw(face, NAMELESS, state, "plenary")


def test_a_fragment_stays_small() -> None:
    crowd = folded(*(give(seq, f"p{seq}", "share", text="å" * 300) for seq in range(1, 200)))
    assert len(draw("participant", NAMELESS, crowd, "plenary").encode()) <= 16_000
    assert len(draw("participant", NAMELESS, folded(), "choose").encode()) <= 16_000


def test_the_deck_prints_nine_to_a_page() -> None:
    root = tree(draw("paper", NAMELESS, folded(), "choose"))
    assert [len(list(page.iter("img"))) for page in root.iter("article")] == [9, 9, 9]
