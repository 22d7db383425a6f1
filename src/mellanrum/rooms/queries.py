"""Reading rooms for pages that come afterwards."""

from __future__ import annotations

import msgspec
from django.db.models import Max
from django.utils import translation

from mellanrum.accounts.models import User
from mellanrum.core.clock import now_ms
from mellanrum.core.ids import token_hash
from mellanrum.exercise_kit.document import Passage
from mellanrum.rooms.live.loading import fold_of
from mellanrum.rooms.models import Room, Ticket
from mellanrum.rooms.stage.room_fold import RoomSnapshot

_passages = msgspec.json.Decoder(tuple[Passage, ...]).decode


def snapshot_of(room: Room) -> RoomSnapshot:
    """The room folded from its ledger, whether it is live or long over."""
    return fold_of(room).snapshot


def is_valid_ticket(token: str, room: Room, kind: str, user: User | None) -> bool:
    """Whether the token opens this room as that kind, now, and was given to that person."""
    return Ticket.objects.filter(hash=token_hash(token), room=room, kind=kind, user=user, expires_at__gt=now_ms() // 1000).exists()


def next_table(room: Room) -> int:
    """The number after the highest table that has a phone."""
    return (Ticket.objects.filter(room=room).aggregate(highest=Max("table"))["highest"] or 0) + 1


def harvest(room_id: str, language: str, *, with_hidden: bool = False) -> tuple[Passage, ...]:
    """What the room's exercises yield for the documentation, in the order of the run sheet. What is hidden is absent.

    Anonymous exercises of a finalised room yield what they did when it was finalised. `with_hidden` is for nobody's eyes: it tells
    what may be shown again from what is gone.
    """
    room = Room.objects.get(pk=room_id)
    fold = fold_of(room)
    if with_hidden:
        fold.show_hidden()
    snapshot = fold.snapshot
    frozen = dict(room.frozen.values_list("exercise", "passages"))
    passages: list[Passage] = []
    with translation.override(language):
        for name in snapshot.course.exercises:
            one = snapshot.exercises[name]
            if name in frozen:
                passages += _passages(frozen[name])
            elif one.phase:
                passages += one.placed.type.harvest(one.definition, one.state, name)
    return tuple(passages)
