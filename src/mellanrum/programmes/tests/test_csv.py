"""The run sheet in a spreadsheet: out and in again it is the same, no cell is a formula, and whatever is wrong is said in words."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.accounts.actions import create_person
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.csv_cells import LARGEST, NoCsv, escaped, read_rows, unescaped, write_rows
from mellanrum.programmes.csv_sheets import rows_of
from mellanrum.programmes.models import Gathering, PlanChange
from mellanrum.programmes.templates import library_template
from mellanrum.programmes.tests.plans import meeting_only
from mellanrum.programmes.undoing import snapshot
from mellanrum.rooms.actions import open_room

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5)


@given(TABLES)
def test_whatever_stands_in_the_cells_comes_back(rows: list[list[str]]) -> None:
    table = [["Moment", "Säg", "Gör"], *rows]
    assert read_rows(write_rows(table)) == table


@given(st.text(max_size=9))
def test_no_cell_is_a_formula(cell: str) -> None:
    assert not escaped(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unescaped(escaped(cell)) == cell


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encodings_and_separators_are_recognised(encoding: str, separator: str) -> None:
    text = separator.join(["Moment", "Minuter"]) + "\r\n" + separator.join(["Åsa på ön", "10"]) + "\r\n"
    (row,) = rows_of(read_rows(text.encode(encoding)))
    assert (row.title, row.values["minutes"], row.problems) == ("Åsa på ön", 10, ())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"x" * (LARGEST + 1), "för stor"),
        (b"", "rubrikerna"),
        (b"Minuter\n10\n", "rubrikerna"),
        (b"Moment\n", "inga rader"),
        (b"Moment\n" + b"Kaffe\n" * 201, "201 rader"),
        (b"\xff\xfe\x00", "inte text"),
        (b"\x81\x8d\x8f", "inte text"),
        (b'Moment\n"' + b"x" * 200_000, "tabell"),
        (b"PK\x03\x04\x14\x00", "rubrikerna"),
    ],
)
def test_what_is_no_run_sheet_says_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(NoCsv, match=sentence):
        rows_of(read_rows(content))


def test_each_row_says_what_is_wrong_with_it() -> None:
    heads = "Moment;Minuter;Minst;Mest;Fast tid;Del;Ber om;Telefoner undan;Avsnitt"
    wrong = f"{heads}\n;tio;-1;x;25:00;sen;sova;kanske;{'x' * 121}\nKaffe;10;9;3;12.30;Efter;vid bord;JA;\n"
    first, second = rows_of(read_rows(wrong.encode()))
    assert len(first.problems) == 9
    assert all(": " in problem for problem in first.problems)
    assert second.problems == ("Minst är mer än mest. Byt plats på dem.",)
    assert (second.values["fixed_at"], second.values["part"], second.values["away"]) == ("12:30:00", "after", True)


def test_quotes_breaks_nul_and_direction_are_only_text() -> None:
    (row,) = rows_of(read_rows('Moment;Säg\n"Ka\0ffe ""svart""";"a;b\n\u202ec"\n'.encode()))
    assert (row.title, row.values["say"]) == ('Kaffe "svart"', "a;b\n\u202ec")


@pytest.fixture
def gathering(db: None, client: Client) -> Gathering:
    elin = create_person("elin@fabela.example", name="Elin")
    client.force_login(elin)
    return meeting_only(
        create_programme_from_template(library_template("larandetraff"), owner=elin, first_day=date(2030, 4, 16)).gatherings.get()
    )


def plan(gathering: Gathering) -> Any:
    return list(snapshot(gathering).blocks.items())


def load(client: Client, gathering: Gathering, content: bytes, step: str = "replace") -> Any:
    path = f"/gatherings/{gathering.pk}/table"
    shown = client.post(path, {"file": SimpleUploadedFile("plan.csv", content)})
    return client.post(path, {"step": step, "digest": shown.context["digest"]}) if shown.context["digest"] else shown


def out(client: Client, gathering: Gathering) -> bytes:
    return bytes(client.get(f"/gatherings/{gathering.pk}/plan.csv").content)


def test_out_and_in_again_changes_nothing(client: Client, gathering: Gathering) -> None:
    gathering.blocks.filter(key="block-10").update(
        minutes=7, fixed_at="14:30", least=4, most=9, part="after", section="=Kväll", say='-1 "a";\nb', agenda="", shown=False
    )
    before = plan(gathering)
    content = out(client, gathering)
    assert content.startswith(b"\xef\xbb\xbfStart;Minuter;Minst;Mest;Fast tid;Del;Avsnitt;Moment;")
    assert "'=Kväll" in content.decode("utf-8-sig")
    assert load(client, gathering, content).status_code == 302
    assert plan(gathering) == before
    assert not PlanChange.objects.exists()  # nothing to undo


def test_a_changed_sheet_replaces_and_is_undone(client: Client, gathering: Gathering) -> None:
    before = plan(gathering)
    rows = list(csv.reader(io.StringIO(out(client, gathering).decode("utf-8-sig")), delimiter=";"))
    rows = [rows[0], rows[7], rows[2], [*rows[3][:7], "Nytt moment", *rows[3][8:]]]
    load(client, gathering, write_rows(rows))
    kept = dict(before)
    after = plan(gathering)
    assert [key for key, _content in after[:2]] == ["block-7", "block-2"]
    assert dict(after)["block-7"] == kept["block-7"]  # with its exercise
    assert (len(after), after[2][1]["title"], after[2][1]["exercise"]) == (3, "Nytt moment", "")
    client.post(f"/gatherings/{gathering.pk}/undo", {"undo": PlanChange.objects.get().pk})
    assert plan(gathering) == before


def test_rows_are_put_behind_what_is_there(client: Client, gathering: Gathering) -> None:
    before = plan(gathering)
    load(client, gathering, b"Moment;Minuter\n'=SUM(A1);5\nMingel;20\n", step="append")
    after = plan(gathering)
    assert after[:10] == before
    assert [content["title"] for _key, content in after[10:]] == ["=SUM(A1)", "Mingel"]


def test_a_sheet_with_problems_is_shown_and_not_put_in(client: Client, gathering: Gathering) -> None:
    before = plan(gathering)
    content = b"Moment;Minuter\n<script>alert(1)</script>;tio\n"
    path = f"/gatherings/{gathering.pk}/table"
    page = client.post(path, {"file": SimpleUploadedFile("x.csv", content)})
    assert "hela minuter" in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    assert load(client, gathering, content).status_code == 409
    assert client.post(path, {"step": "replace", "digest": "other"}).status_code == 409
    assert client.post(path, {"file": SimpleUploadedFile("x.csv", b"x" * 10_000_000)}).status_code == 400
    assert plan(gathering) == before


def test_an_opened_room_ends_it(client: Client, gathering: Gathering) -> None:
    content = out(client, gathering)
    open_room(gathering)
    assert load(client, gathering, content).status_code == 409
    assert out(client, gathering) == content
