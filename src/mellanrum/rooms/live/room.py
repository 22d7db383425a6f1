"""A room in memory, as the loop sees it."""

from __future__ import annotations

from dataclasses import dataclass, field

from mellanrum.rooms.live.qr import QrPath
from mellanrum.rooms.live.streams import Stream, StreamKey
from mellanrum.rooms.stage.room_fold import RoomSnapshot


@dataclass(slots=True)
class People:
    """Who has come in: a number, and the organisations they said they are from."""

    here: int = 0
    organisations: set[str] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class LiveRoom:
    """The stage thread replaces `snapshot`; the loop only reads it. `streams` belongs to the loop.

    `address` is where participants open the room, without scheme; `opens_at` is Unix milliseconds; `epoch` names this
    process's reading of the ledger; `personal_v` is when crew last touched what somebody gave.
    """

    id: str
    language: str
    code: str
    key: str
    address: str
    qr: QrPath
    opens_at: int | None
    snapshot: RoomSnapshot
    epoch: str
    personal_v: int = 0
    people: People = field(default_factory=People)
    streams: dict[StreamKey, Stream] = field(default_factory=dict)
