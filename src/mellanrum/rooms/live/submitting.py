"""`submit`: the one entrance to the ledger, for the live lane and for pages without JavaScript alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import msgspec

from mellanrum.core.clock import now_ms
from mellanrum.exercise_kit.contract import Withdraw
from mellanrum.rooms.ledger.rows import LedgerUnavailable, Outcome, Overloaded, Row
from mellanrum.rooms.live.items import Result
from mellanrum.rooms.live.refusals import REASONS, sentence
from mellanrum.rooms.live.tickets import Holder, anonymous_author
from mellanrum.rooms.plan import STAGE
from mellanrum.rooms.stage.gate import Accepted, Item, Refused, decide
from mellanrum.rooms.stage.room_fold import RoomSnapshot

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.room import LiveRoom

Answer = Callable[[list[Result] | str], None]

_encode = msgspec.json.Encoder().encode


class Submission:
    """One request on its way: what the gate said of each item, and what the ledger will say of the rest.

    Called by the writer with its outcomes; answers with one result per item, or with the slug of a problem that stopped all.
    """

    __slots__ = ("_answer", "_language", "_places", "_results", "after_fold", "rows")

    def __init__(self, answer: Answer, language: str) -> None:
        self._answer = answer
        self._language = language
        self._results: list[Result] = []
        self._places: list[int] = []
        self.rows: list[Row] = []
        self.after_fold = False

    def refuse(self, item: Item, refused: Refused) -> None:
        self._results.append(Result(item.id, "refused", reason=refused.reason, detail=sentence(refused, self._language)))

    def accept(self, row: Row) -> None:
        self._places.append(len(self._results))
        self._results.append(Result(row.id, "stored"))
        self.rows.append(row)
        self.after_fold = self.after_fold or row.exercise == STAGE

    def answer_now(self) -> None:
        """Nothing goes to the ledger."""
        self._answer(self._results)

    def __call__(self, outcomes: list[Outcome] | LedgerUnavailable) -> None:
        if isinstance(outcomes, LedgerUnavailable):
            self._answer("storage-full" if outcomes.code == "full" else "busy")
            return
        stored_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        for place, outcome in zip(self._places, outcomes, strict=True):
            result = self._results[place]
            result.status = outcome.status
            result.seq = outcome.seq
            result.late = outcome.late
            if outcome.status == "refused":
                reason = outcome.reason if outcome.reason in REASONS else "invalid"
                result.reason, result.detail = reason, sentence(Refused(reason), self._language)
            result.stored_at = stored_at if outcome.status != "refused" else None
        self._answer(self._results)


def submit(
    engine: Engine, room: LiveRoom, holder: Holder, token: str, items: list[Item], *, language: str, origin: str, answer: Answer
) -> None:
    """Send items through the gate and into the ledger; `answer` is called on the loop, with results or a problem's slug.

    `origin` tells the face they came through (phone, plain). On the loop's thread only.
    """
    now, snapshot = now_ms(), room.snapshot
    if _is_mixed(snapshot, items):
        answer("mixed")
        return
    submission = Submission(answer, language)
    for item in items:
        decision = decide(snapshot, item, holder.kind, now)
        if isinstance(decision, Refused):
            submission.refuse(item, decision)
            continue
        row = _row(engine, room, holder, token, item, decision, now, origin)
        if isinstance(decision.data, Withdraw) and not _is_theirs(snapshot, decision.data, row):
            submission.refuse(item, Refused("not_found"))
        else:
            submission.accept(row)
    if submission.rows:
        _store(engine, submission, answer)
    else:
        submission.answer_now()


def _is_mixed(snapshot: RoomSnapshot, items: list[Item]) -> bool:
    """Whether anonymous and other items came in one request: their arriving together would join them to one person."""
    if len(items) == 1:
        return False
    anonymous = {
        bool((one := snapshot.exercises.get(item.exercise)) and one.definition.anonymous and item.on_behalf is None) for item in items
    }
    return len(anonymous) > 1


def _is_theirs(snapshot: RoomSnapshot, withdraw: Withdraw, row: Row) -> bool:
    target = snapshot.rows.get(withdraw.id)
    return target is not None and target.author == row.author


def _store(engine: Engine, submission: Submission, answer: Answer) -> None:
    try:
        engine.writer.submit(submission.rows, submission)
    except Overloaded:
        answer("busy")


def _row(engine: Engine, room: LiveRoom, holder: Holder, token: str, item: Item, accepted: Accepted, now: int, origin: str) -> Row:
    """The row to store. An anonymous one has no time and an author that only the token can give again."""
    anonymous = accepted.anonymous and item.on_behalf is None
    body = _encode(accepted.data)
    return Row(
        room=room.id,
        seq=0,
        id=item.id,
        exercise=item.exercise,
        kind=accepted.kind,
        version=accepted.version,
        author=_author(engine, holder, token, item, anonymous=anonymous),
        role=holder.kind,
        origin=origin if item.on_behalf is None else "paper",
        data=body.decode(),
        at=None if accepted.anonymous else now,
        late=accepted.late,
        digest=_digest(item, body),
    )


def _author(engine: Engine, holder: Holder, token: str, item: Item, *, anonymous: bool) -> str:
    if item.on_behalf is not None:
        return f"sheet:{item.on_behalf}"
    if anonymous and not holder.is_crew:
        return anonymous_author(engine.server_key, token, item.exercise)
    return holder.name


def _digest(item: Item, body: bytes) -> bytes:
    """Tells a retry from another contribution under the same id."""
    said: Any = f"{item.exercise}\n{item.type}\n{item.on_behalf or ''}\n".encode()
    return blake2b(said + body, digest_size=8).digest()
