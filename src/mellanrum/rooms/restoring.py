"""After a backup has been restored: what people have taken back since it was made is taken back again, what was finalised is final, and
nothing is back that no backup shall bring back.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from mellanrum.accounts.letters import forget_untraced, take_back
from mellanrum.core.clock import now
from mellanrum.rooms.erasing import after_erasing, before_erasing, words_of
from mellanrum.rooms.finalising import finalise_again
from mellanrum.rooms.ledger import erasures
from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.live.loading import letters_of
from mellanrum.rooms.models import Contribution, Participant, Room
from mellanrum.rooms.rehearsal.clearing import clear_left_alone


def erase_again(folder: Path, since: Path) -> None:
    """Empty every row, forget every person and cut every room that is noted in the folder, or in `since` if that is there.

    Raises ValueError for a broken note.
    """
    notes = [*erasures.noted(folder / erasures.FILE), *erasures.noted(since)]
    if not notes:
        return
    rows: dict[str, set[str]] = defaultdict(set)
    for entry in notes:
        if "id" in entry:
            rows[entry["room"]].add(entry["id"])
    for room, ids in rows.items():
        _erase(room, ids)
    people = [entry["participant"] for entry in notes if "participant" in entry]
    erasures.note(folder, (entry for participant in people for entry in erasures.of_participant(participant)))
    for participant in people:
        take_back(letters_of(participant))
    Participant.objects.filter(pk__in=people).delete()
    finalise_again(entry["finalised"] for entry in notes if "finalised" in entry)
    _leave_nothing_on_free_pages()


def leave_out() -> None:
    """What no backup brings back: rehearsals, and letters whose address was forgotten when they were sent."""
    gone = forget_untraced()
    rehearsals = Room.objects.filter(kind=Room.Kind.REHEARSAL).count()
    clear_left_alone(now())
    if gone or rehearsals:
        _leave_nothing_on_free_pages()


def still_there(folder: Path) -> int:
    """How many rows, people and authors are in the database that have been noted as gone. Raises ValueError for a broken note."""
    notes = erasures.noted(folder / erasures.FILE)
    erased = {(entry["room"], entry["id"]) for entry in notes if "id" in entry}
    people = {entry["participant"] for entry in notes if "participant" in entry}
    final = {entry["finalised"] for entry in notes if "finalised" in entry}
    rows = Contribution.objects.filter(room__in={room for room, _id in erased}).exclude(data=None).values_list("room_id", "id")
    back = sum(row in erased for row in rows.iterator())
    there = sum(name in people for name in Participant.objects.values_list("pk", flat=True)) if people else 0
    return back + there + sum(room in final for room in Room.objects.filter(authors_cut_at=None).values_list("pk", flat=True))


def _erase(room: str, ids: set[str]) -> None:
    ledger = Ledger(settings.DATABASES["default"])
    try:
        before_erasing(room, words_of(row for row in ledger.read(room) if row.id in ids))
        ledger.erase(room, sorted(ids))
    finally:
        ledger.close()
    after_erasing(room)


def _leave_nothing_on_free_pages() -> None:
    """What was deleted still lies there, and in the WAL."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    connections.close_all()
    ledger = Ledger(settings.DATABASES["default"])
    try:
        ledger.engine.truncate()
    finally:
        ledger.close()
