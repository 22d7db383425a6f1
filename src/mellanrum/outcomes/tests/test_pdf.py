"""The documentation as PDF: what the standards ask for is in the file, and what people typed is text and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pypdf
import pytest
from PIL import Image

from mellanrum.core.picture_files import picture_address, remove_picture, store_picture
from mellanrum.core.pictures import reencoded
from mellanrum.exercise_kit.charts.distribution import ChartRow, distribution
from mellanrum.exercise_kit.document import Bullets, Figure, Passage, Photo, Picture, Quote, Table, Text
from mellanrum.exercise_kit.examples import examples_of
from mellanrum.exercise_kit.registry import registry
from mellanrum.outcomes.documentation import Documentation, Head
from mellanrum.outcomes.print import pdf
from mellanrum.outcomes.print.pdf import NotPrinted, documentation_as_pdf

MARKUP = '#panic("nej") $x^2$ @ref *fet* _kursiv_ `rå` \\ <etikett> = rubrik // slut "citat" \\u{1f600}'
TABLE = Table("Svar", ("Om", "1", "2"), (("Jag", "3", "4"), (MARKUP, "0", "1")))
CHART = distribution([ChartRow("Jag", (1, 3, 8, 14, 5), 3.6)], 1, 5, "inte alls", "helt")
FIGURE = Figure(CHART, "Medel 3,6.", TABLE)
PICTURE = Picture("ui/deck/bridge.svg", "Bro")


def document(*blocks: Any, language: str = "sv", **head: Any) -> Documentation:
    facts: dict[str, Any] = {
        "programme": MARKUP,
        "title": "Öppet rum",
        "theme": "Grus",
        "purpose": MARKUP,
        "place": "Fabelå",
        "day": datetime(2026, 5, 14, tzinfo=UTC),
    }
    made = Head(**(facts | {"language": language} | head))
    return Documentation(made, (Passage("a/b", MARKUP, "31 svar", blocks),) if blocks else (), is_final=True)


def opened(document: Documentation) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(documentation_as_pdf(document)))


def elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    """Every structure element below, in reading order."""
    for kid in node.get("/K", []) if isinstance(node.get("/K"), pikepdf.Array) else [node.get("/K")]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def text_of(document: Documentation) -> str:
    """What somebody gets who reads, copies or searches, with single spaces."""
    read = pypdf.PdfReader(BytesIO(documentation_as_pdf(document)))
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def test_it_says_which_standards_it_follows() -> None:
    found = opened(document(Text("Hej"), FIGURE))
    with found.open_metadata() as told:
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("3", "A", "1")
        assert told["dc:title"] == "Öppet rum"
    assert str(found.Root.Lang).startswith("sv")
    assert found.Root.MarkInfo.Marked
    assert found.Root.ViewerPreferences.DisplayDocTitle


def test_headings_lists_figures_and_tables_are_told_as_such() -> None:
    found = opened(document(Text("Hej"), Bullets(("ett", "två")), Quote("Vi ringer", picture=PICTURE), FIGURE, TABLE))
    tree = list(elements(found.Root.StructTreeRoot))
    kinds = [str(each.S) for each in tree]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/L", "/LI", "/Table", "/Figure", "/BlockQuote"} <= set(kinds)
    assert alts(found) == {"Bro", "Medel 3,6."}
    heads = [each for each in tree if str(each.S) == "/TH"]
    assert len(heads) == 3 * 2
    assert all(scope(each) == "/Column" for each in heads)


def scope(cell: pikepdf.Dictionary) -> str:
    held: Any = cell.get("/A", [])
    attributes: Any = held if isinstance(held, pikepdf.Array) else [held]
    return next((str(each.Scope) for each in attributes if "/Scope" in each), "")


def test_what_people_typed_is_text() -> None:
    told = text_of(document(Text(MARKUP), Quote(MARKUP, by=MARKUP), Bullets((MARKUP,)), TABLE))
    assert told.count('#panic("nej")') >= 6
    assert "$x^2$" in told
    assert "read(" not in told


def test_what_no_font_knows_gets_a_stand_in_and_a_sentence() -> None:
    told = text_of(document(Text("Tack 🙂 för 中文 och \u0301 allt")))
    assert "Tack □ för □□ och" in told
    assert "På webbsidan finns de kvar." in told
    plain = text_of(document(Text("Tack för allt")))
    assert "På webbsidan" not in plain


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a" * 4000, "\u202eomvänt\u202c", "\u200b", "\x00\x1b[31m", "ﷺ" * 50, "é" * 300])
def test_odd_text_is_printed_all_the_same(text: str) -> None:
    assert documentation_as_pdf(document(Text(text), Quote(text, by=text), Bullets((text,)))).startswith(b"%PDF-")


WILD = (
    '#panic("x")',
    "$x$ $ y",
    "@ref @namn",
    "<label> <a",
    "\\\\ \\u{41} \\",
    "*/ /* // x",
    "= Rubrik",
    "- punkt",
    "`rå` ```kod```",
    "#include",
    "~ --- ...",
)


@pytest.mark.parametrize("wild", WILD)
def test_markup_stands_as_it_was_typed_wherever_people_write(settings: Any, wild: str) -> None:
    """A participant, an editor, an organisation, a caption, a title: one place each, and each can be read back."""
    drawn = BytesIO()
    Image.new("RGB", (40, 50), "red").save(drawn, "PNG")
    ours = Picture(picture_address(store_picture(settings.CONFIG.data, reencoded(drawn.getvalue()))), wild)
    table = Table(wild, (wild, "1"), ((wild, "2"),))
    rated = Figure(distribution([ChartRow(wild, (1, 3, 8, 14, 5), 3.6)], 1, 5, wild, wild), wild, table)
    blocks = (Text(wild), Quote(wild, wild), Bullets((wild,)), table, Photo(ours, wild, wild), rated)
    told = text_of(document(*blocks, title=wild, programme=wild, theme=wild, place=wild))
    assert told.replace(" ", "").count(wild.replace(" ", "")) >= 10


SCRIPTS = (
    "نحن معاً",
    "Ça va? Žluťoučký kůň",
    "e\u0301 a\u0308",
    "mellan\u200brum och rad\u200dett",
    "Ελληνικά и кириллица",
    "½ × 3 ≤ 4 → 5",
)


@pytest.mark.parametrize("text", [*SCRIPTS, "🙂👩‍🚒", "\u202eomvänt\u202c", "\ufeff\u2060x", "x" * 20_000, "ord" * 6000 + " slut"])
def test_any_script_becomes_a_pdf_and_the_words_around_it_can_be_found(text: str) -> None:
    told = text_of(document(Text("Före orden."), Text(text), Quote(text, by=text), Text("Efter orden.")))
    assert "Före orden." in told
    assert "Efter orden." in told


@pytest.mark.parametrize("text", ["Ça va? Žluťoučký kůň", "Ελληνικά и кириллица", "½ × 3 ≤ 4 → 5"])
def test_what_the_font_has_is_text_that_can_be_copied(text: str) -> None:
    assert text in text_of(document(Text(text)))


def test_a_word_without_end_stays_on_the_paper() -> None:
    told = documentation_as_pdf(document(Text("x" * 20_000), Quote("y" * 20_000)))
    words = [page.extract_text() for page in pypdf.PdfReader(BytesIO(told)).pages]
    assert sum(page.count("x") for page in words) >= 20_000
    assert sum(page.count("y") for page in words) >= 20_000
    assert all(len(line) < 200 for page in words for line in page.split("\n"))


def test_what_joins_signs_is_no_sign() -> None:
    told = text_of(document(Text("Vi 👩\u200d🚒 är här, sade en.")))
    assert "Vi □□ är här, sade en." in told
    assert "Öppet rum" in told


def test_every_example_of_every_type_can_be_printed() -> None:
    blocks = []
    for exercise in registry().values():
        for example in examples_of(exercise):
            passages = exercise.harvest(example.definition, example.state(exercise), example.name)
            blocks += [block for passage in passages for block in passage.blocks]
    found = opened(document(*blocks))
    assert len(found.pages) > 3


def test_a_script_that_cannot_follow_both_standards_follows_one() -> None:
    found = opened(document(Figure(distribution([ChartRow("نحن معاً", (1, 2, 3), 2.3)], 1, 3), "Medel 2,3.", TABLE)))
    with found.open_metadata() as told:
        assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("3", "B")
        assert "pdfuaid:part" not in told
    assert "/StructTreeRoot" in found.Root  # still read aloud in order, with what the chart shows


def test_nothing_yet() -> None:
    told = text_of(document(theme="", purpose="", place="", day=None))
    assert "Här samlas det ni kommer fram till." in told


def test_in_english_it_is_english() -> None:
    assert str(opened(document(FIGURE, language="en")).Root.Lang).startswith("en")
    assert "The numbers behind the charts" in text_of(document(FIGURE, language="en"))


def test_a_picture_people_brought_is_there_until_it_is_removed(settings: Any) -> None:
    drawn = BytesIO()
    Image.new("RGB", (40, 50), "red").save(drawn, "PNG")
    name = store_picture(settings.CONFIG.data, reencoded(drawn.getvalue()))
    ours = picture_address(name)
    said = document(Quote("Vi ringer", picture=Picture(ours, "En röd ruta")), Photo(Picture(ours, "Bladet från bord 3"), MARKUP, "Bord 3"))
    assert {"En röd ruta", "Bladet från bord 3"} <= alts(opened(said))
    assert '#panic("nej")' in text_of(said)
    remove_picture(settings.CONFIG.data, name)
    assert not {"En röd ruta", "Bladet från bord 3"} & alts(opened(said))


def alts(found: pikepdf.Pdf) -> set[str]:
    return {str(each.get("/Alt", "")) for each in elements(found.Root.StructTreeRoot) if str(each.S) == "/Figure"}


def test_a_picture_that_is_missing_is_a_defect_and_said() -> None:
    with pytest.raises(NotPrinted, match="nowhere"):
        documentation_as_pdf(document(Quote("Hej", picture=Picture("ui/deck/nowhere.svg", "Ingen"))))


def test_a_refusal_of_typst_is_not_swallowed(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    broken = tmp_path / "document.typ"
    broken.write_text("#panic(1)")
    monkeypatch.setattr(pdf, "LAYOUT", broken)
    with pytest.raises(NotPrinted, match="panicked"):
        documentation_as_pdf(document(Text("Hej")))


def test_long_words_part_as_the_language_does_and_short_ones_stay_whole() -> None:
    told = text_of(document(Text("Vi delade på det. " * 60), Text("klimatanpassningsåtgärderna " * 30)))
    assert "dela\xad" not in told  # how a hyphen of the typesetter's reads
    assert "\xad" in told.partition("klimat")[2]
