"""The run sheet as a room carries it: what Room.plan holds, and the steps it is walked in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from mellanrum.exercise_kit.contract import Exercise

LOBBY = "lobby"
CLOSED = "closed"
STAGE = "stage"


class PlannedExercise(msgspec.Struct, frozen=True):
    """An exercise with its raw definition, as a block of the run sheet names it."""

    id: str
    slug: str
    definition: dict[str, Any]


class TrackRow(msgspec.Struct, frozen=True):
    """A part of a track; `least` is the minutes it needs, None when nobody has said."""

    title: str
    minutes: int = 0
    least: int | None = None


class Track(msgspec.Struct, frozen=True):
    """What goes on in one place while other tracks go on in others."""

    key: str
    title: str
    place: str = ""
    responsible: str = ""
    rows: tuple[TrackRow, ...] = ()

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.rows)


class Block(msgspec.Struct, frozen=True):
    """One row of the run sheet. `title` is for the team; `agenda` is the heading participants see, if any.

    Minutes: `minutes` as it should be, `least` and `most` None when nobody has said; `fixed` counts from the planned start of the day
    and says when it begins whatever came before, None when it just follows.
    """

    key: str
    title: str
    agenda: str = ""
    icon: str = ""
    minutes: int = 0
    least: int | None = None
    most: int | None = None
    fixed: int | None = None
    why: str = ""
    tracks: tuple[Track, ...] = ()
    responsible: str = ""
    say: str = ""
    do: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    phones: bool = True
    exercise: PlannedExercise | None = None

    @property
    def length_ms(self) -> int:
        return self.minutes * 60_000

    @property
    def heading(self) -> str:
        """What participants see of it: plans are copied with hidden headings left out."""
        return self.agenda


class Lasting(msgspec.Struct, frozen=True):
    """That the one exercise is open for days: who asks, a line of welcome, and when people see the result.

    `results` is `after` (who has answered sees it while it is open), `closing` or `never`.
    """

    results: Literal["after", "closing", "never"] = "closing"
    asked_by: str = ""
    welcome: str = ""


class Plan(msgspec.Struct, frozen=True):
    """A whole run sheet; `starts_at` is Unix milliseconds. With `lasting` it is one block whose exercise is open for days.

    `changes` is what the team has changed since the last time, where the room is to see it as it opens.
    """

    programme: str = ""
    title: str = ""
    theme: str = ""
    language: str = "sv"
    starts_at: int | None = None
    blocks: tuple[Block, ...] = ()
    lasting: Lasting | None = None
    changes: str = ""

    @property
    def length_ms(self) -> int:
        return sum(block.length_ms for block in self.blocks)


class Step(msgspec.Struct, frozen=True):
    """A place the room can stand in: a block, or one phase of its exercise. `block` is None in the lobby."""

    key: str
    block: Block | None = None
    phase: str | None = None

    @property
    def exercise(self) -> str | None:
        """The id of this step's exercise."""
        return self.block.exercise.id if self.block and self.block.exercise else None


def read_plan(plan: object) -> Plan:
    """The plan in a decoded JSON value. Raises ValueError that says where it is wrong."""
    try:
        read = msgspec.convert(plan, Plan)
    except msgspec.ValidationError as error:
        raise ValueError(f"The plan cannot be read: {error}") from error
    _check_names(read)
    return read


def write_plan(plan: Plan) -> dict[str, Any]:
    """The plan as plain JSON values, for Room.plan."""
    value: dict[str, Any] = msgspec.to_builtins(plan)
    return value


def steps(plan: Plan, exercises: Mapping[str, Exercise]) -> tuple[Step, ...]:
    """Every step in order, the lobby first. Raises ValueError for an exercise type that is not installed."""
    return (Step(LOBBY), *(step for block in plan.blocks for step in _steps_of(block, exercises)))


def definition_of(planned: PlannedExercise, exercises: Mapping[str, Exercise]) -> Any:
    """The decoded definition. Raises ValueError for an unknown type, a version from the future or invalid data."""
    exercise = _type_of(planned, exercises)
    version = planned.definition.get("version")
    if not isinstance(version, int) or not 1 <= version <= exercise.definition_version:
        known = exercise.definition_version
        raise ValueError(f"{planned.id}: version {version} of {planned.slug} is not known here; this release knows 1 to {known}.")
    data = exercise.upgrade_definition(version, dict(planned.definition))
    try:
        return msgspec.convert(data, exercise.definition)
    except msgspec.ValidationError as error:
        raise ValueError(f"{planned.id}: the definition of {planned.slug} cannot be read: {error}") from error


def companions(number: int, block: Block, exercises: Mapping[str, Exercise]) -> tuple[PlannedExercise, ...]:
    """What every block carries beside its own exercise; stored nowhere, so that a plan made before such a type has it too."""
    return tuple(
        PlannedExercise(f"{slug}-{block.key}", slug, kind.companion.definition(number, block.title, block.agenda))
        for slug, kind in exercises.items()
        if kind.companion
    )


def _check_names(plan: Plan) -> None:
    keys = [block.key for block in plan.blocks]
    names = [block.exercise.id for block in plan.blocks if block.exercise]
    for name in (*keys, *names):
        if keys.count(name) + names.count(name) > 1 or name in {"", LOBBY, CLOSED, STAGE} or ":" in name:
            raise ValueError(f"The plan uses the name {name!r} twice, or it is not a name a block or an exercise can have.")


def _steps_of(block: Block, exercises: Mapping[str, Exercise]) -> tuple[Step, ...]:
    if block.exercise is None:
        return (Step(block.key, block),)
    exercise = _type_of(block.exercise, exercises)
    phases = exercise.phases(definition_of(block.exercise, exercises)) if exercise.walk else exercise.card.phases
    return tuple(Step(f"{block.key}:{phase.key}", block, phase.key) for phase in phases)


def _type_of(planned: PlannedExercise, exercises: Mapping[str, Exercise]) -> Exercise:
    exercise = exercises.get(planned.slug)
    if exercise is None:
        known = ", ".join(sorted(exercises))
        raise ValueError(f"{planned.id}: the exercise type {planned.slug!r} is not installed; these are: {known}.")
    return exercise
