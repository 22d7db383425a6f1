"""How far each table has come with the notes of the block that is on, for the crew."""

from __future__ import annotations

import msgspec

from mellanrum.exercise_kit.contract import AtTable
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.stage import audiences
from mellanrum.rooms.stage.room_fold import RoomSnapshot


class TableRow(msgspec.Struct, frozen=True):
    """A table by its number: its lines and photos in this block, and whether it says that it is done.

    `calls` is ``, `waiting` or `seen` when it wants somebody to come, `since` Unix milliseconds; `message` is the line on its phones.
    """

    table: str
    lines: int
    photos: int
    done: bool
    calls: str = ""
    since: int | None = None
    message: str = ""


class TablesView(msgspec.Struct, frozen=True):
    """Tables that have a phone of their own, and those somebody has noted something from."""

    tables: tuple[TableRow, ...] = ()


def tables_view(room: LiveRoom, snapshot: RoomSnapshot) -> TablesView:
    """What the companions of the current block say of their tables, beside the tables that have a link and those that call.

    Before and after the room runs nothing is noted, but a table may call all the same until it closes.
    """
    stage = snapshot.stage
    if stage.status == "closed":
        return TablesView()
    found = {table: AtTable() for table in (*map(str, room.tables), *stage.calls, *stage.lines)}
    for one in snapshot.companions if stage.status == "running" else ():
        if one.placed.type.companion:
            found |= one.placed.type.companion.tables(one.state)
    return TablesView(tuple(_row(snapshot, table, found[table]) for table in sorted(found, key=int)))


def _row(snapshot: RoomSnapshot, table: str, at: AtTable) -> TableRow:
    own, call = audiences.table(snapshot.stage, table), snapshot.stage.calls.get(table)
    return TableRow(table, at.lines, at.photos, at.done, own.calls, call.since if call else None, own.message)
