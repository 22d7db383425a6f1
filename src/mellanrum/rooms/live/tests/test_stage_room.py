"""What streams are told: the picture that rests, and what goes on when one thing cannot be drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.rooms.ledger.rows import Row
from mellanrum.rooms.live.qr import QrPath
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.stage_room import StageRoom
from mellanrum.rooms.live.streams import StreamKey
from mellanrum.rooms.plan import STAGE
from mellanrum.rooms.stage.course import course_of
from mellanrum.rooms.stage.room_fold import RoomFold
from mellanrum.rooms.stage.tests.factory import TAPS, act, give, room_course

PROJECTOR, CREW, PHONE = (StreamKey(audience, "sv", "json") for audience in ("projector", "crew", "phone"))


class Ears:
    """An engine that only listens."""

    def __init__(self) -> None:
        self.heard: dict[StreamKey, dict[str, Any]] = {}
        self.stage = self

    def post(self, job: object) -> None:
        """Writing down to other rows is none of these tests' business."""

    def publish(self, room: LiveRoom, key: StreamKey, v: int, cells: dict[str, bytes], gone: frozenset[str]) -> None:
        self.heard.setdefault(key, {}).update(told(cells))


def told(cells: dict[str, bytes]) -> dict[str, Any]:
    return {name: msgspec.json.decode(event.partition(b"data: ")[2])["value"] for name, event in cells.items()}


def room_with(*envelopes: Envelope, course: Any = None) -> tuple[StageRoom, Ears]:
    fold = RoomFold(course or room_course(), "r")
    live = LiveRoom("r", "sv", "12345678", "key", "hall.example", QrPath("", 1), None, fold.snapshot, "epoch")
    ears = Ears()
    room = StageRoom(ears, live, fold)  # type: ignore[arg-type]
    room.fold_rows(map(row_of, envelopes))
    return room, ears


def row_of(one: Envelope) -> Row:
    version = 1 if one.exercise == STAGE else 2
    data = msgspec.json.encode(one.data).decode()
    return Row("r", one.seq, one.id, one.exercise, one.kind, version, one.author, one.role, one.origin, data, one.at, one.late, b"")


def publish(room: StageRoom) -> None:
    room._sent_at.clear()  # as if the interval were over
    room.publish()


def test_a_picture_that_follows_again_shows_what_it_has_missed() -> None:
    room, ears = room_with(act("go", 1, to="block-2"), act("freeze", 2))
    room.attach(PROJECTOR)
    room.fold_rows([row_of(give(3, word="ja"))])
    publish(room)
    assert PROJECTOR not in ears.heard
    room.fold_rows([row_of(act("freeze", 4, on=False))])
    publish(room)
    assert ears.heard[PROJECTOR]["exercise-taps-2"] == {"taps": ["ja"]}


def test_a_picture_frozen_again_in_the_same_batch_is_taken_anew() -> None:
    room, _ = room_with(act("go", 1, to="block-2"), act("freeze", 2), give(3, word="ja"))
    room.fold_rows(map(row_of, [act("freeze", 4, on=False), act("freeze", 5), give(6, author="b", word="nej")]))
    assert told(room.attach(PROJECTOR)[1])["exercise-taps-2"] == {"taps": ["ja"]}


def test_the_cockpit_previews_what_rests_on_the_wall() -> None:
    room, _ = room_with(act("go", 1, to="block-2"), act("freeze", 2), act("go", 3, to="block-3"))
    preview = {
        name.removeprefix("projector:"): value for name, value in told(room.attach(CREW)[1]).items() if name.startswith("projector:")
    }
    wall = told(room.attach(PROJECTOR)[1])
    assert "exercise-taps-2" in preview
    assert preview == {name: value for name, value in wall.items() if name != "people"}


@pytest.fixture
def broken() -> Any:
    """A course whose exercise cannot be drawn for phones."""

    def fail(*_: object) -> msgspec.Struct:
        raise ZeroDivisionError

    return course_of(room_course().plan, {"taps": replace(TAPS, views={**TAPS.views, "phone": fail})})


def test_what_cannot_be_drawn_keeps_nothing_from_anybody_else(broken: Any) -> None:
    room, ears = room_with(act("go", 1, to="block-2"), course=broken)
    room.attach(PHONE)
    room.attach(PROJECTOR)
    room.fold_rows(map(row_of, [give(2, word="ja"), act("message", 3, text="Paus")]))
    publish(room)
    assert ears.heard[PROJECTOR]["exercise-taps-2"] == {"taps": ["ja"]}
    assert ears.heard[PHONE]["stage"]["message"] == "Paus"
    assert "exercise-taps-2" not in room.values(PHONE)


def test_a_hall_that_comes_in_at_once_is_drawn_once_and_sees_every_change() -> None:
    looks = []

    def seen(*given: Any) -> msgspec.Struct:
        looks.append(given)
        return TAPS.views["phone"](*given)

    course = course_of(room_course().plan, {"taps": replace(TAPS, views={**TAPS.views, "phone": seen})})
    room, _ = room_with(act("go", 1, to="block-2"), course=course)
    room.attach(PHONE)
    publish(room)
    before = len(looks)
    assert room.values(PHONE) == room.values(PHONE)
    assert len(looks) == before + 1
    for number, word in enumerate(("ja", "nej"), 2):
        room.fold_rows([row_of(give(number, author=word, word=word))])
        changed = room.values(PHONE)["exercise-taps-2"]
        assert word.encode() in changed  # also before the streams have been told
        publish(room)
        assert room.values(PHONE)["exercise-taps-2"] == changed


def test_people_who_come_in_are_counted_for_whoever_asks_next() -> None:
    room, _ = room_with(act("go", 1, to="block-2"))
    for here in (1, 2):
        room.joined("")
        assert msgspec.json.decode(room.values(PHONE)["people"])["here"] == here
    room.attach(PHONE)
    publish(room)
    room.joined("")
    assert msgspec.json.decode(room.values(PHONE)["people"])["here"] == 3
