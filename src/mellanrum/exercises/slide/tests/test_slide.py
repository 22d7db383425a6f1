"""What is on: the parts of perspectives with their time, and what a talk leaves."""

from __future__ import annotations

from functools import reduce

import msgspec
import pytest

from mellanrum.exercise_kit.contract import Event, PhaseChanged
from mellanrum.exercise_kit.document import Bullets, Text
from mellanrum.exercises.slide.audiences import part_time, parts, phone, projector
from mellanrum.exercises.slide.definition import Definition, Link
from mellanrum.exercises.slide.exercise import EXERCISE
from mellanrum.exercises.slide.state import EMPTY, State
from mellanrum.exercises.slide.views import PartTime

TALK = Definition(version=1, title="Gnisslet", speaker="Maj", text="Ett.\n\nTvå.", links=(Link("Bilder", "https://gnissel.example/b"),))
VOICES = Definition(version=1, title="Röster", preset="perspectives", speaker="Maj", voices=("Asta",), minutes=(5, 4, 3, 2))


def folded(definition: Definition, *events: Event) -> State:
    return reduce(lambda state, event: EXERCISE.fold(definition, state, event), events, EMPTY)


@pytest.mark.parametrize("preset", ["talk", "break", "film"])
def test_most_have_one_phase_of_their_own_name(preset: str) -> None:
    definition = msgspec.structs.replace(TALK, preset=preset)
    assert [phase.key for phase in EXERCISE.phases(definition)] == [preset]


def test_perspectives_walk_through_four_parts() -> None:
    assert [phase.key for phase in EXERCISE.phases(VOICES)] == ["first", "second", "reply", "questions"]
    assert [(part.who, part.state) for part in parts(VOICES, "second")] == [
        ("Asta", "done"),
        ("", "now"),
        ("Maj", "coming"),
        ("", "coming"),
    ]
    assert parts(TALK, "talk") == ()


def test_each_part_has_its_own_minutes_from_when_the_room_came_to_it() -> None:
    state = folded(VOICES, PhaseChanged(1, "first", 60_000), PhaseChanged(2, "second", 400_000))
    assert part_time(VOICES, state, "second") == PartTime(400_000, 640_000, 240_000)
    assert part_time(VOICES, state, "first") is None
    assert part_time(TALK, folded(TALK, PhaseChanged(1, "talk", 60_000)), "talk") is None


def test_phones_never_get_minutes() -> None:
    state = folded(VOICES, PhaseChanged(1, "first", 60_000))
    assert b"minutes" not in msgspec.json.encode(phone(VOICES, state, "first"))
    assert b"ends_at" in msgspec.json.encode(projector(VOICES, state, "first"))
    assert b"ends_at" not in msgspec.json.encode(phone(VOICES, state, "first"))


def test_a_talk_leaves_what_it_was() -> None:
    (about,) = EXERCISE.harvest(TALK, folded(TALK, PhaseChanged(1, "talk", 1)), "slide-3")
    assert about.heading == "Gnisslet"
    assert about.blocks == (Text("Med Maj."), Text("Ett."), Text("Två."), Bullets(("Bilder: https://gnissel.example/b",)))
    assert (about.key, about.source) == ("slide-3/about", "Moment 3")


def test_what_never_opened_and_a_break_leave_nothing() -> None:
    pause = Definition(version=1, title="Kaffe", preset="break")
    assert EXERCISE.harvest(TALK, folded(TALK), "slide-3") == ()
    assert EXERCISE.harvest(pause, folded(pause, PhaseChanged(1, "break", 1)), "slide-3") == ()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x.example", "https://x.example/a b", 'https://x.example/"onclick=', "//x.example", ""]
)
def test_only_ordinary_links_are_taken(url: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"version": 1, "title": "t", "links": [{"text": "l", "url": url}]}, Definition)
