"""What was heard at the gathering before: it opens the next plan."""

from __future__ import annotations

import msgspec

from mellanrum.core.ports import provided
from mellanrum.programmes.models import Gathering


class Heard(msgspec.Struct, frozen=True):
    """A question or a statement with what was said; `is_team` where the team says it."""

    heading: str
    lines: tuple[str, ...]
    is_team: bool = False


class LastTime(msgspec.Struct, frozen=True):
    gathering: Gathering
    heard: tuple[Heard, ...]


def last_time(gathering: Gathering) -> LastTime | None:
    """The newest of the gatherings before it, in its own programme, in which something was heard; None without one.

    The port `heard_before` gives that gathering with its (heading, lines, is_team), in which is nothing that is hidden.
    """
    find = provided("heard_before")
    found = find(gathering) if find else None
    return LastTime(found[0], tuple(Heard(*one) for one in found[1])) if found else None
