"""A plan made ready to walk: its steps, its exercises with their decoded definitions, and what they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import Card, Exercise, Phase, Withdraw
from mellanrum.exercise_kit.registry import registry
from mellanrum.rooms.plan import STAGE, Block, Plan, PlannedExercise, Step, companions, definition_of, steps
from mellanrum.rooms.playable import check_playable
from mellanrum.rooms.stage import contributions as acts

WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Placed:
    """An exercise in its place: the type with what the facilitator prepared. `block` is the key of its block.

    A companion stands beside the block's own exercise: it is no step, and open until the room closes.
    """

    id: str
    block: str
    type: Exercise
    definition: Any
    is_companion: bool = False

    @property
    def slug(self) -> str:
        return self.type.card.slug

    @property
    def card(self) -> Card:
        return self.type.card

    @property
    def phases(self) -> tuple[Phase, ...]:
        """What this definition steps through."""
        return self.type.phases(self.definition)

    @property
    def first_phase(self) -> str:
        return self.phases[0].key

    @property
    def showing_phase(self) -> str | None:
        """The first phase in which the room sees the result."""
        return next((phase.key for phase in self.phases if phase.shows), None)

    @cached_property
    def lasting_phase(self) -> str | None:
        """The phase that stays open for days; None where people have nothing to give."""
        phase = self.type.lasting_phase(self.definition)
        return phase.key if phase else None

    @cached_property
    def participant_kinds(self) -> frozenset[str]:
        return frozenset().union(*(phase.accepts for phase in self.phases))

    @cached_property
    def table_kinds(self) -> frozenset[str]:
        """What a table's phone may give, with what every participant may."""
        return self.participant_kinds.union(*(phase.table_accepts for phase in self.phases))

    @cached_property
    def crew_kinds(self) -> frozenset[str]:
        return frozenset().union(*(phase.crew_accepts for phase in self.phases))


@dataclass(frozen=True)
class Course:
    """`steps` starts with the lobby; `exercises` is by id, in the order of the plan."""

    plan: Plan
    steps: tuple[Step, ...]
    exercises: Mapping[str, Placed]

    @cached_property
    def lasting(self) -> Placed | None:
        """The exercise that is open for days, in a room made for that."""
        own = (one for one in self.exercises.values() if not one.is_companion)
        return next(own, None) if self.plan.lasting else None

    @cached_property
    def index(self) -> dict[str, int]:
        """Step key → its place. The bare key of a block with an exercise leads to its first phase."""
        places: dict[str, int] = {}
        for place, step in enumerate(self.steps):
            places.setdefault(step.block.key if step.block else step.key, place)
            places.setdefault(step.key, place)
        return places

    def step(self, key: str) -> Step:
        """The step with that key; the lobby for a key this plan does not have."""
        return self.steps[self.index.get(key, 0)]

    def decode(self, exercise: str, kind: str, version: int, data: bytes | str) -> Any:
        """A stored row's data as today's (kind, struct); None when this plan or release cannot read it.

        Used when the ledger is read back. Older versions are upgraded; rows are never rewritten.
        """
        try:
            return self._decode(exercise, kind, version, data)
        except (msgspec.MsgspecError, ValueError, KeyError):
            return None

    def version_of(self, exercise: str) -> int:
        """The version a contribution to that exercise is stored with."""
        return acts.VERSION if exercise == STAGE else self.exercises[exercise].type.contributions_version

    def _decode(self, exercise: str, kind: str, version: int, data: bytes | str) -> tuple[str, Any]:
        if kind == WITHDRAW and exercise != STAGE:
            return kind, msgspec.json.decode(data, type=Withdraw)
        kinds = acts.KINDS if exercise == STAGE else self.exercises[exercise].type.contributions
        if version == self.version_of(exercise):
            return kind, msgspec.json.decode(data, type=kinds[kind])
        upgrade = acts.upgrade if exercise == STAGE else self.exercises[exercise].type.upgrade
        kind, upgraded = upgrade(kind, version, msgspec.json.decode(data))
        return kind, msgspec.convert(upgraded, kinds[kind])


def course_of(plan: Plan, exercises: Mapping[str, Exercise] | None = None) -> Course:
    """The plan with this installation's exercise types, or with those given. Raises NotPlayable."""
    types = registry() if exercises is None else exercises
    check_playable(plan, types)
    walk = steps(plan, types)
    placed = [one for number, block in enumerate(plan.blocks, 1) for one in _places(number, block, types)]
    by_id = {one.id: one for one in placed}
    if len(by_id) < len(placed):
        raise ValueError("The plan gives an exercise the name of what a block carries anyway.")
    return Course(plan, walk, by_id)


def _places(number: int, block: Block, types: Mapping[str, Exercise]) -> Iterator[Placed]:
    """The block's own exercise, then what every block carries."""
    if block.exercise:
        yield _place(block, block.exercise, types)
    for planned in companions(number, block, types):
        yield _place(block, planned, types, is_companion=True)


def _place(block: Block, planned: PlannedExercise, types: Mapping[str, Exercise], *, is_companion: bool = False) -> Placed:
    return Placed(planned.id, block.key, types[planned.slug], definition_of(planned, types), is_companion)
