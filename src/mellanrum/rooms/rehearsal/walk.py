"""Through a whole run sheet by itself: when to go on, and how much time each step is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.stage.gate import taken_of
from mellanrum.rooms.stage.room_fold import RoomSnapshot
from mellanrum.rooms.stage.timing import ends_at
from mellanrum.rooms.stage.walking import neighbour


@dataclass(frozen=True)
class Pace:
    """Seconds: until all have come in; on a step where nobody gives anything; where they give, at least and at most, and how long
    it must have been quiet.
    """

    door: float = 12.0
    look: float = 4.0
    least: float = 5.0
    most: float = 15.0
    quiet: float = 3.0


class Walk:
    """`due` says whether to go on from where the room stands; the moments are seconds on any clock that only goes forward."""

    def __init__(self, people: int, pace: Pace | None = None) -> None:
        self._people = people
        self._pace = pace or Pace()
        self._step = ""
        self._since = 0.0
        self._seen = (-1, -1)
        self._changed = 0.0

    def due(self, room: LiveRoom, moment: float) -> bool:
        snapshot = room.snapshot
        if (step := snapshot.stage.step) != self._step or self._seen[0] < 0:
            self._step, self._since = step, moment
        if (seen := (snapshot.v, room.people.here)) != self._seen:
            self._seen, self._changed = seen, moment
        stood, quiet, pace = moment - self._since, moment - self._changed, self._pace
        if snapshot.course.step(step).block is None:
            return stood >= pace.door or (stood >= pace.look and room.people.here >= self._people)
        if gives_something(snapshot):
            return stood >= pace.most or (stood >= pace.least and quiet >= pace.quiet)
        return stood >= pace.look


def gives_something(snapshot: RoomSnapshot) -> bool:
    """Whether people answer anything in the step where the room stands."""
    one = snapshot.exercises.get(snapshot.course.step(snapshot.stage.step).exercise or "")
    phase = one.placed.card.phase(one.phase) if one and one.is_open else None
    return bool(phase and taken_of(phase, "participant"))


def left_of_block(room: LiveRoom) -> int:
    """Milliseconds until the current block's time is out; 0 without a running clock."""
    stage = room.snapshot.stage
    if stage.is_closed or stage.timing is None or stage.timing.ends_at is None:
        return 0
    return max(0, ends_at(stage) - room.now_ms())


def share_of_step(room: LiveRoom) -> int:
    """Milliseconds that this step gets of what is left of its block: the last one gets all of it."""
    course, here = room.snapshot.course, room.snapshot.stage.step
    place = course.index.get(here, 0)
    block = course.step(here).block
    return left_of_block(room) // max(1, sum(step.block is block for step in course.steps[place:]))


def act_on(snapshot: RoomSnapshot) -> tuple[str, dict[str, Any]]:
    """What the crew would press now, as type and data."""
    is_last = neighbour(snapshot.course, snapshot.stage, 1) is None
    return ("close", {}) if is_last else ("next", {"from": snapshot.stage.step})
