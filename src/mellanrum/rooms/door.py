"""The way into a room, as paper shows it."""

from __future__ import annotations

import msgspec

from mellanrum.rooms.live.qr import QrPath, qr_path
from mellanrum.rooms.live.running import running
from mellanrum.rooms.models import Room


class Door(msgspec.Struct, frozen=True):
    """`address` is what people type, without the scheme; `code` has eight digits; `qr` leads straight in."""

    address: str
    code: str
    qr: QrPath


def door_of_room(room: Room) -> Door | None:
    """With the address that people open; None outside `serve`, where nobody knows it."""
    engine = running()
    if engine is None:
        return None
    base, code = engine.public_url, room.code or ""
    return Door(address=base.partition("://")[2], code=code, qr=qr_path(f"{base}/r/{code}#k={room.key}"))
