"""A round: who has been invited, what the room sees of it, and what nobody counts."""

from __future__ import annotations

from functools import reduce
from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import Envelope, Event, PhaseChanged
from mellanrum.exercise_kit.document import Bullets, Quote, Text
from mellanrum.exercise_kit.runner import Runner
from mellanrum.exercises.round.audiences import crew, own, phone, projector
from mellanrum.exercises.round.circles import prompts, rings
from mellanrum.exercises.round.contributions import KINDS
from mellanrum.exercises.round.definition import Definition
from mellanrum.exercises.round.exercise import EXERCISE
from mellanrum.exercises.round.state import EMPTY, State

TABLES = Definition(version=2, question="Vad ska rummet höra?", tables=3)
PEOPLE = Definition(version=2, question="Hur kom du hit?", per="person")
CLOSING = Definition(version=2, question="Vad tar du med dig?", per="none", preset="circles", words=True)


def give(seq: int, kind: str, author: str = "crew:1", **data: Any) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, "crew", kind, msgspec.convert(data, KINDS[kind]))


def folded(definition: Definition, *events: Event) -> State:
    return reduce(lambda state, event: EXERCISE.fold(definition, state, event), events, EMPTY)


def stones(*events: Event) -> list[tuple[str, bool]]:
    return [(stone.who, stone.invited) for stone in projector(TABLES, folded(TABLES, *events), "round").stones]


def test_a_table_is_heard_and_that_can_be_taken_back() -> None:
    heard = give(1, "heard", who="2")
    assert stones(heard) == [("1", False), ("2", True), ("3", False)]
    assert stones(heard, give(2, "heard", who="2", on=False)) == [("1", False), ("2", False), ("3", False)]


def test_two_who_press_at_the_same_time_mean_the_same() -> None:
    assert stones(give(1, "heard", who="2"), give(2, "heard", "crew:2", who=" 2 ")) == [("1", False), ("2", True), ("3", False)]


def test_who_passed_looks_on_the_wall_like_who_spoke() -> None:
    passed, spoke = (folded(TABLES, give(1, kind, who="1")) for kind in ("pass", "heard"))
    assert projector(TABLES, passed, "round") == projector(TABLES, spoke, "round")
    assert crew(TABLES, passed, "round").turns[0].turn == "pass"
    assert crew(TABLES, spoke, "round").turns[0].turn == "heard"


def test_taking_back_a_pass_leaves_who_has_spoken_since() -> None:
    state = folded(TABLES, give(1, "pass", who="1"), give(2, "heard", who="1"), give(3, "pass", who="1", on=False))
    assert dict(state.turns) == {"1": "heard"}


def test_there_may_be_other_tables_than_planned() -> None:
    state = folded(TABLES, give(1, "heard", who="3"), give(2, "tables", count=2))
    assert [stone.who for stone in projector(TABLES, state, "round").stones] == ["1", "2"]
    assert phone(TABLES, state, "round").tables == 2


def test_people_are_for_crew_alone() -> None:
    state = folded(PEOPLE, give(1, "heard", who="Asta"), give(2, "pass", who="Tor"))
    assert [(one.who, one.turn) for one in crew(PEOPLE, state, "round").turns] == [("Asta", "heard"), ("Tor", "pass")]
    for view in (projector(PEOPLE, state, "round"), phone(PEOPLE, state, "round")):
        assert b"Asta" not in msgspec.json.encode(view)


def test_phones_and_the_wall_of_people_do_not_change_when_somebody_speaks() -> None:
    for audience in (phone, projector):
        assert audience(PEOPLE, folded(PEOPLE, give(1, "heard", who="Asta")), "round") == audience(PEOPLE, EMPTY, "round")
    assert phone(TABLES, folded(TABLES, give(1, "heard", who="1")), "round") == phone(TABLES, EMPTY, "round")


def test_words_are_seen_when_the_round_is_done_and_the_last_one_counts() -> None:
    state = folded(CLOSING, give(1, "word", "a", text="Mod"), give(2, "word", "a", text=" Lugn "), give(3, "word", "b", text="Grus"))
    assert projector(CLOSING, state, "round").words == ()
    assert sorted(projector(CLOSING, state, "done").words) == ["Grus", "Lugn"]
    assert own(CLOSING, state, "a").word == "Lugn"
    assert folded(CLOSING, give(1, "word", "a", text="Mod"), give(2, "word", "a", text="")) == EMPTY


def test_hiding_a_word_does_not_bring_back_the_one_before() -> None:
    runner = Runner(EXERCISE, CLOSING)
    first, second = give(1, "word", "a", text="Dumt"), give(2, "word", "a", text="Dummare")
    for event in (first, second):
        runner.apply(event)
    for seq in runner.replaced_by(second):
        runner.void(seq)
    assert projector(CLOSING, runner.state, "done").words == ()


@pytest.mark.parametrize(
    ("definition", "kind", "data", "wrong"),
    [
        (TABLES, "word", {"text": "Mod"}, "text"),
        (CLOSING, "word", {"text": "Mod"}, None),
        (CLOSING, "heard", {"who": "1"}, "who"),
        (CLOSING, "pass", {"who": "1"}, "who"),
        (PEOPLE, "tables", {"count": 3}, "count"),
        (TABLES, "heard", {"who": "Asta"}, None),
    ],
)
def test_a_definition_takes_what_it_asks_for(definition: Definition, kind: str, data: dict[str, Any], wrong: str | None) -> None:
    assert EXERCISE.check(definition, kind, msgspec.convert(data, KINDS[kind])) == wrong


def test_the_four_circles_go_from_the_inside_out() -> None:
    assert prompts(CLOSING) == ("Jag själv", "Min roll", "Min organisation", "Systemet")
    assert prompts(msgspec.structs.replace(CLOSING, prompts=("Jag", "Vi"))) == ("Jag", "Vi")
    assert prompts(TABLES) == ()


def test_the_documentation_has_question_and_words_and_counts_nobody() -> None:
    moves = (give(1, "heard", who="1"), give(2, "pass", who="2"))
    assert EXERCISE.harvest(TABLES, folded(TABLES, *moves), "round-5") == ()
    (passage,) = EXERCISE.harvest(TABLES, folded(TABLES, PhaseChanged(3, "round", 3), *moves), "round-5")
    assert (passage.heading, passage.source) == ("Vad ska rummet höra?", "Moment 5")
    assert [type(block) for block in passage.blocks] == [Text]
    state = folded(CLOSING, PhaseChanged(1, "round", 1), give(2, "word", "a", text="Mod"))
    question, words = EXERCISE.harvest(CLOSING, state, "round-6")
    assert question.heading == "Vad tar du med dig?"
    assert question.blocks[1:] == (Bullets(("Jag själv", "Min roll", "Min organisation", "Systemet")),)
    assert words.blocks == (Quote("Mod"),)


def test_a_round_of_tables_has_tables() -> None:
    with pytest.raises(msgspec.ValidationError, match="at least one table"):
        msgspec.convert({"version": 1, "question": "?", "per": "table", "tables": 0}, Definition)


@pytest.mark.parametrize(
    ("presses", "turns"),
    [
        ([("heard", True), ("heard", True)], {"Asta": "heard"}),  # the same person twice is still one
        ([("heard", True), ("pass", True)], {"Asta": "pass"}),  # pressed wrong, or spoke and then passed: the last press counts
        ([("pass", True), ("heard", False)], {"Asta": "pass"}),  # taking back what is not so changes nothing
        ([("heard", False), ("pass", False)], {}),
        ([("heard", True), ("pass", True), ("pass", False)], {}),
    ],
)
def test_presses_in_any_order_have_one_outcome(presses: list[tuple[str, bool]], turns: dict[str, str]) -> None:
    events = [give(seq, kind, who=" Asta " if seq % 2 else "Asta", on=on) for seq, (kind, on) in enumerate(presses, 1)]
    assert dict(folded(PEOPLE, *events).turns) == turns


def test_nobody_with_no_name_and_a_table_that_is_not_there() -> None:
    assert folded(PEOPLE, give(1, "heard", who="  ")) == EMPTY
    state = folded(TABLES, give(1, "heard", who="47"))
    assert [stone.who for stone in projector(TABLES, state, "round").stones] == ["1", "2", "3"]
    assert [one.who for one in crew(TABLES, state, "round").turns] == ["1", "2", "3", "47"]


def test_rings_stand_on_one_foot_and_reach_equally_far_apart() -> None:
    found = rings(4)
    assert [(ring.number, ring.radius, ring.top) for ring in found] == [
        (4, "370.0", "0.0"),
        (3, "277.5", "185.0"),
        (2, "185.0", "370.0"),
        (1, "92.5", "555.0"),
    ]
    assert all(float(ring.middle) + float(ring.radius) == 740 for count in (1, 2, 4, 5) for ring in rings(count, 320))
    assert [ring.row for ring in rings(4, 320)] == [ring.top for ring in rings(4)]
