"""A room that is open for days, folded without a server."""

from __future__ import annotations

from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.rooms.lasting import acts
from mellanrum.rooms.plan import STAGE, Block, Lasting, Plan, PlannedExercise
from mellanrum.rooms.stage.course import Course, course_of
from mellanrum.rooms.stage.room_fold import RoomFold

OPENED = 1_800_000_000_000
HOUR = 3_600_000
UNTIL = OPENED + 24 * HOUR
PERSON = "participant"


def course(slug: str, definition: dict[str, Any], results: Any = "closing") -> Course:
    planned = PlannedExercise(f"{slug}-1", slug, definition)
    return course_of(Plan(blocks=(Block("block-1", "Frågan", exercise=planned),), lasting=Lasting(results, "Elin")))


class Days:
    """Its fold, with acts and answers one after the other."""

    def __init__(self, room: Course) -> None:
        self.fold = RoomFold(room)
        self.do(acts.opening(room, UNTIL), OPENED)

    def do(self, given: tuple[msgspec.Struct, ...], at: int) -> None:
        for row in acts.rows_of("room", given, at=at, author="crew:1"):
            data = self.fold.course.decode(STAGE, row.kind, row.version, row.data or "")[1]
            self.fold.apply(Envelope(self.fold.v + 1, row.id, "crew:1", "crew", row.kind, data, at, exercise=STAGE))

    def give(self, author: str, kind: str, data: Any, exercise: str = "scale-1") -> None:
        seq = self.fold.v + 1
        self.fold.apply(Envelope(seq, f"gift-{seq}", author, PERSON, kind, data, exercise=exercise))
