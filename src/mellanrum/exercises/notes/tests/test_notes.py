"""A block's notes: what crew sees, what a table sees, what nobody else does, and what is left of it."""

from __future__ import annotations

from functools import reduce
from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import AtTable, Envelope
from mellanrum.exercise_kit.document import Photo, Picture, Quote, Text
from mellanrum.exercises.notes.audiences import LATEST, crew, phone, projector, table
from mellanrum.exercises.notes.contributions import KINDS, by_table
from mellanrum.exercises.notes.definition import Definition, of_block
from mellanrum.exercises.notes.exercise import EXERCISE
from mellanrum.exercises.notes.state import EMPTY, State, tables

TALK = Definition(version=1, number=5, title="Bordssamtal, ta det lugnt med Kim", agenda="Samtal vid borden")
PICTURE = f"{'k' * 26}.webp"


def give(seq: int, kind: str, role: str = "crew", **data: Any) -> Envelope:
    return Envelope(seq, f"gift-{seq}", f"{role}-1", role, kind, msgspec.convert(data, KINDS[kind]))


def folded(*events: Envelope) -> State:
    return reduce(lambda state, event: EXERCISE.fold(TALK, state, event), events, EMPTY)


TOLD = folded(
    give(1, "note", "table", text="Gruset blev lättare.", who="7"),
    give(2, "note", "table", text="Mandatet saknas här.", who="3"),
    give(3, "note", text="Bord 7 pratar om annat.", who="7"),
    give(4, "photo", "table", picture=PICTURE, caption="Vårt blädderblock", who="7"),
    give(5, "note", text="Alla nickade åt det sista."),
)


def test_a_table_sees_its_own_lines_and_not_a_byte_of_anything_else() -> None:
    seen = msgspec.json.encode(table(TALK, TOLD, "open", "7")).decode()
    assert [line.text for line in table(TALK, TOLD, "open", "7").lines] == ["Gruset blev lättare.", "Vårt blädderblock"]
    assert all(words not in seen for words in ("Mandatet", "pratar om annat", "nickade", "Kim"))
    assert [line.text for line in table(TALK, TOLD, "open", "3").lines] == ["Mandatet saknas här."]


def test_phones_and_the_wall_see_nothing_that_anybody_noted() -> None:
    assert "Gruset" in msgspec.json.encode(crew(TALK, TOLD, "open")).decode()  # it could leak
    for audience in (phone, projector):
        assert msgspec.json.encode(audience(TALK, TOLD, "open")) == msgspec.json.encode(audience(TALK, EMPTY, "open"))
        assert b"Kim" not in msgspec.json.encode(audience(TALK, TOLD, "open"))


def test_crew_sees_the_latest_first_and_whose_it_is() -> None:
    lines = crew(
        TALK, folded(give(1, "note", text="Först."), give(2, "note", text="  "), give(3, "note", text=" Sedan. ", who=" Asta ")), ""
    )
    assert [(line.text, line.who, line.is_table) for line in lines.lines] == [("Sedan.", "Asta", False), ("Först.", "", False)]


def test_a_cell_holds_the_latest_and_says_how_many_more() -> None:
    state = folded(*(give(seq, "note", text=f"Rad {seq}") for seq in range(1, LATEST + 4)))
    seen = crew(TALK, state, "open")
    assert (len(seen.lines), seen.more, seen.lines[0].text) == (LATEST, 3, f"Rad {LATEST + 3}")


def test_how_far_each_table_has_come() -> None:
    told = tables(
        folded(give(1, "done", "table", who="9"), *(give(seq, "note", text="x", who=who) for seq, who in ((2, "7"), (3, "Asta"))))
    )
    assert told == {"9": AtTable(done=True), "7": AtTable(lines=1)}
    assert tables(folded(give(1, "done", who="9"), give(2, "done", who="9", on=False))) == {}


def test_a_table_speaks_for_itself_whatever_it_says() -> None:
    for kind, data in (("note", {"text": "x", "who": "3"}), ("photo", {"picture": PICTURE, "who": "3"}), ("done", {"who": "3"})):
        assert by_table(kind, msgspec.convert(data, KINDS[kind]), "7").who == "7"


def test_the_documentation_has_what_is_starred_first_then_the_room_and_table_by_table() -> None:
    state = folded(give(1, "note", text="Vi börjar.", who="10"), *starred())
    kept, notes = EXERCISE.harvest(TALK, state, "notes-block-5")
    assert (kept.heading, kept.source, kept.blocks) == (
        "Att ta vidare från ”Samtal vid borden”",
        "Moment 5, 1 rad",
        (Quote("Gruset.", "Bord 7"),),
    )
    photo = Photo(Picture(f"/pictures/{PICTURE}", "Foto från Samtal vid borden"), "", "Bord 7")
    assert notes.blocks == (Text("Alla nickade."), photo, Quote("Vi börjar.", "Bord 10"), Quote("Jag håller med.", "Asta"))
    assert notes.source == "Moment 5, 3 rader, 1 foto"
    assert "Kim" not in msgspec.json.encode((kept, notes)).decode()


def starred() -> tuple[Envelope, ...]:
    return (
        give(2, "note", "table", text="Gruset.", who="7"),
        give(3, "photo", "table", picture=PICTURE, who="7"),
        give(4, "note", text="Alla nickade."),
        give(5, "note", text="Jag håller med.", who="Asta"),
        give(6, "star", id="gift-2"),
        give(7, "star", id="gift-3"),
        give(8, "star", id="gift-3", on=False),
    )


def test_notes_of_a_block_that_participants_know_nothing_of_are_the_meetings() -> None:
    hidden = msgspec.convert(of_block(4, "Teamet andas", ""), Definition)
    (passage,) = EXERCISE.harvest(hidden, folded(give(1, "note", text="En rad.")), "notes-block-4")
    assert (passage.heading, passage.source) == ("Anteckningar från träffen", "Träffen, 1 rad")
    assert "Teamet" not in str(passage)


@pytest.mark.parametrize(
    "picture",
    [
        "",
        "../secret.key",
        "/pictures/x.webp",
        f"{'k' * 26}.svg",
        f"{'K' * 26}.webp",
        f"{'k' * 27}.webp",
        "https://x.example/a.webp",
        '"><script>',
    ],
)
def test_only_names_of_our_own_pictures_are_taken(picture: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"picture": picture}, KINDS["photo"])


def test_a_name_with_a_line_break_behind_it_is_refused() -> None:
    assert EXERCISE.check(TALK, "photo", msgspec.convert({"picture": f"{PICTURE}\n"}, KINDS["photo"])) == "picture"


def test_notes_are_never_anonymous() -> None:
    with pytest.raises(msgspec.ValidationError, match="never anonymous"):
        msgspec.convert({"version": 1, "anonymous": True}, Definition)
