"""The acts of the crew, all contributions to the exercise `stage`."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

VERSION = 1
Step = Annotated[str, msgspec.Meta(max_length=90)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class _Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Next(_Act):
    """One step on. `from_step` (sent as `from`) is the step the sender saw; another step now: nothing happens. Absent: whatever is now."""

    from_step: Step | None = msgspec.field(default=None, name="from")


class Back(_Act):
    from_step: Step | None = msgspec.field(default=None, name="from")


class Go(_Act):
    """Move to any step, for example `block-7` or `block-7:rate`."""

    to: Step


class Open(_Act):
    """Open an exercise (its first phase) beside the current one; without a name, the room again after closing."""

    exercise: Name | None = None


class Close(_Act):
    """Close an exercise; without a name, the room: phones say thanks, documentation can be harvested."""

    exercise: Name | None = None


class Reveal(_Act):
    """Show the result of an exercise: move it to its first showing phase."""

    exercise: Name | None = None


class Hide(_Act):
    """Take a contribution out of sight everywhere, with a reason that its author is told."""

    id: Name
    reason: Annotated[str, msgspec.Meta(max_length=400)] = ""


class Undo(_Act):
    """Void one of the last ten crew acts; without `seq` the last one."""

    seq: int | None = None


class Extend(_Act):
    """Add minutes to the current block; negative takes away."""

    minutes: Annotated[int, msgspec.Meta(ge=-60, le=60)]


class Pause(_Act):
    """Stop the clock, or let it run on."""

    on: bool = True


class Freeze(_Act):
    """Let the projector's picture rest, or follow again."""

    on: bool = True


class Message(_Act):
    """A line on all phones; empty takes it away."""

    text: Annotated[str, msgspec.Meta(max_length=400)] = ""


class Show(_Act):
    """What the projector shows instead of the current step: `code`, `time`, or `` for following."""

    what: Annotated[str, msgspec.Meta(max_length=8)] = ""


class Admit(_Act):
    """Let a late contribution count."""

    id: Name


KINDS: dict[str, type[msgspec.Struct]] = {
    "next": Next, "back": Back, "go": Go, "open": Open, "close": Close, "reveal": Reveal, "hide": Hide, "undo": Undo,
    "extend": Extend, "pause": Pause, "freeze": Freeze, "message": Message, "show": Show, "admit": Admit,
}


def upgrade(kind: str, version: int, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Bring a stored act of an older version to `VERSION`. Raises ValueError for one from the future."""
    if version > VERSION:
        raise ValueError(version)
    return kind, data
