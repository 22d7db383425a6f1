"""What each audience may see of a rating: nothing of the answers before the result, and never fewer people than the minimum."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from mellanrum.exercises.scale.definition import Definition, Item, Part, Subject
from mellanrum.exercises.scale.pictures import UNSEEN, Shown, Tally, show, uncounted
from mellanrum.exercises.scale.state import NO_TEXTS, RESULT, State, Written, answered, bar
from mellanrum.exercises.scale.views import (
    Bar,
    CrewView,
    ItemResult,
    OwnView,
    PhoneView,
    ProjectorView,
    Result,
    WrittenText,
)
from mellanrum.insight.distribution import add_counts, distribution


def phone(definition: Definition, state: State, phase: str) -> PhoneView:
    scale = definition.instrument
    return PhoneView(
        title=scale.title,
        phase=phase,
        low=scale.low,
        high=scale.high,
        low_label=scale.low_label,
        high_label=scale.high_label,
        items=scale.items,
        subjects=scale.subjects,
        parts=definition.parts,
        groups=definition.groups,
        minimum=definition.minimum,
        anonymous=definition.anonymous,
        result=_shown_result(definition, state, phase),
    )


def projector(definition: Definition, state: State, phase: str) -> ProjectorView:
    scale = definition.instrument
    return ProjectorView(
        title=scale.title,
        phase=phase,
        low=scale.low,
        high=scale.high,
        low_label=scale.low_label,
        high_label=scale.high_label,
        items=scale.items,
        subjects=scale.subjects,
        minimum=definition.minimum,
        result=_shown_result(definition, state, phase),
        texts=tuple((part.text, answers) for part, answers in open_answers(definition, state)) if phase == RESULT else (),
    )


def crew(definition: Definition, state: State, phase: str) -> CrewView:
    scale = definition.instrument
    return CrewView(
        title=scale.title,
        phase=phase,
        answered=answered(state),
        items=scale.items,
        subjects=scale.subjects,
        low=scale.low,
        high=scale.high,
        result=_shown_result(definition, state, phase),
        texts=tuple(WrittenText(one.id, part.id, one.text) for part in definition.parts for one in shuffled(state, part)),
    )


def own(definition: Definition, state: State, author: str) -> OwnView:
    """One person's part, in the order of the form."""
    given = ((item.id, subject.id, bar(state, item.id, subject.id).get(author)) for item, subject in pairs(definition))
    ratings = tuple((item, subject, answer[0]) for item, subject, answer in given if answer)
    mine = state.texts.get(author, NO_TEXTS)
    texts = tuple((part.id, mine[part.id].text) for part in definition.parts if part.id in mine)
    group = state.groups.get(author)
    return OwnView(ratings, texts, group[0] if group else None)


def result(definition: Definition, state: State) -> Result:
    """The numbers as the room may see them: what was shown, or everybody if nothing has been."""
    shown = state.shown or show(definition, state.bars, state.rated)
    hands = _hands(state)
    people = len(shown.authors)
    phones = people if people >= definition.minimum else 0
    if not phones and not hands:
        return Result(people=people, too_few=True)
    items = tuple(_item(definition, state, shown, item) for item in definition.instrument.items)
    waiting = uncounted(shown) if phones else len(state.rated)
    return Result(people=phones + hands, too_few=False, items=items, uncounted=waiting)


def open_answers(definition: Definition, state: State) -> tuple[tuple[Part, tuple[str, ...]], ...]:
    """The open answers per question, shuffled; none while those who answered are fewer than the minimum."""
    if answered(state) < definition.minimum:
        return ()
    found = ((part, tuple(one.text for one in shuffled(state, part))) for part in definition.parts)
    return tuple((part, answers) for part, answers in found if answers)


def shuffled(state: State, part: Part) -> list[Written]:
    """In an order that tells nothing about who wrote when, and stays the same for everybody."""
    found = [mine[part.id] for mine in state.texts.values() if part.id in mine]
    return sorted(found, key=lambda one: blake2b(one.id.encode(), digest_size=8).digest())


def pairs(definition: Definition) -> Iterator[tuple[Item, Subject]]:
    """Every item about every subject."""
    scale = definition.instrument
    return ((item, subject) for item in scale.items for subject in scale.subjects)


def _shown_result(definition: Definition, state: State, phase: str) -> Result | None:
    return result(definition, state) if phase == RESULT and state.shown else None


def _item(definition: Definition, state: State, shown: Shown, item: Item) -> ItemResult:
    subjects = definition.instrument.subjects
    return ItemResult(item.id, item.text, tuple(_bar(definition, state, shown, item, subject) for subject in subjects))


def _bar(definition: Definition, state: State, shown: Shown, item: Item, subject: Subject) -> Bar:
    """Answers from phones, with the hands that the room saw; hands hide nobody and need no minimum."""
    key, scale = (item.id, subject.id), definition.instrument
    nothing = (0,) * (scale.high - scale.low + 1)
    picture = shown.bars.get(key, UNSEEN)
    tally = picture.tally or Tally(nothing, 0)
    hands = state.counts.get(key, (nothing, 0))[0]
    found = distribution(add_counts(tally.counts, hands), scale.low)
    is_hidden = picture.tally is None and len(picture.answers) > 0 and key not in state.counts
    mean = None if found.mean is None else round(found.mean, 2)
    spread = None if found.spread is None else round(found.spread, 2)
    return Bar(subject.id, subject.text, found.counts, found.answers, tally.dont_know, mean, spread, too_few=is_hidden)


def _hands(state: State) -> int:
    """How many people raised a hand: at least as many as at the statement with the most."""
    return max((sum(counts) for counts, _seq in state.counts.values()), default=0)
