"""What is left of a rehearsal when it is over: nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from mellanrum.core.picture_files import remove_picture
from mellanrum.core.picture_names import named_pictures
from mellanrum.rooms.live.loading import fold_of
from mellanrum.rooms.live.running import LONG, in_writers_turn, running
from mellanrum.rooms.models import Room, Ticket
from mellanrum.rooms.rehearsal.going import rehearsals
from mellanrum.rooms.rehearsal.moving import drop, retire

logger = logging.getLogger(__name__)


def clear(room: Room) -> None:
    """End the rehearsal and delete the room, everything given in it, everyone who came, and the pictures they brought.

    In an order that a process may die in anywhere: the next start goes on where it was.
    """
    if room.kind != Room.Kind.REHEARSAL:
        raise ValueError(room.pk)
    rehearsals.stop(room.pk)
    tickets = set(Ticket.objects.filter(room=room).values_list("hash", flat=True))
    engine = running()
    brought = engine.wait(retire(engine, room.pk, tickets), LONG) if engine else []
    pictures = {*brought, *_pictures_in(room)}
    in_writers_turn(lambda ledger: ledger.delete_room(room.pk))
    kept = named_pictures() if pictures else frozenset()  # anybody may write the name of a picture that others brought
    for name in pictures - kept:
        remove_picture(settings.CONFIG.data, name)
    Room.objects.filter(pk=room.pk).delete()
    if engine:
        engine.wait(drop(engine, room.pk), LONG)


def clear_left_alone(moment: datetime) -> tuple[()]:
    """For housekeeping: those that an earlier process left. What goes on in this one ends by itself after some hours."""
    for room in Room.objects.filter(kind=Room.Kind.REHEARSAL):
        if rehearsals.get(room.pk) is None:
            try:
                clear(room)
            except Exception:  # one room's trouble is not the next one's
                logger.exception("A rehearsal could not be cleared.")
    return ()


def clear_forgotten(room_id: str) -> None:
    """Nobody has ended it for hours."""
    for room in Room.objects.filter(pk=room_id, kind=Room.Kind.REHEARSAL):
        clear(room)


def _pictures_in(room: Room) -> Iterator[str]:
    """The names of the pictures that what was given carries; a room that can no longer be read has none we know."""
    try:
        snapshot = fold_of(room).snapshot
    except ValueError:
        logger.exception("A rehearsal could not be read.")
        return
    for row in snapshot.rows.values():
        one = snapshot.exercises.get(row.exercise)
        name = one.placed.type.picture_of(row.data) if one and row.data is not None else ""
        if name:
            yield name
