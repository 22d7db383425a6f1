"""The cells of a room: which there are for an audience, and what each of them holds."""

from __future__ import annotations

from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import Audience
from mellanrum.rooms.live.room import LiveRoom, People
from mellanrum.rooms.plan import STAGE
from mellanrum.rooms.stage import audiences
from mellanrum.rooms.stage.room_fold import ExerciseSnapshot, RoomSnapshot

PREVIEW = "projector:"
PREFIX = "exercise-"


class PeopleView(msgspec.Struct, frozen=True):
    """How many have come in, from how many organisations, and at how many tables with a phone of their own; nobody by name.

    `fewest` and `most` is how many share a table's phone; both 0 without tables.
    """

    here: int
    organisations: int
    tables: int = 0
    fewest: int = 0
    most: int = 0


class PersonalView(msgspec.Struct, frozen=True):
    """A signal to fetch one's own part again."""

    v: int


def cell_names(room: LiveRoom, audience: str) -> tuple[str, ...]:
    """The cells this audience has now, the stage first. Crew also gets the projector's picture."""
    seen = room.seen_by(audience)
    if audience == "phone":
        away = _put_away(seen)
        return ("stage", "people", *(name for name in _exercises(seen) if name != away), "personal")
    names = ("stage", "people", *_exercises(seen))
    if audience == "crew":
        return (*names, f"{PREVIEW}stage", *(f"{PREVIEW}{name}" for name in _exercises(room.picture)))
    return names


def _exercises(snapshot: RoomSnapshot) -> tuple[str, ...]:
    """Open exercises, and the one the room stands in."""
    current = snapshot.course.step(snapshot.stage.step).exercise
    shown = (one.id for one in snapshot.exercises.values() if one.is_open or one.id == current)
    return tuple(f"{PREFIX}{name}" for name in shown) if snapshot.stage.status == "running" else ()


def _put_away(snapshot: RoomSnapshot) -> str:
    """The cell of what the room does without phones: they say that and nothing else."""
    step = snapshot.course.step(snapshot.stage.step)
    return f"{PREFIX}{step.exercise}" if step.block and step.exercise and not step.block.phones else ""


def cells_of_change(dirty: frozenset[str]) -> frozenset[str]:
    """The cells that may look different after these parts of the fold changed."""
    names = {"stage" if name == STAGE else f"{PREFIX}{name}" for name in dirty}
    return frozenset(names | {f"{PREVIEW}{name}" for name in names})


def cell_value(room: LiveRoom, snapshot: RoomSnapshot, audience: Audience, name: str) -> msgspec.Struct | None:
    """What the cell holds for that audience, as the public JSON form; None when it has no such cell."""
    if name.startswith(PREVIEW):
        return cell_value(room, snapshot, "projector", name.removeprefix(PREVIEW)) if audience == "crew" else None
    if name == "stage":
        return _stage_view(room, snapshot, audience)
    if name == "people":
        return _people_view(room.people)
    if name == "personal":
        return PersonalView(room.personal_v)
    exercise = snapshot.exercises.get(name.removeprefix(PREFIX))
    return exercise_view(exercise, audience) if exercise else None


def _people_view(people: People) -> PeopleView:
    sizes = people.tables or [0]
    return PeopleView(people.here, len(people.organisations), len(people.tables), min(sizes), max(sizes))


def _stage_view(room: LiveRoom, snapshot: RoomSnapshot, audience: Audience) -> msgspec.Struct:
    if audience == "crew":
        return audiences.crew(snapshot.course, snapshot.stage, code=room.code)
    if audience == "projector":
        return audiences.projector(snapshot.course, snapshot.stage, address=room.address, code=room.code)
    return audiences.phone(snapshot.course, snapshot.stage)


def exercise_view(exercise: ExerciseSnapshot, audience: Audience) -> msgspec.Struct:
    """What the audience may see of the exercise."""
    view: Any = exercise.placed.type.views[audience]
    return view(exercise.definition, exercise.state, exercise.phase)  # type: ignore[no-any-return]


def template_of(snapshot: RoomSnapshot, audience: str, name: str) -> str:
    """The fragment that draws the cell for that audience."""
    if name.startswith(PREVIEW):
        return template_of(snapshot, "projector", name.removeprefix(PREVIEW))
    if not name.startswith(PREFIX):
        return f"rooms/fragments/{name}-{audience}.html"
    slug = snapshot.exercises[name.removeprefix(PREFIX)].slug
    face = {"phone": "participant"}.get(audience, audience)
    return f"exercises/{slug}/{face}.html"
