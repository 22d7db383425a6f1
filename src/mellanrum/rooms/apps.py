"""Django's name card of this package, and what it offers to packages that cannot import it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import AppConfig

from mellanrum.core.ports import provide

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mellanrum.accounts.models import User
    from mellanrum.programmes.models import Gathering, Programme
    from mellanrum.rooms.door import Door
    from mellanrum.rooms.lasting.queries import LastingRow
    from mellanrum.rooms.models import Room


class RoomsConfig(AppConfig):
    name = "mellanrum.rooms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mellanrum.core.housekeeping import sweep  # the models are there only now
        from mellanrum.core.picture_names import sweep_pictures
        from mellanrum.rooms.finalising import finalise_due
        from mellanrum.rooms.housekeeping import outlived
        from mellanrum.rooms.rehearsal.clearing import clear_left_alone

        sweep(outlived)
        sweep(finalise_due)
        sweep(clear_left_alone)
        sweep(sweep_pictures)
        provide("rooms_of", rooms_of)
        provide("lasting_of", lasting_of)
        provide("newest_rooms", newest_rooms)
        provide("revoke_tickets", revoke_tickets)
        provide("door_of", door_of)
        provide("gatherings_with_rooms", gatherings_with_rooms)
        provide("is_in_a_room", is_in_a_room)


def rooms_of(gathering: Gathering) -> QuerySet[Room]:
    """The rooms it was held in, the newest first."""
    return gathering.rooms.filter(kind="meeting").order_by("-created_at")


def lasting_of(gathering: Gathering) -> tuple[LastingRow, ...]:
    """What is open for days in it, or was."""
    from mellanrum.rooms.lasting.queries import lasting_rows

    return lasting_rows(gathering)


def door_of(gathering: Gathering) -> Door | None:
    """The way into the gathering's open room; None when there is none."""
    from mellanrum.rooms.door import door_of_room

    room = rooms_of(gathering).filter(closed_at=None).exclude(code=None).first()
    return door_of_room(room) if room else None


def gatherings_with_rooms(programme: Programme) -> frozenset[int]:
    """Ids of the programme's gatherings whose room has been opened: its run sheet is the room's own from then on."""
    from mellanrum.rooms.models import Room

    return frozenset(Room.objects.filter(kind=Room.Kind.MEETING, gathering__programme=programme).values_list("gathering_id", flat=True))


def is_in_a_room(words: str) -> bool:
    """Whether the run sheet of any room, open or closed, has these words in it."""
    from django.db.models import TextField
    from django.db.models.functions import Cast

    from mellanrum.rooms.models import Room

    return Room.objects.annotate(text=Cast("plan", TextField())).filter(text__contains=words).exists()


def newest_rooms(gatherings: Collection[int]) -> dict[int, Room]:
    """The newest room of each of these gatherings, in one query."""
    from mellanrum.rooms.models import Room

    rooms = Room.objects.filter(kind=Room.Kind.MEETING, gathering__in=gatherings).defer("plan").order_by("created_at")
    return {room.gathering_id: room for room in rooms}


def revoke_tickets(user: User, *, programme_id: int | None = None) -> None:
    """Take back that person's room tickets, in one programme or everywhere."""
    from mellanrum.rooms import actions  # the live lane is heavy, and models are not there yet when this module is read

    actions.revoke_tickets(user, programme_id=programme_id)
