"""Panel, a practitioner's story and the prompts of a lunch: their parts, their time, and what crew shows."""

from __future__ import annotations

from functools import reduce
from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import Envelope, Event, PhaseChanged
from mellanrum.exercise_kit.document import Bullets
from mellanrum.exercise_kit.examples import definition_from
from mellanrum.exercises.slide.audiences import crew, part_time, phone, projector
from mellanrum.exercises.slide.contributions import Show
from mellanrum.exercises.slide.definition import Definition, walk
from mellanrum.exercises.slide.exercise import EXERCISE
from mellanrum.exercises.slide.state import EMPTY, State
from mellanrum.exercises.slide.views import PartTime, Turning

PANEL = Definition(version=2, title="Panel", preset="panel", voices=("Asta", "Tor", "Lo"), minutes=(4, 5, 5, 15))
STORY = Definition(version=2, title="Så gick det", preset="story", speaker="Robin", minutes=(8, 4, 6, 7))
LUNCH = Definition(version=2, title="Lunch", preset="lunch", prompts=("Ett?", "Två?", "Tre?"), every=12)


def folded(definition: Definition, *events: Event) -> State:
    return reduce(lambda state, event: EXERCISE.fold(definition, state, event), events, EMPTY)


def show(prompt: int, at: int | None) -> Envelope:
    return Envelope(1, "gift", "crew:1", "crew", "show", Show(prompt), at)


def test_a_panel_has_a_step_for_each_voice_and_one_for_questions() -> None:
    assert walk(PANEL) == ("voice1", "voice2", "voice3", "questions")
    assert walk(msgspec.structs.replace(PANEL, voices=())) == ("voice1", "voice2", "questions")
    assert [(part.title, part.who, part.state) for part in projector(PANEL, EMPTY, "voice2").parts] == [
        ("Röst 1", "Asta", "done"),
        ("Röst 2", "Tor", "now"),
        ("Röst 3", "Lo", "coming"),
        ("Frågor", "", "coming"),
    ]


@pytest.mark.parametrize(
    ("definition", "phase", "minutes"), [(PANEL, "voice3", 4), (PANEL, "questions", 15), (STORY, "story", 8), (STORY, "you", 6)]
)
def test_every_part_has_its_own_time(definition: Definition, phase: str, minutes: int) -> None:
    state = folded(definition, PhaseChanged(1, phase, 1000))
    assert part_time(definition, state, phase) == PartTime(1000, 1000 + minutes * 60_000, minutes * 60_000)


def test_a_story_is_told_by_one_and_thought_about_by_two_and_two() -> None:
    assert [part.who for part in phone(STORY, EMPTY, "story").parts] == ["Robin", "Robin", "två och två", ""]


def test_prompts_turn_from_when_the_lunch_began_or_from_the_one_crew_showed() -> None:
    began = PhaseChanged(1, "lunch", 1000)
    assert projector(LUNCH, folded(LUNCH, began), "lunch").turning == Turning(LUNCH.prompts, 0, 1000, 720_000)
    state = folded(LUNCH, began, show(2, 61_000))
    assert projector(LUNCH, state, "lunch").turning == crew(LUNCH, state, "lunch").turning == Turning(LUNCH.prompts, 2, 61_000, 720_000)
    assert phone(LUNCH, state, "lunch").prompts == LUNCH.prompts


@pytest.mark.parametrize(("definition", "prompt", "wrong"), [(LUNCH, 2, None), (LUNCH, 3, "prompt"), (PANEL, 0, "prompt")])
def test_only_a_prompt_there_is_can_be_shown(definition: Definition, prompt: int, wrong: str | None) -> None:
    assert EXERCISE.check(definition, "show", Show(prompt)) == wrong


def test_the_documentation_has_the_prompts() -> None:
    (passage,) = EXERCISE.harvest(LUNCH, folded(LUNCH, PhaseChanged(1, "lunch", 1)), "slide-4")
    assert passage.blocks == (Bullets(LUNCH.prompts),)


@pytest.mark.parametrize("change", [{"prompts": []}, {"every": 0}, {"voices": ["x"] * 7}, {"prompts": ["x"] * 13}, {"preset": "debate"}])
def test_what_cannot_be_held_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**msgspec.to_builtins(LUNCH), **change}, Definition)


def test_what_was_prepared_with_the_first_version_is_the_same() -> None:
    old = {"version": 1, "title": "Gnisslet", "preset": "perspectives", "voices": ["Asta", "Tor"]}
    assert definition_from(EXERCISE, old) == Definition(version=2, title="Gnisslet", preset="perspectives", voices=("Asta", "Tor"))
