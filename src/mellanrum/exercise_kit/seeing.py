"""Who sees what, found out by trying: a made-up meeting is folded, and what it changes in a view is what that audience sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import count
from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import AUDIENCES, CLOSED, Audience, Envelope, Event, Exercise, Phase, PhaseChanged

PEOPLE = 12  # more than any minimum in an example
AUTHOR = "author-"
FREE_TEXT = 60  # so long may only words be that somebody writes; names of things are shorter
PROBE = "kvixbro"  # in no text of anybody's


class Sight(msgspec.Struct, frozen=True):
    """What an audience sees in one phase, as names of its view's fields: what was prepared, and what people gave."""

    phase: str
    prepared: tuple[str, ...]
    given: tuple[str, ...]


class Seen(msgspec.Struct, frozen=True):
    """One audience through all phases; `own` is the person behind a phone, who sees their own part as well."""

    audience: str
    sights: tuple[Sight, ...]


def who_sees(exercise: Exercise, definition: Any) -> tuple[Seen, ...]:
    """One row for each audience and one for a person's own part; `closed` is the last phase of each."""
    meeting = list(a_meeting(exercise, definition))
    keys = [*(phase.key for phase in exercise.phases(definition)), CLOSED]
    moments = [(key, *_states(exercise, definition, meeting, key)) for key in keys]
    rows = [Seen(audience, tuple(_sight(exercise, definition, audience, *moment) for moment in moments)) for audience in AUDIENCES]
    own = tuple(_compared(key, *(exercise.own(definition, state, f"{AUTHOR}0") for state in (full, bare))) for key, full, bare in moments)
    return (*rows, Seen("own", own))


def a_meeting(exercise: Exercise, definition: Any, people: int = PEOPLE) -> Iterator[Event]:
    """So many people who all give one of everything that each phase takes, and a crew that does the same."""
    seqs = count(1)
    for phase in exercise.phases(definition):
        yield PhaseChanged(next(seqs), phase.key, 1)
        for role, kind in _taken(phase):
            gift = exercise.example(definition, kind)
            givers = 0 if gift is None else people if role == "participant" else min(people, 1)
            for number in range(givers):
                yield _given(exercise, next(seqs), f"{AUTHOR}{number}" if role == "participant" else "crew:1", role, gift)
    yield PhaseChanged(next(seqs), CLOSED, 1)


def _given(exercise: Exercise, seq: int, author: str, role: str, gift: Any) -> Envelope:
    kind, data = gift
    return Envelope(seq, f"gift-{seq:022}", author, role, kind, msgspec.convert(data, exercise.contributions[kind]))


def _taken(phase: Phase) -> list[tuple[str, str]]:
    return [*(("participant", kind) for kind in sorted(phase.accepts)), *(("crew", kind) for kind in sorted(phase.crew_accepts))]


def _states(exercise: Exercise, definition: Any, meeting: list[Event], phase: str) -> tuple[Any, Any]:
    """The state at the end of that phase, and the same if nobody had given anything."""
    begun = next(number for number, event in enumerate(meeting) if isinstance(event, PhaseChanged) and event.phase == phase)
    ends = next((number for number, event in enumerate(meeting) if isinstance(event, PhaseChanged) and number > begun), len(meeting))
    lived = meeting[:ends]
    silent = [event for event in lived if isinstance(event, PhaseChanged)]
    full, bare = (
        reduce(lambda state, event: exercise.fold(definition, state, event), events, exercise.empty(definition))
        for events in (lived, silent)
    )
    return full, bare


def _sight(exercise: Exercise, definition: Any, audience: Audience, phase: str, full: Any, bare: Any) -> Sight:
    view = exercise.views[audience]
    return _compared(phase, view(definition, full, phase), view(definition, bare, phase))


def _compared(phase: str, full: msgspec.Struct, bare: msgspec.Struct) -> Sight:
    one, other = (msgspec.to_builtins(view, enc_hook=str) for view in (full, bare))
    given = tuple(name for name in full.__struct_fields__ if one.get(name) != other.get(name))
    prepared = tuple(name for name in full.__struct_fields__ if name not in given and name != "phase" and one.get(name))
    return Sight(phase, prepared, given)


class Trial(msgspec.Struct, frozen=True):
    """What one kind of contribution changes for whom. `is_read_…`: its very words stand in a view, in a phase that takes it or afterwards.

    `is_seen_alone`: the room's views change even if people give nothing else, or only others do; `is_seen`: they do beside everything else.
    """

    kind: str
    by_table: bool
    is_words: bool
    is_read_live: bool
    is_read_later: bool
    is_read_by_crew: bool
    is_seen_alone: bool
    is_seen: bool


def try_without(exercise: Exercise, definition: Any) -> Iterator[Trial]:
    """One trial for each kind that people or tables give, in a meeting where the crew gives nothing that only it may."""
    phases = exercise.phases(definition)
    kinds = {kind for phase in phases for kind in phase.accepts | phase.table_accepts}
    tables = kinds - {kind for phase in phases for kind in phase.accepts}
    meeting = [one for one in a_meeting(exercise, definition) if not isinstance(one, Envelope) or one.role != "crew" or one.kind in tables]
    for kind in sorted(kinds):
        if exercise.example(definition, kind) is not None:
            yield _tried(exercise, definition, meeting, kind)


def _tried(exercise: Exercise, definition: Any, meeting: list[Event], kind: str) -> Trial:
    phases = exercise.phases(definition)
    takes = {phase.key for phase in phases if kind in phase.accepts}
    words = _free_text(exercise.contributions[kind])
    given = [_with_probe(event, words) if isinstance(event, Envelope) and event.kind == kind else event for event in meeting]
    alone = [event for event in given if not isinstance(event, Envelope) or event.kind == kind]
    others = [event for event in meeting if not isinstance(event, Envelope) or event.kind != kind]
    apart = [event for event in given if not isinstance(event, Envelope) or (event.kind == kind) == _is_later_half(event)]
    theirs = [event for event in apart if not isinstance(event, Envelope) or event.kind != kind]
    silent: list[Event] = [event for event in meeting if not isinstance(event, Envelope)]
    keys = [*(phase.key for phase in phases), CLOSED]
    read = {key: _read_by(exercise, definition, given, key) for key in keys}
    return Trial(
        kind=kind,
        by_table=not takes,
        is_words=bool(words),
        is_read_live=any("phone" in read[key] or "projector" in read[key] for key in takes if not _shows(exercise, key)),
        is_read_later=any(read[key] & {"phone", "projector"} for key in keys),
        is_read_by_crew=any("crew" in read[key] for key in keys),
        is_seen_alone=any(
            _differ(exercise, definition, one, other, key) for key in keys for one, other in ((alone, silent), (apart, theirs))
        ),
        is_seen=any(_differ(exercise, definition, given, others, key) for key in keys),
    )


def _is_later_half(event: Envelope) -> bool:
    """Half of the people give one kind and the others all the rest: a vote for what somebody else wrote is seen then."""
    return event.author.startswith(AUTHOR) and int(event.author.removeprefix(AUTHOR)) >= PEOPLE // 2


def _shows(exercise: Exercise, key: str) -> bool:
    phase = exercise.card.phase(key)
    return phase is not None and phase.shows


def _free_text(shape: type[msgspec.Struct]) -> str:
    """The field in which somebody writes words of their own, told from names of things by how long it may be; empty without one."""
    schema = msgspec.json.schema(shape)
    fields = schema["$defs"][shape.__name__]["properties"]
    return next((name for name, field in fields.items() if field.get("type") == "string" and field.get("maxLength", 0) >= FREE_TEXT), "")


def _with_probe(event: Envelope, words: str) -> Envelope:
    return msgspec.structs.replace(event, data=msgspec.structs.replace(event.data, **{words: PROBE})) if words else event


def _read_by(exercise: Exercise, definition: Any, meeting: list[Event], phase: str) -> set[str]:
    """The audiences in whose views the probe stands."""
    state = _state_at(exercise, definition, meeting, phase)
    views = {one: exercise.views[one](definition, state, phase) for one in AUDIENCES}
    return {one for one, view in views.items() if PROBE in msgspec.json.encode(view, enc_hook=str).decode().casefold()}


def _differ(exercise: Exercise, definition: Any, one: list[Event], other: list[Event], phase: str) -> bool:
    full, less = (_state_at(exercise, definition, events, phase) for events in (one, other))
    rooms: tuple[Audience, ...] = ("phone", "projector")
    return any(exercise.views[who](definition, full, phase) != exercise.views[who](definition, less, phase) for who in rooms)


def _state_at(exercise: Exercise, definition: Any, meeting: list[Event], phase: str) -> Any:
    """The state at the end of that phase."""
    begun = next(number for number, event in enumerate(meeting) if isinstance(event, PhaseChanged) and event.phase == phase)
    ends = next((number for number, event in enumerate(meeting) if isinstance(event, PhaseChanged) and number > begun), len(meeting))
    return reduce(lambda state, event: exercise.fold(definition, state, event), meeting[:ends], exercise.empty(definition))
