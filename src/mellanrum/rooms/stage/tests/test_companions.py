"""What every block carries beside its own exercise: whatever the room does, until it closes, and for whom."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import CLOSED, Envelope
from mellanrum.exercises.notes.contributions import KINDS
from mellanrum.rooms.live.cells import cell_names, cell_value
from mellanrum.rooms.live.qr import QrPath
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.state import offers
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.course import course_of
from mellanrum.rooms.stage.gate import GRACE_MS, Accepted, Item, Refused, decide
from mellanrum.rooms.stage.room_fold import RoomFold
from mellanrum.rooms.stage.tests.factory import START, act

ID = "id-of-the-test-0123456789"
TALK = {"id": "slide-1", "slug": "slide", "definition": {"version": 1, "title": "Gnisslet"}}
PLAN: dict[str, Any] = {
    "blocks": [
        {"key": "block-1", "title": "Föredrag", "agenda": "Inspiration", "exercise": TALK},
        {"key": "block-2", "title": "Bordssamtal", "phones": False},
    ]
}


def room(*rows: Envelope) -> RoomFold:
    fold = RoomFold(course_of(read_plan(PLAN)))
    fold.apply_all(rows)
    return fold


def live(fold: RoomFold, *tables: int) -> LiveRoom:
    return LiveRoom("r", "sv", "12345678", "key", "hall.example", QrPath("", 1), None, fold.snapshot, "epoch", tables=frozenset(tables))


def asked(fold: RoomFold, role: str, kind: str = "note", at: int = START, block: int = 2, data: Any = None) -> Accepted | Refused:
    item = Item(ID, f"notes-block-{block}", kind, msgspec.Raw(msgspec.json.encode(data or {"text": "Grus."})))
    return decide(fold.snapshot, item, role, at)


def note(seq: int, text: str, who: str = "", *, role: str = "table", block: int = 2) -> Envelope:
    return Envelope(seq, f"note-{seq}", f"{role}-{who}", role, "note", KINDS["note"](text, who), START, exercise=f"notes-block-{block}")


def test_every_block_has_one_also_in_a_plan_that_knows_nothing_of_it() -> None:
    assert list(room().course.exercises) == ["slide-1", "notes-block-1", "notes-block-2"]
    assert [step.key for step in room().course.steps] == ["lobby", "block-1:talk", "block-2"]


def test_a_plan_cannot_take_its_name() -> None:
    taken = {**TALK, "id": "notes-block-2"}
    with pytest.raises(ValueError, match="carries anyway"):
        course_of(read_plan({"blocks": [{**PLAN["blocks"][0], "exercise": taken}, PLAN["blocks"][1]]}))


@pytest.mark.parametrize("role", ["crew", "helper", "table"])
@pytest.mark.parametrize("step", ["lobby", "block-1", "block-2"])
def test_notes_of_any_block_are_taken_in_any_step(role: str, step: str) -> None:
    for block in (1, 2):
        assert isinstance(asked(room(act("go", 1, to=step)), role, block=block), Accepted)


@pytest.mark.parametrize(
    ("role", "kind", "is_taken"),
    [
        ("participant", "note", False),
        ("participant", "photo", False),
        ("projector", "note", False),
        ("table", "photo", True),
        ("table", "done", True),
        ("table", "star", False),
        ("crew", "star", True),
    ],
)
def test_who_may_give_what(role: str, kind: str, is_taken: bool) -> None:
    data = {"photo": {"picture": f"{'k' * 26}.webp"}, "star": {"id": "x"}, "done": {"who": "1"}}.get(kind, {"text": "x"})
    said = asked(room(act("go", 1, to="block-2")), role, kind, data=data)
    assert isinstance(said, Accepted) if is_taken else said == Refused("no_right")


def test_after_the_room_has_closed_a_line_is_late_and_waits_to_be_let_in() -> None:
    fold = room(act("go", 1, to="block-2"), act("close", 2))
    assert fold.snapshot.exercises["notes-block-2"].phase == CLOSED
    soon, late = (asked(fold, "table", at=START + wait) for wait in (GRACE_MS, GRACE_MS + 1))
    assert isinstance(soon, Accepted)
    assert not soon.late
    assert isinstance(late, Accepted)
    assert late.late
    fold.apply(act("open", 3))
    assert fold.snapshot.exercises["notes-block-2"].is_open


def test_what_crew_alone_gives_counts_after_closing_and_nobody_has_to_let_it_in() -> None:
    questions = [{"id": "keep", "text": "Vad bar?"}]
    debrief = {"version": 1, "anonymous": False, "title": "Teamet", "preset": "debrief", "questions": questions}
    block = {"key": "block-1", "title": "Efter", "exercise": {"id": "evaluation-1", "slug": "evaluation", "definition": debrief}}
    fold = RoomFold(course_of(read_plan({"blocks": [block]})))
    fold.apply_all([act("go", 1, to="block-1"), act("close", 2)])
    item = Item(ID, "evaluation-1", "reflect", msgspec.Raw(b'{"question":"keep","text":"Borden"}'))
    said = decide(fold.snapshot, item, "crew", START + GRACE_MS + 1)
    assert isinstance(said, Accepted)
    assert not said.late
    assert decide(fold.snapshot, item, "participant", START) == Refused("no_right")


@pytest.mark.parametrize("kind", ["open", "close", "reveal"])
def test_nobody_opens_or_closes_it(kind: str) -> None:
    item = Item(ID, "stage", kind, msgspec.Raw(b'{"exercise":"notes-block-2"}'))
    assert decide(room(act("go", 1, to="block-1")).snapshot, item, "crew", START) == Refused("invalid", "exercise")


def test_hiding_a_line_takes_it_away_from_its_table_too_and_undo_brings_it_back() -> None:
    fold = room(act("go", 1, to="block-2"), note(2, "Grus.", "7"), act("hide", 3, id="note-2"))
    assert not fold.snapshot.exercises["notes-block-2"].state.entries
    fold.apply(act("undo", 4))
    assert fold.snapshot.exercises["notes-block-2"].state.entries


def test_only_a_tables_phone_has_the_cell_and_not_one_byte_of_it_is_anywhere_else() -> None:
    here = live(room(act("go", 1, to="block-2"), note(2, "Gruset blev lättare.", "7"), note(3, "Mandatet saknas.", "3")), 7)
    cells = {audience: bytes_of(here, audience) for audience in ("table:7", "table:3", "phone", "projector", "crew")}
    assert b"Gruset" in cells["table:7"]  # it could leak
    assert b"Gruset" in cells["crew"]
    assert b"Gruset" not in cells["table:3"] + cells["phone"] + cells["projector"]
    assert b"notes" not in cells["phone"] + cells["projector"]
    assert set(cell_names(here, "table:7")) - set(cell_names(here, "phone")) == {"exercise-notes-block-2", "table"}


def test_a_line_for_one_table_is_in_no_other_bytes() -> None:
    here = live(room(act("go", 1, to="block-2"), act("message", 2, text="Kom fram", table="7"), act("call", 3, table="7")), 7)
    cells = {audience: bytes_of(here, audience) for audience in ("table:7", "table:3", "phone", "projector", "crew")}
    assert b"Kom fram" in cells["table:7"]  # it could leak
    assert b"waiting" in cells["table:7"]
    assert b"Kom fram" in cells["crew"]
    assert b"Kom fram" not in cells["table:3"] + cells["phone"] + cells["projector"]
    assert b'"calls":""' in cells["table:3"]
    closed = live(room(act("go", 1, to="block-2"), act("close", 2)), 7)
    assert "table" not in cell_names(closed, "table:7")


def bytes_of(here: LiveRoom, audience: str) -> bytes:
    names = cell_names(here, audience)
    return b"".join(name.encode() + msgspec.json.encode(cell_value(here, here.snapshot, audience, name), enc_hook=str) for name in names)


def test_phones_are_not_told_that_they_could_note_and_tables_are() -> None:
    fold = room(act("go", 1, to="block-2"))
    assert [one["id"] for one in offers(fold.snapshot, "participant")] == []
    (offer,) = offers(fold.snapshot, "table")
    assert (offer["id"], sorted(offer["accepts"])) == ("notes-block-2", ["done", "note", "photo"])
    assert sorted(offers(fold.snapshot, "crew")[0]["accepts"]) == ["done", "note", "photo", "star"]


def test_crew_sees_tables_that_have_not_begun_beside_those_that_have() -> None:
    rows = (act("go", 1, to="block-2"), note(2, "x", "10"), note(3, "x", "2"), note(4, "x", "2"), note(5, "x", "Asta", role="crew"))
    view: Any = cell_value(here := live(room(*rows), 2, 5), here.snapshot, "crew", "tables")
    assert [(row.table, row.lines) for row in view.tables] == [("2", 2), ("5", 0), ("10", 1)]
    assert cell_value(here, here.snapshot, "phone", "tables") is None


def test_before_the_first_step_and_in_the_next_block_there_is_nothing_of_this_one() -> None:
    before, after = live(room(), 7), live(room(note(1, "x", "7"), act("go", 2, to="block-1")), 7)
    assert not any("notes" in name for name in cell_names(before, "crew"))
    assert [name for name in cell_names(after, "table:7") if "notes" in name] == ["exercise-notes-block-1"]
