"""Whatever people write: what is sent stays small, signs that turn or hide text are gone, and no text ever jumps."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercises.question.audiences import phone, projector
from mellanrum.exercises.question.checking import check
from mellanrum.exercises.question.contributions import KINDS, LONGEST
from mellanrum.exercises.question.crew_view import crew as crew_view
from mellanrum.exercises.question.definition import Definition
from mellanrum.exercises.question.layout import BETWEEN, COLUMNS, ROOM, height, in_columns
from mellanrum.exercises.question.tests.cast import QA, WALL, crew, folded, phase, seen, text, vote
from mellanrum.exercises.question.wording import tidy

LARGEST_VIEW = 70_000
NO_VOTES = Definition(version=1, question="Vad?", votes=False, per_person=2)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("text", {"slot": "1", "text": "x" * 50_000}),
        ("text", {"slot": "11", "text": "x"}),
        ("vote", {"ref": "x" * 50_000, "on": "yes"}),
        ("vote", {"ref": "0", "on": "yes"}),
        ("vote", {"ref": "-1", "on": "yes"}),
        ("vote", {"ref": "2", "on": "many"}),
        ("theme", {"name": "x" * 50_000}),
        ("theme", {"name": ""}),
        ("rename", {"theme": "2", "name": ""}),
        ("order", {"theme": "2", "before": "2; drop"}),
        ("turn", {"ref": "2", "to": "hidden"}),
        ("approve", {"id": ""}),
    ],
)
def test_what_has_the_wrong_shape_is_refused(kind: str, data: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(data, KINDS[kind])


@pytest.mark.parametrize(
    ("definition", "kind", "data", "says"),
    [
        (NO_VOTES, "vote", {"ref": "2", "on": "yes"}, "Här går det inte att rösta"),
        (NO_VOTES, "text", {"slot": "3", "text": "x"}, "Ändra ett av dem"),
        (WALL, "turn", {"ref": "2", "to": "now"}, "På en vägg besvaras inget"),
        (QA, "theme", {"name": "Tid"}, "inga teman"),
        (QA, "sort", {"ref": "2", "theme": ""}, "inga teman"),
    ],
)
def test_what_does_not_belong_here_is_refused_with_what_to_do(definition: Definition, kind: str, data: dict[str, str], says: str) -> None:
    assert says in (check(definition, kind, msgspec.convert(data, KINDS[kind])) or "")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\u202eomvänt\u202c", "omvänt"),
        ("\u2066\u2069\u200b\ufeff\u2060", ""),
        ("\u200d\u200e", ""),
        (" ett\n\n\ttvå ", "ett två"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("👩🏽\u200d🚒", "👩🏽\u200d🚒"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_text_is_one_line_of_what_can_be_seen(written: str, shown: str) -> None:
    assert tidy(written) == shown
    assert len(folded(text(2, "a", written)).texts) == bool(shown)


def test_a_theme_of_signs_that_cannot_be_seen_still_has_a_name() -> None:
    state = folded(text(2, "a", "Ett"), crew(3, "theme", name="\u202e\u200b"))
    assert crew_view(WALL, state, "themes").themes[0].name == "–"


@pytest.mark.parametrize("said", ["tid", "å" * LONGEST, "信" * LONGEST, "t" + "\u0301" * (LONGEST - 1)])
@pytest.mark.parametrize("definition", [WALL, QA])
def test_however_many_write_what_is_sent_stays_small(definition: Definition, said: str) -> None:
    asked = "answers" if definition.is_qa else "look"
    texts = [text(number, f"p{number}", said) for number in range(2, 3_000)]
    state = folded(*texts, *(vote(4_000 + number, f"p{number}", 2) for number in range(3, 200)), phase(9_000, asked), definition=definition)
    for view in (phone, projector, crew_view):
        assert len(msgspec.json.encode(view(definition, state, asked))) < LARGEST_VIEW * (1 + 2 * (said[0] == "信"))
    assert projector(definition, state, asked).given == len(texts)


any_text = st.one_of(st.sampled_from(["Mer tid", "x" * LONGEST, "信" * 40, "Att vi möts i tid"]), st.text(min_size=1, max_size=60))


@given(texts=st.lists(any_text, min_size=1, max_size=60))
def test_a_text_never_jumps_while_others_come(texts: list[str]) -> None:
    """It stands where it stood, under the same neighbours, until the column it is in is cleared as a whole."""
    before: tuple[tuple[tuple[int, str], ...], ...] = ((),) * COLUMNS
    things = list(enumerate(texts))
    for number in range(1, len(things) + 1):
        after = in_columns(things[:number], lambda thing: thing[1])
        changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        assert len(changed) == 1
        (old, new), newest = changed[0], things[number - 1]
        assert new in ((*old, newest), (newest,))
        assert sum(height(one) for _number, one in new) <= ROOM + BETWEEN
        before = after


def test_markup_stays_text_in_the_bytes() -> None:
    assert "<b>" in seen(WALL, folded(text(2, "a", "<b>fet</b>")), "projector", "write")
