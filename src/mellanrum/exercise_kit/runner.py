"""Runs the fold of one exercise: keeps its events, leaves the void ones out, and folds again when that changes."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from mellanrum.exercise_kit.contract import Envelope, Event, Exercise


class Runner:
    """One exercise of one room, owned by one thread; `mine` may be called from any.

    `voided` are the seqs that do not count because crew hid them, `withdrawn` those their authors took back. What no longer
    counts is folded away lazily, at the next look at `state`.
    """

    def __init__(self, exercise: Exercise, definition: Any) -> None:
        self.exercise = exercise
        self.definition = definition
        self.events: list[Event] = []
        self.voided: set[int] = set()
        self.withdrawn: set[int] = set()
        self._state: Any = exercise.empty(definition)
        self._is_stale = False
        self._by_author: dict[str, list[Envelope]] = {}

    @property
    def state(self) -> Any:
        """The immutable state of everything that counts."""
        if self._is_stale:
            self._refold()
        return self._state

    def apply(self, event: Event) -> None:
        """The next event in ledger order."""
        if isinstance(event, Envelope):
            if event.seq in self.withdrawn:
                return
            self._by_author.setdefault(event.author, []).append(event)
        self.events.append(event)
        if not self._is_stale and self._counts(event):
            self._state = self.exercise.fold(self.definition, self._state, event)

    def void(self, seq: int) -> None:
        """Let the contribution with that seq no longer count."""
        if seq not in self.voided:
            self.voided.add(seq)
            self._is_stale = True

    def unvoid(self, seq: int) -> None:
        """Let it count again."""
        if seq in self.voided:
            self.voided.discard(seq)
            self._is_stale = True

    def withdraw(self, seq: int) -> None:
        """Its author took it back: nobody's any more. Types that get `Withdrawn` events keep folding it until that event."""
        self.withdrawn.add(seq)
        if self.exercise.refolds_withdrawals:
            self._is_stale = True

    def forget(self, seq: int) -> None:
        """Take the contribution out as if it had never come (a late one no longer admitted)."""
        self.events = [event for event in self.events if not (isinstance(event, Envelope) and event.seq == seq)]
        for author, mine in self._by_author.items():
            self._by_author[author] = [one for one in mine if one.seq != seq]
        self._is_stale = True

    def replaced_by(self, target: Envelope) -> tuple[int, ...]:
        """The seq of `target` and of everything it replaced: taking it away must not bring back what came before."""
        slot = self._slot(target)
        if slot is None:
            return (target.seq,)
        earlier = (one.seq for one in self._by_author.get(target.author, ()) if one.seq < target.seq and self._slot(one) == slot)
        return (*earlier, target.seq)

    def mine(self, author: str) -> list[Envelope]:
        """What this person gave that still stands, the last one per slot, oldest first."""
        standing: dict[Hashable, Envelope] = {}
        for one in self._by_author.get(author, ()):
            if one.seq not in self.voided and one.seq not in self.withdrawn:
                slot = self._slot(one)
                key = one.id if slot is None else (slot,)
                standing.pop(key, None)
                standing[key] = one
        return list(standing.values())

    def changed(self) -> set[int]:
        """The seqs of everything its author has given something else for, whether that counts or not."""
        found: set[int] = set()
        for mine in self._by_author.values():
            last: dict[Hashable, int] = {}
            for one in mine:
                slot = self._slot(one)
                if slot is not None:
                    found |= {last[slot]} if slot in last else set()
                    last[slot] = one.seq
        return found

    def _slot(self, one: Envelope) -> Hashable | None:
        return self.exercise.slot(one.kind, one.data)

    def _refold(self) -> None:
        fold, definition, state = self.exercise.fold, self.definition, self.exercise.empty(self.definition)
        for event in self.events:
            if self._counts(event):
                state = fold(definition, state, event)
        self._state = state
        self._is_stale = False

    def _counts(self, event: Event) -> bool:
        if not isinstance(event, Envelope):
            return True
        return event.seq not in self.voided and not (self.exercise.refolds_withdrawals and event.seq in self.withdrawn)
