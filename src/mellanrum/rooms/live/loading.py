"""Reading rooms and tickets from the database into memory; on the stage thread, which has a connection of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from mellanrum.accounts.letters import take_back
from mellanrum.accounts.models import User
from mellanrum.core.clock import now_ms
from mellanrum.core.ids import random_id
from mellanrum.rooms.ledger import erasures
from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.live.qr import qr_path
from mellanrum.rooms.live.room import LiveRoom, People, rest
from mellanrum.rooms.live.stage_room import StageRoom, envelope_of
from mellanrum.rooms.live.tickets import Holder
from mellanrum.rooms.models import Participant, Room, Ticket
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.course import course_of
from mellanrum.rooms.stage.room_fold import RoomFold, RoomSnapshot

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.stage_thread import StageThread


def open_doors() -> list[tuple[str, str | None, str]]:
    """(room id, code, key) of every room that a code or key may still lead to; a link to what was open for days is never another's."""
    open_now = ~Q(code=None) | Q(kind=Room.Kind.LASTING)
    return list(Room.objects.filter(open_now).values_list("id", "code", "key"))


def find_holder(ticket: str, stage: StageThread) -> Holder | None:
    """The holder of the ticket with this hash. A table sits down the first time its ticket is used."""
    found = Ticket.objects.select_related("participant", "room").filter(hash=ticket).first()
    if found is None:
        return None
    if found.kind == Ticket.Kind.TABLE and found.participant is None:
        _sit_down(found, stage)
    participant = found.participant
    return Holder(
        hash=found.hash,
        room_id=found.room_id,
        kind=found.kind,
        name=participant.id if participant else f"crew:{found.user_id}" if found.user_id else found.kind,
        language=participant.language if participant else "",
        expires_at=found.expires_at,
        stands_for=found.stands_for,
        table=str(found.table or ""),
    )


def _sit_down(table: Ticket, stage: StageThread) -> None:
    """From now on the table is somebody in the room; its people are counted once, however many phones open the link."""
    with transaction.atomic():
        table.participant = Participant.objects.create(id=random_id(), room=table.room, language=table.room.language)
        table.save(update_fields=["participant"])
    room = stage.rooms.get(table.room_id)
    if room is not None:  # else whoever reads it next finds them there
        room.table_joined(table.stands_for)
        stage.stir(table.room_id)


def forget_participant(participant: str, *, is_noted: bool = True) -> None:
    """Delete the person and the tickets they held; what they gave has been erased before. Noted first, as what they gave."""
    if is_noted:
        erasures.note(settings.CONFIG.data, erasures.of_participant(participant))
    take_back(letters_of(participant))
    Participant.objects.filter(pk=participant).delete()


def letters_of(participant: str) -> str:
    """What letters to that person are about, so that they can be taken back."""
    return f"participant-{participant}"


def fold_of(room: Room) -> RoomFold:
    """The room folded from its whole ledger."""
    return _folded(room)[0]


def _folded(room: Room) -> tuple[RoomFold, RoomSnapshot | None]:
    """The room folded from its whole ledger, and the picture that rests in it."""
    fold, resting = RoomFold(course_of(read_plan(room.plan)), room.id), None
    ledger = Ledger(settings.DATABASES["default"])
    try:
        for row in ledger.read(room.id):
            fold.apply(envelope_of(fold, row))
            resting = rest(resting, fold)
    finally:
        ledger.close()
    return fold, resting


def way_in(room: Room) -> str:
    """The path that leads straight in: a link to what is open for days has the key in it and needs no code."""
    return f"/o/{room.key}" if room.kind == Room.Kind.LASTING else f"/r/{room.code}#k={room.key}"


def load_room(engine: Engine, room_id: str) -> StageRoom | None:
    """The room with its fold and its people; None when there is none."""
    found = Room.objects.filter(pk=room_id).first()
    if found is None:
        return None
    fold, resting = _folded(found)
    room = LiveRoom(
        id=found.id,
        language=found.language,
        code=found.code or "",
        key=found.key,
        address=engine.public_url.partition("://")[2],
        qr=qr_path(f"{engine.public_url}{way_in(found)}"),
        opens_at=int(found.opens_at.timestamp() * 1000) if found.opens_at else None,
        snapshot=fold.snapshot,
        epoch=random_id(),
        people=_people(found),
        resting=resting,
        is_final=found.finalised_at is not None,
        is_rehearsal=found.kind == Room.Kind.REHEARSAL,
        ahead_ms=_ahead(fold.snapshot) if found.kind == Room.Kind.REHEARSAL else 0,
        gathering=found.gathering_id,
        tables=frozenset(table for table in Ticket.objects.filter(room=found).values_list("table", flat=True) if table),
        crew=_crew(found),
    )
    return StageRoom(engine, room, fold)


def _ahead(snapshot: RoomSnapshot) -> int:
    """A rehearsal's clock has been moved ahead at least as far as the last thing that happened in it."""
    return max(0, max((row.at or 0 for row in snapshot.rows.values()), default=0) - now_ms())


def _crew(room: Room) -> dict[str, str]:
    """Those who have the cockpit open, or may come back to it, in the order of their accounts."""
    holding = Ticket.objects.filter(room=room, kind=Ticket.Kind.CREW).values("user")
    return {f"crew:{user.pk}": called_in_team(user) for user in User.objects.filter(pk__in=holding).order_by("pk")}


def called_in_team(user: User) -> str:
    """What others of the crew call somebody: their name, or what stands before the @ of their address."""
    return user.name or user.email.partition("@")[0]


def _people(room: Room) -> People:
    said = Participant.objects.filter(room=room).values_list("organisation", flat=True)
    sat_down = Ticket.objects.filter(room=room, kind=Ticket.Kind.TABLE, participant__isnull=False)
    tables = list(sat_down.values_list("stands_for", flat=True))
    more = sum(number - 1 for number in tables)
    return People(len(said) + more, {organisation.casefold() for organisation in said if organisation}, tables)
