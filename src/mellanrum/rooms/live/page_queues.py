"""Threads for pages: most are quick and share a few; a page that draws pictures or sets paper waits in a line of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

Page = TypeVar("Page")
QUICK: Final = ""
# Whoever adds a page that works for seconds adds a line here: the others go on meanwhile, and these come one after the other.
SLOW: Final = (
    (re.compile(r"/programmes/\d+/decks/\d+/pictures"), "pictures"),
    (re.compile(r"/r/[^/]+/plain/photo"), "pictures"),
    (re.compile(r"/.+\.pdf"), "paper"),
)
# One thread each, but for paper: there whoever waits for the press sits on one, and the other tells everybody else to ask again.
_THREADS: Final = {"paper": 2}
_MOST_WAITING: Final = 8


def line_of(path: str) -> str:
    """The name of the line in which that page waits; empty for quick ones."""
    return next((line for pattern, line in SLOW if pattern.fullmatch(path)), QUICK)


def slow_line(name: str) -> PageQueue:
    """The queue of one of those lines."""
    return PageQueue(name, _THREADS.get(name, 1), _MOST_WAITING)


class PageQueue:
    """One line and its threads. The loop alone counts who is inside."""

    def __init__(self, name: str, threads: int, max_waiting: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=f"page-{name}" if name else "page")
        self._places = threads + max_waiting
        self.inside = 0

    @property
    def is_full(self) -> bool:
        return self.inside >= self._places

    def enter(self, work: Callable[[], Page]) -> Future[Page]:
        """Take a place; `leave` gives it back when the work is done or dropped."""
        self.inside += 1
        return self._threads.submit(work)

    def lookup(self, work: Callable[[], Page]) -> Future[Page]:
        """A short question in between, which takes no place."""
        return self._threads.submit(work)

    def leave(self) -> None:
        self.inside -= 1

    def close(self) -> None:
        """Let what runs finish and drop what waits."""
        self._threads.shutdown(wait=True, cancel_futures=True)
