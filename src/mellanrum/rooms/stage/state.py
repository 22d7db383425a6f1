"""Where the room is in its course."""

from __future__ import annotations

from dataclasses import dataclass, field

from immutables import Map

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.rooms.plan import LOBBY

UNDOABLE = 10


@dataclass(frozen=True, slots=True)
class Timing:
    """The current block's time in Unix milliseconds; while paused `ends_at` is None and `left_ms` tells what was left at `paused_at`."""

    started_at: int
    ends_at: int | None
    length_ms: int
    left_ms: int | None = None
    paused_at: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An exercise that has been opened. `left` tells when each phase was last left, for the grace of late answers."""

    phase: str
    opened_at: int
    closed_at: int | None = None
    left: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """Something crew did that changed the room; `about` is the step, exercise, contribution, text or reason it was about.

    `by` did it; what was told to one table has its `table`.
    """

    seq: int
    kind: str
    at: int
    about: str = ""
    by: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class TableCall:
    """Since when a table calls, and whether crew has seen it."""

    since: int
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What participants hear of the day when the crew has decided how to meet a delay, in Unix milliseconds.

    `begins` has the coming blocks with a fixed time that stand on the agenda.
    """

    ends_at: int
    begins: Map[str, int] = field(default_factory=Map)


@dataclass(frozen=True, slots=True)
class StageState:
    """The whole course. `step` stays while the room is closed, so that it can open again where it was.

    `exercises` holds what has been opened, by id; `hidden` and `admitted` are contribution ids; `began` is when each block was
    first entered, `left` when it was last left and `took` how long each finished one took; `entered_at` is when the current block
    began; `log` is what undo folds again; a room that is open for days closes by itself at `until`. `ticked` are the lines done in
    each step, `leads` is who has the room; `calls` are tables that want somebody to come, and `lines` is the one on each table's phones.

    `lengths` are minutes that the crew has given coming blocks instead of the plan's (0 leaves one out); with `from_start` the plan
    counts from when the room really began; `let_be` is the block (or the lobby) in which being late was left as it is.
    """

    step: str = LOBBY
    is_closed: bool = False
    closed_at: int | None = None
    started_at: int | None = None
    entered_at: int | None = None
    timing: Timing | None = None
    began: Map[str, int] = field(default_factory=Map)
    took: Map[str, int] = field(default_factory=Map)
    left: Map[str, int] = field(default_factory=Map)
    exercises: Map[str, Opened] = field(default_factory=Map)
    hidden: Map[str, str] = field(default_factory=Map)
    admitted: Map[str, int] = field(default_factory=Map)
    is_frozen: bool = False
    showing: str = "step"
    message: str = ""
    until: int | None = None
    ticked: Map[str, frozenset[int]] = field(default_factory=Map)
    leads: str = ""
    calls: Map[str, TableCall] = field(default_factory=Map)
    lines: Map[str, str] = field(default_factory=Map)
    lengths: Map[str, int] = field(default_factory=Map)
    from_start: bool = False
    let_be: str = ""
    told: Told | None = None
    acts: tuple[Act, ...] = ()
    log: tuple[Envelope, ...] = ()

    @property
    def status(self) -> str:
        """Waiting, running or closed."""
        if self.is_closed:
            return "closed"
        return "waiting" if self.step == LOBBY else "running"

    @property
    def undoable(self) -> tuple[Act, ...]:
        """The last acts that can be undone, the latest last."""
        return self.acts[-UNDOABLE:]


EMPTY = StageState()
