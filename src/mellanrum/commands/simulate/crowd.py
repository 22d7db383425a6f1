"""Many made-up people at once, and what became of them."""

from __future__ import annotations

import asyncio
import signal
import sys
from random import Random

from mellanrum.commands.problems import Problem
from mellanrum.commands.simulate.http import Client
from mellanrum.commands.simulate.person import Person, Tally

# Outcomes that are a person's ordinary day; anything else makes the exit code 1.
_EXPECTED = ("refused: closed", "refused: not_open", "refused: wrong_phase", "refused: not_found")


async def simulate(code: str, *, base: str, participants: int, seconds: float | None, seed: int, pace: float = 1.0) -> int:
    """Let them live for some seconds (None: until the room closes), print a summary; 0 when all went as it should."""
    digits = code.replace(" ", "")
    if participants < 1:
        raise Problem("--participants must be at least 1.", exit_code=2)
    tally = Tally()
    try:
        crowd = [_person(number, digits, base, tally, seed=seed, pace=pace) for number in range(participants)]
    except ValueError as error:
        raise Problem(f"{base} is no address of a server; write it as http://127.0.0.1:8000.", exit_code=2) from error
    await _live(crowd, seconds)
    print(summary(tally, participants), file=sys.stdout, flush=True)
    unexpected = [what for what in tally.problems if what not in _EXPECTED]
    return 1 if unexpected or not tally.notes["joined"] else 0


def _person(number: int, code: str, base: str, tally: Tally, *, seed: int, pace: float) -> Person:
    chance = Random(f"{seed} {number}")  # noqa: S311 - people, not secrets
    return Person(number=number + 1000 * seed, code=code, client=Client(base), tally=tally, chance=chance, pace=pace)


async def _live(crowd: list[Person], seconds: float | None) -> None:
    lives = [asyncio.ensure_future(person.live()) for person in crowd]
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: [life.cancel() for life in lives])
    _done, still_here = await asyncio.wait(lives, timeout=seconds)
    for life in still_here:
        life.cancel()
    for outcome in await asyncio.gather(*lives, return_exceptions=True):
        if isinstance(outcome, Exception):
            raise outcome


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
