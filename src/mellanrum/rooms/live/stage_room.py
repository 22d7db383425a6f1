"""The stage thread's side of one room: its fold, what changed, and what every stream last said."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.rooms.ledger.rows import Row
from mellanrum.rooms.live.audience import face_of, table_of
from mellanrum.rooms.live.cells import cell_names, cells_of_change, is_of_table
from mellanrum.rooms.live.frames import raw_event
from mellanrum.rooms.live.mirror import write_down
from mellanrum.rooms.live.render import absent, cell_data, draw
from mellanrum.rooms.live.room import LiveRoom, rest
from mellanrum.rooms.live.streams import StreamKey
from mellanrum.rooms.live.taken_back import remove_taken_back
from mellanrum.rooms.stage.course import WITHDRAW
from mellanrum.rooms.stage.room_fold import RoomFold, RoomSnapshot

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine

log = logging.getLogger(__name__)

Drawn = dict[tuple[StreamKey, str], bytes | None]  # what has been drawn in one sending, by stream and cell

INTERVAL = 0.2  # seconds between two sendings of the same cell; the first one goes at once


class StageRoom:
    """Used by the stage thread alone."""

    def __init__(self, engine: Engine, room: LiveRoom, fold: RoomFold) -> None:
        self.engine = engine
        self.room = room
        self.fold = fold
        self._said: dict[StreamKey, dict[str, bytes]] = {}
        self._dirty: set[str] = set()
        self._sent_at: dict[str, float] = {}
        self._kept: Drawn = {}  # cells that have not changed since they were drawn for somebody who came in

    # -- folding -----------------------------------------------------------------------------------------------

    def fold_rows(self, committed: Iterable[Row]) -> None:
        """Fold committed rows, in ledger order."""
        rows = tuple(committed)
        before, rested = self.room.snapshot, self.room.resting
        resting = rested
        for row in rows:
            self.fold.apply(envelope_of(self.fold, row))
            resting = rest(resting, self.fold)
        self.room.resting = resting  # first: a page that looks now must not see past a picture that has just frozen
        self.room.snapshot = self.fold.snapshot
        self._dirty |= cells_of_change(self.fold.take_dirty())
        if rested is not resting:
            self._dirty |= cells_of_change(frozenset(self.fold.runners))  # the picture moves on by all it has missed
        if before.stage is not self.room.snapshot.stage:
            self._note_personal(before)
            self.engine.stage.post(partial(write_down, self.room.id, before, self.room.snapshot))
        if any(row.kind == WITHDRAW for row in rows):
            self.engine.stage.post(partial(remove_taken_back, settings.CONFIG.data, self.room.snapshot, rows))

    def _note_personal(self, before: RoomSnapshot) -> None:
        """Hiding and admitting concern whoever wrote: phones fetch their own part again."""
        stage = self.room.snapshot.stage
        if before.stage.hidden != stage.hidden or before.stage.admitted != stage.admitted:
            self.room.personal_v = self.room.snapshot.v
            self._dirty.add("personal")

    def fold_anew(self, fresh: StageRoom) -> None:
        """Go on with a fold read from the ledger again. A picture that rests is drawn from it too: what is erased is gone."""
        self.fold = fresh.fold
        self._kept.clear()
        self.room.epoch = fresh.room.epoch
        self.room.resting = fresh.room.resting
        self.room.snapshot = self.fold.snapshot
        self.room.people = fresh.room.people
        self.room.tables = fresh.room.tables
        self.room.personal_v = self.fold.v
        self._dirty |= {"people", "personal"} | cells_of_change(self.fold.take_dirty())

    def joined(self, organisation: str) -> None:
        """Somebody came in."""
        self.room.people.here += 1
        if organisation:
            self.room.people.organisations.add(organisation.casefold())
        self._dirty |= {"people"}

    def table_joined(self, people: int) -> None:
        """A table of so many sat down."""
        self.room.people.here += people
        self.room.people.tables.append(people)
        self._dirty |= {"people"}

    def table_got_a_phone(self, table: int) -> None:
        """Its link was made: from now on crew sees whether it has begun."""
        self.room.tables |= {table}
        self._dirty |= {"tables"}

    def crew_came(self, name: str, called: str) -> None:
        """Somebody opened the cockpit: the others see that they can hand over to them. A new dict, because others read it."""
        self.room.crew = {**self.room.crew, name: called}
        self._dirty |= {"stage"}

    def rehearsal_changed(self) -> None:
        """Its time, or whether it walks."""
        self._dirty |= {"rehearsal"}

    # -- rendering ---------------------------------------------------------------------------------------------

    def is_dirty(self) -> bool:
        return bool(self._dirty and self._said)

    def due_in(self, now: float) -> float:
        """Seconds until something may be sent."""
        waits = (self._sent_at.get(name, 0.0) + INTERVAL - now for name in self._dirty)
        return max(0.0, min(waits, default=0.0))

    def publish(self) -> None:
        """Send every cell that changed and has rested long enough, to the streams someone listens to."""
        now = time.monotonic()
        ready = {name for name in self._dirty if self._sent_at.get(name, 0.0) + INTERVAL <= now}
        self._dirty -= ready
        self._kept = {place: value for place, value in self._kept.items() if place[1] not in ready}
        drawn: Drawn = {}
        for key, said in self._said.items():
            changed = self._draw_changed(key, said, ready, drawn)
            if changed:
                self._sent_at.update(dict.fromkeys(changed, now))
                gone = frozenset(changed) - frozenset(said)
                self.engine.publish(self.room, key, self.room.snapshot.v, self._events(key, changed), gone)

    def _draw_changed(self, key: StreamKey, said: dict[str, bytes], names: set[str], drawn: Drawn) -> dict[str, bytes]:
        present = cell_names(self.room, key.audience)
        changed: dict[str, bytes] = {}
        gone = [name for name in said if name not in present]
        fresh = [name for name in present if name in names or name not in said]
        for name in (*fresh, *gone):
            value = self._drawn_once(key, name, drawn) if name in present else absent(key.form)
            if value is not None and said.get(name) != value:
                changed[name] = value
        said.update(changed)
        for name in gone:
            del said[name]
        return changed

    def _drawn_once(self, key: StreamKey, name: str, drawn: Drawn) -> bytes | None:
        """A table's phones see what all phones see, drawn once for all of them, except for what is their own table's."""
        if not (table_of(key.audience) and is_of_table(self.room.snapshot, name)):
            key = key._replace(audience=face_of(key.audience))
        if (key, name) not in drawn:
            drawn[key, name] = self._drawn(key, name)
        return drawn[key, name]

    def _drawn(self, key: StreamKey, name: str) -> bytes | None:
        """The cell now; None when drawing it fails: it waits for its next change, and all other cells and streams go on."""
        try:
            return draw(self.room, self.room.seen_by(key.audience, name), key, name)
        except Exception:
            log.exception("the cell %s could not be drawn for %s", name, key)
            return None

    def _events(self, key: StreamKey, values: dict[str, bytes]) -> dict[str, bytes]:
        v = self.room.snapshot.v
        return {name: raw_event("cell", cell_data(key.form, name, v, value)) for name, value in values.items()}

    def attach(self, key: StreamKey) -> tuple[int, dict[str, bytes]]:
        """Begin to keep this stream up to date: (v, its cells as events)."""
        said = self._said.setdefault(key, {})
        self._draw_changed(key, said, self._dirty | set(said), {})
        return self.room.snapshot.v, self._events(key, said)

    def detach(self, key: StreamKey) -> None:
        """Nobody listens any more."""
        self._said.pop(key, None)

    def values(self, key: StreamKey) -> dict[str, bytes]:
        """Every cell of this audience now, as JSON values. A hall that comes in at once is drawn once, but for what just changes."""
        fresh: Drawn = {}
        drawn = {
            name: self._drawn_once(key, name, fresh if name in self._dirty else self._kept) for name in cell_names(self.room, key.audience)
        }
        if None in drawn.values():  # what failed is tried again
            self._kept.clear()
        return {name: value for name, value in drawn.items() if value is not None}


def envelope_of(fold: RoomFold, row: Row) -> Envelope:
    """A ledger row as the fold reads it; its data is None when it is erased, nobody can read it any more, or nobody's name is on it.

    Without names a finalised room's answers are no longer so many people's, and would pass for one person's.
    """
    is_readable = row.data is not None and row.author is not None
    decoded: Any = fold.course.decode(row.exercise, row.kind, row.version, row.data or "") if is_readable else None
    kind, data = decoded or (row.kind, None)
    return Envelope(
        seq=row.seq,
        id=row.id,
        author=row.author or "",
        role=row.role,
        kind=kind,
        data=data,
        at=row.at,
        late=row.late,
        origin=row.origin,
        exercise=row.exercise,
    )
