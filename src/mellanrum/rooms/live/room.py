"""A room in memory, as the loop sees it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from mellanrum.core.clock import now_ms
from mellanrum.rooms.live.qr import QrPath
from mellanrum.rooms.live.streams import Stream, StreamKey
from mellanrum.rooms.stage.room_fold import RoomFold, RoomSnapshot


@dataclass(slots=True)
class People:
    """Who has come in: a number, the organisations they said they are from, and how many share the phone of each table."""

    here: int = 0
    organisations: set[str] = field(default_factory=set)
    tables: list[int] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class LiveRoom:
    """The stage thread replaces `snapshot` and `resting`; others only read them. `streams` belongs to the loop.

    `resting` is the room as it was when the projector's picture froze, None while the picture follows.
    `used_at` is when somebody last came, on the monotonic clock.

    `gathering` is the meeting's number; `address` is where participants open the room, without scheme; `opens_at` is Unix
    milliseconds; `epoch` names this process's reading of the ledger; `personal_v` is when crew last touched what somebody gave;
    `tables` have a phone of their own; `crew` is what those are called who have had the cockpit open, by their name in the ledger.
    A room that `is_final` takes nothing more.

    The clock of a rehearsal may run `ahead_ms` of the server's; `is_walking` while it goes through its run sheet by itself, and
    `brought` are the pictures somebody uploaded in it.
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
    gathering: int = 0
    personal_v: int = 0
    is_final: bool = False
    is_rehearsal: bool = False
    is_walking: bool = False
    ahead_ms: int = 0
    brought: list[str] = field(default_factory=list)
    tables: frozenset[int] = frozenset()
    crew: dict[str, str] = field(default_factory=dict)
    people: People = field(default_factory=People)
    streams: dict[StreamKey, Stream] = field(default_factory=dict)
    resting: RoomSnapshot | None = None
    used_at: float = field(default_factory=time.monotonic)

    def now_ms(self) -> int:
        """The room's server time, Unix milliseconds: everything that happens in it and everyone who follows it goes by this."""
        return now_ms() + self.ahead_ms

    @property
    def picture(self) -> RoomSnapshot:
        """What the projector shows."""
        return self.resting or self.snapshot

    def seen_by(self, audience: str, cell: str = "") -> RoomSnapshot:
        """What that audience looks at; the projector, and its preview in the cockpit, at the picture."""
        return self.picture if audience == "projector" or cell.startswith("projector:") else self.snapshot


def rest(resting: RoomSnapshot | None, fold: RoomFold) -> RoomSnapshot | None:
    """The picture after a row: taken at the very row that froze it, None while it follows."""
    return (resting or fold.snapshot) if fold.stage.is_frozen else None
