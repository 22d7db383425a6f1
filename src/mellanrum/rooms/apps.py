"""Django's name card of this package, and what it offers to packages that cannot import it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import AppConfig

from mellanrum.core.ports import provide

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mellanrum.accounts.models import User
    from mellanrum.programmes.models import Gathering
    from mellanrum.rooms.models import Room


class RoomsConfig(AppConfig):
    name = "mellanrum.rooms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        provide("rooms_of", rooms_of)
        provide("newest_rooms", newest_rooms)
        provide("revoke_tickets", revoke_tickets)


def rooms_of(gathering: Gathering) -> QuerySet[Room]:
    """The gathering's rooms, the newest first."""
    return gathering.rooms.order_by("-created_at")


def newest_rooms(gatherings: Collection[int]) -> dict[int, Room]:
    """The newest room of each of these gatherings, in one query."""
    from mellanrum.rooms.models import Room

    rooms = Room.objects.filter(gathering__in=gatherings).defer("plan").order_by("created_at")
    return {room.gathering_id: room for room in rooms}


def revoke_tickets(user: User, *, programme_id: int | None = None) -> None:
    """Take back that person's room tickets, in one programme or everywhere."""
    from mellanrum.rooms import actions  # the live lane is heavy, and models are not there yet when this module is read

    actions.revoke_tickets(user, programme_id=programme_id)
