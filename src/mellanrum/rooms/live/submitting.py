"""`submit`: the one entrance to the ledger, for the live lane and for pages without JavaScript alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from mellanrum.exercise_kit.contract import Withdraw
from mellanrum.rooms.ledger.rows import LedgerUnavailable, Outcome, Overloaded, Row
from mellanrum.rooms.live.items import Result
from mellanrum.rooms.live.refusals import REASONS, sentence
from mellanrum.rooms.live.tickets import Holder, anonymous_author
from mellanrum.rooms.plan import STAGE
from mellanrum.rooms.stage.contributions import Call
from mellanrum.rooms.stage.course import WITHDRAW
from mellanrum.rooms.stage.gate import Accepted, Item, Refused, decide, is_stale
from mellanrum.rooms.stage.room_fold import RoomSnapshot

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.room import LiveRoom

Answer = Callable[[list[Result] | str], None]

_encode = msgspec.json.Encoder().encode


class Speaks(Protocol):
    """Whoever knows the language of the person; a request looks it up only when asked."""

    @property
    def language(self) -> str: ...


class Sender(NamedTuple):
    """Who sends: the ticket's holder and its token, the face it came through (phone, plain, paper) and the language."""

    holder: Holder
    token: str
    origin: str
    speaks: Speaks


class Submission:
    """One request on its way: what the gate said of each item, and what the ledger will say of the rest.

    Called by the writer with its outcomes; answers with one result per item, or with the slug of a problem that stopped all.
    """

    __slots__ = ("_answer", "_clock", "_places", "_results", "_speaks", "after_fold", "authors", "rows")

    def __init__(self, answer: Answer, speaks: Speaks, clock: Callable[[], int]) -> None:
        self._answer = answer
        self._speaks = speaks
        self._clock = clock
        self._results: list[Result] = []
        self._places: list[int | None] = []  # None: a row that the sender did not send as an item of its own
        self.rows: list[Row] = []
        self.authors: dict[str, str | None] = {}  # by id, of what is on its way
        self.after_fold = False

    def refuse(self, item: Item, refused: Refused) -> None:
        self._results.append(Result(item.id, "refused", reason=refused.reason, detail=sentence(refused, self._speaks.language)))

    def accept(self, row: Row, taking_back: Row | None = None) -> None:
        if taking_back is not None:
            self._places.append(None)
            self.rows.append(taking_back)
        self._places.append(len(self._results))
        self._results.append(Result(row.id, "stored"))
        self.rows.append(row)
        self.authors[row.id] = row.author
        self.after_fold = self.after_fold or row.exercise == STAGE

    def answer_now(self) -> None:
        """Nothing goes to the ledger."""
        self._answer(self._results)

    def __call__(self, outcomes: list[Outcome] | LedgerUnavailable) -> None:
        if isinstance(outcomes, LedgerUnavailable):
            self._answer("storage-full" if outcomes.code == "full" else "busy")
            return
        at = self._clock()
        for place, outcome in zip(self._places, outcomes, strict=True):
            if place is not None:
                self._results[place] = self._result(self._results[place].id, outcome, at)
        self._answer(self._results)

    def _result(self, name: str, outcome: Outcome, at: int) -> Result:
        if outcome.status == "refused":
            reason = outcome.reason if outcome.reason in REASONS else "invalid"
            return Result(name, "refused", reason=reason, detail=sentence(Refused(reason), self._speaks.language))
        return Result(name, outcome.status, outcome.seq, outcome.late, _written(at))


@lru_cache(maxsize=8)
def _written(at: int) -> str:
    """The moment as ISO 8601; a whole batch is answered in the same millisecond."""
    return datetime.fromtimestamp(at / 1000, tz=UTC).isoformat(timespec="milliseconds")


def submit(engine: Engine, room: LiveRoom, sender: Sender, items: list[Item], answer: Answer) -> None:
    """Send items through the gate and into the ledger; `answer` is called on the loop, with results or a problem's slug.

    On the loop's thread only.
    """
    if room.is_final:
        answer("room-closed")
        return
    now, snapshot = room.now_ms(), room.snapshot
    if len(items) > 1 and _is_mixed(snapshot, items):
        answer("mixed")
        return
    submission = Submission(answer, sender.speaks, room.now_ms)
    for item in items:
        taking_back = _let_through(engine, room, sender, _withdrawal(item), now, submission) if item.replaces else None
        row = taking_back if isinstance(taking_back, Refused) else _let_through(engine, room, sender, item, now, submission)
        if isinstance(row, Refused):
            submission.refuse(item, row)
        elif not isinstance(taking_back, Refused):
            submission.accept(row, taking_back)
    if submission.rows:
        _store(engine, submission, answer)
    else:
        submission.answer_now()


def _let_through(engine: Engine, room: LiveRoom, sender: Sender, item: Item, now: int, submission: Submission) -> Row | Refused:
    """The row to store, or why not: the gate's word, and that only one's own can be taken back."""
    if not room.is_rehearsal and is_stale(item, sender.holder.kind, now):  # there the clock is moved ahead of those who look at it
        return Refused("too_late")
    decision = decide(room.snapshot, item, sender.holder.kind, now, submission.authors)
    if isinstance(decision, Refused):
        return decision
    row = _row(engine, room, sender, item, _spoken(room.snapshot, sender, item, decision), now)
    if isinstance(decision.data, Withdraw) and _author_of(room.snapshot, submission, decision.data.id) != row.author:
        return Refused("not_found")
    return row


def _spoken(snapshot: RoomSnapshot, sender: Sender, item: Item, accepted: Accepted) -> Accepted:
    """What speaks for a table, and a call, takes the words of its phone as that table's, whatever they say."""
    one, table = snapshot.exercises.get(item.exercise), sender.holder.table
    if isinstance(accepted.data, Call) and not sender.holder.is_crew:
        return msgspec.structs.replace(accepted, data=msgspec.structs.replace(accepted.data, table=table))
    if not table or one is None or isinstance(accepted.data, Withdraw):
        return accepted
    kind_of = one.placed.type
    by_table = kind_of.companion.by_table if kind_of.companion else kind_of.by_table
    return msgspec.structs.replace(accepted, data=by_table(accepted.kind, accepted.data, table)) if by_table else accepted


def _withdrawal(item: Item) -> Item:
    """What `replaces` means: the contribution named there is taken back. Its id follows from the item's, so a retry is the same."""
    name = blake2b(f"replaces {item.id}".encode(), digest_size=16).hexdigest()
    data = msgspec.Raw(_encode({"id": item.replaces}))
    return Item(name, item.exercise, WITHDRAW, data, on_behalf=item.on_behalf)


def _is_mixed(snapshot: RoomSnapshot, items: list[Item]) -> bool:
    """Whether anonymous items came with named ones or with those of another anonymous exercise: arriving together joins them."""
    return len({_company(snapshot, item) for item in items}) > 1


def _company(snapshot: RoomSnapshot, item: Item) -> str:
    """What an item may arrive together with: everything named, or the same anonymous exercise."""
    one = snapshot.exercises.get(item.exercise)
    return item.exercise if one is not None and one.definition.anonymous and item.on_behalf is None else ""


def _author_of(snapshot: RoomSnapshot, submission: Submission, name: str) -> str | None:
    """Who gave that contribution, in the ledger or a moment ago in the same request."""
    target = snapshot.rows.get(name)
    return target.author if target else submission.authors.get(name)


def _store(engine: Engine, submission: Submission, answer: Answer) -> None:
    try:
        engine.writer.submit(submission.rows, submission)
    except Overloaded:
        answer("busy")


def _row(engine: Engine, room: LiveRoom, sender: Sender, item: Item, accepted: Accepted, now: int) -> Row:
    """The row to store. An anonymous one has no time and an author that only the token can give again.

    What crew presses keeps its time also there: it is nobody's answer, and the time of whoever speaks begins with it.
    """
    body = _encode(accepted.data)
    return Row(
        room=room.id,
        seq=0,
        id=item.id,
        exercise=item.exercise,
        kind=accepted.kind,
        version=accepted.version,
        author=_author(engine, sender, item, accepted),
        role=sender.holder.kind,
        origin=sender.origin if item.on_behalf is None else "paper",
        data=body.decode(),
        at=None if accepted.anonymous and not _is_an_act(sender, item) else now,
        late=accepted.late,
        digest=_digest(item, body),
    )


def _is_an_act(sender: Sender, item: Item) -> bool:
    """Crew's own, not a sheet they enter for somebody."""
    return sender.holder.is_crew and item.on_behalf is None


def _author(engine: Engine, sender: Sender, item: Item, accepted: Accepted) -> str:
    if item.on_behalf is not None:
        return f"sheet:{item.on_behalf}"
    if accepted.anonymous and not sender.holder.is_crew:
        return anonymous_author(engine.server_key, sender.token, item.exercise)
    return sender.holder.name


def _digest(item: Item, body: bytes) -> bytes:
    """Tells a retry from another contribution under the same id."""
    said = f"{item.exercise}\n{item.type}\n{item.on_behalf or ''}\n".encode()
    return blake2b(said + body, digest_size=8).digest()
