"""What a facilitator does with a rehearsal: begin it, move its time ahead, let it go by itself, end it."""

from __future__ import annotations

import secrets
from typing import Literal

from django.db import transaction

from mellanrum.programmes.models import Gathering
from mellanrum.rooms.actions import make_room, plan_of
from mellanrum.rooms.live.engine import Engine
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.running import announce_room
from mellanrum.rooms.models import Room
from mellanrum.rooms.rehearsal.clearing import clear, clear_forgotten
from mellanrum.rooms.rehearsal.going import Going, rehearsals
from mellanrum.rooms.rehearsal.moving import move_ahead
from mellanrum.rooms.rehearsal.walk import left_of_block

FEWEST, USUAL, MOST = 5, 24, 60
MOST_ROOMS = 3  # at once on one server
MINUTE_MS = 60_000

By = Literal["1", "5", "end"]


class AlreadyRehearsed(Exception):
    """The gathering has one that goes on: `room`."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.pk)
        self.room = room


class TooManyRehearsals(Exception):
    """The server has as many as it should bear beside real meetings."""


def begin(engine: Engine, gathering: Gathering, *, people: int, user: int) -> Room:
    """Open a room to rehearse in, and let people in. Raises AlreadyRehearsed, TooManyRehearsals and NotPlayable."""
    for left in gathering.rooms.filter(kind=Room.Kind.REHEARSAL):
        if rehearsals.get(left.pk) is None:  # of an earlier process; housekeeping has not come to it yet
            clear(left)
    with transaction.atomic():
        room = _room(gathering)
        going = Going(engine, room, people=people, user=user, forgotten=clear_forgotten)
        rehearsals.add(room.pk, going)  # before anybody can see the room: housekeeping takes those that nobody keeps
    announce_room(room)
    going.start()
    return room


def _room(gathering: Gathering) -> Room:
    there = Room.objects.filter(kind=Room.Kind.REHEARSAL)
    own = there.filter(gathering=gathering).first()
    if own:
        raise AlreadyRehearsed(own)
    if there.count() >= MOST_ROOMS:
        raise TooManyRehearsals
    # Its day is the one it is rehearsed on, whatever the invitation says.
    plan = plan_of(gathering) | {"starts_at": None}
    return make_room(gathering, plan, kind=Room.Kind.REHEARSAL, code=_unused_code())


def _unused_code() -> str:
    """Eight digits that no room has, not even one that is closed since long: a rehearsal takes nothing from anybody."""
    while True:
        code = f"{secrets.randbelow(10**8):08d}"
        if not Room.objects.filter(code=code).exists():
            return code


def forward(engine: Engine, room: LiveRoom, by: By) -> None:
    """Move the room's time ahead, by minutes or to the end of the current block."""
    ms = left_of_block(room) if by == "end" else int(by) * MINUTE_MS
    engine.wait(move_ahead(engine, room, ms))


def walk(room: Room, *, on: bool) -> None:
    """Let the rehearsal go through its run sheet by itself, or stop that."""
    going = rehearsals.get(room.pk)
    if going:
        going.walk(on=on)


def end(room: Room) -> None:
    """Nothing of it is kept."""
    clear(room)
