"""The documentation as PDF: the tree as data beside our layout, in a folder of its own, set by a process of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mellanrum.core.picture_files import ADDRESS, FOLDER
from mellanrum.exercise_kit.document import Figure, Passage
from mellanrum.outcomes.documentation import Documentation, Head
from mellanrum.outcomes.print.unprintable import breakable, missing_in, without

LAYOUT = Path(__file__).with_name("document.typ")
SECONDS = 60.0
MOST_TRIES = 4
# Both at once; some scripts and combinations (Arabic, stacked accents) have no code point for what is drawn, which only A-3b bears.
STANDARDS = ("a-3a,ua-1", "a-3b")
NO_CODEPOINTS = "missing codepoints"


class NotPrinted(Exception):
    """typst refused; its own words are the message. A defect of ours, whatever people wrote."""


def documentation_as_pdf(document: Documentation) -> bytes:
    """The document in its language, by the strictest of `STANDARDS` that its words allow. Raises NotPrinted.

    Characters that no font of this machine knows become □, and a line says so: the web page has them.
    """
    with translation.override(document.head.language), tempfile.TemporaryDirectory(prefix="mellanrum-pdf-") as name:
        folder = Path(name)
        shutil.copy(LAYOUT, folder / "document.typ")
        data = msgspec.json.encode(breakable(_visible(msgspec.to_builtins(_data(document, folder))))).decode()
        refused = ""
        for standards in STANDARDS:
            refused, data = _set_what_can_be_shown(folder, data, standards)
            if NO_CODEPOINTS not in refused:
                break
        if refused:
            raise NotPrinted(refused)
        return (folder / "document.pdf").read_bytes()


def _set_what_can_be_shown(folder: Path, data: str, standards: str) -> tuple[str, str]:
    """typst's complaint, and the data it got in the end."""
    for _try in range(MOST_TRIES):
        refused = _set(folder, data, standards)
        missing = missing_in(refused)
        if not missing:
            break
        data = without(data, missing)
    return refused, data


def _set(folder: Path, data: str, standards: str) -> str:
    """typst's complaint; empty when the PDF is there."""
    (folder / "data.json").write_text(data, encoding="utf-8")
    command = [sys.executable, "-m", "mellanrum.outcomes.print.worker", str(folder), standards]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False)
    return "" if done.returncode == 0 else done.stderr or f"exit code {done.returncode}"


def _visible(value: Any) -> Any:
    """The same value without control characters, which no PDF can show."""
    if isinstance(value, str):
        return "".join(char for char in value if char >= " " or char == "\n")
    if isinstance(value, dict):
        return {key: _visible(each) for key, each in value.items()}
    return [_visible(each) for each in value] if isinstance(value, list | tuple) else value


def _data(document: Documentation, folder: Path) -> dict[str, Any]:
    """What `document.typ` reads."""
    head = document.head
    passages = [_passage(passage, folder) for passage in document.passages]
    figures = ((passage.heading, block.table) for passage in document.passages for block in passage.blocks if isinstance(block, Figure))
    return {
        "language": head.language,
        "programme": head.programme,
        "title": head.title,
        "theme": head.theme,
        "purpose": head.purpose,
        "day": (head.day.year, head.day.month, head.day.day) if head.day else None,
        "facts": list(_facts(document)),
        "agenda": [row.title for row in head.agenda],
        "passages": passages,
        "tables": [(heading, table) for heading, table in figures],
        "foot": _foot(head),
        "words": _words(),
        "unprintable": False,
    }


def _words() -> dict[str, str]:
    return {
        "documentation": _("Dokumentation"),
        "agenda": _("Dagordningen"),
        "source": _("Källa:"),
        "numbers": _("Siffrorna bakom diagrammen"),
        "nothing": _("Här samlas det ni kommer fram till. Först blir det tomt en stund."),
        "unprintable": _("Några tecken gick inte att trycka och står som □. På webbsidan finns de kvar."),
    }


def _facts(document: Documentation) -> Iterator[tuple[str, str]]:
    head = document.head
    if head.day:
        yield _("När"), date_format(head.day, "j F Y")
    if head.place:
        yield _("Var"), head.place
    yield _("Läge"), _("Rummet är stängt") if document.is_final else _("Pågår: det här är vad som finns nu")


def _foot(head: Head) -> str:
    return f"{head.title}, {date_format(head.day, 'j F Y')}" if head.day else head.title


def _passage(passage: Passage, folder: Path) -> dict[str, Any]:
    """The passage with its pictures laid into the folder; `src` becomes the path there."""
    told: dict[str, Any] = msgspec.to_builtins(passage)
    for block in told["blocks"]:
        if block.get("picture"):
            laid = _lay(block["picture"]["src"], folder)
            block["picture"] = {**block["picture"], "src": laid} if laid else None
    told["blocks"] = [block for block in told["blocks"] if block["type"] != "photo" or block["picture"]]
    return told


def _lay(src: str, folder: Path) -> str | None:
    """Copy the picture into the folder; its path there. None for one that people brought and that has been removed since."""
    found = settings.CONFIG.data / FOLDER / src.removeprefix(ADDRESS) if src.startswith(ADDRESS) else finders.find(src)
    if not found:
        raise NotPrinted(f"There is no picture {src!r}.")
    target = folder / FOLDER / Path(found).name
    target.parent.mkdir(exist_ok=True)
    try:
        shutil.copy(found, target)
    except FileNotFoundError:
        return None
    return f"{FOLDER}/{target.name}"
