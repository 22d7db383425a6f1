"""Pairing a projector: a computer that nobody signs in on shows a code, and the crew confirms it in the cockpit."""

from __future__ import annotations

import time
from collections.abc import Callable
from hmac import compare_digest
from secrets import randbelow

from mellanrum.core.ids import random_token, token_hash
from mellanrum.rooms.live.codes import Bucket, GuessBrake

OPEN_SECONDS = 600
OPEN_AT_ONCE = 200
SILENT_SECONDS = 30  # who has not asked for this long has gone, and gives way when it is full
NEW_AT_ONCE, NEW_PER_SECOND = 60, 1


class Pairing:
    """A projector that waits. `room_id` is empty until the crew has confirmed; the ticket waits for the projector to fetch it."""

    __slots__ = ("asked_at", "code", "ends_at", "room_id", "seconds", "ticket")

    def __init__(self, code: str, now: float) -> None:
        self.code = code
        self.ends_at = now + OPEN_SECONDS
        self.asked_at = now
        self.room_id = ""
        self.ticket = ""
        self.seconds = 0


class Pairings:
    """All that wait, by the hash of their secret: how long a look-up takes tells nothing of it. On the loop's thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, Pairing] = {}
        self.bucket = Bucket(NEW_AT_ONCE, NEW_PER_SECOND, clock)
        self.brake = GuessBrake(clock)

    def begin(self) -> tuple[str, Pairing] | None:
        """A secret and what waits for it; None when it is full of projectors that still ask."""
        self._forget_old()
        if len(self._open) >= OPEN_AT_ONCE and not self._drop_silent():
            return None
        secret, pairing = random_token(), Pairing(self._free_code(), self._clock())
        self._open[token_hash(secret)] = pairing
        return secret, pairing

    def asked(self, secret: str) -> Pairing | None:
        """The pairing with that secret; None when there is none or its time is over."""
        self._forget_old()
        pairing = self._open.get(token_hash(secret))
        if pairing is not None:
            pairing.asked_at = self._clock()
        return pairing

    async def find(self, person: str, code: str) -> Pairing | str:
        """What waits with that code, else `wrong` or `too-fast`. Wrong codes are counted for the person who typed them."""
        if self.brake.must_rest(person):
            return "too-fast"
        self._forget_old()
        typed = "".join(code.split()).encode(errors="replace")
        found = [pairing for pairing in self._open.values() if compare_digest(pairing.code.encode(), typed) and not pairing.room_id]
        if not found:
            self.brake.wrong(person)
            return "wrong"
        return found[0]

    async def confirm(self, pairing: Pairing, room_id: str, ticket: str, seconds: int) -> bool:
        """Let it fetch this ticket, which lasts so many seconds. False when it has ended meanwhile, or another room was faster."""
        self._forget_old()
        if pairing.room_id or pairing not in self._open.values():
            return False
        pairing.room_id, pairing.ticket, pairing.seconds = room_id, ticket, seconds
        return True

    def _forget_old(self) -> None:
        now = self._clock()
        for secret in [secret for secret, pairing in self._open.items() if pairing.ends_at <= now]:
            del self._open[secret]

    def _drop_silent(self) -> bool:
        secret = min(self._open, key=lambda one: self._open[one].asked_at)
        is_silent = self._clock() - self._open[secret].asked_at > SILENT_SECONDS
        if is_silent:
            del self._open[secret]
        return is_silent

    def _free_code(self) -> str:
        taken = {pairing.code for pairing in self._open.values()}
        while (code := f"{randbelow(10**6):06d}") in taken:
            pass
        return code
