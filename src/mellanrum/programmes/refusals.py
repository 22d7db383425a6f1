"""Why a change of the plan was not made: each says it in a sentence, and carries what the person needs to go on."""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """A field that cannot be saved as it is written; the text says what to write instead."""

    field: str
    text: str


class Conflict(msgspec.Struct, frozen=True):
    """A field that somebody else has changed since the person began: both texts."""

    field: str
    yours: str
    theirs: str


class Refused(Exception):
    """Nothing was changed. `str()` of it is the sentence for the person, in their language."""

    status = 409
    reason = ""
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class NotReadable(Refused):
    """Some fields cannot be what is written in them."""

    status = 400
    reason = "problem"

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" ".join(problem.text for problem in problems))
        self.problems = problems


class InConflict(Refused):
    """Somebody else was faster."""

    reason = "conflict"

    def __init__(self, text: str, conflicts: tuple[Conflict, ...]) -> None:
        super().__init__(text)
        self.conflicts = conflicts


class Locked(Refused):
    """A room has been opened: it goes by its own copy of the plan."""

    reason = "locked"


class Gone(Refused):
    """There is no such block in this gathering, or no longer."""

    status = 404
    reason = "gone"


class Full(Refused):
    """The run sheet holds no more."""

    reason = "full"


class Unfit(Refused):
    """What is asked does not go with these blocks; the sentence says what to do first."""

    reason = "unfit"


class Overtaken(Refused):
    """Somebody else has changed the same since: it is not undone over their heads."""

    reason = "overtaken"
