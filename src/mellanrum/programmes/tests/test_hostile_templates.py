"""Files that are no templates, or are meant to do harm: each is one sentence with the file's name, and nothing is made of any."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from mellanrum.programmes.models import Programme
from mellanrum.programmes.templates import LARGEST_FILE, TemplateProblem, load_template, parse_template
from mellanrum.programmes.tests.test_templates import RATING, SMALL


def sheet() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


BLOCK = "[[gatherings.blocks]]\ntitle = 'x'\nminutes = 1\n"
CARDS = "exercise = 'cards'\n[gatherings.blocks.definition]\nversion = 2\nquestion = 'Vad?'\n"
DECK = "deck = {{ id = 'deck-1', title = 'x', source = 'x', licence = 'x', pictures = [{0}, {1}] }}\n"
PICTURE = "{{ id = '{0}', name = 'x', src = '{1}' }}"


def deck(src: str) -> str:
    return SMALL + CARDS + DECK.format(PICTURE.format("a", src), PICTURE.format("b", src))


FOREIGN = {
    "json": (json.dumps({"format": 1, "title": "x"}).encode(), "inte riktig TOML. Se rad 1"),
    "xlsx": (sheet(), "inte text i UTF-8"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(200), "inte text i UTF-8"),
    "utf16": (SMALL.encode("utf-16"), "inte text i UTF-8"),
    "empty": (b"", "”format = 1” saknas"),
    "only a mark": (b"\xef\xbb\xbf", "”format = 1” saknas"),
    "other toml": (b"[project]\nname = 'x'\n", "”format = 1” saknas"),
    "nul": (b"\x00" * 100, "inte riktig TOML"),
    "50 MB": (b"#" * (50 * 1024 * 1024), "för stor"),
}
HOSTILE = {
    "arrays in arrays": ("a = " + "[" * 100_000, "för djup"),
    "tables in tables": ("a = " + "{a = " * 50_000, "för djup"),
    "a long dotted key": (SMALL.replace("format = 1", "format = 1\n" + ".".join("a" * 50_000) + " = 1"), "x.toml"),
    "a deep definition": (SMALL + "exercise = 'cards'\ndefinition." + ".".join("a" * 50_000) + " = 1", "x.toml"),
    "a number of 5000 digits": (SMALL.replace("minutes = 5", "minutes = " + "9" * 5000), "för stort tal"),
    "a huge hexadecimal": (SMALL.replace("minutes = 5", "minutes = 0x" + "f" * 5000), "för stort tal"),
    "a huge number in an exercise": (SMALL + RATING + "low = 99999999999999999999\nhigh = 99999999999999999999\n", "för stort tal"),
    "not a number": (SMALL + RATING + "low = nan\n", "för stort tal"),
    "without end": (SMALL.replace("minutes = 5", "minutes = inf"), "för stort tal"),
    "100,000 blocks": (SMALL + BLOCK * 100_000, "för stor"),
    "10,000 blocks": (SMALL + BLOCK * 10_000, "träff 1: fältet ”blocks” får ha högst 200 delar"),
    "many gatherings": (SMALL + ("[[gatherings]]\ntitle = 'x'\n" + BLOCK) * 60, "fältet ”gatherings” får ha högst 60 delar"),
    "a long title": (SMALL.replace("Öppning", "x" * 201), "fältet ”title” får ha högst 200 tecken"),
    "a title of control characters": (
        SMALL.replace("Öppning", "\\u0000\\u001b\\u0007"),
        "träff 1, moment 1: fältet ”title” ska ha minst 1",
    ),
    "a field that moves the text around": (SMALL + '"\\u202e\\u0007<b>field" = 1', "fältet ”?<b>field” är okänt"),
    "a field without end": (SMALL + f'"{"x" * 100_000}" = 1', "fältet ”" + "x" * 40 + "…” är okänt"),
    "an exercise without end": (SMALL + f"exercise = '{'x' * 100}'", "”" + "x" * 40 + "…”"),
    "an exercise that is a path": (
        SMALL + "exercise = '../../etc/passwd'",
        "har en övning som inte finns här: ”../../etc/passwd”. De som finns är: cards",
    ),
    "an exercise nobody chooses": (SMALL + "exercise = 'notes'\ndefinition = {version = 1}", "har en övning som inte finns här: ”notes”"),
    "a deck that is a path": (SMALL + CARDS + "deck = '../../../etc/passwd'", "fältet ”deck”"),
    "a deck of one's own": (deck(f"/pictures/{'a' * 26}.webp"), 'Skriv deck = "house".'),
    "a deck of paths": (deck("/pictures/../../secret.key"), 'Skriv deck = "house".'),
    "a deck from elsewhere": (deck("https://evil.example/x.webp"), 'Skriv deck = "house".'),
    "a link that is no link": (
        SMALL + "exercise = 'slide'\ndefinition = {version = 1, title = 'x', links = [{text = 'x', url = 'javascript:1'}]}",
        "”links” nummer 1: fältet ”url” har tecken",
    ),
    "a version that is no number": (SMALL + "exercise = 'cards'\ndefinition = {version = true}", "övningen: fältet ”version” saknas"),
    "a format before the first": (SMALL.replace("format = 1", "format = 0"), "”format = 1” saknas"),
    "a format from far ahead": (SMALL.replace("format = 1", "format = 99"), "nyare version av Mellanrum"),
    "a name that is a path": (SMALL.replace('"small"', '"../small"'), "fältet ”name” har tecken"),
    "a name with an end of line": (SMALL.replace('"small"', '"small\\n"'), ""),
    "the same table twice": (SMALL + "[gatherings]\n", "inte riktig TOML"),
    "a day in a text": (SMALL.replace('"Öppning"', "2030-01-01"), "fältet ”title” ska vara text inom citattecken"),
    "a text for a time": (
        SMALL.replace('title = "Träff"', 'title = "Träff"\nstarts = "ett"'),
        "träff 1: fältet ”starts” ska vara ett klockslag",
    ),
    "a day for a time": (SMALL.replace('title = "Träff"', 'title = "Träff"\nstarts = 2030-01-01'), "ska vara ett klockslag"),
    "a table for a list": (SMALL + "do = {a = 1}", "fältet ”do” ska vara en lista"),
    "a list of numbers": (SMALL + "do = [1]", "”do” nummer 1"),
    "a least of nothing": (SMALL + "least = 0", "träff 1, moment 1: fältet ”least” ska vara minst 1"),
    "a most beyond the day": (SMALL + "most = 601", "fältet ”most” får vara högst 600"),
    "a least above the most": (SMALL + "least = 30\nmost = 20", "träff 1, moment 1: ”least” är större än ”most”"),
    "a least that is a word": (SMALL + "least = 'kort'", "fältet ”least” ska vara ett helt tal"),
    "a fixed time in words": (SMALL + "fixed_at = 'lunch'", "fältet ”fixed_at” ska vara ett klockslag"),
    "a fixed day": (SMALL + "fixed_at = 2030-01-01T12:00:00Z", "fältet ”fixed_at”"),
    "a fixed time with seconds": (SMALL + "fixed_at = 12:00:07", "”fixed_at” ska vara timme och minut"),
    "a part that is none": (SMALL + "part = 'night'", "fältet ”part” har ett värde som inte finns att välja"),
    "a section without end": (SMALL + f"section = '{'x' * 121}'", "fältet ”section” får ha högst 120 tecken"),
    "a why without end": (SMALL + f"why = '{'x' * 201}'", "fältet ”why” får ha högst 200 tecken"),
    "five tracks": (
        SMALL + "tracks = [{title='a'},{title='b'},{title='c'},{title='d'},{title='e'}]",
        "fältet ”tracks” får ha högst 4 delar",
    ),
    "tracks that are words": (SMALL + "tracks = ['a', 'b']", "”tracks” nummer 1"),
    "a track with an unknown field": (SMALL + "tracks = [{titel='a'}]", "”tracks” nummer 1: fältet ”titel” är okänt"),
    "a track of a thousand rows": (SMALL + f"tracks = [{{rows = [{'{title=1},' * 1000}]}}]", "fältet ”rows” får ha högst 12 delar"),
    "a track's row without end": (SMALL + "tracks = [{rows = [{title = 'x', minutes = 999}]}]", "fältet ”minutes” får vara högst 600"),
    "a track's row that cannot be so short": (
        SMALL + "tracks = [{rows = [{title = 'x', minutes = 5, least = 9}]}]",
        "i ett spår är ”least”",
    ),
    "a track's key that is a path": (SMALL + "tracks = [{title='a', key='../x'}]", "fältet ”key” har tecken"),
    "two tracks with one key": (SMALL + "tracks = [{title='a', key='a'},{title='b', key='a'}]", "två spår har samma ”key”"),
    "a million people": (SMALL.replace('title = "Träff"', 'title = "Träff"\nexpected = 1000000'), "fältet ”expected” får vara högst 5000"),
    "a gathering that is a word": ('format = 1\nname = "a"\nversion = 1\nlanguage = "sv"\ntitle = "x"\ngatherings = ["x"]', "träff 1"),
}


BAD = {
    **{case: content for case, (content, _said) in FOREIGN.items()},
    **{case: text.encode() for case, (text, said) in HOSTILE.items() if said},
}


def refused(content: bytes, *, file: str = "Filen x.toml ") -> str:
    with pytest.raises(TemplateProblem) as caught:
        parse_template(content, file="x.toml")
    said = str(caught.value)
    assert said.startswith(("x.toml: ", file))
    assert said.endswith((".", "?"))
    assert len(said) < 400
    assert not [char for char in said if unicodedata.category(char)[0] == "C"]
    assert "Expected" not in said
    assert "`" not in said
    return said


@pytest.mark.parametrize("case", FOREIGN)
def test_a_foreign_file_is_told(case: str) -> None:
    content, said = FOREIGN[case]
    assert said in refused(content)


@pytest.mark.parametrize("case", sorted(BAD.keys() & HOSTILE.keys()))
def test_a_hostile_file_is_told(case: str) -> None:
    text, said = HOSTILE[case]
    assert said in refused(text.encode())


def test_what_is_only_odd_is_taken_without_what_no_screen_shows() -> None:
    assert parse_template(HOSTILE["a name with an end of line"][0].encode(), file="x.toml").name == "small"
    odd = SMALL.replace("Öppning", "\\u0000Öpp\\u0007ning\\n <script>alert(1)</script>  x")
    assert parse_template(odd.encode(), file="x.toml").gatherings[0].blocks[0].title == "Öppning <script>alert(1)</script> x"
    assert parse_template(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode(), file="x.toml").name == "small"


def test_every_sentence_is_there_in_english() -> None:
    with translation.override("en"):
        said = [refused(content, file="The file x.toml ") for content in BAD.values()]
    for sentence in said:
        assert not {"fältet", "Filen", "övning", "träff", "moment"} & set(re.findall(r"\w+", sentence)), sentence


@pytest.mark.django_db
@pytest.mark.parametrize("case", BAD)
def test_a_file_with_any_name_is_told_and_makes_nothing(case: str, tmp_path: Path) -> None:
    path = tmp_path / "\u202emy\n<b>file.toml"
    path.write_bytes(BAD[case][: LARGEST_FILE + 1])
    with pytest.raises(TemplateProblem) as caught:
        load_template(path)
    assert "?my?<b>file.toml" in str(caught.value)
    assert not Programme.objects.exists()
