"""What an exercise promises: a card, a definition, contributions, one pure fold and views of its state."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from mellanrum.exercise_kit.document import Passage, Picture
from mellanrum.exercise_kit.preparing import Preparing

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    # Text people see, perhaps not translated yet: `str()` it in their language.
    Words = str | StrPromise

Audience = Literal["phone", "projector", "crew"]
AUDIENCES: tuple[Audience, ...] = ("phone", "projector", "crew")


@dataclass(frozen=True)
class Script:
    """What the facilitator says, does and waits for in a phase; translatable texts."""

    say: Words = ""
    do: tuple[Words, ...] = ()
    wait: Words = ""


@dataclass(frozen=True)
class Phase:
    """One state an exercise steps through.

    `accepts` and `crew_accepts` are the kinds of contributions that participants and crew may send in it, `table_accepts` what a
    table's phone may send beside what every participant may; `shows` tells that the room sees the result; `live` that it sees
    contributions while they come, if the definition's `live` says so.
    """

    key: str
    title: Words
    accepts: frozenset[str] = frozenset()
    crew_accepts: frozenset[str] = frozenset()
    table_accepts: frozenset[str] = frozenset()
    shows: bool = False
    live: bool = False
    script: Script = Script()


@dataclass(frozen=True)
class Card:
    """How an exercise type presents itself. Texts are lazy translations; `icon` is a name in the sprite.

    `hideable` kinds can be taken out of sight by crew. `late` kinds may still come after closing, kept aside until crew
    admits them; leave numbers out of it, because one late number points at one person. `how` tells whoever was not there how it
    went, in a sentence or two of the documentation; without it the purpose stands there.
    """

    slug: str
    name: Words
    purpose: Words
    icon: str
    minutes: int
    phases: tuple[Phase, ...]
    hideable: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    how: Words = ""

    def phase(self, key: str) -> Phase | None:
        """The phase with that key; None for `closed` and for keys of other types."""
        return next((phase for phase in self.phases if phase.key == key), None)


class Envelope(msgspec.Struct, frozen=True, gc=False):
    """A contribution as it lies in the ledger.

    `author` tells people apart and nothing else (an HMAC where the exercise is anonymous); `at` is server time in Unix
    milliseconds, None in anonymous exercises; `data` is one of the exercise's contribution structs, None once erased.
    """

    seq: int
    id: str
    author: str
    role: str
    kind: str
    data: Any
    at: int | None = None
    late: bool = False
    origin: str = "phone"
    exercise: str = ""


class PhaseChanged(msgspec.Struct, frozen=True):
    """The room moved this exercise to another phase.

    `phase` may be `closed`, and is empty when an undo took back the opening.
    """

    seq: int
    phase: str
    at: int


class ClockChanged(msgspec.Struct, frozen=True):
    """The clock of this exercise's block began, paused, went on, or got more or less time, in Unix milliseconds.

    It ends at `ends_at`; while it is paused that is None and `left_ms` is what is left.
    """

    seq: int
    at: int
    ends_at: int | None
    left_ms: int | None = None


class Withdrawn(msgspec.Struct, frozen=True):
    """The author took back the contribution in `target`."""

    seq: int
    target: Envelope


Event = Envelope | PhaseChanged | ClockChanged | Withdrawn


CLOSED = "closed"


class Withdraw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The type of contribution every exercise takes: I take back my own contribution with this id."""

    id: str


class Definition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the facilitator prepares; every type's definition derives from this."""

    version: int
    anonymous: bool = True


def no_slot(kind: str, data: Any) -> Hashable | None:
    """For types where nothing replaces anything."""
    return None


def always_fits(definition: Any, kind: str, data: Any) -> str | None:
    """For types where whatever has the right shape belongs to any definition."""
    return None


def first_definition(version: int, data: dict[str, Any]) -> dict[str, Any]:
    """For types whose definitions have looked the same from the beginning. Raises ValueError for a version from the future."""
    if version > 1:
        raise ValueError(version)
    return data


def first_contribution(kind: str, version: int, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The same for contributions."""
    return kind, first_definition(version, data)


def no_picture(data: Any) -> str:
    """For types whose contributions bring no pictures."""
    return ""


class AtTable(msgspec.Struct, frozen=True):
    """How far a table has come with what a companion takes."""

    lines: int = 0
    photos: int = 0
    done: bool = False


@dataclass(frozen=True)
class Companion:
    """Makes a type one that every block carries beside its own exercise, open whatever the room does, until it closes.

    `definition(number, title, agenda)` is its definition in that block: its place in the run sheet, the team's heading and the
    participants'.
    `table_view(definition, state, phase, table)` is what the phone of that table sees of it; other phones have no cell of it.
    `by_table(kind, data, table)` is what is stored of a contribution that a table's phone sent: it speaks for its own table alone.
    `tables(state)` tells how far each table has come, by its number.
    """

    definition: Callable[[int, str, str], dict[str, Any]]
    table_view: Callable[[Any, Any, str, str], msgspec.Struct]
    by_table: Callable[[str, Any, str], Any]
    tables: Callable[[Any], Mapping[str, AtTable]]


class Kept(msgspec.Struct, frozen=True):
    """One thing somebody takes home. `asked` heads lines that belong together, `label` tells them apart; `is_written`: their own words.

    `room` is what the room was shown about the same, one sentence; empty where it was shown nothing.
    """

    asked: str
    said: str
    label: str = ""
    is_written: bool = False
    picture: Picture | None = None
    room: str = ""


class Keepsake(msgspec.Struct, frozen=True):
    """One person's part of an exercise in words; `note` explains the answers, as what a scale's ends mean."""

    title: str
    lines: tuple[Kept, ...] = ()
    note: str = ""


def nothing_for_the_team(definition: Any, state: Any, exercise: str) -> tuple[Passage, ...]:
    """For types where the team learns what everybody does."""
    return ()


def no_links(definition: Any) -> tuple[tuple[str, str], ...]:
    """For types that point at nothing to read or use afterwards."""
    return ()


@dataclass(frozen=True)
class Exercise:
    """The parts of one type, wired together in its `exercise.py` as `EXERCISE`.

    `fold` is total and pure: it never raises on a decoded event and never looks at clock, chance or database.
    `check(definition, kind, data)` says in a few words why a contribution cannot belong to the definition, or None.
    `views[audience](definition, state, phase)` is what that audience may see, a msgspec struct; what it may not see is absent.
    `own(definition, state, author)` is one person's part. `harvest(definition, state, exercise id)` is what the documentation gets.
    `schema(definition, kind)` is the JSON Schema of `data` for this very definition; `example(definition, kind)` is a (kind, data)
    that can be sent as it stands, None where the definition takes none of that kind.
    `slot(kind, data)`: of one person's contributions in the same slot the last one counts; None replaces nothing.
    `order_free`: kinds whose order between different people never matters.
    `upgrade_definition` and `upgrade` bring stored data of older versions to today's, and raise ValueError for one from the future.
    `walk(definition)` are the keys of the card's phases that this definition goes through; without it all of them.
    `lasting` is the card's phase that stays open when the exercise is open for days; without it the first that takes something.
    `preparing`: what the editor needs beside `editor.html` (`exercise_kit/preparing.py`).
    `refolds_withdrawals`: the runner drops a withdrawn contribution and folds again; otherwise the fold gets `Withdrawn`.
    `picture_of(data)` is the name of the uploaded picture that a contribution brings: it is removed when its author takes it back.
    `companion`: every block carries one of this type; None for types that the facilitator chooses.
    `keepsake(definition, state, author)` is what one person takes home, in words; without it what they gave stands as it was sent.
    `for_the_team(definition, state, exercise id)` is what the team alone gets to read afterwards; no documentation has it.
    `links(definition)` are (text, address) of what participants may read and use afterwards.
    `acts`: kinds that only crew gives and that the room's undo takes back, each with what it is called in the list of what was done.
    `by_table(kind, data, table)`, for types where a table's phone speaks for its table: what is stored of what it sent. Its own part
    is asked for under the name `table:` and the number; without it such a phone is one person like all others.
    """

    card: Card
    definition: type[Definition]
    contributions: Mapping[str, type[msgspec.Struct]]
    empty: Callable[[Any], Any]
    fold: Callable[[Any, Any, Event], Any]
    views: Mapping[Audience, Callable[[Any, Any, str], msgspec.Struct]]
    own: Callable[[Any, Any, str], msgspec.Struct]
    harvest: Callable[[Any, Any, str], tuple[Passage, ...]]
    example: Callable[[Any, str], tuple[str, dict[str, Any]] | None]
    schema: Callable[[Any, str], dict[str, Any]]
    check: Callable[[Any, str, Any], str | None] = always_fits
    definition_version: int = 1
    upgrade_definition: Callable[[int, dict[str, Any]], dict[str, Any]] = first_definition
    contributions_version: int = 1
    upgrade: Callable[[str, int, dict[str, Any]], tuple[str, dict[str, Any]]] = first_contribution
    slot: Callable[[str, Any], Hashable | None] = no_slot
    walk: Callable[[Any], tuple[str, ...]] | None = None
    lasting: str = ""
    refolds_withdrawals: bool = True
    folder: str = ""
    preparing: Preparing | None = None
    order_free: frozenset[str] = field(default_factory=frozenset)
    picture_of: Callable[[Any], str] = no_picture
    companion: Companion | None = None
    keepsake: Callable[[Any, Any, str], Keepsake] | None = None
    links: Callable[[Any], tuple[tuple[str, str], ...]] = no_links
    acts: Mapping[str, Words] = field(default_factory=dict)
    for_the_team: Callable[[Any, Any, str], tuple[Passage, ...]] = nothing_for_the_team
    by_table: Callable[[str, Any, str], Any] | None = None

    def __post_init__(self) -> None:
        if not self.folder:
            object.__setattr__(self, "folder", f"exercises/{self.card.slug}")

    def phases(self, definition: Any) -> tuple[Phase, ...]:
        """The phases this definition steps through, in the card's order."""
        if self.walk is None:
            return self.card.phases
        keys = self.walk(definition)
        return tuple(phase for phase in self.card.phases if phase.key in keys)

    def lasting_phase(self, definition: Any) -> Phase | None:
        """The phase in which this definition stays open for days; None where participants have nothing to give."""
        taking = [phase for phase in self.phases(definition) if any(self.example(definition, kind) for kind in phase.accepts)]
        return next((phase for phase in taking if phase.key == self.lasting), taking[0] if taking else None)
