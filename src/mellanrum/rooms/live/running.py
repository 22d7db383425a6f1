"""The engine that serves this process, for pages and commands that may run with or without one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings

from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.live import closing, mirror
from mellanrum.rooms.live.loading import called_in_team, fold_of

if TYPE_CHECKING:
    from mellanrum.accounts.models import User
    from mellanrum.rooms.ledger.rows import Row
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.models import Room


LONG = 60.0  # seconds a page may wait for what is done once and for good


class _Running:
    engine: Engine | None = None


def set_running(engine: Engine | None) -> None:
    """Say which engine serves this process; None when none does (commands, tests without a server)."""
    _Running.engine = engine


def running() -> Engine | None:
    """The engine of this process, None outside `serve`."""
    return _Running.engine


def announce_room(room: Room) -> None:
    """Let the running process know a room that was just opened."""
    if _Running.engine:
        _Running.engine.room_opened(room.id, room.code, room.key)


def store_acts(room: Room, rows: list[Row]) -> None:
    """Store acts that no cockpit sends, folded when this returns. Raises LedgerUnavailable, TimeoutError."""
    if _Running.engine:
        _Running.engine.wait(closing.store(_Running.engine, room.id, rows), LONG)
        return
    ledger = Ledger(settings.DATABASES["default"])
    try:
        ledger.append(rows)
    finally:
        ledger.close()
    mirror.catch_up(room.id, fold_of(room).snapshot)


def announce_table(room: Room, table: int) -> None:
    """Let the running process know a table's link that was just made."""
    if _Running.engine:
        _Running.engine.table_got_a_phone(room.id, table)


def announce_crew(room: Room, user: User) -> None:
    """Let the running process know who opens the cockpit."""
    if _Running.engine:
        _Running.engine.crew_came(room.id, f"crew:{user.pk}", called_in_team(user))


def announce_revoked(tickets: set[str]) -> None:
    """Let the running process forget tickets at once."""
    if _Running.engine:
        _Running.engine.tickets_revoked(tickets)


def announce_final(room_id: str) -> None:
    """Let the running process take nothing more for the room, and wait until everything on its way is stored."""
    if _Running.engine:
        _Running.engine.wait(_Running.engine.make_final(room_id), LONG)


def announce_cut(room_id: str) -> None:
    """Let the running process read the room again from its ledger."""
    if _Running.engine:
        _Running.engine.wait(_Running.engine.reload(room_id), LONG)


def in_writers_turn(work: Callable[[Ledger], Any]) -> None:
    """Run it with the ledger: in the writer's turn where one runs, else here."""
    if _Running.engine:
        _Running.engine.wait(_Running.engine.in_writers_turn(work), LONG)
        return
    ledger = Ledger(settings.DATABASES["default"])
    try:
        work(ledger)
    finally:
        ledger.close()
