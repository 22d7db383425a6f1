"""Preparing a rating: when an instrument becomes another, and what has to hang together."""

from __future__ import annotations

import pytest

from mellanrum.exercise_kit.editing import NotReady, draw_editor, new_definition, read_editor
from mellanrum.exercise_kit.tests.contract.posted import posted
from mellanrum.exercises.scale.definition import Definition, Instrument, Item, Subject
from mellanrum.exercises.scale.exercise import EXERCISE

RATING = Definition(
    version=1,
    instrument=Instrument(
        "gravel", 2, "Grus i skon", (Item("notice", "Vi märker tidigt."), Item("wait", "Vi väntar.")), (Subject("me", "Jag"),)
    ),
)


def edited(**changes: str) -> Definition:
    drawn = posted(draw_editor(EXERCISE, RATING))
    definition: Definition = read_editor(
        EXERCISE, RATING, {**drawn, **{f"d.{name.replace('__', '.')}": [text] for name, text in changes.items()}}
    )
    return definition


@pytest.mark.parametrize(
    "changes",
    [
        {"instrument__items__0__text": "Vi märker sent."},
        {"instrument__items__1__text": ""},
        {"instrument__items__2__text": "Vi pratar."},
        {"instrument__items__0__reverse": "1"},
        {"instrument__items__0___place": "2"},
        {"instrument__high": "7"},
        {"instrument__low_label": "aldrig"},
        {"instrument__subjects__1__text": "Min organisation"},
    ],
)
def test_what_is_asked_otherwise_is_another_version_of_the_instrument(changes):
    after = edited(**changes).instrument
    assert (after.id, after.version) == ("gravel", 3)


def test_a_version_is_raised_once_and_only_for_what_is_compared():
    assert edited().instrument.version == 2
    assert edited(instrument__title="Sten i skon", minimum="7", anonymous="0", parts__0__text="Vad är svårt?").instrument.version == 2
    assert edited(instrument__version="9", instrument__id="another").instrument == RATING.instrument


def test_subjects_that_everybody_knows_keep_their_names_and_ones_own_get_a_new_one():
    after = edited(instrument__subjects__1__text="Min organisation", instrument__subjects__3__text="Vår region").instrument
    assert [(one.id, one.text) for one in after.subjects[:2]] == [("me", "Jag"), ("organisation", "Min organisation")]
    assert after.subjects[2].text == "Vår region"
    assert after.subjects[2].id not in {"me", "organisation", "together"}


@pytest.mark.parametrize(("low", "high", "told"), [("1", "1", "2 till 11"), ("5", "1", "6 till 15"), ("0", "11", "1 till 10")])
def test_a_scale_that_is_none_is_told_at_its_highest_step(low, high, told):
    with pytest.raises(NotReady) as error:
        edited(instrument__low=low, instrument__high=high)
    assert [problem.field for problem in error.value.problems] == ["d.instrument.high"]
    assert told in error.value.problems[0].text


def test_two_new_ratings_are_never_the_same_instrument():
    one, other = new_definition(EXERCISE), new_definition(EXERCISE)
    assert one.instrument.id != other.instrument.id
    assert {item.id for item in one.instrument.items}.isdisjoint(item.id for item in other.instrument.items)
