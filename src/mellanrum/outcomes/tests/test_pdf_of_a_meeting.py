"""A whole documentation on paper: what somebody who cannot see it is told, where one finds things, and how pictures are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdf
import pytest
from django.conf import settings
from PIL import Image

from mellanrum.core.picture_files import picture_address, store_picture
from mellanrum.core.pictures import reencoded
from mellanrum.exercise_kit.document import Bullets, Link, Links, Passage, Photo, Picture, Quote, Table, Terms, Text
from mellanrum.outcomes.documentation import Documentation, Head
from mellanrum.outcomes.print.pdf import documentation_as_pdf
from mellanrum.outcomes.tests.test_pdf import FIGURE, MARKUP, PICTURE, elements, scope
from mellanrum.outcomes.tests.test_pdf import document as small

BASE = "https://rum.example"
NAMES = ("Incheckning", "Samtal", "Självskattning", "Summering", "Mingel", "Efteråt")


@pytest.fixture(scope="module")
def photos() -> tuple[Photo, ...]:
    """Large, with a place and a camera in the file that was brought; one of them standing."""
    found = []
    for number, size in enumerate([(4000, 3000), (3000, 4000), (4000, 1000)]):
        image, brought = Image.effect_noise(size, 60).convert("RGB"), BytesIO()
        exif = Image.Exif()
        exif[0x010F] = "Kamera AB"
        image.save(brought, "JPEG", exif=exif)
        name = store_picture(settings.CONFIG.data, reencoded(brought.getvalue()))
        found.append(Photo(Picture(picture_address(name), f"Foto {number}"), f"Blad {number}", "Bord 3"))
    return tuple(found)


def meeting(photos: tuple[Photo, ...]) -> Documentation:
    head = Head(
        "Leda tillsammans", "Lärandeträff 1", "Våga mötas", "Varför", "Fabelå", "sv", None, people="31 deltog.", leaders=("Elin", "Tariq")
    )
    plan = (
        Passage("plan/format", "Så gick det till", "", (Terms((("Bildkort", "Alla valde en bild."), (MARKUP, MARKUP))),)),
        Passage("plan/earlier", "Träffarna före den här", "", (Links((Link("Träff 0", "/gatherings/1/documentation", "4 feb"),)),)),
    )
    harvest = tuple(Passage(f"x-{number}/a", f"Fråga {number}", "31 svar", BLOCKS) for number in range(len(NAMES)))
    noted = Passage("notes/x", "Anteckningar", "3 foton", (Quote("Ringer", "Bord 1"), *photos))
    after = (Passage("plan/links", "Länkar", "", (Links((Link(MARKUP, "https://fabela.example/a?b=1&c=%22", "film"), Link("Utan", ""))),)),)
    under = {one.key: name for one, name in zip(harvest, NAMES, strict=True)} | {noted.key: NAMES[-1]}
    return Documentation(head, (*plan, *harvest, noted, *after), is_final=True, under=under)


BLOCKS = (
    Text("Hej"),
    Bullets(("ett", "två")),
    Quote("Så", picture=PICTURE),
    FIGURE,
    Table("Valda", ("Bild", "Antal"), (("Bro", "2"),) * 31),
)


@pytest.fixture(scope="module")
def printed(photos: tuple[Photo, ...]) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(documentation_as_pdf(meeting(photos), BASE)))


def test_it_names_its_standards_its_language_and_its_title(printed: pikepdf.Pdf) -> None:
    with printed.open_metadata() as told:
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("3", "A", "1")
        assert told["dc:title"] == "Lärandeträff 1"
    assert str(printed.Root.Lang).startswith("sv")
    assert printed.Root.ViewerPreferences.DisplayDocTitle
    assert printed.Root.MarkInfo.Marked


def test_headings_come_in_order_and_no_level_is_skipped(printed: pikepdf.Pdf) -> None:
    levels = [int(kind[2]) for each in elements(printed.Root.StructTreeRoot) if re.fullmatch(r"/H[1-6]", kind := str(each.S))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert {2, 3} <= set(levels)
    assert all(now <= before + 1 for before, now in pairwise(levels))


def test_every_picture_is_told_and_every_column_has_its_heading(printed: pikepdf.Pdf) -> None:
    tree = list(elements(printed.Root.StructTreeRoot))
    figures = [each for each in tree if str(each.S) == "/Figure"]
    assert len(figures) >= 2 * len(NAMES) + 3
    assert all(str(each.get("/Alt", "")) for each in figures)
    heads = [each for each in tree if str(each.S) == "/TH"]
    assert heads
    assert {scope(each) for each in heads} == {"/Column"}
    assert not any(str(each.S) == "/TH" for cell in tree if str(cell.S) == "/TD" for each in elements(cell))


def test_one_finds_the_way_by_bookmarks_and_by_contents(printed: pikepdf.Pdf) -> None:
    with printed.open_outline() as outline:
        (top,) = outline.root
        assert top.title == "Lärandeträff 1"
        sections = [each.title for each in top.children]
    assert {"Så gick det till", *NAMES, "Länkar", "Siffrorna bakom diagrammen"} <= set(sections)
    assert "/TOC" in {str(each.S) for each in elements(printed.Root.StructTreeRoot)}


def test_links_lead_on_and_are_told(printed: pikepdf.Pdf) -> None:
    notes = [note for page in printed.pages for note in page.get("/Annots", []) if str(note.Subtype) == "/Link" and "/A" in note]
    ways = {str(note.A.URI) for note in notes if "/URI" in note.A}
    assert ways == {f"{BASE}/gatherings/1/documentation", "https://fabela.example/a?b=1&c=%22"}
    assert all(str(note.get("/Contents", "")) for note in notes)


def test_pages_are_counted_and_facts_are_told(printed: pikepdf.Pdf) -> None:
    number, copy = len(printed.pages), BytesIO()
    printed.save(copy)
    told = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(copy).pages).split())
    assert f"1 av {number}" in told
    assert f"{number} av {number}" in told
    assert "31 deltog." in told
    assert "Elin, Tariq" in told


def images_on(printed: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, float, float]]:
    """Every raster picture with the inches it covers."""
    for page in printed.pages:
        matrix, kept = pikepdf.Matrix(), []
        for instruction in pikepdf.parse_content_stream(page):
            operands, operator = instruction.operands, instruction.operator
            if str(operator) == "q":
                kept.append(matrix)
            elif str(operator) == "Q":
                matrix = kept.pop()
            elif str(operator) == "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            elif str(operator) == "Do" and str((found := page.resources.XObject[str(operands[0])]).Subtype) == "/Image":
                yield found, abs(matrix.a) / 72, abs(matrix.d) / 72


def test_photos_are_as_fine_as_paper_shows_and_carry_nothing(printed: pikepdf.Pdf) -> None:
    found = list(images_on(printed))
    assert len(found) == 3
    for image, wide, high in found:
        assert max(wide, high) > 1.8  # inches: one can see what it shows
        assert 150 < int(image.Width) / wide < 300
        assert 150 < int(image.Height) / high < 300
        assert str(image.Filter) == "/DCTDecode"
        assert b"Kamera" not in image.read_raw_bytes()
        assert b"Exif" not in image.read_raw_bytes()


def test_a_short_one_has_no_contents() -> None:
    found = pikepdf.open(BytesIO(documentation_as_pdf(small(Text("Hej")))))
    assert "/TOC" not in {str(each.S) for each in elements(found.Root.StructTreeRoot)}
