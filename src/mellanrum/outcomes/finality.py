"""Whether a gathering's documentation is settled for good, and settling it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from mellanrum.accounts.models import User
from mellanrum.outcomes.documentation import rooms_that_count
from mellanrum.outcomes.models import Publication
from mellanrum.outcomes.standing import Known
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.finalising import finalise
from mellanrum.rooms.lasting.queries import LastingRow, lasting_rows
from mellanrum.rooms.models import Room


class Finality(msgspec.Struct, frozen=True):
    """`is_possible`: every room is closed and one is not final. `since` is when the last one was finalised.

    `waits_for` is what is still open for days, and so keeps it from being final.
    """

    is_possible: bool
    since: datetime | None = None
    waits_for: tuple[LastingRow, ...] = ()


def finality_of(gathering: Gathering) -> Finality:
    rooms = list(rooms_that_count(gathering))
    finals = [room.finalised_at for room in rooms if room.finalised_at]
    is_settled = bool(rooms) and len(finals) == len(rooms)
    return Finality(
        is_possible=bool(rooms) and not is_settled and all(room.closed_at for room in rooms),
        since=max(finals) if is_settled else None,
        waits_for=tuple(row for row in lasting_rows(gathering) if not row.is_closed),
    )


def known_of(gathering: Gathering) -> Known:
    """What the documentation's state follows from."""
    rooms = list(rooms_that_count(gathering))
    met = [room for room in rooms if room.kind == Room.Kind.MEETING]
    return Known(
        has_room=bool(rooms),
        is_closed=all(room.closed_at for room in met or rooms),
        is_public=Publication.objects.filter(gathering=gathering, is_public=True).exists(),
        is_final=bool(rooms) and all(room.finalised_at for room in rooms),
        only_links=bool(rooms) and not met,
        is_link_open=bool(met) and any(room.kind == Room.Kind.LASTING and not room.closed_at for room in rooms),
    )


def finalise_gathering(gathering: Gathering, *, actor: User | None) -> None:
    """Finalise each of its rooms. Raises StillOpen when one is not closed, or has just been; those before it are final then."""
    for room in rooms_that_count(gathering).order_by("created_at"):
        finalise(room, actor=actor)
