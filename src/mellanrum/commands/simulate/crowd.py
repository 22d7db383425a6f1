"""Many made-up people at once, and what became of them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from mellanrum.commands.problems import Problem
from mellanrum.commands.simulate.http import Client
from mellanrum.commands.simulate.person import Person, Tally

GIVE_WAY = 10
STDIN = 0
AGAIN = 0.5  # seconds
# Outcomes that are a person's ordinary day; anything else makes the exit code 1.
_EXPECTED = ("refused: closed", "refused: not_open", "refused: wrong_phase", "refused: not_found")


@dataclass(frozen=True)
class Manner:
    """What kind of people: how quick, in which language, and `lifelike`: some come late and some pass.

    Those who are `attached` go home when standard input ends, and give way to everything else on the computer.
    """

    pace: float = 1.0
    language: str = "sv"
    lifelike: bool = False
    attached: bool = False


async def simulate(code: str, *, base: str, participants: int, seconds: float | None, seed: int, manner: Manner | None = None) -> int:
    """Let them live for some seconds (None: until the room closes), print a summary; 0 when all went as it should."""
    manner = manner or Manner()
    digits = code.replace(" ", "")
    if participants < 1:
        raise Problem("--participants must be at least 1.", exit_code=2)
    tally = Tally()
    try:
        crowd = [_person(number, digits, base, tally, seed=seed, manner=manner) for number in range(participants)]
    except ValueError as error:
        raise Problem(f"{base} is no address of a server; write it as http://127.0.0.1:8000.", exit_code=2) from error
    await _live(crowd, seconds, attached=manner.attached)
    print(summary(tally, participants), file=sys.stdout, flush=True)
    unexpected = [what for what in tally.problems if what not in _EXPECTED]
    return 1 if unexpected or not tally.notes["joined"] else 0


def _person(number: int, code: str, base: str, tally: Tally, *, seed: int, manner: Manner) -> Person:
    chance = Random(f"{seed} {number}")  # noqa: S311 - people, not secrets
    person = Person(number=number + 1000 * seed, code=code, client=Client(base), tally=tally, chance=chance)
    person.pace, person.language, person.lifelike = manner.pace, manner.language, manner.lifelike
    return person


async def _live(crowd: list[Person], seconds: float | None, *, attached: bool) -> None:
    lives = [asyncio.ensure_future(person.live()) for person in crowd]
    loop = asyncio.get_running_loop()
    sent_home = asyncio.ensure_future(asyncio.Event().wait())
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, sent_home.cancel)
    if attached:
        os.nice(GIVE_WAY)
        loop.add_reader(STDIN, _hear, loop, sent_home.cancel)
    all_gone = asyncio.gather(*lives, return_exceptions=True)
    ends: tuple[asyncio.Future[Any], ...] = (all_gone, sent_home)
    await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    sent_home.cancel()
    await _send_home(lives)
    for outcome in await all_gone:
        if isinstance(outcome, Exception):
            raise outcome


async def _send_home(lives: Sequence[asyncio.Future[None]]) -> None:
    """Again and again: whose connection breaks in the same moment may not have heard it."""
    still_here = {life for life in lives if not life.done()}
    while still_here:
        for life in still_here:
            life.cancel()
        _gone, still_here = await asyncio.wait(still_here, timeout=AGAIN)


def _hear(loop: asyncio.AbstractEventLoop, go_home: Callable[[], object]) -> None:
    """Nobody says anything there; it ends when whoever started us does."""
    if not os.read(STDIN, 1024):
        loop.remove_reader(STDIN)
        go_home()


def summary(tally: Tally, participants: int) -> str:
    notes = tally.notes
    lines = [
        f"{notes['joined']} of {participants} joined.",
        f"{notes['stored']} contributions stored, {notes['duplicate']} already there, {notes['refused']} refused.",
        f"{notes['cells']} cells seen, {notes['lost contact']} times lost contact, {notes['came back']} times back, "
        f"{notes['asked to wait']} times asked to wait.",
    ]
    lines += [f"{what}: {count}" for what, count in sorted(tally.problems.items())]
    return "\n".join(lines)
