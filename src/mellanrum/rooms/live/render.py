"""Cells as bytes: JSON for everyone, HTML fragments for our own pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import translation

from mellanrum.exercise_kit.privacy import privacy_of
from mellanrum.rooms.live.audience import face_of, table_of
from mellanrum.rooms.live.cells import PREFIX, PREVIEW, cell_value, template_of
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.streams import StreamKey
from mellanrum.rooms.stage.room_fold import RoomSnapshot


def _as_text(value: object) -> str:
    """Translations are written in the active language; Django's safe strings as the plain strings they hold."""
    return str.__str__(str(value))


encode = msgspec.json.Encoder(enc_hook=_as_text).encode


def is_loopback(address: str) -> bool:
    """Whether phones that open the address would come to themselves."""
    host = urlsplit(f"//{address}").hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.")


def draw_fragment(
    room: LiveRoom, snapshot: RoomSnapshot, audience: str, name: str, *, request: HttpRequest | None = None, **more: Any
) -> str:
    """The cell as HTML in the active language; empty when the audience has no such cell."""
    value = cell_value(room, snapshot, audience, name)
    if value is None:
        return ""
    if name == "personal":
        return str(room.personal_v)  # nothing to draw, only that it changed
    bare = name.removeprefix(PREVIEW)
    context = {
        "view": value,
        "room": room.id,
        "people": room.people,
        "gathering": room.gathering,
        "qr_path": room.qr.path,
        "qr_size": room.qr.size,
        "cell": name,
        "audience": face_of(audience),
        "is_table": bool(table_of(audience)),
        "exercise": bare.removeprefix(PREFIX) if bare.startswith(PREFIX) else "",
        "is_unreachable": is_loopback(room.address),
        "privacy": privacy_in(snapshot, bare),
        **more,
    }
    return get_template(template_of(snapshot, audience, name)).render(context, request)


def privacy_in(snapshot: RoomSnapshot, cell: str) -> dict[str, str]:
    """What is told of each kind that people give in that cell; nothing where it is no exercise's."""
    one = snapshot.exercises.get(cell.removeprefix(PREFIX)) if cell.startswith(PREFIX) else None
    return privacy_of(one.placed.type, one.definition) if one else {}


def draw(room: LiveRoom, snapshot: RoomSnapshot, key: StreamKey, name: str) -> bytes:
    """The cell's value as JSON: the view itself, or its HTML as a JSON string."""
    with translation.override(key.language):
        if key.form == "html":
            return encode(draw_fragment(room, snapshot, key.audience, name))
        return encode(cell_value(room, snapshot, key.audience, name))


def absent(form: str) -> bytes:
    """What is sent of a cell that is no longer there."""
    return b'""' if form == "html" else b"null"


def cell_data(form: str, name: str, v: int, value: bytes) -> bytes:
    """The data of a `cell` event."""
    field = b"html" if form == "html" else b"value"
    return b'{"cell":%b,"v":%d,"%b":%b}' % (encode(name), v, field, value)
