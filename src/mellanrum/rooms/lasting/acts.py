"""The acts that open, move and close what is open for days, as rows of the ledger; nobody holds a cockpit there."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from mellanrum.core.ids import random_id
from mellanrum.rooms.ledger.rows import Row
from mellanrum.rooms.plan import STAGE
from mellanrum.rooms.stage import contributions as acts
from mellanrum.rooms.stage.course import Course, Placed

CLOCK = "clock"
"""The author of what happens by itself."""
_KINDS = {struct: kind for kind, struct in acts.KINDS.items()}

Act = msgspec.Struct


def opening(course: Course, until_ms: int) -> tuple[Act, ...]:
    return (acts.Go(to=_step(course)), acts.Until(at=until_ms))


def moving(until_ms: int) -> tuple[Act, ...]:
    return (acts.Until(at=until_ms),)


def reopening(course: Course, until_ms: int) -> tuple[Act, ...]:
    """Open the room again, back from the result to where answers are taken."""
    return (acts.Open(), *opening(course, until_ms))


def closing() -> tuple[Act, ...]:
    """Everybody who has answered is counted, once, in the picture that stays; then it is closed."""
    return (acts.Reveal(), acts.Close())


def rows_of(room_id: str, given: Sequence[Act], *, at: int, author: str) -> list[Row]:
    """As the ledger keeps them; each time something new."""
    return [_row(room_id, random_id(), act, at, author) for act in given]


def rows_of_clock(room_id: str, given: Sequence[Act], *, at: int, secret: bytes) -> list[Row]:
    """At the moment it was to happen, however late somebody comes to write it down; written down twice it happens once.

    The names cannot be guessed, so that nobody takes them first.
    """
    names = (blake2b(f"{room_id} {at} {place}".encode(), key=secret, digest_size=16).hexdigest() for place in range(len(given)))
    return [_row(room_id, name, act, at, CLOCK) for name, act in zip(names, given, strict=True)]


def _step(course: Course) -> str:
    placed: Placed | None = course.lasting
    return f"{placed.block}:{placed.lasting_phase}" if placed else ""


def _row(room_id: str, name: str, act: Act, at: int, author: str) -> Row:
    kind, body = _KINDS[type(act)], msgspec.json.encode(act)
    return Row(
        room=room_id,
        seq=0,
        id=name,
        exercise=STAGE,
        kind=kind,
        version=acts.VERSION,
        author=author,
        role="crew",
        origin="room",
        data=body.decode(),
        at=at,
        late=False,
        digest=blake2b(f"{STAGE}\n{kind}\n\n".encode() + body, digest_size=8).digest(),
    )
