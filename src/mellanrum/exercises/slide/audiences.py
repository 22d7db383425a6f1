"""What each audience may see of a talk."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercises.slide.definition import PARTS, Definition
from mellanrum.exercises.slide.state import State
from mellanrum.exercises.slide.views import CrewView, OwnView, Part, PartTime, PhoneView, ProjectorView

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
    )


def crew(definition: Definition, state: State, phase: str) -> CrewView:
    return CrewView(
        title=definition.title,
        phase=phase,
        preset=definition.preset,
        speaker=definition.speaker,
        parts=parts(definition, phase),
        time=part_time(definition, state, phase),
    )


def own(definition: Definition, state: State, author: str) -> OwnView:
    return OwnView()


def parts(definition: Definition, phase: str) -> tuple[Part, ...]:
    """The four parts of perspectives with who speaks in them; none for the other presets."""
    if definition.preset != "perspectives":
        return ()
    titles = (_("Första rösten"), _("Andra rösten"), _("Svar"), _("Frågor"))
    first, second = (*definition.voices, "", "")[:2]
    whose = (first, second, definition.speaker, "")
    here = PARTS.index(phase) if phase in PARTS else -1
    return tuple(Part(key, titles[at], whose[at], _state(at, here)) for at, key in enumerate(PARTS))


def part_time(definition: Definition, state: State, phase: str) -> PartTime | None:
    """The part's own minutes, from when the room came to it; they rest when the block's clock rests, and get what it gets."""
    if definition.preset != "perspectives" or phase not in PARTS or phase != state.phase or not state.since:
        return None
    length = definition.minutes[PARTS.index(phase)] * MINUTE_MS
    after = state.left - length  # what the block's clock shows when the part is over
    if state.clock is None:
        return PartTime(state.since, state.since + length, length)
    if state.clock.ends_at is None:
        return PartTime(state.since, None, length, (state.clock.left_ms or 0) - after)
    return PartTime(state.since, state.clock.ends_at - after, length)


def _state(at: int, here: int) -> str:
    if at == here:
        return "now"
    return "done" if at < here else "coming"
