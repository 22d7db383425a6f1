"""Tickets that open nothing any more go; what says how many a table was stays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mellanrum.accounts.actions import create_person
from mellanrum.core.housekeeping import keep_house
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.actions import mint_table, mint_ticket, open_room
from mellanrum.rooms.housekeeping import outlived
from mellanrum.rooms.models import Participant, Room, Ticket

pytestmark = pytest.mark.django_db
ENDS = 1_800_000_000


@pytest.fixture
def room() -> Room:
    programme = create_programme_from_template(library_template("prova-pa"), owner=create_person("elin@fabela.example"))
    return open_room(programme.gatherings.get())


def test_tickets_go_when_they_are_over(room: Room) -> None:
    mint_ticket(room, "crew")
    mint_table(room, 1, 6)
    mint_table(room, 2, 4)
    seated = Ticket.objects.filter(stands_for=4)
    seated.update(participant=Participant.objects.create(id="p", room=room))
    Ticket.objects.update(expires_at=ENDS)
    assert keep_house(datetime.fromtimestamp(ENDS, tz=UTC), [outlived]) == 0
    assert keep_house(datetime.fromtimestamp(ENDS + 1, tz=UTC), [outlived]) == 2
    assert list(Ticket.objects.all()) == [seated.get()]
    assert Participant.objects.count() == 1
