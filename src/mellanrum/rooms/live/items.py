"""The shapes of requests and answers of the live lane."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from mellanrum.rooms.stage.gate import Item

MAX_ITEMS = 100
MAX_BODY = 256 * 1024


class Result(msgspec.Struct, omit_defaults=True, gc=False):
    """What became of an item: stored, duplicate or refused (with a reason of the closed list and a sentence)."""

    id: str
    status: Literal["stored", "duplicate", "refused"]
    seq: int | None = None
    late: bool = False
    stored_at: str | None = None
    reason: str | None = None
    detail: str | None = None


class Results(msgspec.Struct):
    results: list[Result]


class Join(msgspec.Struct):
    code: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    key: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    name: Annotated[str, msgspec.Meta(max_length=120)] = ""
    organisation: Annotated[str, msgspec.Meta(max_length=160)] = ""
    group: Annotated[str, msgspec.Meta(max_length=80)] = ""
    language: Annotated[str, msgspec.Meta(max_length=8)] | None = None


class NewPairing(msgspec.Struct):
    language: Annotated[str, msgspec.Meta(max_length=8)] | None = None


class PairingCode(msgspec.Struct):
    """A projector's secret, the six digits it shows, and for how many seconds they are good."""

    pairing: str
    code: str
    expires_in: int


class Paired(msgspec.Struct):
    """The room to show; null until the crew has confirmed."""

    room_id: str | None


class Joined(msgspec.Struct):
    """`ticket` is the secret that opens the room from now on; `now` is Unix milliseconds; at a table it stands for several."""

    room_id: str
    ticket: str
    participant: str
    protocol: str
    now: int
    stands_for: int = 1


class Brought(msgspec.Struct):
    """A picture that was uploaded: `picture` is its name, for a contribution and under `/pictures/`; its size in pixels."""

    picture: str
    width: int
    height: int


class Mine(msgspec.Struct):
    """An own contribution as `state` lists it."""

    id: str
    exercise: str
    type: str
    data: Any


_items = msgspec.json.Decoder(list[Item] | Item)


def decode_items(body: bytes) -> list[Item]:
    """The items of a request body, a single one or a list. Raises msgspec.MsgspecError when it is neither."""
    decoded = _items.decode(body)
    return decoded if isinstance(decoded, list) else [decoded]
