"""What each audience may see of a round: the room sees tables, nobody counts people."""

from __future__ import annotations

from hashlib import blake2b

from django.utils.translation import gettext as _

from mellanrum.exercises.round.definition import Definition
from mellanrum.exercises.round.state import Given, State, tables
from mellanrum.exercises.round.views import CrewView, OwnView, PhoneView, ProjectorView, Stone, Turn, WordLine

DONE = "done"


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
    )


def projector(definition: Definition, state: State, phase: str) -> ProjectorView:
    return ProjectorView(
        question=definition.question,
        phase=phase,
        circles=definition.preset == "circles",
        prompts=prompts(definition),
        stones=tuple(Stone(who, who in state.turns) for who in table_names(definition, state)),
        words=shown_words(definition, state, phase),
    )


def crew(definition: Definition, state: State, phase: str) -> CrewView:
    names = table_names(definition, state)
    others = sorted(who for who in state.turns if who not in names)
    return CrewView(
        question=definition.question,
        phase=phase,
        per=definition.per,
        tables=len(names),
        turns=tuple(Turn(who, state.turns.get(who, "")) for who in (*names, *others)),
        words=tuple(WordLine(one.id, one.text) for one in shuffled(state)),
    )


def own(definition: Definition, state: State, author: str) -> OwnView:
    given = state.words.get(author)
    return OwnView(given.text if given else "")


def prompts(definition: Definition) -> tuple[str, ...]:
    """The facilitator's own, or the four circles from the innermost out."""
    if definition.prompts or definition.preset != "circles":
        return definition.prompts
    return (_("Jag"), _("Min roll"), _("Min organisation"), _("Systemet"))


def table_names(definition: Definition, state: State) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, tables(definition, state) + 1))


def shown_words(definition: Definition, state: State, phase: str) -> tuple[str, ...]:
    """The room's words once the round is done."""
    return tuple(one.text for one in shuffled(state)) if definition.words and phase == DONE else ()


def shuffled(state: State) -> list[Given]:
    """In an order that tells nothing about who wrote when, and stays the same for everybody."""
    return sorted(state.words.values(), key=lambda one: blake2b(one.id.encode(), digest_size=8).digest())
