"""A projector's code: for its time, for one room, and not to be guessed."""

from __future__ import annotations

import asyncio

import pytest

from mellanrum.rooms.live.codes import WRONG_PER_CLIENT
from mellanrum.rooms.live.pairing import NEW_AT_ONCE, OPEN_AT_ONCE, OPEN_SECONDS, SILENT_SECONDS, Pairing, Pairings


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pairings(clock: Clock) -> Pairings:
    return Pairings(clock)


def begin(pairings: Pairings) -> tuple[str, Pairing]:
    begun = pairings.begin()
    assert begun
    return begun


def find(pairings: Pairings, code: str, person: str = "1") -> Pairing | str:
    return asyncio.run(pairings.find(person, code))


def confirm(pairings: Pairings, pairing: Pairing, room: str = "room") -> bool:
    return asyncio.run(pairings.confirm(pairing, room, "ticket", 60))


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_who_has_the_secret_gets_the_ticket_once_the_code_is_confirmed(pairings: Pairings) -> None:
    secret, pairing = begin(pairings)
    assert len(secret) == 43  # 256 bits
    assert len(pairing.code) == 6
    waiting = pairings.asked(secret)
    assert waiting
    assert (waiting.room_id, waiting.ticket) == ("", "")
    assert find(pairings, f" {pairing.code[:3]} {pairing.code[3:]} ") is pairing
    assert confirm(pairings, pairing)
    for _ in range(2):  # an answer may be lost on the way
        found = pairings.asked(secret)
        assert found
        assert (found.room_id, found.ticket, found.seconds) == ("room", "ticket", 60)


def test_a_code_is_good_for_one_room(pairings: Pairings) -> None:
    _, pairing = begin(pairings)
    assert confirm(pairings, pairing)
    assert not confirm(pairings, pairing, "another")
    assert pairing.room_id == "room"
    assert find(pairings, pairing.code) == "wrong"


def test_a_code_ends_with_its_time(pairings: Pairings, clock: Clock) -> None:
    secret, pairing = begin(pairings)
    clock.now += OPEN_SECONDS - 1
    assert find(pairings, pairing.code) is pairing
    clock.now += 1
    assert find(pairings, pairing.code) == "wrong"
    assert not confirm(pairings, pairing)
    assert pairings.asked(secret) is None


@pytest.mark.parametrize("secret", ["", "x" * 43, "å"])
def test_another_secret_opens_nothing(pairings: Pairings, secret: str) -> None:
    begin(pairings)
    assert pairings.asked(secret) is None


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "åäö\ud800"])
def test_what_is_no_code_is_a_wrong_one(pairings: Pairings, code: str) -> None:
    begin(pairings)
    assert find(pairings, code) == "wrong"


def test_who_guesses_rests_and_others_do_not(pairings: Pairings, clock: Clock) -> None:
    _, pairing = begin(pairings)
    for _ in range(WRONG_PER_CLIENT):
        assert find(pairings, another(pairing.code)) == "wrong"
    assert find(pairings, pairing.code) == "too-fast"
    assert find(pairings, pairing.code, "2") is pairing
    clock.now += 6
    assert find(pairings, pairing.code) is pairing


def test_codes_differ_and_only_the_silent_give_way(pairings: Pairings, clock: Clock) -> None:
    begun = [begin(pairings) for _ in range(OPEN_AT_ONCE)]
    assert len({pairing.code for _, pairing in begun}) == OPEN_AT_ONCE
    assert pairings.begin() is None
    clock.now += SILENT_SECONDS + 1
    for secret, _ in begun[1:]:
        assert pairings.asked(secret)
    assert pairings.begin()
    assert pairings.asked(begun[0][0]) is None
    assert pairings.begin() is None


def test_new_ones_come_one_a_second_after_the_first(pairings: Pairings, clock: Clock) -> None:
    assert all(pairings.bucket.take() for _ in range(NEW_AT_ONCE))
    assert not pairings.bucket.take()
    clock.now += 1
    assert pairings.bucket.take()
