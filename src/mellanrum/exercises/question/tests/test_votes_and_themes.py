"""Votes, themes and turns: what counts, in which order, and what points at nothing."""

from __future__ import annotations

from itertools import permutations

import msgspec
import pytest

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.exercise_kit.document import Quote
from mellanrum.exercises.question.audiences import own, phone, projector
from mellanrum.exercises.question.crew_view import crew as crew_view
from mellanrum.exercises.question.harvest import harvest
from mellanrum.exercises.question.keepsake import keepsake
from mellanrum.exercises.question.state import State
from mellanrum.exercises.question.tests.cast import QA, WALL, crew, folded, give, phase, text, vote
from mellanrum.exercises.question.wall import wall

WRITTEN = text(2, "a", "Vi möts för sent"), text(3, "b", "Mer tid")


def votes(state: State) -> dict[str, int]:
    return {said.text: said.votes for said in wall(WALL, state).shown}


def test_a_vote_counts_once_can_be_taken_back_and_is_never_for_ones_own() -> None:
    assert votes(folded(*WRITTEN, vote(4, "b", 2), vote(5, "b", 2), vote(6, "c", 2), vote(7, "a", 2))) == {
        "Vi möts för sent": 2,
        "Mer tid": 0,
    }
    assert votes(folded(*WRITTEN, vote(4, "b", 2), vote(5, "b", 2, on="")))["Vi möts för sent"] == 0
    assert own(WALL, folded(*WRITTEN, vote(4, "a", 2), vote(5, "a", 3)), "a").voted == ("3",)


def test_a_vote_for_nothing_for_a_hidden_text_and_for_a_theme_changes_nothing() -> None:
    hidden = folded(WRITTEN[1], vote(4, "a", 2))  # hiding folds again without the text
    assert votes(hidden) == {"Mer tid": 0}
    assert votes(folded(*WRITTEN, vote(4, "c", 999), crew(5, "theme", name="Tid"), vote(6, "c", 5))) == {
        "Vi möts för sent": 0,
        "Mer tid": 0,
    }


def test_a_vote_is_for_the_words_as_they_stood() -> None:
    assert votes(folded(*WRITTEN, vote(4, "b", 2), text(5, "a", "Något helt annat")))["Något helt annat"] == 0
    assert votes(folded(*WRITTEN, vote(4, "b", 2), text(5, "a", "Vi möts för sent ")))["Vi möts för sent"] == 1


def test_two_people_come_to_the_same_in_any_order() -> None:
    events = text(2, "a", "Ett"), vote(3, "b", 2), text(4, "b", "Två"), vote(5, "a", 4), vote(6, "c", 2)
    states = {repr(wall(WALL, folded(*order))) for order in permutations(events)}
    assert len(states) == 1


def test_themes_are_made_named_ordered_filled_and_dissolved() -> None:
    made = *WRITTEN, crew(4, "theme", name="Tid"), crew(5, "theme", name="Mod"), crew(6, "sort", ref="2", theme="4")
    found = wall(WALL, folded(*made, crew(7, "rename", theme="4", name="När vi möts"), crew(8, "order", theme="5", before="4")))
    assert found.themes == (("5", "Mod"), ("4", "När vi möts"))
    assert [said.text for said in found.of("4")] == ["Vi möts för sent"]
    assert wall(WALL, folded(*made, crew(7, "order", theme="4", before=""))).themes[-1] == ("4", "Tid")
    for undone in (crew(7, "sort", ref="2", theme=""), crew(7, "drop", theme="4")):
        assert len(wall(WALL, folded(*made, undone)).of("")) == 2
    changed = wall(WALL, folded(*made, text(7, "a", "Vi möts alldeles för sent")))
    assert [said.text for said in changed.of("4")] == ["Vi möts alldeles för sent"]


ABOUT_NOTHING = (
    crew(5, "sort", ref="2", theme="99"),
    crew(5, "sort", ref="99", theme="4"),
    crew(5, "rename", theme="99", name="x"),
    crew(5, "rename", theme="4", name="\u202e\u200b"),
    crew(5, "order", theme="99", before="4"),
    crew(5, "order", theme="4", before="4"),
    crew(5, "drop", theme="2"),
    crew(5, "approve", id="x"),
)


@pytest.mark.parametrize("act", ABOUT_NOTHING)
def test_acts_about_what_is_not_there_change_nothing(act: Envelope) -> None:
    before = *WRITTEN, crew(4, "theme", name="Tid")
    assert wall(WALL, folded(*before, act)) == wall(WALL, folded(*before))


def test_one_question_is_answered_at_a_time_and_the_queue_is_by_wish_then_by_time() -> None:
    asked = text(2, "a", "Först"), text(3, "b", "Efterlyst"), text(4, "c", "Sist"), vote(5, "a", 3)
    assert [said.text for said in projector(QA, folded(*asked), "answers").queue] == ["Efterlyst", "Först", "Sist"]
    now = *asked, crew(6, "turn", ref="3", to="now")
    view = projector(QA, folded(*now), "answers")
    assert view.now
    assert (view.now.text, [said.text for said in view.queue], view.answered) == ("Efterlyst", ["Först", "Sist"], 0)
    following = projector(QA, folded(*now, crew(7, "turn", ref="2", to="now")), "answers")
    assert following.now
    assert (following.now.text, following.answered) == ("Först", 1)
    back = crew_view(QA, folded(*now, crew(7, "turn", ref="3", to="queue")), "answers")
    assert (back.now, len(back.loose)) == (None, 3)
    gone = projector(QA, folded(*asked[:1], asked[2], crew(6, "turn", ref="3", to="now")), "answers")
    assert gone.now is None
    assert {said.text: said.standing for said in phone(QA, folded(*now, crew(7, "turn", ref="3", to="answered")), "ask").texts} == {
        "Först": "", "Efterlyst": "answered", "Sist": "",
    }  # fmt: skip


def test_a_phone_is_sent_the_same_while_others_vote() -> None:
    quiet, loud = folded(*WRITTEN), folded(*WRITTEN, vote(4, "c", 2), vote(5, "d", 3))
    assert phone(WALL, quiet, "look") == phone(WALL, loud, "look")
    assert phone(WALL, quiet, "themes") != phone(WALL, loud, "themes")


def test_the_documentation_has_themes_then_the_rest_with_votes_and_paper() -> None:
    paper = give(8, "sheet:7", "text", slot="1", text="Från papper")
    state = folded(
        *WRITTEN, vote(4, "b", 2), vote(5, "c", 2), crew(6, "theme", name="Tid"), crew(7, "sort", ref="2", theme="6"),
        msgspec.structs.replace(paper, origin="paper"), phase(9, "look"),
    )  # fmt: skip
    first, rest = harvest(WALL, state, "question-3")
    assert (first.heading, first.blocks) == ("Vad skaver? Tid", (Quote("Vi möts för sent", "2 till säger Jag också"),))
    assert rest.source == "2 texter, varav en från papper, moment 3"
    assert harvest(WALL, folded(*WRITTEN, phase(4, "write")), "question-3") == ()


def test_answered_questions_are_marked_and_come_first() -> None:
    state = folded(text(2, "a", "Först"), text(3, "b", "Sedan"), crew(4, "turn", ref="3", to="answered"), phase(5, "answers"))
    assert [one.heading for one in harvest(QA, state, "question-1")] == [
        "Vad vill du fråga? Besvarade",
        "Vad vill du fråga? Inte besvarade än",
    ]


def test_one_takes_ones_own_texts_home_with_what_became_of_them() -> None:
    state = folded(*WRITTEN, vote(4, "b", 2), crew(5, "theme", name="Tid"), crew(6, "sort", ref="2", theme="5"), phase(7, "look"))
    assert [(line.said, line.room) for line in keepsake(WALL, state, "a").lines] == [("Vi möts för sent", "Tid, en till säger Jag också")]
    assert [line.room for line in keepsake(WALL, folded(*WRITTEN), "a").lines] == [""]
