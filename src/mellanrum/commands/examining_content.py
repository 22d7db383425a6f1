"""The points of `mellanrum check` about what is in a database of this version: letters, pictures, and what people have taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mellanrum.commands.finding import Finding
from mellanrum.commands.problems import _

SHOWN = 3


def examine_content(folder: Path) -> Iterator[Finding]:
    yield from _letters()
    yield from _pictures(folder)
    yield from _erasures(folder)


def _letters() -> Iterator[Finding]:
    from mellanrum.accounts.letters import stuck
    from mellanrum.core.clock import now

    number = stuck(now()).count()
    if number:
        sentence = _(
            "%(number)s mejl har inte gått att skicka. Se efter att mejlservern svarar (raden om mejl här ovanför) "
            "och att adresserna stämmer; på sidan Vilka är med går det att försöka igen."
        )
        yield Finding("letters", "warning", sentence % {"number": number})


def _pictures(folder: Path) -> Iterator[Finding]:
    from mellanrum.core.picture_names import missing_pictures

    missing = missing_pictures(folder)
    if missing:
        facts = {"number": len(missing), "folder": folder / "pictures", "names": ", ".join(missing[:SHOWN])}
        sentence = _(
            "%(number)s bilder som används saknas i %(folder)s (%(names)s). Lägg tillbaka mappen från en säkerhetskopia; "
            "där de visas står det tomt så länge."
        )
        yield Finding("pictures", "problem", sentence % facts)


def _erasures(folder: Path) -> Iterator[Finding]:
    from mellanrum.rooms.restoring import still_there

    try:
        number = still_there(folder)
    except ValueError:
        sentence = _("%(file)s går inte att läsa, så ingen vet vad som ska vara raderat. Lägg tillbaka den från en säkerhetskopia.")
        yield Finding("erasures", "problem", sentence % {"file": folder / "erasures.jsonl"})
        return
    if number:
        sentence = _(
            "%(number)s saker som någon har raderat finns i databasen igen: en kopia har lagts tillbaka för hand. "
            "De raderas vid nästa start: mellanrum serve. Använd annars mellanrum restore."
        )
        yield Finding("erasures", "problem", sentence % {"number": number})
