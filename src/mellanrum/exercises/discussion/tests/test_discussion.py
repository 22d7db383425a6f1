"""Table talks: where people sit, who has the pen, what two keep who write at once, and who sees what of it."""

from __future__ import annotations

from functools import reduce
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.exercise_kit.document import Photo, Quote, Terms, Text
from mellanrum.exercise_kit.runner import Runner
from mellanrum.exercises.discussion.audiences import crew, own, phone, projector
from mellanrum.exercises.discussion.contributions import KINDS, LONGEST, by_table
from mellanrum.exercises.discussion.definition import Definition, Subject
from mellanrum.exercises.discussion.exercise import EXERCISE
from mellanrum.exercises.discussion.sheets import SILENT_MS
from mellanrum.exercises.discussion.state import EMPTY, fold
from mellanrum.exercises.discussion.tables import State, handle_of

SELF = Definition(version=1, question="Vad hörde vi?", tables=8, quotes=True, next=True, prompts=("Vad?", "Hur?"))
DRAWN = Definition(version=1, question="Vad hörde vi?", way="drawn")
UNITS = Definition(version=1, question="Hur har vi det?", way="units")
PICTURE = f"{'k' * 26}.webp"


def give(seq: int, author: str, kind: str, *, role: str = "participant", at: int | None = None, **data: Any) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, role, kind, msgspec.convert(data, KINDS[kind]), at=at)


def folded(definition: Definition, *events: Envelope) -> State:
    return reduce(lambda state, event: fold(definition, state, event), events, EMPTY)


def writes(seq: int, author: str, text: str, table: str = "4", field: str = "box", **more: Any) -> Envelope:
    return give(seq, author, "write", at=seq, table=table, field=field, text=text, **more)


def box(state: State, author: str) -> Any:
    return next(one for one in own(SELF, state, author).fields if one.key == "box")


def came(people: int) -> list[Envelope]:
    return [give(n, f"p{n}", "come", yes="1") for n in range(1, people + 1)]


def test_the_tables_stand_for_everybody_at_once_and_late_comers_move_nobody() -> None:
    state = folded(DRAWN, *came(10), give(11, "crew", "form", role="crew", seed="a"))
    before = {who: own(DRAWN, state, who).table for who in state.people}
    assert set(before.values()) == {"1", "2"}
    state = fold(DRAWN, state, give(12, "late", "come", yes="1"))
    assert own(DRAWN, state, "late").table == "1"
    assert before == {who: own(DRAWN, state, who).table for who in before}
    assert [seat.people for seat in projector(DRAWN, state, "gather").tables] == [6, 5]


def test_forming_again_moves_people_and_the_way_back_is_hiding_it() -> None:
    runner = Runner(EXERCISE, DRAWN)
    for event in (*came(30), give(31, "crew", "form", role="crew", seed="a")):
        runner.apply(event)
    first = runner.state
    runner.apply(give(32, "crew", "form", role="crew", seed="b"))
    assert runner.state.people != first.people
    assert crew(DRAWN, runner.state, "gather").undo == "gift-32"
    runner.void(32)
    assert runner.state == first


def test_crew_moves_somebody_without_knowing_who_it_is() -> None:
    state = folded(DRAWN, *came(10), give(11, "crew", "form", role="crew", seed="a"))
    other = {"1": "2", "2": "1"}[own(DRAWN, state, "p3").table]
    moved = fold(DRAWN, state, give(12, "crew", "move", role="crew", who=handle_of("p3"), table=other))
    assert own(DRAWN, moved, "p3").table == other
    assert sum(len(table.guests) for table in crew(DRAWN, moved, "gather").tables) == 10
    for who, table in ((handle_of("p3"), "47"), ("nobody", "1")):
        assert fold(DRAWN, state, give(12, "crew", "move", role="crew", who=who, table=table)) == state


def test_a_table_that_is_not_there_seats_nobody() -> None:
    state = folded(SELF, give(1, "a", "sit", table="47"))
    assert own(SELF, state, "a").table == ""
    assert "47" not in [seat.key for seat in phone(SELF, state, "gather").tables]
    assert own(SELF, folded(SELF, give(1, "a", "sit", table=" 04 ")), "a").table == "4"


@pytest.mark.parametrize("table", ["", "0", "-1", "61", "bord", "٤", "1e1", "<b>", "4\u202e"])
def test_the_gate_knows_no_such_table(table: str) -> None:
    for kind, more in (("write", {"field": "box", "text": "x"}), ("pen", {"do": "take"})):
        try:
            data = msgspec.convert({"table": table, **more}, KINDS[kind])
        except msgspec.ValidationError:
            continue
        assert EXERCISE.check(SELF, kind, data) == "table"


@pytest.mark.parametrize("name", ["Hemtjänst\u202enorr", "Hemtjänst\u0000", "  ", "a\nb", "\u200b"])
def test_a_units_name_can_be_read(name: str) -> None:
    assert EXERCISE.check(UNITS, "write", msgspec.convert({"table": name, "field": "box", "text": "x"}, KINDS["write"])) == "table"


def test_a_unit_is_the_same_however_its_name_is_written() -> None:
    state = folded(UNITS, give(1, "a", "sit", table="Hemtjänst norr"), give(2, "b", "sit", table=" hemtjänst  NORR "))
    assert [(seat.title, seat.people) for seat in phone(UNITS, state, "talk").tables] == [("Hemtjänst norr", 2)]


def test_units_read_the_sheets_of_all_once_they_are_shown() -> None:
    state = folded(UNITS, *(writes(n, f"p{n}", f"Text {n}", table=f"Enhet {n}") for n in range(1, 4)))
    assert phone(UNITS, state, "talk").shown == ()
    assert [(one.title, one.fields[0].texts) for one in phone(UNITS, state, "share").shown] == [
        (f"Enhet {n}", (f"Text {n}",)) for n in range(1, 4)
    ]


def test_nobody_can_make_units_without_end() -> None:
    state = folded(UNITS, *(give(n, "a", "sit", table=f"enhet {n}") for n in range(1, 400)))
    assert len(phone(UNITS, state, "talk").tables) == 200


def test_one_has_the_pen_and_another_asks_for_it() -> None:
    state = folded(SELF, give(1, "a", "pen", at=1, table="4", do="take"), give(2, "b", "pen", at=2, table="4", do="take"))
    assert (own(SELF, state, "a").pen, own(SELF, state, "a").asked) == ("mine", True)
    assert (own(SELF, state, "b").pen, own(SELF, state, "b").asking) == ("other", True)
    state = fold(SELF, state, give(3, "a", "pen", at=3, table="4", do="give"))
    assert (own(SELF, state, "a").pen, own(SELF, state, "b").pen) == ("other", "mine")


def test_who_is_silent_or_has_gone_hands_over_without_being_asked() -> None:
    state = folded(SELF, give(1, "a", "pen", at=1, table="4", do="take"))
    silent = fold(SELF, state, give(2, "b", "pen", at=1 + SILENT_MS, table="4", do="take"))
    assert own(SELF, silent, "b").pen == "mine"
    gone = fold(SELF, state, give(2, "a", "sit", table="5"))
    assert own(SELF, fold(SELF, gone, give(3, "b", "sit", table="4")), "b").pen == "free"


def test_a_scribe_who_leaves_no_trace_takes_their_words_and_frees_the_pen() -> None:
    events = [give(1, "b", "sit", table="4"), writes(2, "a", "Bara mitt.")]
    assert own(SELF, folded(SELF, *events), "b").pen == "other"
    left = folded(SELF, events[0], msgspec.structs.replace(events[1], author="", data=None))
    assert (own(SELF, left, "b").pen, box(left, "b").text) == ("free", "")


def test_the_next_writer_goes_on_where_the_first_stopped() -> None:
    state = folded(SELF, writes(1, "a", "Ett."), writes(2, "b", "Ett. Två.", base="1"))
    assert (box(state, "a").text, box(state, "a").beside, box(state, "a").at) == ("Ett. Två.", (), 2)


def test_two_who_write_at_once_keep_both_texts_until_somebody_brings_them_together() -> None:
    state = folded(
        SELF, writes(1, "a", "Ett."), writes(2, "a", "Ett av oss."), writes(3, "b", "Två.", base="1"), writes(4, "b", "Två till.")
    )
    assert (box(state, "a").text, box(state, "a").beside) == ("Ett av oss.", (("4", "Två till."),))
    told = projector(SELF, state, "share").shown
    assert told
    assert told.fields[0].texts == ("Ett av oss.", "Två till.")
    state = fold(SELF, state, writes(5, "a", "Ett av oss.\n\nTvå till.", settles=["4"], base="2"))
    assert (box(state, "b").text, box(state, "b").beside) == ("Ett av oss.\n\nTvå till.", ())


def test_writing_on_another_tables_sheet_leaves_it_as_it_was_and_keeps_the_words_for_their_author() -> None:
    state = folded(SELF, give(1, "a", "sit", table="4"), give(2, "b", "sit", table="5"), writes(3, "b", "Vårt.", table="5"))
    after = fold(SELF, state, writes(4, "a", "Jag rättar er.", table="5"))
    assert after.sheets == state.sheets
    assert own(SELF, after, "a").astray == "Jag rättar er."
    assert all("rättar" not in msgspec.json.encode(view(SELF, after, "share")).decode() for view in (phone, projector, crew))


def test_words_on_their_way_reach_the_table_they_were_for() -> None:
    state = folded(
        SELF, give(1, "a", "sit", table="4"), give(2, "a", "sit", table="5"), give(3, "b", "sit", table="4"), writes(4, "a", "Sent.")
    )
    assert box(state, "b").text == "Sent."


def test_a_tables_own_phone_writes_on_the_same_sheet() -> None:
    data = by_table("write", msgspec.convert({"table": "5", "field": "box", "text": "Från bordet."}, KINDS["write"]), "4")
    state = folded(SELF, give(1, "a", "sit", table="4"), Envelope(2, "gift-2", "phone-of-table", "table", "write", data, at=2))
    assert box(state, "a").text == "Från bordet."
    assert (own(SELF, state, "table:4").pen, own(SELF, state, "a").pen) == ("mine", "other")


def test_a_sheet_stays_on_its_table_until_it_is_read_aloud() -> None:
    state = folded(SELF, writes(1, "a", "Hemligt tills vidare."), give(2, "b", "sit", table="5"))
    assert "Hemligt" in msgspec.json.encode(own(SELF, state, "a")).decode()  # it could leak
    for phase in ("gather", "talk"):
        for seen in (phone(SELF, state, phase), projector(SELF, state, phase), own(SELF, state, "b")):
            assert "Hemligt" not in msgspec.json.encode(seen).decode()
    assert "Hemligt" in msgspec.json.encode(projector(SELF, state, "share")).decode()


def test_crew_sees_how_far_tables_have_come_and_never_who_wrote() -> None:
    state = folded(
        SELF, writes(1, "a", "Text."), give(2, "b", "pen", at=2, table="5", do="take"), writes(3, "c", "Rubrik", table="6", field="title")
    )
    seen = crew(SELF, state, "talk")
    assert [table.state for table in seen.tables] == ["none", "none", "none", "text", "begun", "begun", "none", "none"]
    assert seen.tables[3].lines[0].text == "Text."


def test_hiding_a_text_takes_it_off_the_sheet_and_does_not_bring_back_the_one_before() -> None:
    runner = Runner(EXERCISE, SELF)
    first, second = writes(1, "a", "Dumt."), writes(2, "a", "Dummare.")
    runner.apply(first)
    runner.apply(second)
    for seq in runner.replaced_by(second):
        runner.void(seq)
    assert projector(SELF, runner.state, "share").shown is None


def test_quotes_are_left_out_until_the_table_says_they_may_be_shared() -> None:
    said = (writes(1, "a", "Text."), writes(2, "a", "Jag är rädd.\nJag med.", field="quotes"))
    for definition, state in ((SELF, folded(SELF, *said)), (SELF, folded(SELF, *said, writes(3, "a", "", field="allow")))):
        assert "rädd" not in msgspec.json.encode(EXERCISE.harvest(definition, state, "discussion-5")).decode()
        assert "rädd" not in msgspec.json.encode(projector(definition, state, "share")).decode()
    sheet = EXERCISE.harvest(SELF, folded(SELF, *said, writes(3, "a", "1", field="allow")), "discussion-5")[1]
    assert sheet.blocks == (Text("Text."), Quote("Jag är rädd."), Quote("Jag med."))


def test_the_documentation_has_the_sheets_table_by_table() -> None:
    state = folded(
        SELF,
        writes(1, "a", "När chefen byts", field="title"),
        writes(2, "a", "Ett.\n\nTvå."),
        writes(3, "a", "Träffas igen.", field="next"),
        give(4, "sheet:5", "enter", role="crew", field="box", text="Från papper."),
        give(5, "crew", "photo", role="crew", table="10", picture=PICTURE, caption=""),
    )
    question, *sheets = EXERCISE.harvest(SELF, state, "discussion-5")
    assert (question.heading, question.source) == ("Vad hörde vi?", "3 blad, moment 5")
    assert [(one.key, one.heading, one.source) for one in sheets] == [
        ("discussion-5/table-4", "När chefen byts", "Bord 4, moment 5"),
        ("discussion-5/table-5", "Bord 5", "Bord 5, infört från papper, moment 5"),
        ("discussion-5/table-10", "Bord 10", "Bord 10, moment 5"),
    ]
    assert sheets[0].blocks == (Text("Ett."), Text("Två."), Terms((("Nästa steg, om ni vill", "Träffas igen."),)))
    assert isinstance(sheets[2].blocks[0], Photo)


def test_paper_and_phone_both_stand_and_paper_corrects_itself() -> None:
    entered = (
        give(2, "sheet:4", "enter", role="crew", field="box", text="Papper."),
        give(3, "sheet:4", "enter", role="crew", field="box", text="Papper!"),
    )
    state = folded(SELF, writes(1, "a", "Telefon."), *entered)
    assert (box(state, "a").text, box(state, "a").beside) == ("Telefon.", (("3", "Papper!"),))
    assert box(folded(SELF, give(1, "a", "sit", table="4"), *entered), "a").entered


def test_fifty_thousand_characters_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="length <= 4000"):
        msgspec.convert({"table": "4", "field": "box", "text": "x" * 50_000}, KINDS["write"])
    assert LONGEST == 4000


def test_what_is_taken_home_is_the_sheet_of_ones_table() -> None:
    state = folded(SELF, writes(1, "a", "Mitt."), give(2, "b", "sit", table="4"))
    assert EXERCISE.keepsake
    assert [(one.said, one.is_written) for one in EXERCISE.keepsake(SELF, state, "a").lines] == [("Bord 4", False), ("Mitt.", True)]
    assert [(one.said, one.is_written) for one in EXERCISE.keepsake(SELF, state, "b").lines] == [("Bord 4", False), ("Mitt.", False)]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text("xyz ", min_size=1, max_size=4), st.integers(0, 12)), max_size=12))
def test_no_words_are_lost_that_nobody_wrote_over(rows: list[tuple[str, str, int]]) -> None:
    """Whatever is based on whatever: the last words of each writer stand, or somebody wrote upon them, or they were nothing new."""
    events = [writes(seq, author, text, base=str(base)) for seq, (author, text, base) in enumerate(rows, 1)]
    state = folded(SELF, *events)
    versions = state.sheets["4"].fields["box"] if events else ()
    assert len({one.author for one in versions}) == len(versions) <= 3
    if events and events[-1].data.text.strip():
        assert events[-1].data.text.strip() in {one.text.strip() for one in versions}


def test_two_hundred_people_at_forty_tables() -> None:
    definition = Definition(version=1, question="?", way="mixed")
    events = [give(n, f"p{n}", "come", yes="1") for n in range(1, 201)]
    state = folded(definition, *events, give(201, "crew", "form", role="crew", seed="a"))
    assert [seat.people for seat in projector(definition, state, "gather").tables] == [5] * 40


@pytest.mark.parametrize(
    ("data", "wrong"),
    [({"anonymous": True}, "never anonymous"), ({"way": "interest"}, "at least two"), ({"subjects": [Subject("a", "A")] * 2}, "same id")],
)
def test_definitions_that_cannot_be(data: dict[str, Any], wrong: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=wrong):
        msgspec.convert(msgspec.to_builtins({"version": 1, "question": "?", **data}), Definition)
