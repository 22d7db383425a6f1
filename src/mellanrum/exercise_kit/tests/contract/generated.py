"""Every type with its examples, and any history an exercise could get."""

from __future__ import annotations

from functools import cache, reduce
from typing import Any

import msgspec
import pytest
from hypothesis import strategies as st

from mellanrum.exercise_kit.contract import CLOSED, Audience, ClockChanged, Envelope, Event, Exercise, PhaseChanged, Withdrawn
from mellanrum.exercise_kit.examples import examples_of
from mellanrum.exercise_kit.registry import choosable, registry
from mellanrum.exercise_kit.tests.contract.schemas import from_schema, is_possible

TYPES = tuple(registry().values())
EXAMPLES = tuple((exercise, example) for exercise in TYPES for example in examples_of(exercise))
CHOSEN = tuple((exercise, example) for exercise, example in EXAMPLES if exercise.companion is None)
every_type = pytest.mark.parametrize("exercise", TYPES, ids=lambda one: one.card.slug)
every_chosen_type = pytest.mark.parametrize("exercise", tuple(choosable().values()), ids=lambda one: one.card.slug)
every_example = pytest.mark.parametrize(
    ("exercise", "example"), EXAMPLES, ids=lambda one: one.card.slug if isinstance(one, Exercise) else one.name
)


def folded(exercise: Exercise, definition: Any, events: list[Event]) -> Any:
    return reduce(lambda state, event: exercise.fold(definition, state, event), events, exercise.empty(definition))


def bytes_of(exercise: Exercise, definition: Any, state: Any, audience: Audience, phase: str) -> bytes:
    return msgspec.json.encode(exercise.views[audience](definition, state, phase))


def phases_of(exercise: Exercise) -> list[str]:
    return [phase.key for phase in exercise.card.phases]


def hidden_phases(exercise: Exercise, definition: Any) -> list[str]:
    """The phases before the room sees anything."""
    is_live = getattr(definition, "live", False)
    return [phase.key for phase in exercise.card.phases if not phase.shows and not (phase.live and is_live)]


@cache
def gifts(exercise: str, definition: Any, kinds: frozenset[str]) -> st.SearchStrategy[tuple[str, Any]]:
    """Contributions that fit the definition, and now and then any that the kind's own schema allows."""
    return st.one_of(*(_gifts_of(exercise, definition, kind) for kind in sorted(kinds)))


def _gifts_of(exercise: str, definition: Any, kind: str) -> st.SearchStrategy[tuple[str, Any]]:
    struct = registry()[exercise].contributions[kind]
    own = registry()[exercise].schema(definition, kind)
    fitting = [from_schema(own)] * 3 if is_possible(own) else []
    any_data = st.one_of(*fitting, from_schema(msgspec.json.schema(struct)))
    return any_data.map(lambda data: (kind, msgspec.convert(data, struct)))


@st.composite
def histories(draw: st.DrawFn, exercise: Exercise) -> tuple[Any, list[Event]]:
    """A definition of the examples and any events in any order."""
    definition = draw(st.sampled_from([example.definition for example in examples_of(exercise)]))
    events: list[Event] = []
    for seq in range(1, draw(st.integers(0, 20)) + 1):
        earlier = [event for event in events if isinstance(event, Envelope)]
        choice = draw(st.integers(0, 9))
        if choice == 0 or not exercise.contributions:
            events.append(PhaseChanged(seq, draw(st.sampled_from([*phases_of(exercise), CLOSED, ""])), seq))
        elif choice == 1:
            ends_at = draw(st.none() | st.integers(0, 10**13))
            events.append(ClockChanged(seq, seq, ends_at, None if ends_at else draw(st.integers(-(10**9), 10**9))))
        elif choice == 2 and earlier:
            events.append(Withdrawn(seq, draw(st.sampled_from(earlier))))
        else:
            kind, data = draw(gifts(exercise.card.slug, definition, frozenset(exercise.contributions)))
            events.append(Envelope(seq, f"gift-{seq}", draw(st.sampled_from("abcdefgh")), "participant", kind, data))
    return definition, events
