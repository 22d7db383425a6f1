"""What each audience may see of a talk."""

from __future__ import annotations

from mellanrum.exercises.slide.definition import Definition
from mellanrum.exercises.slide.parts import parts_of
from mellanrum.exercises.slide.state import State
from mellanrum.exercises.slide.views import CrewView, OwnView, Part, PartTime, PhoneView, ProjectorView, Turning

MINUTE_MS = 60_000


def phone(definition: Definition, state: State, phase: str) -> PhoneView:
    return PhoneView(
        title=definition.title,
        phase=phase,
        preset=definition.preset,
        speaker=definition.speaker,
        paragraphs=definition.paragraphs,
        links=definition.links,
        parts=parts(definition, phase),
        prompts=definition.prompts if definition.preset == "lunch" else (),
    )


def projector(definition: Definition, state: State, phase: str) -> ProjectorView:
    return ProjectorView(
        title=definition.title,
        phase=phase,
        preset=definition.preset,
        speaker=definition.speaker,
        paragraphs=definition.paragraphs,
        has_links=bool(definition.links),
        parts=parts(definition, phase),
        time=part_time(definition, state, phase),
        turning=turning(definition, state, phase),
    )


def crew(definition: Definition, state: State, phase: str) -> CrewView:
    return CrewView(
        title=definition.title,
        phase=phase,
        preset=definition.preset,
        speaker=definition.speaker,
        parts=parts(definition, phase),
        time=part_time(definition, state, phase),
        turning=turning(definition, state, phase),
    )


def own(definition: Definition, state: State, author: str) -> OwnView:
    return OwnView()


def parts(definition: Definition, phase: str) -> tuple[Part, ...]:
    """The parts with who speaks in them; none for what has a single step."""
    planned = parts_of(definition)
    keys = [part.key for part in planned]
    here = keys.index(phase) if phase in keys else -1
    return tuple(Part(part.key, part.title, part.who, _state(at, here)) for at, part in enumerate(planned))


def part_time(definition: Definition, state: State, phase: str) -> PartTime | None:
    """The part's own minutes, from when the room came to it; they rest when the block's clock rests, and get what it gets."""
    mine = next((part for part in parts_of(definition) if part.key == phase), None)
    if mine is None or phase != state.phase or not state.since:
        return None
    length = mine.minutes * MINUTE_MS
    after = state.left - length  # what the block's clock shows when the part is over
    if state.clock is None:
        return PartTime(state.since, state.since + length, length)
    if state.clock.ends_at is None:
        return PartTime(state.since, None, length, (state.clock.left_ms or 0) - after)
    return PartTime(state.since, state.clock.ends_at - after, length)


def turning(definition: Definition, state: State, phase: str) -> Turning | None:
    """The prompts of a lunch: another one after so many minutes, from the one that crew showed last."""
    if phase != "lunch":
        return None
    return Turning(definition.prompts, state.prompt % max(1, len(definition.prompts)), state.shown_at, definition.every * MINUTE_MS)


def _state(at: int, here: int) -> str:
    if at == here:
        return "now"
    return "done" if at < here else "coming"
