"""Changing a plan: nobody's words are lost, order goes by keys, what is removed comes back, an opened room ends it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from mellanrum.accounts.actions import create_person
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.fields import BLOCK_FIELDS, GATHERING_FIELDS, texts_of
from mellanrum.programmes.lengths import read_length, write_length
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.planning import (
    KEPT,
    MOST_BLOCKS,
    add_block,
    move_block,
    remove_block,
    restore_block,
    save_block,
    save_gathering,
)
from mellanrum.programmes.refusals import Full, Gone, InConflict, Locked, NotReadable
from mellanrum.programmes.templates import library_template
from mellanrum.programmes.tests.plans import meeting_only
from mellanrum.rooms.actions import open_room, plan_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering() -> Gathering:
    elin = create_person("elin@fabela.example", name="Elin")
    template = library_template("larandetraff")
    return meeting_only(create_programme_from_template(template, owner=elin, first_day=date(2030, 4, 16)).gatherings.get())


def keys(gathering: Gathering) -> list[str]:
    return [block.key.removeprefix("block-") for block in gathering.blocks.all()]


def change(gathering: Gathering, key: str, **fields: tuple[str, str]) -> Block:
    """Each field as (what it started from, what is written now)."""
    given = {name: new for name, (_old, new) in fields.items()}
    return save_block(gathering, key, given=given, was={name: old for name, (old, _new) in fields.items()})


def state(gathering: Gathering) -> list[dict[str, object]]:
    return [{name: getattr(block, name) for name in (*KEPT, "position")} for block in gathering.blocks.all()]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("10", 10), ("10 min", 10), ("  10min. ", 10), ("0", 0), ("", 0), ("600", 600), ("007", 7)),
        *(("1 h 20", 80), ("1h", 60), ("1 tim 20 min", 80), ("2 timmar och 5 minuter", 125), ("1:20", 80), ("1 HOUR", 60)),
    ],
)
def test_lengths_are_read_as_people_write_them(text: str, minutes: int) -> None:
    assert read_length(text) == minutes
    assert read_length(write_length(minutes)) == minutes


@pytest.mark.parametrize("text", ["-1", "601", "11 h", "1,5", "1.5 h", "tio", "1:75", "9" * 5000, "10 10", "٣٠", "1e2", "NaN", "<b>5</b>"])
def test_what_is_no_length_is_told(gathering: Gathering, text: str) -> None:
    assert read_length(text) is None
    with pytest.raises(NotReadable, match="hela minuter"):
        change(gathering, "block-1", minutes=("7 min", text))
    assert gathering.blocks.get(key="block-1").minutes == 7


def test_every_field_is_saved_as_it_is_written(gathering: Gathering) -> None:
    written = {
        "title": ("Öppning och dagens tema", "Välkommen"),
        "minutes": ("7 min", "1 h 5"),
        "responsible": ("Samtalsledare", "Tariq"),
        "agenda": ("", "Välkommen in"),
        "shown": ("", "1"),
        "kind": ("listen", "all"),
        "icon": ("hand-waving", "star"),
        "away": ("1", ""),
        "do": ("x", "Hälsa\r\n\r\n  Ta   kaffe "),
        "material": ("x", ""),
    }
    block = gathering.blocks.get(key="block-1")
    stored = texts_of(block, BLOCK_FIELDS)
    change(gathering, "block-1", **{name: (stored[name], new) for name, (_old, new) in written.items()}, say=(stored["say"], "Hej\r\ndär"))
    block.refresh_from_db()
    assert (block.title, block.minutes, block.responsible, block.heading) == ("Välkommen", 65, "Tariq", "Välkommen in")
    assert (block.kind, block.icon, block.phones, block.say) == ("all", "star", True, "Hej\ndär")
    assert (block.do, block.material) == (["Hälsa", "Ta kaffe"], [])


def test_texts_stay_the_same_when_nothing_is_written(gathering: Gathering) -> None:
    before = state(gathering)
    for block in gathering.blocks.all():
        texts = texts_of(block, BLOCK_FIELDS)
        save_block(gathering, block.key, given=texts, was=texts)
        assert {name: field.write(block) for name, field in BLOCK_FIELDS.items()} == texts
    assert state(gathering) == before


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("title", "  ", "minst ett tecken"),
        ("title", "å" * 201, "högst 200 tecken. Nu är den 201"),
        ("responsible", "x" * 121, "högst 120"),
        ("agenda", "x" * 121, "högst 120"),
        ("say", "x" * 8001, "högst 8000"),
        ("do", "\n".join("x" * 41), "41 rader"),
        ("material", "x" * 201, "högst 200"),
        ("kind", "sleep", "fyra"),
        ("icon", "../x", "symbolerna"),
    ],
)
def test_what_cannot_be_saved_says_what_to_write(gathering: Gathering, field: str, text: str, sentence: str) -> None:
    before = state(gathering)
    stored = texts_of(gathering.blocks.get(key="block-1"), BLOCK_FIELDS)
    with pytest.raises(NotReadable, match=sentence) as refused:
        change(gathering, "block-1", **{field: (stored[field], text)}, minutes=("7 min", "9"))
    assert [problem.field for problem in refused.value.problems] == [field]
    assert state(gathering) == before  # the length beside it neither


def test_two_people_in_one_field_meet(gathering: Gathering) -> None:
    change(gathering, "block-2", title=("Incheckning med bilder", "Elins"))
    with pytest.raises(InConflict) as refused:
        change(gathering, "block-2", title=("Incheckning med bilder", "Tariqs"))
    (conflict,) = refused.value.conflicts
    assert (conflict.field, conflict.yours, conflict.theirs) == ("title", "Tariqs", "Elins")
    assert gathering.blocks.get(key="block-2").title == "Elins"
    assert change(gathering, "block-2", title=("Elins", "Tariqs")).title == "Tariqs"  # seen, and chosen


def test_two_people_who_mean_the_same_do_not_meet(gathering: Gathering) -> None:
    change(gathering, "block-2", minutes=("23 min", "80"))
    assert change(gathering, "block-2", minutes=("23", "1 h 20")).minutes == 80


def test_different_fields_of_a_block_never_meet(gathering: Gathering) -> None:
    change(gathering, "block-2", title=("Incheckning med bilder", "Elins"))
    block = change(gathering, "block-2", responsible=("Samtalsledare", "Tariq"))
    assert (block.title, block.responsible) == ("Elins", "Tariq")


def test_the_eye_and_the_heading_go_together(gathering: Gathering) -> None:
    block = change(gathering, "block-1", shown=("", "1"))
    assert block.heading == block.title
    assert change(gathering, "block-1", shown=("1", "")).heading == ""
    assert change(gathering, "block-1", agenda=(block.agenda, "Välkommen")).heading == ""  # still hidden
    assert change(gathering, "block-1", shown=("", "1")).heading == "Välkommen"
    assert not change(gathering, "block-1", agenda=("Välkommen", "")).shown


def test_a_hidden_heading_is_not_in_the_room(gathering: Gathering) -> None:
    assert "Incheckning" in [block["agenda"] for block in plan_of(gathering)["blocks"]]
    change(gathering, "block-2", shown=("1", ""))
    assert "Incheckning" not in [block["agenda"] for block in plan_of(gathering)["blocks"]]


def test_the_gathering_is_edited_like_a_block(gathering: Gathering) -> None:
    was = texts_of(gathering, GATHERING_FIELDS)
    assert was["starts"] == "2030-04-16T13:00"
    given = {**was, "title": "Grus i skon", "place": "Gamla tryckeriet", "starts": "2030-10-27T02:30"}
    save_gathering(gathering, given=given, was=was)
    assert Gathering.objects.get().starts_at == datetime(2030, 10, 27, 0, 30, tzinfo=UTC)
    with pytest.raises(InConflict):
        save_gathering(gathering, given={"place": "Biblioteket"}, was={"place": ""})
    save_gathering(gathering, given={"starts": ""}, was={"starts": "2030-10-27T02:30"})
    assert Gathering.objects.get().starts_at is None


@pytest.mark.parametrize("text", ["soon", "2030-02-31T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "x" * 9999])
def test_a_start_that_is_none_is_told(gathering: Gathering, text: str) -> None:
    was = texts_of(gathering, GATHERING_FIELDS, "starts")
    with pytest.raises(NotReadable, match="dag och klockslag"):
        save_gathering(gathering, given={"starts": text}, was=was)


def test_a_block_is_added_behind_another_and_only_once(gathering: Gathering) -> None:
    for _sent_again in range(2):
        block = add_block(gathering, title="Bensträckare", key="block-zz", after="block-2")
    assert (block.title, block.heading, block.minutes) == ("Bensträckare", "", 5)
    assert keys(gathering)[:4] == ["1", "2", "zz", "3"]
    assert add_block(gathering, title="", after="gone").position == 12
    assert keys(gathering)[-1] == Block.objects.get(title="Nytt moment").key.removeprefix("block-")


@pytest.mark.parametrize("key", ["x", "block-", "block-ö", "lobby", "block-1:2", "block-" + "a" * 33, "block-a b", "\0"])
def test_a_strange_key_is_not_taken_over(gathering: Gathering, key: str) -> None:
    assert add_block(gathering, title="x", key=key).key != key


def test_the_run_sheet_holds_two_hundred(gathering: Gathering) -> None:
    for number in range(MOST_BLOCKS - 10):
        add_block(gathering, title=f"Moment {number}")
    kept = remove_block(gathering, "block-1")
    add_block(gathering, title="Det sista")
    for refused in (lambda: add_block(gathering, title="Ett till"), lambda: restore_block(gathering, kept)):
        with pytest.raises(Full, match="rymmer 200 moment"):
            refused()
    assert gathering.blocks.count() == MOST_BLOCKS
    assert [block.position for block in gathering.blocks.all()] == list(range(1, MOST_BLOCKS + 1))


@pytest.mark.parametrize(
    ("key", "before", "after", "order"),
    [
        ("4", "block-2", "block-1", "1 4 2 3 5 6 7 8 9 10"),
        ("4", "", "block-10", "1 2 3 5 6 7 8 9 10 4"),
        ("4", "", "", "1 2 3 5 6 7 8 9 10 4"),
        ("4", "block-1", "", "4 1 2 3 5 6 7 8 9 10"),
        ("4", "gone", "block-8", "1 2 3 5 6 7 8 4 9 10"),
        ("4", "gone", "gone", "1 2 3 4 5 6 7 8 9 10"),
        ("4", "block-4", "block-4", "1 2 3 4 5 6 7 8 9 10"),
    ],
)
def test_a_block_moves_to_its_neighbours_not_to_a_number(gathering: Gathering, key: str, before: str, after: str, order: str) -> None:
    move_block(gathering, f"block-{key}", before=before, after=after)
    assert " ".join(keys(gathering)) == order
    assert sum(block.minutes for block in gathering.blocks.all()) == 150


def test_two_people_moving_at_once_both_get_their_way(gathering: Gathering) -> None:
    move_block(gathering, "block-9", before="block-2", after="block-1")
    move_block(gathering, "block-5", before="block-4", after="block-3")  # on a page from before
    assert " ".join(keys(gathering)) == "1 9 2 3 5 4 6 7 8 10"


@pytest.mark.parametrize("key", ["block-1", "block-7", "block-10"])
def test_what_is_removed_comes_back_exactly(gathering: Gathering, key: str) -> None:
    before = state(gathering)
    kept = remove_block(gathering, key)
    assert len(state(gathering)) == 9
    assert restore_block(gathering, kept).key == key
    assert state(gathering) == before
    restore_block(gathering, kept)  # pressed twice
    assert state(gathering) == before


def test_a_keepsake_is_for_its_gathering_and_not_to_be_written(gathering: Gathering) -> None:
    other = create_programme_from_template(library_template("prova-pa"), owner=create_person("t@fabela.example")).gatherings.get()
    kept = remove_block(gathering, "block-3")
    for wrong in (kept[:-2], "", "x", kept.replace(kept[4], "A", 1) + "A", "\0" * 99):
        with pytest.raises(Gone, match="ångra"):
            restore_block(gathering, wrong)
    with pytest.raises(Gone):
        restore_block(other, kept)


def test_every_column_of_a_block_is_kept() -> None:
    columns = {field.name for field in Block._meta.concrete_fields}
    assert set(KEPT) == columns - {"id", "gathering", "position", "started_at", "ended_at"}


def test_a_block_with_a_fixed_time_comes_back_with_it(gathering: Gathering) -> None:
    gathering.blocks.filter(key="block-2").update(fixed_at="12:30", least=4, tracks=[{"key": "a", "title": "Spår A"}])
    block = restore_block(gathering, remove_block(gathering, "block-2"))
    block.refresh_from_db()
    assert (block.fixed_at, block.least, block.tracks) == (time(12, 30), 4, [{"key": "a", "title": "Spår A"}])


def test_blocks_of_others_are_not_there(gathering: Gathering) -> None:
    other = create_programme_from_template(library_template("prova-pa"), owner=create_person("t@fabela.example")).gatherings.get()
    block = add_block(other, title="Deras", key="block-theirs")
    for refused in (
        lambda: change(gathering, block.key, title=("Deras", "Vårt")),
        lambda: move_block(gathering, block.key),
        lambda: remove_block(gathering, block.key),
    ):
        with pytest.raises(Gone, match="finns inte kvar"):
            refused()
    assert state(other)[-1]["title"] == "Deras"


def test_an_opened_room_ends_the_planning(gathering: Gathering) -> None:
    kept = remove_block(gathering, "block-3")
    room = open_room(gathering)
    before = state(gathering)
    for is_closed in (False, True):
        if is_closed:
            room.closed_at = datetime(2030, 4, 16, 14, tzinfo=UTC)
            room.save(update_fields=["closed_at"])
        for refused in (
            lambda: change(gathering, "block-1", title=("Öppning och dagens tema", "Nej")),
            lambda: save_gathering(gathering, given={"title": "Nej"}, was={"title": gathering.title}),
            lambda: add_block(gathering, title="Nej"),
            lambda: move_block(gathering, "block-1"),
            lambda: remove_block(gathering, "block-1"),
            lambda: restore_block(gathering, kept),
        ):
            with pytest.raises(Locked, match="egen kopia"):
                refused()
    assert state(gathering) == before
