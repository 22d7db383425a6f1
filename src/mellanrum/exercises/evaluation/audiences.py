"""What each audience may see of an evaluation: sums of five or more, words when the room does; a debrief is the team's alone."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from mellanrum.exercise_kit.ballots import tally
from mellanrum.exercise_kit.contract import CLOSED
from mellanrum.exercises.evaluation.definition import HIGH, LOW, Definition, Item
from mellanrum.exercises.evaluation.roles import role_name
from mellanrum.exercises.evaluation.state import RESULT, State, answered
from mellanrum.exercises.evaluation.views import CrewView, Heard, OwnView, PhoneView, ProjectorView, Rated, Result, TextLine
from mellanrum.insight.distribution import distribution

STEPS = {str(step): str(step) for step in range(LOW, HIGH + 1)}


def phone(definition: Definition, state: State, phase: str) -> PhoneView:
    if definition.is_of_the_team:
        return PhoneView(definition.title, phase, is_of_the_team=True)
    return PhoneView(
        title=definition.title,
        phase=phase,
        is_of_the_team=False,
        items=definition.items,
        questions=definition.questions,
        low_label=definition.low_label,
        high_label=definition.high_label,
        result=seen(definition, state, phase),
    )


def projector(definition: Definition, state: State, phase: str) -> ProjectorView:
    if definition.is_of_the_team:
        return ProjectorView(definition.title, phase, is_of_the_team=True)
    return ProjectorView(
        title=definition.title,
        phase=phase,
        is_of_the_team=False,
        items=definition.items,
        questions=definition.questions,
        low_label=definition.low_label,
        high_label=definition.high_label,
        result=seen(definition, state, phase),
    )


def crew(definition: Definition, state: State, phase: str) -> CrewView:
    texts = {question.id: question.text for question in definition.questions}
    of_the_team = (TextLine(one.id, texts.get(one.question, ""), one.text, role_name(one.role)) for _seq, one in sorted(state.team.items()))
    of_people = (TextLine(name, question, text) for question, name, text in _written(definition, state))
    return CrewView(
        title=definition.title,
        phase=phase,
        is_of_the_team=definition.is_of_the_team,
        questions=definition.questions,
        answered=answered(state),
        texts=tuple(of_the_team if definition.is_of_the_team else of_people),
        result=seen(definition, state, phase),
    )


def own(definition: Definition, state: State, author: str) -> OwnView:
    ballots = ((item.id, state.ratings[item.id].given.get(author)) for item in definition.items)
    texts = ((question.id, state.words.get((author, question.id))) for question in definition.questions)
    return OwnView(
        tuple((item, int(ballot.choice)) for item, ballot in ballots if ballot),
        tuple((question, one.text) for question, one in texts if one),
    )


def seen(definition: Definition, state: State, phase: str) -> Result | None:
    """What the room sees in that phase; None before it has been shown."""
    is_seen = phase == RESULT or (phase == CLOSED and state.is_shown)
    return result(definition, state) if is_seen and not definition.is_of_the_team else None


def result(definition: Definition, state: State) -> Result:
    """The sums that may be told, and every question with its answers."""
    return Result(
        rated=tuple(_rated(item, state) for item in definition.items),
        heard=tuple(
            Heard(question.id, question.text, tuple(text for asked, _name, text in _written(definition, state) if asked == question.text))
            for question in definition.questions
        ),
    )


def _rated(item: Item, state: State) -> Rated:
    found = tally(state.ratings[item.id], STEPS)
    if found.too_few:
        return Rated(item.id, item.text)
    told = distribution([count.people for count in found.counts], LOW)
    mean = round(told.mean, 1) if told.mean is not None else None
    return Rated(item.id, item.text, told.counts, found.people, mean, too_few=False, uncounted=found.uncounted)


def _written(definition: Definition, state: State) -> Iterator[tuple[str, str, str]]:
    """(question, id, text) in the order of the questions; within one in an order that tells nothing about who wrote when."""
    for question in definition.questions:
        mine = [one for (_author, asked), one in state.words.items() if asked == question.id]
        for one in sorted(mine, key=lambda one: blake2b(one.id.encode(), digest_size=8).digest()):
            yield question.text, one.id, one.text
