"""Where the threads hand things to each other: questions to the stage thread, answers and callbacks to the loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from mellanrum.rooms.live.stage_thread import StageThread

T = TypeVar("T")
log = logging.getLogger(__name__)


class Desk:
    """`loop` is set when it runs; before that nobody asks."""

    def __init__(self, stage: StageThread) -> None:
        self._stage = stage
        self.loop: asyncio.AbstractEventLoop

    async def ask(self, job: Callable[[], T]) -> T:
        """Run `job` on the stage thread and wait for what it returns or raises."""
        future: asyncio.Future[T] = self.loop.create_future()
        self._stage.post(partial(_answer, job, future, self.soon))
        return await future

    def deliver(self, answers: list[tuple[Callable[[Any], None], Any]]) -> None:
        """On the writer thread: acts of the crew are acknowledged once folded, everything else at once."""
        soon = [pair for pair in answers if not getattr(pair[0], "after_fold", False)]
        folded = [pair for pair in answers if getattr(pair[0], "after_fold", False)]
        if soon:
            self.soon(_tell, soon)
        if folded:
            self._stage.post(partial(self.soon, _tell, folded))

    def soon(self, callback: Callable[..., object], *given: Any) -> None:
        """Run it on the loop, from any thread. When the loop has ended nobody waits: it is stored, and a retry will be told so."""
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(callback, *given)


def resolve(future: asyncio.Future[T], result: T) -> None:
    """On the loop: whoever waits gets it; who has given up does not."""
    if not future.done():
        future.set_result(result)


def _tell(answers: list[tuple[Callable[[Any], None], Any]]) -> None:
    for done, result in answers:
        try:
            done(result)
        except Exception:  # one broken answer must not keep the others of the batch waiting for ever
            log.exception("an answer could not be told")


def _answer(job: Callable[[], T], future: asyncio.Future[T], soon: Callable[..., None]) -> None:
    try:
        result = job()
    except Exception as problem:  # noqa: BLE001 - it is raised again where it was asked
        soon(_fail, future, problem)
    else:
        soon(resolve, future, result)


def _fail(future: asyncio.Future[T], problem: Exception) -> None:
    if not future.done():
        future.set_exception(problem)
