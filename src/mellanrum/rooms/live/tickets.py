"""Tickets: opaque tokens that open one room for one holder; the database keeps only their hashes."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b

from mellanrum.core.retention import TICKET
from mellanrum.rooms.live.audience import audience_of_table
from mellanrum.rooms.live.codes import Bucket

REQUESTS_PER_SECOND = 2
BURST = 20
LOOKS_PER_SECOND = 5  # asking for the state: a phone that polls asks once in four seconds, and a hall reloads at once
LOOKS_BURST = 100
PICTURES_AT_ONCE = 30  # the flip charts of a whole hall; then one every twenty seconds, because each is a file that stays
PICTURES_PER_SECOND = 0.05
UNKNOWN_REMEMBERED = 10_000
HOLDERS_REMEMBERED = 50_000  # many full halls; a ticket forgotten here is read again when it comes
COOKIE_AGE = int(TICKET.total_seconds())


class Holder:
    """Who holds a ticket. `name` for the ledger's author: the participant's id, or `crew:<user id>`.

    A table's ticket stands for so many people, and has the number of its `table`.
    """

    __slots__ = ("bucket", "expires_at", "hash", "kind", "language", "looks", "name", "pictures", "room_id", "stands_for", "table")

    def __init__(
        self,
        *,
        hash: str,  # noqa: A002 - the column's name
        room_id: str,
        kind: str,
        name: str,
        language: str,
        expires_at: int,
        stands_for: int = 1,
        table: str = "",
    ) -> None:
        self.hash = hash
        self.room_id = room_id
        self.kind = kind
        self.name = name
        self.language = language
        self.expires_at = expires_at
        self.stands_for = stands_for
        self.table = table
        self.bucket = Bucket(BURST, REQUESTS_PER_SECOND)
        self.looks = Bucket(LOOKS_BURST, LOOKS_PER_SECOND)
        self.pictures = Bucket(PICTURES_AT_ONCE, PICTURES_PER_SECOND)

    @property
    def is_crew(self) -> bool:
        return self.kind in ("crew", "helper")

    @property
    def may_bring_pictures(self) -> bool:
        """Crew, helpers and tables take notes, and photos with them."""
        return self.is_crew or bool(self.table)

    @property
    def audience(self) -> str:
        """The widest audience this ticket may listen as."""
        return {"crew": "crew", "helper": "crew", "projector": "projector"}.get(self.kind, "phone")

    def listens_as(self, audience: str) -> str:
        """The audience of its streams: who asks as a phone and is a table's gets what is the table's too."""
        return audience_of_table(self.table) if audience == "phone" and self.table else audience


def anonymous_author(server_key: bytes, token: str, exercise: str) -> str:
    """The author in an anonymous exercise: the same while the phone keeps its token, and joined to nobody without it."""
    return blake2b(f"{token}\n{exercise}".encode(), key=server_key, digest_size=16).hexdigest()


class TicketCache:
    """Holders by hash. Hashes that no ticket has are remembered too, so that a wrong ticket costs one read."""

    def __init__(self) -> None:
        self._holders: dict[str, Holder] = {}
        self._unknown: OrderedDict[str, None] = OrderedDict()

    def get(self, ticket: str) -> Holder | None:
        return self._holders.get(ticket)

    def is_unknown(self, ticket: str) -> bool:
        return ticket in self._unknown

    def add(self, holder: Holder) -> None:
        self._unknown.pop(holder.hash, None)
        self._holders[holder.hash] = holder
        if len(self._holders) > HOLDERS_REMEMBERED:
            del self._holders[next(iter(self._holders))]

    def add_unknown(self, ticket: str) -> None:
        self._unknown[ticket] = None
        if len(self._unknown) > UNKNOWN_REMEMBERED:
            self._unknown.popitem(last=False)

    def drop(self, tickets: set[str]) -> None:
        """Forget revoked tickets at once."""
        for ticket in tickets:
            self._holders.pop(ticket, None)
            self.add_unknown(ticket)


def cookie_name(room_id: str, kind: str, *, is_https: bool) -> str:
    """The cookie that holds a ticket of this kind for this room."""
    suffix = {"participant": "", "table": "", "projector": "-projector"}.get(kind, "-crew")
    return f"{'__Host-' if is_https else ''}mr-{room_id}{suffix}"


KIND_BY_AUDIENCE = {"phone": "participant", "projector": "projector", "crew": "crew"}
