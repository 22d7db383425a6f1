"""What is on: the parts of perspectives with their time, and what a talk leaves."""

from __future__ import annotations

from functools import reduce

import msgspec
import pytest

from mellanrum.exercise_kit.contract import ClockChanged, Event, PhaseChanged
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


def test_a_part_rests_and_gets_more_time_with_its_block() -> None:
    began: list[Event] = [ClockChanged(1, 60_000, 1_160_000), PhaseChanged(1, "first", 60_000), PhaseChanged(2, "second", 400_000)]
    assert part_time(VOICES, folded(VOICES, *began), "second") == PartTime(400_000, 640_000, 240_000)
    paused: list[Event] = [*began, ClockChanged(3, 460_000, None, 700_000)]
    assert part_time(VOICES, folded(VOICES, *paused), "second") == PartTime(400_000, None, 240_000, 180_000)
    longer: list[Event] = [*paused, ClockChanged(4, 470_000, None, 760_000)]
    assert part_time(VOICES, folded(VOICES, *longer), "second") == PartTime(400_000, None, 240_000, 240_000)
    going: list[Event] = [*longer, ClockChanged(5, 900_000, 1_660_000)]
    assert part_time(VOICES, folded(VOICES, *going), "second") == PartTime(400_000, 1_140_000, 240_000)
    after = folded(VOICES, *going, PhaseChanged(6, "reply", 1_000_000))
    assert part_time(VOICES, after, "reply") == PartTime(1_000_000, 1_180_000, 180_000)


def test_a_part_that_begins_while_the_clock_rests_has_its_minutes_before_it() -> None:
    state = folded(VOICES, ClockChanged(1, 0, 900_000), ClockChanged(2, 1, None, 800_000), PhaseChanged(3, "first", 5_000))
    assert part_time(VOICES, state, "first") == PartTime(5_000, None, 300_000, 300_000)


@pytest.mark.parametrize(
    ("clock", "time"),
    [
        (ClockChanged(3, 120_000, None, -600_000), PartTime(60_000, None, 300_000, -1_300_000)),  # paused long after the end
        (ClockChanged(3, 120_000, 60_000), PartTime(60_000, -640_000, 300_000)),  # an hour was taken away
        (ClockChanged(3, 0, None), PartTime(60_000, None, 300_000, -700_000)),
    ],
)
def test_a_clock_that_has_run_far_over_is_only_a_number(clock: ClockChanged, time: PartTime) -> None:
    state = folded(VOICES, ClockChanged(1, 60_000, 1_060_000), PhaseChanged(2, "first", 60_000), clock)
    assert part_time(VOICES, state, "first") == time


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
