"""What each audience may see of a round: the room sees tables, nobody counts people."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from mellanrum.exercise_kit.contract import CLOSED
from mellanrum.exercises.round.circles import circles_of, prompts
from mellanrum.exercises.round.definition import Definition
from mellanrum.exercises.round.state import Given, State, tables
from mellanrum.exercises.round.views import Circle, CrewView, OwnView, PhoneView, ProjectorView, Stone, Turn, WordLine

ROUND, DONE = "round", "done"
ON_THE_WALL, ON_PHONES = 6, 60


def phone(definition: Definition, state: State, phase: str) -> PhoneView:
    return PhoneView(
        question=definition.question,
        phase=phase,
        per=definition.per,
        tables=tables(definition, state),
        circles=definition.preset == "circles",
        prompts=prompts(definition),
        asks_word=definition.words,
        anonymous=definition.anonymous,
        words=shown_words(definition, state, phase),
        writes=bool(circles_of(definition)),
        shared=shown_circles(definition, state, phase, ON_PHONES),
    )


def projector(definition: Definition, state: State, phase: str) -> ProjectorView:
    named = tuple(Circle(number, name) for number, name in enumerate(prompts(definition), 1)) if definition.preset == "circles" else ()
    return ProjectorView(
        question=definition.question,
        phase=phase,
        circles=definition.preset == "circles",
        prompts=prompts(definition),
        stones=tuple(Stone(who, who in state.turns) for who in table_names(definition, state)),
        words=shown_words(definition, state, phase),
        shared=(shown_circles(definition, state, phase, ON_THE_WALL) or named)[::-1],
        time=state.speaking if phase == ROUND else None,
    )


def crew(definition: Definition, state: State, phase: str) -> CrewView:
    names = table_names(definition, state)
    others = sorted(who for who in state.turns if who not in names)
    circles = enumerate(prompts(definition), 1) if circles_of(definition) else ()
    return CrewView(
        question=definition.question,
        phase=phase,
        per=definition.per,
        tables=len(names),
        turns=tuple(Turn(who, state.turns.get(who, "")) for who in (*names, *others)),
        words=tuple(WordLine(one.id, one.text) for one in shuffled(state.words.values())),
        lines=tuple(WordLine(one.id, one.text, name) for number, name in circles for one in lines_in(state, number)),
        seconds=definition.seconds,
        time=state.speaking if phase == ROUND else None,
    )


def own(definition: Definition, state: State, author: str) -> OwnView:
    given = state.words.get(author)
    numbers = (str(number) for number in range(1, circles_of(definition) + 1))
    mine = ((number, state.lines.get((author, number))) for number in numbers)
    return OwnView(given.text if given else "", tuple((number, one.text) for number, one in mine if one))


def table_names(definition: Definition, state: State) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, tables(definition, state) + 1))


def shown_words(definition: Definition, state: State, phase: str) -> tuple[str, ...]:
    """The room's words once the round is done."""
    return tuple(one.text for one in shuffled(state.words.values())) if definition.words and phase == DONE else ()


def shown_circles(definition: Definition, state: State, phase: str, most: int) -> tuple[Circle, ...]:
    """What has been shared, from the innermost circle out: at once where the definition says so, else when the round is done."""
    is_seen = phase == DONE or (definition.live and phase in {ROUND, CLOSED})
    if not (is_seen and circles_of(definition)):
        return ()
    return tuple(_circle(state, number, name, most) for number, name in enumerate(prompts(definition), 1))


def lines_in(state: State, circle: int) -> list[Given]:
    return shuffled(one for (_author, number), one in state.lines.items() if number == str(circle))


def shuffled(given: Iterable[Given]) -> list[Given]:
    """In an order that tells nothing about who wrote when, and stays the same for everybody."""
    return sorted(given, key=lambda one: blake2b(one.id.encode(), digest_size=8).digest())


def _circle(state: State, number: int, name: str, most: int) -> Circle:
    lines = tuple(one.text for one in lines_in(state, number))
    return Circle(number, name, lines[:most], max(0, len(lines) - most))
