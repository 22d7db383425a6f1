"""What the gate lets in and what it says when it does not."""

from __future__ import annotations

import unicodedata
from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import Envelope, Withdraw
from mellanrum.rooms.stage.gate import GRACE_MS, REASONS, Accepted, Item, Refused, decide, shut
from mellanrum.rooms.stage.room_fold import RoomFold, RoomSnapshot
from mellanrum.rooms.stage.tests.factory import START, Tap, act, give, room_course

COURSE = room_course()
ID = "i" * 22
GIFT = "g" * 22


def room(*rows: Envelope) -> RoomSnapshot:
    fold = RoomFold(COURSE)
    fold.apply_all(rows)
    return fold.snapshot


def item(kind: str = "tap", data: Any = None, exercise: str = "taps-2", **more: Any) -> Item:
    raw = data if isinstance(data, bytes) else msgspec.json.encode({"word": "x"} if data is None else data)
    return Item(more.pop("id", ID), exercise, kind, msgspec.Raw(raw), **more)


def reason(snapshot: RoomSnapshot, one: Item, role: str = "participant", now: int = START) -> str:
    """The refusal's reason; `stored` or `late` when it is let in."""
    decision = decide(snapshot, one, role, now)
    if isinstance(decision, Refused):
        assert decision.reason in REASONS
        assert len(str(decision.detail)) <= 200
        return decision.reason
    return "late" if decision.late else "stored"


OPEN = room(act("go", 1, to="block-2"), give(2))
SHOWN = room(act("go", 1, to="block-2"), act("reveal", 2))
CLOSED = room(act("go", 1, to="block-2"), act("close", 2))
GONE = START + GRACE_MS + 1


def test_a_good_one_is_decoded_and_told_what_it_is():
    assert decide(OPEN, item(), "participant", START) == Accepted("tap", Tap("x"), b'{"word":"x"}', 2, late=False, anonymous=True)


@pytest.mark.parametrize(
    ("snapshot", "one", "role", "now", "expected"),
    [
        (OPEN, item(), "participant", START, "stored"),
        (OPEN, item(), "table", START, "stored"),
        (OPEN, item(exercise="taps-9"), "participant", START, "unknown_exercise"),
        (OPEN, item("dance"), "participant", START, "unknown_type"),
        (OPEN, item("dance", exercise="stage"), "crew", START, "unknown_type"),
        (OPEN, item(), "projector", START, "no_right"),
        (OPEN, item(), "crew", START, "no_right"),
        (OPEN, item(on_behalf="sheet-7"), "crew", START, "stored"),
        (OPEN, item(on_behalf="sheet-7"), "helper", START, "stored"),
        (OPEN, item(on_behalf="sheet-7"), "participant", START, "no_right"),
        (OPEN, item(on_behalf="sheet 7!"), "crew", START, "no_right"),
        (OPEN, item("sum", {"number": 1}, on_behalf="sheet-7"), "crew", START, "no_right"),
        (OPEN, item("tally", {"number": 1}), "crew", START, "stored"),
        (OPEN, item("tally", {"number": 1}), "participant", START, "no_right"),
        (OPEN, item("next", {}, "stage"), "participant", START, "no_right"),
        (OPEN, item("next", {}, "stage"), "helper", START, "no_right"),
        (OPEN, item("next", {}, "stage"), "crew", START, "stored"),
        (OPEN, item(data={"word": 7}), "participant", START, "invalid"),
        (OPEN, item(data={"word": "x", "more": 1}), "participant", START, "invalid"),
        (OPEN, item(data={"word": "no"}), "participant", START, "invalid"),
        (OPEN, item(data=b"[1"), "participant", START, "invalid"),
        (OPEN, item(data=b'{"word":"\\ud800"}'), "participant", START, "invalid"),
        (OPEN, item(data=b'{"word":"\xff"}'), "participant", START, "invalid"),
        (OPEN, item(data={"word": "x" * 70_000}), "participant", START, "too_large"),
        (OPEN, item("message", {"text": "x" * 401}, "stage"), "crew", START, "too_large"),
        (OPEN, item(id="short"), "participant", START, "invalid"),
        (OPEN, item(id="i" * 21 + "å"), "participant", START, "invalid"),
        (OPEN, item(exercise="taps-3"), "participant", START, "not_open"),
        (room(), item(), "participant", START, "not_open"),
        (SHOWN, item("sum", {"number": 1}), "participant", START + GRACE_MS, "stored"),
        (SHOWN, item("sum", {"number": 1}), "participant", GONE, "wrong_phase"),
        (SHOWN, item("tally", {"number": 1}), "crew", GONE, "wrong_phase"),
        (SHOWN, item(), "participant", GONE, "late"),
        (CLOSED, item(), "participant", START + GRACE_MS, "stored"),
        (CLOSED, item(), "participant", GONE, "late"),
        (CLOSED, item("sum", {"number": 1}), "participant", GONE, "closed"),
        (CLOSED, item(exercise="taps-3"), "participant", START, "closed"),
        (OPEN, item("go", {"to": "block-9"}, "stage"), "crew", START, "invalid"),
        (OPEN, item("show", {"what": "cats"}, "stage"), "crew", START, "invalid"),
        (OPEN, item("open", {"exercise": "taps-9"}, "stage"), "crew", START, "unknown_exercise"),
        (OPEN, item("hide", {"id": "gift-2"}, "stage"), "crew", START, "stored"),
        (OPEN, item("hide", {"id": "gift-9"}, "stage"), "crew", START, "not_found"),
        (OPEN, item("admit", {"id": "gift-9"}, "stage"), "crew", START, "not_found"),
        (OPEN, item("undo", {"seq": 1}, "stage"), "crew", START, "stored"),
        (OPEN, item("replan", {"from": "block-2:tap", "lengths": {"block-3": 4}}, "stage"), "crew", START, "stored"),
        (OPEN, item("replan", {"from": "block-1", "lengths": {"block-3": 4}}, "stage"), "crew", START, "stored"),  # the fold's to say
        (OPEN, item("replan", {"from": "lobby", "base": "start"}, "stage"), "crew", START, "stored"),
        (OPEN, item("replan", {"from": "block-2:tap", "leave": True}, "stage"), "crew", START, "stored"),
        (OPEN, item("replan", {"from": "block-2:tap", "leave": True}, "stage"), "helper", START, "no_right"),
        (OPEN, item("replan", {"from": "block-2:tap"}, "stage"), "crew", START, "invalid"),
        (OPEN, item("replan", {"lengths": {"block-3": 4}}, "stage"), "crew", START, "invalid"),
        (OPEN, item("replan", {"from": "block-9", "leave": True}, "stage"), "crew", START, "invalid"),
        (OPEN, item("replan", {"from": "block-1", "base": "start"}, "stage"), "crew", START, "invalid"),
        (OPEN, item("replan", {"from": "block-2:tap", "lengths": {"block-9": 4}}, "stage"), "crew", START, "invalid"),
        (OPEN, item("replan", {"from": "block-2:tap", "lengths": {"block-3": -1}}, "stage"), "crew", START, "invalid"),
        (OPEN, item("replan", {"from": "block-2:tap", "lengths": {"block-3": 601}}, "stage"), "crew", START, "invalid"),
        (OPEN, item("replan", {"from": "block-2:tap", "lengths": {"block-3": "4"}}, "stage"), "crew", START, "invalid"),
        (OPEN, item("replan", {"from": "block-2:tap", "lengths": {"b" * n: 1 for n in range(1, 60)}}, "stage"), "crew", START, "invalid"),
        (OPEN, item("undo", {"seq": 2}, "stage"), "crew", START, "not_found"),
        (OPEN, item("withdraw", {"id": "gift-2"}), "participant", START, "stored"),
        (OPEN, item("withdraw", {"id": "gift-9"}), "participant", START, "not_found"),
        (CLOSED, item("withdraw", {"id": "act-1"}), "participant", START, "not_found"),
    ],
)
def test_decisions(snapshot, one, role, now, expected):
    assert reason(snapshot, one, role, now) == expected


@pytest.mark.parametrize(
    ("snapshot", "kinds", "expected"),
    [
        (OPEN, {"tap", "tally"}, None),
        (OPEN, {"tally", "sum"}, None),
        (OPEN, set(), None),
        (SHOWN, {"tally"}, ("gått vidare", False)),
        (SHOWN, {"tap", "tally"}, ("gått vidare", True)),
        (SHOWN, {"tap"}, ("gått vidare", True)),
        (CLOSED, {"tally"}, ("stängd", False)),
        (room(), {"tap", "tally"}, ("inte öppen än", False)),
    ],
)
def test_who_enters_sheets_is_told_before_they_begin(snapshot, kinds, expected):
    found = shut(snapshot, "taps-2", kinds)
    assert (found is None) == (expected is None)
    if found:
        assert expected[0] in str(found.detail)
        assert found.is_kept_aside == expected[1]


def test_what_was_just_accepted_can_be_taken_back_before_it_is_folded():
    one = item("withdraw", {"id": GIFT})
    assert isinstance(decide(OPEN, one, "participant", START), Refused)
    body = msgspec.json.encode({"id": GIFT})
    assert decide(OPEN, one, "participant", START, {GIFT}) == Accepted("withdraw", Withdraw(GIFT), body, 2, anonymous=True)


def test_a_refusal_names_the_field():
    assert decide(OPEN, item(data={"word": 7}), "participant", START) == Refused("invalid", "word")
    assert decide(OPEN, item(data={"word": "no"}), "participant", START) == Refused("invalid", "word")


def test_text_is_kept_in_one_form_however_it_was_typed():
    apart = unicodedata.normalize("NFD", "Åsa")
    for raw in (b'{"word":"A\\u030asa"}', msgspec.json.encode({"word": apart}), '{"word":"Åsa"}'.encode()):
        decision = decide(OPEN, item(data=raw), "participant", START)
        assert isinstance(decision, Accepted)
        assert (decision.data, decision.body.decode()) == (Tap("Åsa"), '{"word":"Åsa"}')


def test_stored_rows_come_back_as_todays_structs():
    assert COURSE.decode("taps-2", "tap", 2, '{"word":"x"}') == ("tap", Tap("x"))
    assert COURSE.decode("taps-2", "tap", 1, '{"old":"x"}') == ("tap", Tap("x"))
    assert COURSE.decode("taps-2", "withdraw", 2, '{"id":"x"}') == ("withdraw", Withdraw("x"))
    assert COURSE.decode("taps-2", "tap", 1, "{}") is None
    assert COURSE.decode("taps-2", "dance", 2, "{}") is None
    assert COURSE.decode("elsewhere", "tap", 2, "{}") is None
