"""Rows of a list being edited: each stays itself, empty ones go, new ones get names, and numbers move them."""

from __future__ import annotations

import pytest

from mellanrum.exercise_kit.drafts import Form
from mellanrum.exercise_kit.editing import NotReady, draw_editor, read_editor
from mellanrum.exercise_kit.registry import exercise_type
from mellanrum.exercise_kit.tests.contract.posted import posted
from mellanrum.exercises.scale.definition import Definition, Instrument, Item, Subject
from mellanrum.exercises.slide.definition import Definition as Slide
from mellanrum.exercises.slide.definition import Link

SCALE = exercise_type("scale")
SLIDE = exercise_type("slide")
ITEMS = "d.instrument.items"
LETTERS = Definition(
    version=1,
    instrument=Instrument(
        "letters", 3, "Bokstäver", tuple(Item(f"id-{one}", one.upper(), one == "b") for one in "abcd"), (Subject("me", "Jag"),)
    ),
)


def form(changes: dict[str, str] | None = None) -> Form:
    """What the editor of the letters posts, with changes below the statements."""
    return {**posted(draw_editor(SCALE, LETTERS)), **{f"{ITEMS}.{name}": [text] for name, text in (changes or {}).items()}}


def items(changes: dict[str, str]) -> list[Item]:
    return list(read_editor(SCALE, LETTERS, form(changes)).instrument.items)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ({0: 3}, "BCAD"),
        ({3: 2}, "ADBC"),
        ({0: 2, 1: 1}, "BACD"),
        ({0: 99}, "BCDA"),
        ({3: 0}, "DABC"),
        ({0: 2}, "BACD"),
        ({0: 4, 1: 3, 2: 2, 3: 1}, "DCBA"),
    ],
)
def test_the_number_before_a_row_says_where_it_goes(places, expected):
    found = items({f"{row}._place": str(place) for row, place in places.items()})
    assert "".join(item.text for item in found) == expected
    assert all(item.id == f"id-{item.text.lower()}" and item.reverse == (item.text == "B") for item in found)


@pytest.mark.parametrize("place", ["", "första", "-1", "9" * 400, "1.5"])
def test_a_number_that_is_none_moves_nothing(place):
    assert [item.text for item in items({"0._place": place})] == list("ABCD")


def test_a_row_that_is_rewritten_keeps_its_id_and_one_that_is_emptied_goes():
    found = items({"0.text": "Å", "1.text": "  "})
    assert [(item.id, item.text) for item in found] == [("id-a", "Å"), ("id-c", "C"), ("id-d", "D")]


def test_a_new_row_gets_an_id_of_its_own_and_may_stand_anywhere():
    found = items({"4.text": "Ny", "4._place": "1", "5.text": "Till"})
    assert [item.text for item in found] == ["Ny", *"ABCD", "Till"]
    assert len({item.id for item in found}) == 6
    assert all(item.id for item in found)


def test_an_id_posted_twice_or_made_up_never_makes_two_rows_one():
    found = items({"1.id": "id-a", "4.text": "Ny", "4.id": "id-c", "5.text": "Till", "5.id": "<script>"})
    assert len({item.id for item in found}) == len(found)
    assert found[0] == Item("id-a", "A")
    assert "<script>" not in {item.id for item in found}


def test_a_row_that_somebody_else_added_meanwhile_is_kept():
    more = Definition(
        version=1,
        instrument=Instrument("letters", 3, "Bokstäver", (*LETTERS.instrument.items, Item("id-e", "E")), LETTERS.instrument.subjects),
    )
    found = read_editor(SCALE, more, form({"0.text": "Å"})).instrument.items
    assert [item.id for item in found] == ["id-a", "id-b", "id-c", "id-d", "id-e"]


def test_rows_without_ids_are_dropped_when_empty_and_half_a_row_is_asked_for():
    talk = Slide(version=1, title="Berättelse", links=(Link("Ett", "https://a.example"), Link("Två", "https://b.example")))
    drawn = dict(posted(draw_editor(SLIDE, talk)))
    gone = read_editor(SLIDE, talk, {**drawn, "d.links.0.text": [""], "d.links.0.url": [""]})
    assert gone.links == (Link("Två", "https://b.example"),)
    with pytest.raises(NotReady) as told:
        read_editor(SLIDE, talk, {**drawn, "d.links.2.text": ["Tre"], "d.links.2.url": ["c.example"]})
    assert [(one.field, one.text) for one in told.value.problems] == [("d.links.2.url", "Skriv hela adressen. Den börjar med https://")]
    with pytest.raises(NotReady) as half:
        read_editor(SLIDE, talk, {"d.links.2.text": ["Tre"]})
    assert half.value.problems[0].field == "d.links.2.url"


def test_what_was_written_stands_there_again_with_what_to_write():
    written = {**form({"0.text": "x" * 301, "4.text": "Ny", "4._place": "1"}), "d.minimum": ["elva"]}
    with pytest.raises(NotReady) as told:
        read_editor(SCALE, LETTERS, written)
    again = posted(draw_editor(SCALE, LETTERS, problems=told.value.problems, form=written))
    assert {name: again[name] for name in written} == written
    assert {one.field for one in told.value.problems} == {f"{ITEMS}.0.text", "d.minimum"}
