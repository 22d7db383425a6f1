"""How far each table has come with the notes of the block that is on, for the crew."""

from __future__ import annotations

import msgspec

from mellanrum.exercise_kit.contract import AtTable
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.stage.room_fold import RoomSnapshot


class TableRow(msgspec.Struct, frozen=True):
    """A table by its number: its lines and photos in this block, and whether it says that it is done."""

    table: str
    lines: int
    photos: int
    done: bool


class TablesView(msgspec.Struct, frozen=True):
    """Tables that have a phone of their own, and those somebody has noted something from."""

    tables: tuple[TableRow, ...] = ()


def tables_view(room: LiveRoom, snapshot: RoomSnapshot) -> TablesView:
    """What the companions of the current block say of their tables, beside the tables that have a link. Empty until the room runs."""
    if snapshot.stage.status != "running":
        return TablesView()
    found = {str(table): AtTable() for table in room.tables}
    for one in snapshot.companions:
        if one.placed.type.companion:
            found |= one.placed.type.companion.tables(one.state)
    rows = (TableRow(table, at.lines, at.photos, at.done) for table, at in found.items())
    return TablesView(tuple(sorted(rows, key=lambda row: int(row.table))))
