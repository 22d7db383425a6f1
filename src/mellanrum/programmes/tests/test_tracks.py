"""Tracks side by side: what their fields take, how long the block is for them, and stored data that is something else."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.accounts.actions import create_person
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.duties import duties_of, names_in
from mellanrum.programmes.fields import BLOCK_FIELDS, texts_of
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.planner_marks import groups_in_words, groups_line, shown_tracks
from mellanrum.programmes.planning import save_block
from mellanrum.programmes.queries import run_sheet
from mellanrum.programmes.refusals import InConflict, NotReadable
from mellanrum.programmes.templates import library_template
from mellanrum.programmes.tracks import MOST_ROWS, RowProblem, Track, TrackRow, as_stored, keyed, read_rows, read_tracks, write_rows
from mellanrum.rooms.actions import plan_of
from mellanrum.rooms.plan import read_plan

ROWS = st.lists(
    st.builds(
        lambda title, minutes, least: TrackRow(title, minutes, min(least, minutes) if least and minutes else None),
        st.from_regex(r"[A-Za-zÅÄÖåäö][A-Za-z0-9 åäö]{0,20}[a-z]", fullmatch=True).map(lambda text: " ".join(text.split())),
        st.integers(0, 600),
        st.none() | st.integers(1, 600),
    ),
    max_size=MOST_ROWS,
)


@given(ROWS)
def test_rows_are_read_as_they_are_written(rows: list[TrackRow]) -> None:
    assert read_rows(write_rows(rows)) == tuple(rows)


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("10 min Uppstart", TrackRow("Uppstart", 10)),
        ("10 Uppstart", TrackRow("Uppstart", 10)),
        ("20 min (minst 10) Samtal", TrackRow("Samtal", 20, 10)),
        ("20 (10) Samtal", TrackRow("Samtal", 20, 10)),
        ("20 min (at least 10 min) Samtal", TrackRow("Samtal", 20, 10)),
        ("0 min Fritt", TrackRow("Fritt", 0)),
        ("10minuter  Två   ord", TrackRow("Två ord", 10)),
    ],
)
def test_a_row_as_people_write_it(line: str, row: TrackRow) -> None:
    assert read_rows(line) == (row,)


@pytest.mark.parametrize(
    "text",
    [
        "Uppstart",
        "-5 min Uppstart",
        "601 Uppstart",
        "10 min",
        "10 (20) Samtal",
        "10 (0) Samtal",
        "10 " + "x" * 121,
        "1 a\n" * 13,
        "99999 x",
        "1" * 5000,
        "٣ x",
    ],
)
def test_a_row_that_is_none_is_told(text: str) -> None:
    with pytest.raises(RowProblem) as caught:
        read_rows(text)
    assert str(caught.value).endswith((".", "lång."))
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "stored",
    [
        None,
        1,
        "x",
        {},
        [1],
        [[]],
        [{"title": 1}],
        [{"title": "x" * 121}],
        [{"nope": 1}],
        [{"key": "../x"}],
        [{"title": "x"}] * 5,
        [{"rows": [{"minutes": -1}]}],
    ],
)
def test_stored_data_that_is_something_else_is_no_tracks(stored: Any) -> None:
    assert read_tracks(stored) == ()
    assert shown_tracks(Block(tracks=stored)) == ()


def test_tracks_get_keys_of_their_own_and_keep_them() -> None:
    found = keyed([Track("B", key="b"), Track("x"), Track("b again", key="b"), Track()])
    assert [(track.key, track.title) for track in found] == [("a", "x"), ("b", "B"), ("c", "b again")]
    assert read_tracks(as_stored(found)) == found


def test_the_longest_is_told_and_the_others_wait() -> None:
    rows = [{"title": "A", "rows": [{"title": "x", "minutes": 30, "least": 10}]}, {"title": "B", "rows": [{"title": "y", "minutes": 40}]}]
    assert [(one.waits, one.is_longest, one.least) for one in shown_tracks(Block(tracks=rows))] == [(10, False, 10), (0, True, 40)]


@pytest.mark.parametrize(
    ("expected", "kind", "tracks", "line"),
    [
        (37, "table", 0, "7 grupper: fem med 5, två med 6"),
        (36, "table", 0, "6 grupper med 6"),
        (4, "table", 0, "1 grupp med 4"),
        (36, "listen", 2, "18 i varje spår, 3 grupper med 6"),
        (37, "listen", 2, "ungefär 19 i varje spår, 4 grupper: en med 4, tre med 5"),
        (36, "listen", 0, ""),
        (None, "table", 3, ""),
    ],
)
def test_groups_follow_from_who_is_expected(expected: int | None, kind: str, tracks: int, line: str) -> None:
    assert groups_line(Block(kind=kind, minutes=20), expected, tracks) == line


def test_many_groups_are_counted_in_digits() -> None:
    assert groups_in_words((5,) * 13 + (6,)) == "14 grupper: 13 med 5, en med 6"


@pytest.fixture
def gathering(db: None) -> Gathering:
    elin = create_person("elin@fabela.example", name="Elin")
    found = create_programme_from_template(library_template("larandetraff"), owner=elin, first_day=date(2030, 4, 16)).gatherings.get()
    found.blocks.update(least=None, most=None)
    return found


def write(gathering: Gathering, **texts: str) -> Block:
    given = {name.replace("_", "-"): text for name, text in texts.items()}
    was = texts_of(gathering.blocks.get(key="block-5"), BLOCK_FIELDS, *given)
    return save_block(gathering, "block-5", given=given, was=was)


def test_the_block_is_as_long_as_its_longest_track(gathering: Gathering) -> None:
    write(gathering, track_a_title="Spår A", track_a_rows="10 Runda\n20 (10) Samtal")
    assert write(gathering, track_b_title="Spår B", track_b_rows="45 Verkstad", track_b_place="Sal 2").minutes == 45
    with pytest.raises(NotReadable, match="Längden följer det längsta spåret, 45 min"):
        write(gathering, minutes="30")
    write(gathering, most="45")
    with pytest.raises(NotReadable, match="Börja varje rad med minuterna"):
        write(gathering, track_b_rows="Verkstad")
    assert write(gathering, track_b_title="", track_b_rows="", track_b_place="").minutes == 30
    assert [track["key"] for track in gathering.blocks.get(key="block-5").tracks] == ["a"]


def test_two_people_in_two_tracks_are_in_nobodys_way(gathering: Gathering) -> None:
    write(gathering, track_a_title="A", track_b_title="B")
    save_block(gathering, "block-5", given={"track-a-title": "Elins"}, was={"track-a-title": "A"})
    save_block(gathering, "block-5", given={"track-b-title": "Tariqs"}, was={"track-b-title": "B"})
    with pytest.raises(InConflict):
        save_block(gathering, "block-5", given={"track-a-title": "Tariqs"}, was={"track-a-title": "A"})
    assert [track["title"] for track in gathering.blocks.get(key="block-5").tracks] == ["Elins", "Tariqs"]


def test_the_room_reads_the_same_tracks(gathering: Gathering) -> None:
    write(gathering, track_a_title="A", track_a_rows="20 (10) Samtal", track_c_title="C", track_c_responsible="Tariq")
    block = next(one for one in read_plan(plan_of(gathering)).blocks if one.key == "block-5")
    assert [(track.key, track.title, track.responsible) for track in block.tracks] == [("a", "A", ""), ("c", "C", "Tariq")]
    assert [(row.title, row.minutes, row.least) for row in block.tracks[0].rows] == [("Samtal", 20, 10)]


def test_everybody_has_their_minutes(gathering: Gathering) -> None:
    gathering.blocks.exclude(key__in=["block-1", "block-5"]).delete()
    gathering.blocks.filter(key="block-1").update(part="before", responsible="Elin, värden", minutes=30)
    write(gathering, responsible="Elin", track_a_title="A", track_a_rows="20 x", track_b_title="B", track_b_rows="40 x")
    write(gathering, track_a_responsible="elin", track_b_responsible="Tariq och Sam")
    duties = {duty.name: (duty.minutes, duty.blocks) for duty in duties_of(run_sheet(gathering).rows)}
    opening, table = "Öppning och dagens tema", "Bordssamtal med kaffe"
    assert duties == {
        "Elin": (50, (opening, f"{table}: A")),
        "värden": (30, (opening,)),
        "Tariq": (40, (f"{table}: B",)),
        "Sam": (40, (f"{table}: B",)),
    }
    assert names_in(" , ;/") == ()


HOSTILE = "</textarea><script>alert(1)</script>\"'&{{ 7*7 }}\u202e"


def test_what_people_write_in_tracks_is_text(client: Client, gathering: Gathering) -> None:
    client.force_login(gathering.programme.memberships.get().user)
    names = ["track-a-title", "track-a-place", "track-a-responsible", "track-a-rows", "section", "why"]
    given = {name: ("10 " if name.endswith("rows") else "") + HOSTILE for name in names}
    path = f"/gatherings/{gathering.pk}"
    was = texts_of(gathering.blocks.get(key="block-5"), BLOCK_FIELDS, *names)
    assert client.post(f"{path}/blocks/block-5", {**given, "was": json.dumps(was)}).status_code == 302
    for query in ("?block=block-5", "", "/paper", "?part=sheet"):
        html = client.get(path + query).content.decode()
        assert "&lt;script&gt;alert(1)" in html
        assert "<script>alert" not in html
