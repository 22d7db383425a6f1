"""An address that leads phones to themselves is told to the crew while people are awaited, and never on the wall."""

from __future__ import annotations

import pytest

from mellanrum.rooms.live.render import draw, is_loopback
from mellanrum.rooms.live.streams import StreamKey
from mellanrum.rooms.live.tests.test_stage_room import room_with


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "127.1.2.3", "localhost:80", "[::1]:8000"])
def test_what_leads_to_itself(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", ["rum.fabela.example", "192.168.1.7:8000", "127.fabela.example.org"[3:], ""])
def test_what_phones_can_reach(address: str) -> None:
    assert not is_loopback(address)


@pytest.mark.parametrize(("address", "is_told"), [("127.0.0.1:8000", True), ("rum.fabela.example", False)])
def test_only_the_crew_is_told(address: str, is_told: bool) -> None:
    room, _ears = room_with()
    room.room.address = address
    for audience in ("crew", "projector"):
        html = draw(room.room, room.fold.snapshot, StreamKey(audience, "sv", "html"), "stage").decode()
        assert ("MELLANRUM_BASE_URL" in html) is (is_told and audience == "crew")
