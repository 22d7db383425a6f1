"""Every place on a phone where somebody gives something says what happens to it, and says what is true of the definition."""

from __future__ import annotations

import re

import msgspec
import pytest
from django.test import RequestFactory

from mellanrum.exercise_kit.contract import Exercise
from mellanrum.exercise_kit.examples import Example, examples_of
from mellanrum.exercise_kit.faces import draw_example
from mellanrum.exercise_kit.privacy import Facts, facts_of, line, privacy_of
from mellanrum.exercise_kit.registry import registry

CASES = [
    pytest.param(kind, example, is_plain, id=f"{slug}-{example.name}-{'plain' if is_plain else 'phone'}")
    for slug, kind in registry().items()
    for example in examples_of(kind)
    for is_plain in (False, True)
]


def untold(html: str) -> list[str]:
    """Forms that give something and say nothing of it."""
    forms = re.findall(r"<form[^>]* data-exercise=.*?</form>", html, re.DOTALL)
    return [form for form in forms if re.search(r"<(textarea|input|select)", form) and "data-privacy" not in form]


@pytest.mark.parametrize(("exercise", "example", "is_plain"), CASES)
def test_every_form_on_a_phone_says_what_happens(exercise: Exercise, example: Example, is_plain: bool) -> None:
    html = draw_example(exercise, example, "participant", request=RequestFactory().get("/"), plain=is_plain)
    assert untold(html) == []
    for words in re.findall(r"data-privacy[^>]*>(.*?)</p>", html, re.DOTALL):
        assert re.sub(r"<[^>]+>|\s", "", words), "a line that says nothing"


def test_a_form_that_says_nothing_would_be_found() -> None:
    assert untold('<form class="x" data-exercise="a"><input name="b"></form>')
    assert not untold('<form class="x" data-exercise="a"><input name="b"><p data-privacy>Sparas.</p></form>')


@pytest.mark.parametrize("slug", registry())
def test_each_kind_that_people_give_has_a_line(slug: str) -> None:
    exercise = registry()[slug]
    for example in examples_of(exercise):
        kinds = {kind for phase in exercise.phases(example.definition) for kind in phase.accepts | phase.table_accepts}
        given = {kind for kind in kinds if exercise.example(example.definition, kind)}
        assert set(privacy_of(exercise, example.definition)) == given


def test_the_line_follows_the_definition() -> None:
    exercise = registry()["words"]
    example = next(one for one in examples_of(exercise) if one.definition.anonymous and one.definition.live)
    hidden = msgspec.structs.replace(example.definition, live=False, anonymous=False)
    assert "medan det kommer" in privacy_of(exercise, example.definition)["word"]
    said = privacy_of(exercise, hidden)["word"]
    assert "när det visas" in said
    assert "utan ditt namn" not in said


def test_a_rating_is_a_sum_and_its_words_are_read() -> None:
    exercise = registry()["scale"]
    example = next(one for one in examples_of(exercise) if one.definition.parts)
    facts = facts_of(exercise, example.definition)
    assert (facts["rate"].room, facts["write"].room) == ("sum", "later")
    assert facts["write"].is_read_by_crew
    assert f"färre än {example.definition.minimum}" in line(facts["rate"])


def test_whoever_sees_more_is_told() -> None:
    """The probe finds words wherever a view has them."""
    exercise = registry()["cards"]
    definition = next(iter(examples_of(exercise))).definition
    assert facts_of(exercise, definition)["choose"] == Facts("in-company", False, False, definition.anonymous)
    assert facts_of(exercise, definition)["share"].room == "later"
