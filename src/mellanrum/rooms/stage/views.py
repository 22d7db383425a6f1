"""The shapes of what each audience sees of the room's course; part of the public protocol. Times are Unix milliseconds."""

from __future__ import annotations

import msgspec


class Clock(msgspec.Struct, frozen=True):
    """The current block's time. `ends_at` is None while paused; `left_ms` is what was left when it paused."""

    started_at: int
    ends_at: int | None
    length_ms: int
    left_ms: int | None = None


class Now(msgspec.Struct, frozen=True):
    """Where the room is. `exercise` is the id of the exercise in this block, None for a block without one."""

    step: str
    block: str
    title: str
    exercise: str | None = None
    slug: str | None = None
    phase: str | None = None
    phones: bool = True


class OpenForDays(msgspec.Struct, frozen=True):
    """`results`: who has answered sees the result while it is open (`after`), everybody when it closes (`closing`), or nobody."""

    results: str
    closes_at: int | None = None


class Moved(msgspec.Struct, frozen=True):
    """A time that participants knew, moved by five minutes or more; `what` is a heading of the agenda, empty for the end."""

    what: str
    at: int
    instead_of: int


class PhoneStage(msgspec.Struct, frozen=True):
    """`status` is waiting, running or closed. In a `rehearsal` nothing is kept."""

    status: str
    programme: str
    title: str
    theme: str
    now: Now | None = None
    message: str = ""
    closed_at: int | None = None
    rehearsal: bool = False
    lasting: OpenForDays | None = None
    moved: Moved | None = None


class AgendaItem(msgspec.Struct, frozen=True):
    """A heading of the day; `state` is done, now or coming. There is no place here for minutes, names or notes, so none can leak."""

    title: str
    icon: str
    state: str


class PhoneAgenda(msgspec.Struct, frozen=True):
    """The headings participants see, in order; `is_open` while people wait for the day to begin."""

    items: tuple[AgendaItem, ...] = ()
    is_open: bool = False

    @property
    def now(self) -> str:
        return next((one.title for one in self.items if one.state == "now"), "")

    @property
    def next(self) -> str:
        return next((one.title for one in self.items if one.state == "coming"), "")


class ProjectorStage(msgspec.Struct, frozen=True):
    """`showing` is step, code, time, agenda, message or rest; while `frozen` no other cell of the projector changes.

    `agenda` is there while it is shown: the headings participants see, and which of them is on. `changes` stands on the first picture.
    """

    status: str
    programme: str
    title: str
    theme: str
    address: str
    code: str
    frozen: bool
    showing: str
    now: Now | None = None
    clock: Clock | None = None
    message: str = ""
    rehearsal: bool = False
    changes: tuple[str, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """A row of the run sheet as it goes: `state` is done, current, coming or skipped; `took_ms` is known when done.

    `starts_at` is when it began, or when it begins if everything before keeps its length from now on; `on_agenda` tells
    whether participants see a heading of it. `minutes` is what it has now, `planned` what the plan said where that differs; 0 minutes
    then leave it out. A delay moves it by what is more than `slack_ms`.
    """

    block: str
    title: str
    icon: str
    starts_at: int | None
    minutes: int
    state: str
    took_ms: int | None = None
    responsible: str = ""
    on_agenda: bool = False
    planned: int | None = None
    slack_ms: int = 0


class StepOption(msgspec.Struct, frozen=True):
    """Where *next* or *back* leads. `kind` is phase, block or close."""

    step: str
    title: str
    kind: str


class ActDone(msgspec.Struct, frozen=True):
    """One of the last ten acts that can be undone; `who` did it, for those who lead together."""

    seq: int
    kind: str
    label: str
    at: int
    who: str = ""


class Leader(msgspec.Struct, frozen=True):
    """Somebody of the crew: `id` is their name in the ledger, `name` what the others call them."""

    id: str
    name: str


class TableStage(msgspec.Struct, frozen=True):
    """What is between crew and one table: a line for it, and whether it calls. `calls` is ``, `waiting` or `seen`."""

    table: str
    message: str = ""
    calls: str = ""


class Heading(msgspec.Struct, frozen=True):
    """The next time to keep: of a block that has one (`title`), or the end. The room gets there at `arrives`, by the plan at `planned`."""

    title: str
    at: int
    arrives: int
    planned: int


class CrewStage(msgspec.Struct, frozen=True):
    """`here_ends` is when the current block ends, from which the coming rows and `projected_end` are reckoned: whoever shows them
    later than that moves them on by as much, less what a row's `slack_ms` (the end's is `slack_ms` here) takes up. `ticked` are the
    lines of `do` that are done; `crew` are those who have had the cockpit open, and `leads` is who of them has the room, handed over
    by `led_by`.

    `let_be`: the crew has decided to leave a delay as it is in this block. `from_start`: the plan counts from when the room really began.
    """

    status: str
    programme: str
    title: str
    theme: str
    code: str
    step: str
    rows: tuple[Row, ...]
    frozen: bool
    paused: bool
    showing: str
    now: Now | None = None
    clock: Clock | None = None
    phases: tuple[tuple[str, str], ...] = ()
    say: str = ""
    do: tuple[str, ...] = ()
    wait: str = ""
    next: StepOption | None = None
    back: StepOption | None = None
    acts: tuple[ActDone, ...] = ()
    message: str = ""
    planned_end: int | None = None
    projected_end: int | None = None
    here_ends: int | None = None
    ticked: tuple[int, ...] = ()
    crew: tuple[Leader, ...] = ()
    leads: Leader | None = None
    led_by: str = ""
    slack_ms: int = 0
    heading: Heading | None = None
    let_be: bool = False
    from_start: bool = False
    rehearsal: bool = False
