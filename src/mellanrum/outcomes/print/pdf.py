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
from mellanrum.exercise_kit.document import Block, Figure, Links, Passage, Photo
from mellanrum.outcomes.documentation import Documentation, Head
from mellanrum.outcomes.print.photos import PHOTOS
from mellanrum.outcomes.print.unprintable import breakable, missing_in, without
from mellanrum.outcomes.print.worker import PHOTO, printed_name
from mellanrum.outcomes.sections import LONG, Section, runs_of, sections_of
from mellanrum.outcomes.when import foot, when

LAYOUT = Path(__file__).with_name("document.typ")
SECONDS = 60.0
MOST_TRIES = 4
DOTS = 290 / 25.4  # for each millimetre of a picture: more is not seen on paper
# Both at once; some scripts and combinations (Arabic, stacked accents) have no code point for what is drawn, which only A-3b bears.
STANDARDS = ("a-3a,ua-1", "a-3b")
NO_CODEPOINTS = "missing codepoints"


class NotPrinted(Exception):
    """typst refused; its own words are the message. A defect of ours, whatever people wrote."""


class Box(msgspec.Struct, frozen=True):
    """The room a picture has on paper, in millimetres."""

    width: int
    height: int

    @property
    def pixels(self) -> str:
        """As much as paper shows, as `width x height`."""
        return f"{int(self.width * DOTS)}x{int(self.height * DOTS)}"


ALONE, BESIDE, IN_QUOTE = Box(120, 88), Box(80, 62), Box(22, 40)


def documentation_as_pdf(document: Documentation, base: str = "") -> bytes:
    """The document in its language, by the strictest of `STANDARDS` that its words allow. Raises NotPrinted.

    `base` is where our own paths lie; without it they lead nowhere.
    Characters that no font of this machine knows become □, and a line says so: the web page has them.
    """
    with translation.override(document.head.language), tempfile.TemporaryDirectory(prefix="mellanrum-pdf-") as name:
        folder = Path(name)
        shutil.copy(LAYOUT, folder / "document.typ")
        data = msgspec.json.encode(breakable(_visible(msgspec.to_builtins(_data(document, folder, base))))).decode()
        refused = ""
        for standards in STANDARDS:
            refused, data = _set_what_can_be_shown(folder, data, standards)
            if NO_CODEPOINTS not in refused:
                break
        if refused:
            raise NotPrinted(refused)
        for path in folder.glob(f"{FOLDER}/*/*{PHOTO}"):
            PHOTOS.keep(settings.CONFIG.data / FOLDER / path.name, path)
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


def _data(document: Documentation, folder: Path, base: str) -> dict[str, Any]:
    """What `document.typ` reads."""
    head = document.head
    sections = sections_of(document.passages, document.under)
    figures = ((passage.heading, block.table) for passage in document.passages for block in passage.blocks if isinstance(block, Figure))
    return {
        "language": head.language,
        "programme": head.programme,
        "title": head.title,
        "theme": head.theme,
        "purpose": head.purpose,
        "day": (head.day.year, head.day.month, head.day.day) if head.day else None,
        "facts": list(_facts(document)),
        "sections": [_section(section, folder, base) for section in sections],
        "is_long": len(sections) > LONG,
        "is_empty": document.is_empty,
        "tables": [(heading, table) for heading, table in figures],
        "foot": _foot(head),
        "words": _words(),
        "unprintable": False,
    }


def _words() -> dict[str, str]:
    return {
        "documentation": _("Dokumentation"),
        "contents": _("Innehåll"),
        "pages": _("{page} av {pages}"),
        "source": _("Källa:"),
        "numbers": _("Siffrorna bakom diagrammen"),
        "nothing": _("Här samlas det ni kommer fram till. Först blir det tomt en stund."),
        "unprintable": _("Några tecken gick inte att trycka och står som □. På webbsidan finns de kvar."),
    }


def _facts(document: Documentation) -> Iterator[tuple[str, str]]:
    head = document.head
    if head.day:
        yield _("När"), when(head)
    if head.place:
        yield _("Var"), head.place
    if head.people:
        yield _("Vilka var med"), head.people
    if head.leaders:
        yield _("Ansvariga"), ", ".join(head.leaders)
    if not document.is_final:
        yield _("Läge"), _("Pågår: det här är vad som finns nu")


def _foot(head: Head) -> str:
    if head.published:
        return _("Dokumentation, publicerad %(day)s") % {"day": date_format(head.published, "j F Y")}
    return foot(head)


def _section(section: Section, folder: Path, base: str) -> dict[str, Any]:
    return {"heading": section.heading, "passages": [_passage(passage, folder, base) for passage in section.passages]}


def _passage(passage: Passage, folder: Path, base: str) -> dict[str, Any]:
    """The passage with its pictures laid into the folder; blocks that stand side by side together."""
    runs = [
        {
            "kind": kind,
            "blocks": [told for place, block in enumerate(run) if (told := _block(block, _box(kind, place, len(run)), folder, base))],
        }
        for kind, run in runs_of(passage.blocks)
    ]
    return {"heading": passage.heading, "source": passage.source, "runs": runs}


def _box(kind: str, place: int, number: int) -> Box:
    """How large a picture is printed: of an odd number of photos the first stands alone, the others two by two."""
    if kind != "photos":
        return IN_QUOTE
    return ALONE if number % 2 and place == 0 else BESIDE


def _block(block: Block, box: Box, folder: Path, base: str) -> dict[str, Any] | None:
    """As data; `src` is the path in the folder, an address is whole. None for a photo that has been removed."""
    told: dict[str, Any] = msgspec.to_builtins(block)
    if told.get("picture"):
        laid = _lay(told["picture"]["src"], folder, box)
        told["picture"] = {**told["picture"], "src": laid, "width": box.width, "height": box.height} if laid else None
    for link in told["items"] if isinstance(block, Links) else ():
        link["address"] = f"{base}{link['address']}" if link["address"].startswith("/") and base else link["address"]
        link["is_whole"] = link["address"].startswith(("http://", "https://"))
    return None if isinstance(block, Photo) and not told["picture"] else told


def _lay(src: str, folder: Path, box: Box) -> str | None:
    """Copy the picture into the folder, where the worker makes it fit `box`; its path there then.

    None for one that people brought and that has been removed since.
    """
    found = settings.CONFIG.data / FOLDER / src.removeprefix(ADDRESS) if src.startswith(ADDRESS) else finders.find(src)
    if not found:
        raise NotPrinted(f"There is no picture {src!r}.")
    target = folder / FOLDER / box.pixels / Path(found).name
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not PHOTOS.lay(Path(found), target):
            shutil.copy(found, target)
    except FileNotFoundError:
        return None
    return str(printed_name(target).relative_to(folder))
