"""After a backup has been restored: what people have taken back since it was made is taken back again."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from mellanrum.accounts.letters import take_back
from mellanrum.rooms.ledger import erasures
from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.live.loading import letters_of
from mellanrum.rooms.models import Participant


def erase_again(folder: Path, since: Path) -> None:
    """Empty every row and forget every person noted in the folder, or in `since` if that is there. Raises ValueError for a broken note."""
    rows: dict[str, list[str]] = defaultdict(list)
    people: list[str] = []
    for entry in [*erasures.noted(folder / erasures.FILE), *erasures.noted(since)]:
        if "participant" in entry:
            people.append(entry["participant"])
        else:
            rows[entry["room"]].append(entry["id"])
    if not rows and not people:
        return
    ledger = Ledger(settings.DATABASES["default"])
    try:
        for room, ids in rows.items():
            ledger.erase(room, ids)
        erasures.note(folder, (entry for participant in people for entry in erasures.of_participant(participant)))
        for participant in people:
            take_back(letters_of(participant))
        Participant.objects.filter(pk__in=people).delete()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # what was deleted still lies on free pages
        connections.close_all()
        ledger.engine.truncate()
    finally:
        ledger.close()
