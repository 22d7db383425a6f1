"""The acts of the crew, all contributions to the exercise `stage`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

VERSION = 1
Step = Annotated[str, msgspec.Meta(max_length=90)]
Table = Annotated[str, msgspec.Meta(pattern="^[1-9][0-9]?$")]
AnyTable = Annotated[str, msgspec.Meta(pattern="^([1-9][0-9]?)?$")]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class _Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Next(_Act, frozen=True):
    """One step on. `from_step` (sent as `from`) is the step the sender saw; another step now: nothing happens. Absent: whatever is now."""

    from_step: Step | None = msgspec.field(default=None, name="from")


class Back(_Act, frozen=True):
    from_step: Step | None = msgspec.field(default=None, name="from")


class Go(_Act, frozen=True):
    """Move to any step, for example `block-7` or `block-7:rate`; `from_step` (sent as `from`) as in `Next`."""

    to: Step
    from_step: Step | None = msgspec.field(default=None, name="from")


class Open(_Act, frozen=True):
    """Open an exercise (its first phase) beside the current one; without a name, the room again after closing."""

    exercise: Name | None = None


class Close(_Act, frozen=True):
    """Close an exercise; without a name, the room: phones say thanks, documentation can be harvested."""

    exercise: Name | None = None


class Reveal(_Act, frozen=True):
    """Show the result of an exercise: move it to its first showing phase."""

    exercise: Name | None = None


class Hide(_Act, frozen=True):
    """Take a contribution out of sight everywhere, with a reason that its author is told."""

    id: Name
    reason: Annotated[str, msgspec.Meta(max_length=400)] = ""


class Undo(_Act, frozen=True):
    """Void one of the last ten crew acts; without `seq` the last one."""

    seq: int | None = None


class Extend(_Act, frozen=True):
    """Add minutes to the current block; negative takes away."""

    minutes: Annotated[int, msgspec.Meta(ge=-60, le=60)]


class Pause(_Act, frozen=True):
    """Stop the clock, or let it run on."""

    on: bool = True


class Freeze(_Act, frozen=True):
    """Let the projector's picture rest, or follow again."""

    on: bool = True


class Message(_Act, frozen=True):
    """A line on all phones, or on those of one table; empty takes it away."""

    text: Annotated[str, msgspec.Meta(max_length=400)] = ""
    table: AnyTable = ""


class Show(_Act, frozen=True):
    """What the projector shows instead of the current step, or `` for following.

    `code` is the way in, `time` the clock alone, `agenda` the day's headings, `message` the line to all in large, `rest` nothing to read.
    """

    what: Literal["", "code", "time", "agenda", "message", "rest"] = ""


class Tick(_Act, frozen=True):
    """A line of what to do in that step is done, by its place from 0; not `on`: it is not."""

    step: Step
    line: Annotated[int, msgspec.Meta(ge=0, le=99)]
    on: bool = True


class Lead(_Act, frozen=True):
    """Somebody of the crew has the room from now on, by the name that the ledger has for them. It locks nothing."""

    to: Annotated[str, msgspec.Meta(pattern="^crew(:[0-9]{1,18})?$")]


class Call(_Act, frozen=True):
    """A table wants somebody to come; not `on`: no more. A table's own phone need not say which, and cannot say another."""

    table: AnyTable = ""
    on: bool = True


class Heed(_Act, frozen=True):
    """Crew has seen that the table calls."""

    table: Table


class Admit(_Act, frozen=True):
    """Let a late contribution count."""

    id: Name


class Until(_Act, frozen=True):
    """A room whose exercise is open for days closes by itself at `at`, Unix milliseconds; a later act moves that."""

    at: Annotated[int, msgspec.Meta(ge=0, le=1 << 52)]


class Replan(_Act, frozen=True):
    """How a delay is met, decided in the step `from`; when the room has gone on, nothing happens.

    `lengths` are minutes for coming blocks by key (0 leaves one out). `leave`: it stays as it is. `base`, before the start alone:
    `start` lets the plan count from when the room really begins, `plan` from the planned time again.
    """

    from_step: Step = msgspec.field(name="from")
    lengths: Annotated[dict[Name, Annotated[int, msgspec.Meta(ge=0, le=600)]], msgspec.Meta(max_length=300)] = {}
    base: Literal["", "start", "plan"] = ""
    leave: bool = False


KINDS: dict[str, type[msgspec.Struct]] = {
    "next": Next,
    "back": Back,
    "go": Go,
    "open": Open,
    "close": Close,
    "reveal": Reveal,
    "hide": Hide,
    "undo": Undo,
    "extend": Extend,
    "pause": Pause,
    "freeze": Freeze,
    "message": Message,
    "show": Show,
    "admit": Admit,
    "until": Until,
    "tick": Tick,
    "lead": Lead,
    "call": Call,
    "heed": Heed,
    "replan": Replan,
}


def upgrade(kind: str, version: int, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Bring a stored act of an older version to `VERSION`. Raises ValueError for one from the future."""
    if version > VERSION:
        raise ValueError(version)
    return kind, data
