"""The queue of the printing press: one run for all who wish the same, one after the other, and never two threads waiting."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from mellanrum.outcomes.print.queue import PrintQueue

WITHIN = 20.0


@dataclass
class Slow:
    """A print that has begun when `begun` is set and ends when `go` is; it counts its runs."""

    content: bytes = b"%PDF-1"
    runs: int = 0
    begun: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> bytes:
        self.runs += 1
        self.begun.set()
        assert self.go.wait(WITHIN)
        return self.content


@pytest.fixture
def pages() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def first(pages: ThreadPoolExecutor, queue: PrintQueue, name: str, slow: Slow) -> Future[bytes | None]:
    """Somebody who waits in their page thread for a print that has begun."""
    waiting = pages.submit(queue.wish, name, slow)
    assert slow.begun.wait(WITHIN)
    return waiting


def test_the_same_wish_shares_one_run_and_nobody_else_waits(pages: ThreadPoolExecutor) -> None:
    queue, slow = PrintQueue(patience=WITHIN), Slow()
    waiting = first(pages, queue, "a", slow)
    assert [queue.wish("a", slow) for _ in range(5)] == [None] * 5  # at once, while the print goes on
    assert not waiting.done()
    slow.go.set()
    assert waiting.result(WITHIN) == b"%PDF-1"
    assert queue.wish("a", slow) == b"%PDF-1"
    assert slow.runs == 1


def test_another_document_waits_its_turn_without_a_thread(pages: ThreadPoolExecutor) -> None:
    queue, one, two = PrintQueue(patience=WITHIN), Slow(), Slow(b"%PDF-2")
    waiting = first(pages, queue, "a", one)
    assert queue.wish("b", two) is None
    assert not two.begun.is_set()
    one.go.set()
    two.go.set()
    assert waiting.result(WITHIN) == b"%PDF-1"
    assert queue.wish("b", two) == b"%PDF-2"
    assert two.runs == 1


def test_patience_ends_and_the_print_goes_on() -> None:
    queue, slow = PrintQueue(patience=0.01), Slow()
    assert queue.wish("a", slow) is None
    slow.go.set()
    patient = next(found for _ in range(10_000) if (found := queue.wish("a", slow)))
    assert (patient, slow.runs) == (b"%PDF-1", 1)


def test_a_failure_is_told_and_the_next_wish_tries_again() -> None:
    queue, runs = PrintQueue(patience=WITHIN), 0

    def fails_once() -> bytes:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise ValueError("no paper")
        return b"%PDF-2"

    with pytest.raises(ValueError, match="no paper"):
        queue.wish("a", fails_once)
    assert queue.wish("a", fails_once) == b"%PDF-2"


def test_only_a_few_are_kept_and_only_a_few_may_wait(pages: ThreadPoolExecutor) -> None:
    queue, slow = PrintQueue(patience=WITHIN, kept=2, most=2), Slow()
    counts = dict.fromkeys("abc", 0)

    def make(name: str) -> bytes:
        counts[name] += 1
        return name.encode()

    for name in "abc":
        assert queue.wish(name, lambda name=name: make(name)) == name.encode()  # type: ignore[misc]
    assert queue.wish("a", lambda: make("a")) == b"a"
    assert counts == {"a": 2, "b": 1, "c": 1}
    waiting = first(pages, queue, "slow", slow)
    assert [queue.wish(name, slow) for name in ("d", "e")] == [None, None]
    slow.go.set()
    assert waiting.result(WITHIN)
    assert slow.runs <= 2  # `e` was never taken in


def test_what_is_ready_can_be_forgotten() -> None:
    runs: list[int] = []
    queue = PrintQueue(patience=WITHIN)
    for _wish in range(2):
        queue.wish("a", lambda: runs.append(1) or b"%PDF-1")  # type: ignore[func-returns-value]
    assert len(runs) == 1  # the control: it was kept
    queue.forget()
    queue.wish("a", lambda: runs.append(1) or b"%PDF-1")  # type: ignore[func-returns-value]
    assert len(runs) == 2
