"""What the room refuses, decided on a snapshot: only what is certain; everything else is the fold's."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import CLOSED, Phase, Withdraw
from mellanrum.rooms.plan import LOBBY, STAGE
from mellanrum.rooms.stage import contributions as acts
from mellanrum.rooms.stage.course import WITHDRAW, Placed
from mellanrum.rooms.stage.room_fold import ExerciseSnapshot, RoomSnapshot
from mellanrum.rooms.stage.text import clean_value

if TYPE_CHECKING:
    from mellanrum.exercise_kit.contract import Words

GRACE_MS = 30_000
STALE_MS = 20_000  # what crew pressed longer ago than that, by the room's clock, was pressed at another moment
NEVER_AGAIN = 1 << 62  # a time after every grace
LARGEST = 65_536
REASONS = frozenset(
    {
        "closed",
        "not_open",
        "wrong_phase",
        "invalid",
        "no_right",
        "too_fast",
        "too_late",
        "id_reused",
        "unknown_exercise",
        "unknown_type",
        "too_large",
        "not_found",
    }
)
TABLE = "table"
PARTICIPANTS = frozenset({"participant", TABLE})
CREW = frozenset({"crew"})
PAPER = frozenset({"crew", "helper"})
_IS_ID = re.compile(r"[A-Za-z0-9_-]{22,64}").fullmatch
_IS_SHEET = re.compile(r"[A-Za-z0-9_-]{1,40}").fullmatch


class Item(msgspec.Struct, frozen=True):
    """One contribution as it comes in; `data` stays raw until the gate knows what it should be.

    `replaces` names an own contribution to the same exercise that is taken back by this one, in the same transaction.
    """

    id: str
    exercise: str
    type: str
    data: msgspec.Raw
    made_at: float | str | None = None
    on_behalf: str | None = None
    replaces: str | None = None


class Accepted(msgspec.Struct, frozen=True, gc=False):
    """Store it: `body` is the JSON to store (Unicode NFC), `data` the same decoded."""

    kind: str
    data: Any
    body: bytes
    version: int
    late: bool = False
    anonymous: bool = False


class Refused(msgspec.Struct, frozen=True, gc=False):
    """`reason` is one of REASONS; `detail` is for people (perhaps a lazy translation: `str()` it) or names a field."""

    reason: str
    detail: Words = ""


class Shut(msgspec.Struct, frozen=True, gc=False):
    """The step is over, or not there yet. `is_kept_aside`: some of it is still taken, and counts when crew admits it."""

    detail: Words
    is_kept_aside: bool


def decide(snapshot: RoomSnapshot, item: Item, role: str, now_ms: int, pending: Container[str] = ()) -> Accepted | Refused:
    """Whether this may go into the ledger.

    `role` is the ticket's; `now_ms` is server time; `pending` are ids accepted but not folded yet, so that taking back what
    was just sent is not refused as `not_found`.
    """
    if not _IS_ID(item.id):
        return Refused("invalid", "id")
    if item.exercise == STAGE:
        return _decide_act(snapshot, item, role, pending)
    one = snapshot.exercises.get(item.exercise)
    if one is None:
        return Refused("unknown_exercise", item.exercise[:40])
    return _decide_contribution(snapshot, one, item, role, now_ms, pending)


def is_stale(item: Item, role: str, now_ms: int) -> bool:
    """An act of the crew that was long on its way, as from a screen without network: it was meant for the room as it was then."""
    return item.exercise == STAGE and role in CREW and isinstance(item.made_at, int | float) and now_ms - item.made_at > STALE_MS


def shut(snapshot: RoomSnapshot, exercise: str, kinds: Collection[str]) -> Shut | None:
    """Why crew cannot enter contributions of these kinds now; None when one of them would be taken. Seconds of grace do not count."""
    one = snapshot.exercises[exercise]
    found = [_is_late(snapshot, one, kind, "crew", NEVER_AGAIN) for kind in sorted(kinds)]
    refused = next((word for word in found if isinstance(word, Refused)), None)
    if not found or False in found:
        return None
    return Shut(refused.detail if refused else WRONG_PHASE_WORDS, is_kept_aside=True in found)


def _decide_act(snapshot: RoomSnapshot, item: Item, role: str, pending: Container[str]) -> Accepted | Refused:
    kind = acts.KINDS.get(item.type)
    if kind is None:
        return Refused("unknown_type", item.type[:40])
    if role not in CREW and not (role == TABLE and kind is acts.Call):
        return Refused("no_right")
    read = _read(kind, item)
    if isinstance(read, Refused):
        return read
    data, body = read
    wrong = _check_act(snapshot, data, pending)
    return wrong or Accepted(item.type, data, body, acts.VERSION)


def _check_act(snapshot: RoomSnapshot, data: Any, pending: Container[str]) -> Refused | None:
    match data:
        case acts.Go(to=to) if to not in snapshot.course.index:
            return Refused("invalid", "to")
        case acts.Open(exercise=str(name)) | acts.Close(exercise=str(name)) | acts.Reveal(exercise=str(name)):
            return _check_movable(snapshot, name)
        case acts.Hide(id=name) | acts.Admit(id=name):
            return None if name in snapshot.rows or name in pending else Refused("not_found", "id")
        case acts.Until() if not snapshot.course.plan.lasting:
            return Refused("invalid", "at")
        case acts.Replan():
            return _check_replan(snapshot, data)
        case acts.Undo(seq=int(seq)) if all(act.seq != seq for act in snapshot.stage.undoable):
            return Refused("not_found", NOT_UNDOABLE_WORDS)
        case acts.Tick(step=step) if step not in snapshot.course.index:
            return Refused("invalid", "step")
    return None


def _check_replan(snapshot: RoomSnapshot, act: acts.Replan) -> Refused | None:
    """Whether the room still stands in that step is the fold's to say."""
    course = snapshot.course
    if act.from_step not in course.index:
        return Refused("invalid", "from")
    if not act.lengths.keys() <= {block.key for block in course.plan.blocks} or not (act.lengths or act.base or act.leave):
        return Refused("invalid", "lengths")
    return Refused("invalid", "base") if act.base and act.from_step != LOBBY else None


def _check_movable(snapshot: RoomSnapshot, name: str) -> Refused | None:
    """What every block carries is open until the room closes, and nobody opens or closes it."""
    one = snapshot.exercises.get(name)
    if one is None:
        return Refused("unknown_exercise", name)
    return Refused("invalid", "exercise") if one.is_companion else None


def _decide_contribution(
    snapshot: RoomSnapshot, one: ExerciseSnapshot, item: Item, role: str, now_ms: int, pending: Container[str]
) -> Accepted | Refused:
    placed = one.placed
    kind = Withdraw if item.type == WITHDRAW else placed.type.contributions.get(item.type)
    if kind is None:
        return Refused("unknown_type", item.type[:40])
    if not _has_right(placed, item, role):
        return Refused("no_right")
    read = _read(kind, item)
    if isinstance(read, Refused):
        return read
    data, body = read
    wrong = _check(snapshot, placed, item.type, data, pending)
    if wrong is not None:
        return wrong
    late = _is_late(snapshot, one, item.type, role, now_ms)
    if isinstance(late, Refused):
        return late
    return Accepted(item.type, data, body, placed.type.contributions_version, late, placed.definition.anonymous)


def _has_right(placed: Placed, item: Item, role: str) -> bool:
    """Participants give their own; crew and helpers give what only crew gives, or a sheet's answers on its behalf."""
    if role in PARTICIPANTS:
        kinds = placed.table_kinds if role == TABLE else placed.participant_kinds
        return item.on_behalf is None and (item.type == WITHDRAW or item.type in kinds)
    if role not in PAPER:
        return False
    if item.on_behalf is not None:
        return _IS_SHEET(item.on_behalf) is not None and (item.type == WITHDRAW or item.type in placed.crew_kinds)
    return item.type == WITHDRAW or (item.type in placed.crew_kinds and item.type not in placed.participant_kinds)


def _check(snapshot: RoomSnapshot, placed: Placed, kind: str, data: Any, pending: Container[str]) -> Refused | None:
    if isinstance(data, Withdraw):
        target = snapshot.rows.get(data.id)
        is_here = target.exercise == placed.id if target else data.id in pending
        return None if is_here else Refused("not_found", "id")
    wrong = placed.type.check(placed.definition, kind, data)
    return None if wrong is None else Refused("invalid", wrong)


def _is_late(snapshot: RoomSnapshot, one: ExerciseSnapshot, kind: str, role: str, now_ms: int) -> bool | Refused:
    """False when it counts, True when it is kept aside. Leaving a phase is followed by a grace of thirty seconds."""
    is_over = is_past(snapshot, now_ms)
    if _takes(one, one.phase, kind, role) and not is_over:
        return False
    left = [at for phase, at in one.opened.left if _takes(one, phase, kind, role)]
    if any(now_ms - at <= GRACE_MS for at in left):
        return False
    if left and kind in one.placed.card.late and not snapshot.course.plan.lasting:
        # What is open for days has no crew beside it that lets anything in afterwards; and what crew alone gives nobody has to let in.
        return kind in one.placed.table_kinds
    if not one.phase:
        return Refused("closed", CLOSED_WORDS) if snapshot.stage.is_closed else Refused("not_open", NOT_OPEN_WORDS)
    if one.phase == CLOSED or is_over:
        return Refused("closed", CLOSED_WORDS)
    return Refused("wrong_phase", WRONG_PHASE_WORDS)


def is_past(snapshot: RoomSnapshot, now_ms: int) -> bool:
    """Whether the time is over, the grace too, at which the room closes by itself: also when nobody has been there to write that down."""
    until = snapshot.stage.until
    return until is not None and until + GRACE_MS < now_ms < NEVER_AGAIN


def _takes(one: ExerciseSnapshot, key: str, kind: str, role: str) -> bool:
    phase = one.placed.card.phase(key)
    if phase is None:
        return False
    if kind == WITHDRAW:
        return True
    return kind in taken_of(phase, role)


def taken_of(phase: Phase, role: str) -> frozenset[str]:
    """The kinds of contributions that a ticket of that role may send in the phase."""
    if role == TABLE:
        return phase.accepts | phase.table_accepts
    return phase.accepts if role in PARTICIPANTS else phase.crew_accepts if role in PAPER else frozenset()


CLOSED_WORDS = _("Den här frågan är stängd. Ett svar efteråt skulle kunna peka ut dig, så det sparas inte.")
NOT_UNDOABLE_WORDS = _("Det går inte att ångra längre. Någon har redan gjort det, eller så har mycket annat hänt sedan dess.")
NOT_OPEN_WORDS = _("Den här frågan är inte öppen än.")
WRONG_PHASE_WORDS = _("Vi har gått vidare från det här steget.")


def _read(kind: type[msgspec.Struct], item: Item) -> tuple[Any, bytes] | Refused:
    """The decoded struct with the bytes to store, in Unicode NFC."""
    raw = bytes(item.data)
    if len(raw) > LARGEST:
        return Refused("too_large")
    try:
        if b"\\u" in raw or not raw.isascii():
            raw = _normal(raw)
        return _decoder(kind).decode(raw), raw
    except (msgspec.MsgspecError, UnicodeError) as error:
        return _invalid(str(error))


def _normal(raw: bytes) -> bytes:
    return msgspec.json.encode(clean_value(msgspec.json.decode(raw)))


def _invalid(said: str) -> Refused:
    """A short detail: the field when the message names one, else the message."""
    _message, _at, path = said.partition("`$.")
    detail = path.rstrip("`") or said
    return Refused("too_large" if " of length <= " in said else "invalid", detail[:200])


@cache
def _decoder(kind: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)
