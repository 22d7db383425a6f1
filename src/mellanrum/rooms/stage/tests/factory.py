"""A tiny exercise type and a room of three blocks, for tests of the stage alone."""

from __future__ import annotations

from typing import Any

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import Card, Definition, Envelope, Event, Exercise, Phase, PhaseChanged, Script
from mellanrum.rooms.plan import STAGE, read_plan
from mellanrum.rooms.stage import contributions as acts
from mellanrum.rooms.stage.course import Course, course_of

MINUTE = 60_000
START = 1_000_000


class Tap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word, or a number."""

    word: str = ""


class Sum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: int


class TapsView(msgspec.Struct, frozen=True):
    taps: tuple[str, ...]


class Taps(msgspec.Struct, frozen=True):
    """Author → word, with every phase the exercise has been told of."""

    words: Map[str, str] = Map()
    phases: tuple[str, ...] = ()


def fold(definition: Any, state: Taps, event: Event) -> Taps:
    if isinstance(event, PhaseChanged):
        return msgspec.structs.replace(state, phases=(*state.phases, event.phase))
    if isinstance(event, Envelope) and isinstance(event.data, Tap):
        return msgspec.structs.replace(state, words=state.words.set(event.author, event.data.word))
    return state


def _view(definition: Any, state: Taps, phase: str) -> TapsView:
    return TapsView(tuple(sorted(state.words.values())))


PHASES = (
    Phase("tap", "Knacka", frozenset({"tap", "sum"}), frozenset({"tap", "tally"}), script=Script("Säg", ("Gör",), "Vänta")),
    Phase("result", "Visa", shows=True),
)

TAPS = Exercise(
    card=Card("taps", "Knack", "Prov", "hand", 5, PHASES, hideable=frozenset({"tap"}), late=frozenset({"tap"})),
    definition=Definition,
    definition_version=1,
    upgrade_definition=lambda version, data: data,
    contributions={"tap": Tap, "sum": Sum, "tally": Sum},
    contributions_version=2,
    upgrade=lambda kind, version, data: (kind, {"word": data["old"]}),
    check=lambda definition, kind, data: "word" if data == Tap("no") else None,
    empty=lambda definition: Taps(),
    fold=fold,
    views={"phone": _view, "projector": _view, "crew": _view},
    own=lambda definition, state, author: TapsView((state.words.get(author, ""),)),
    harvest=lambda definition, state, name: (),
    example=lambda definition, phase: None,
    schema=lambda definition, kind: {},
    slot=lambda kind, data: kind,
)

TYPES = {"taps": TAPS}


def plan_json() -> dict[str, Any]:
    """Three blocks: a welcome, one with taps, one with another taps."""
    return {
        "programme": "Fabelå",
        "title": "Träff 1",
        "theme": "Mod",
        "starts_at": START,
        "blocks": [
            {"key": "block-1", "title": "Välkommen", "agenda": "Hej", "minutes": 10, "responsible": "Kim", "say": "Hej alla"},
            {"key": "block-2", "title": "Knacka", "minutes": 20, "exercise": _planned("taps-2")},
            {"key": "block-3", "title": "Igen", "minutes": 5, "exercise": _planned("taps-3")},
        ],
    }


def room_course(plan: dict[str, Any] | None = None) -> Course:
    return course_of(read_plan(plan or plan_json()), TYPES)


def act(kind: str, number: int, /, *, at: int | None = START, **data: Any) -> Envelope:
    """A crew act as it lies in the ledger; `from_step` is written `from_`."""
    body = {key.rstrip("_"): value for key, value in data.items()}
    return Envelope(number, f"act-{number}", "crew:1", "crew", kind, msgspec.convert(body, acts.KINDS[kind]), at, exercise=STAGE)


def give(seq: int, author: str = "a", word: str = "x", exercise: str = "taps-2", **more: Any) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, "participant", "tap", Tap(word), exercise=exercise, **more)


def _planned(name: str) -> dict[str, Any]:
    return {"id": name, "slug": "taps", "definition": {"version": 1}}
