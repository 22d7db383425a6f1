"""The cells of a room: which there are for an audience, and what each of them holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from mellanrum.rooms.live.audience import face_of, table_of
from mellanrum.rooms.live.room import LiveRoom, People
from mellanrum.rooms.live.tables import tables_view
from mellanrum.rooms.plan import STAGE
from mellanrum.rooms.stage import audiences
from mellanrum.rooms.stage.day import day
from mellanrum.rooms.stage.room_fold import ExerciseSnapshot, RoomSnapshot
from mellanrum.rooms.stage.views import CrewStage, PhoneStage, ProjectorStage

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


class RehearsalView(msgspec.Struct, frozen=True):
    """For the crew of a rehearsal: whether it goes through the run sheet by itself, and how many minutes its time has been moved ahead."""

    walking: bool
    ahead: int


class PersonalView(msgspec.Struct, frozen=True):
    """A signal to fetch one's own part again."""

    v: int


def cell_names(room: LiveRoom, audience: str) -> tuple[str, ...]:
    """The cells this audience has now, the stage first. Crew also gets the projector's picture."""
    seen = room.seen_by(audience)
    if face_of(audience) == "phone":
        away = _put_away(seen)
        beside = _companions(seen) if table_of(audience) else ()
        own = ("table",) if table_of(audience) and seen.stage.status != "closed" else ()
        agenda = ("agenda",) if day(seen.course, seen.stage) else ()
        return ("stage", "people", *own, *(name for name in _exercises(seen) if name != away), *beside, *agenda, "personal")
    names = ("stage", "people", *_exercises(seen))
    if audience == "crew":
        previewed = (f"{PREVIEW}{name}" for name in _exercises(room.picture))
        own = ("rehearsal",) if room.is_rehearsal else ()
        return (*names, *_companions(seen), "tables", *own, f"{PREVIEW}stage", *previewed)
    return names


def is_of_table(snapshot: RoomSnapshot, name: str) -> bool:
    """Whether each table has a cell of its own under that name; all others look the same on every phone."""
    one = snapshot.exercises.get(name.removeprefix(PREFIX))
    return name == "table" or (one is not None and one.is_companion)


def _companions(snapshot: RoomSnapshot) -> tuple[str, ...]:
    """What the block that is on carries beside its own exercise."""
    return tuple(f"{PREFIX}{one.id}" for one in snapshot.companions) if snapshot.stage.status == "running" else ()


def _exercises(snapshot: RoomSnapshot) -> tuple[str, ...]:
    """Open exercises, and the one the room stands in."""
    current = snapshot.course.step(snapshot.stage.step).exercise
    shown = (one.id for one in snapshot.exercises.values() if (one.is_open and not one.is_companion) or one.id == current)
    return tuple(f"{PREFIX}{name}" for name in shown) if snapshot.stage.status == "running" else ()


def _put_away(snapshot: RoomSnapshot) -> str:
    """The cell of what the room does without phones: they say that and nothing else."""
    step = snapshot.course.step(snapshot.stage.step)
    return f"{PREFIX}{step.exercise}" if step.block and step.exercise and not step.block.phones else ""


def cells_of_change(dirty: frozenset[str]) -> frozenset[str]:
    """The cells that may look different after these parts of the fold changed."""
    names = {"stage" if name == STAGE else f"{PREFIX}{name}" for name in dirty}
    beside = {"tables", "table", "agenda"}
    return frozenset(names | beside | {f"{PREVIEW}{name}" for name in names})


def cell_value(room: LiveRoom, snapshot: RoomSnapshot, audience: str, name: str) -> msgspec.Struct | None:
    """What the cell holds for that audience, as the public JSON form; None when it has no such cell."""
    if name.startswith(PREVIEW):
        return cell_value(room, snapshot, "projector", name.removeprefix(PREVIEW)) if audience == "crew" else None
    if name in _OF_THE_ROOM:
        return _OF_THE_ROOM[name](room, snapshot, audience)
    exercise = snapshot.exercises.get(name.removeprefix(PREFIX))
    return exercise_view(exercise, audience) if exercise else None


def _table_view(room: LiveRoom, snapshot: RoomSnapshot, audience: str) -> msgspec.Struct | None:
    table = table_of(audience)
    return audiences.table(snapshot.stage, table) if table else None


def _agenda_view(room: LiveRoom, snapshot: RoomSnapshot, audience: str) -> msgspec.Struct | None:
    return day(snapshot.course, snapshot.stage) if face_of(audience) == "phone" else None


def _tables_view(room: LiveRoom, snapshot: RoomSnapshot, audience: str) -> msgspec.Struct | None:
    return tables_view(room, snapshot) if audience == "crew" else None


def _rehearsal_view(room: LiveRoom, snapshot: RoomSnapshot, audience: str) -> msgspec.Struct | None:
    return RehearsalView(room.is_walking, room.ahead_ms // 60_000) if audience == "crew" else None


def _people_view(people: People) -> PeopleView:
    sizes = people.tables or [0]
    return PeopleView(people.here, len(people.organisations), len(people.tables), min(sizes), max(sizes))


def _stage_view(room: LiveRoom, snapshot: RoomSnapshot, audience: str) -> msgspec.Struct:
    view: PhoneStage | ProjectorStage | CrewStage
    if audience == "crew":
        view = audiences.crew(snapshot.course, snapshot.stage, code=room.code, names=room.crew)
    elif audience == "projector":
        view = audiences.projector(snapshot.course, snapshot.stage, address=room.address, code=room.code)
    else:
        view = audiences.phone(snapshot.course, snapshot.stage)
    return msgspec.structs.replace(view, rehearsal=True) if room.is_rehearsal else view


_OF_THE_ROOM: Mapping[str, Callable[[LiveRoom, RoomSnapshot, str], msgspec.Struct | None]] = {
    "stage": _stage_view,
    "people": lambda room, snapshot, audience: _people_view(room.people),
    "personal": lambda room, snapshot, audience: PersonalView(room.personal_v),
    "table": _table_view,
    "agenda": _agenda_view,
    "tables": _tables_view,
    "rehearsal": _rehearsal_view,
}


def exercise_view(exercise: ExerciseSnapshot, audience: str) -> msgspec.Struct | None:
    """What the audience may see of the exercise."""
    companion, face = exercise.placed.type.companion, face_of(audience)
    if companion and exercise.is_companion and face != "crew":
        table = table_of(audience)
        return companion.table_view(exercise.definition, exercise.state, exercise.phase, table) if table else None
    view: Any = exercise.placed.type.views[face]
    return view(exercise.definition, exercise.state, exercise.phase)  # type: ignore[no-any-return]


def template_of(snapshot: RoomSnapshot, audience: str, name: str) -> str:
    """The fragment that draws the cell for that audience."""
    if name.startswith(PREVIEW):
        return template_of(snapshot, "projector", name.removeprefix(PREVIEW))
    if not name.startswith(PREFIX):
        return f"rooms/fragments/{name}-{face_of(audience)}.html"
    slug = snapshot.exercises[name.removeprefix(PREFIX)].slug
    of_table = table_of(audience) and is_of_table(snapshot, name)
    face = "table" if of_table else {"phone": "participant"}.get(face_of(audience), face_of(audience))
    return f"exercises/{slug}/{face}.html"
