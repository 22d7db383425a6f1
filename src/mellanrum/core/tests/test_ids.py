"""Random names, secrets and the ports between packages."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest

from mellanrum.core import ports
from mellanrum.core.clock import now, now_ms
from mellanrum.core.ids import random_id, random_token, token_hash


def test_ids_are_short_safe_and_never_the_same() -> None:
    ids = {random_id() for _number in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[a-z2-7]{26}", one) for one in ids)


def test_an_id_carries_no_time() -> None:
    first, second = random_id(), random_id()
    assert first[:4] != second[:4] or first[4:8] != second[4:8]


def test_tokens_hold_256_bits_and_are_kept_as_hashes() -> None:
    tokens = {random_token() for _number in range(1000)}
    assert len(tokens) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", one) for one in tokens)
    assert token_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert len({token_hash(token) for token in tokens}) == 1000


@pytest.mark.parametrize("hostile", ["", "\ud800", "\0", "å" * 10_000])
def test_any_text_has_a_hash(hostile: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", token_hash(hostile))


def test_the_clock_is_one() -> None:
    before = time.time() * 1000 - 1
    assert before <= now_ms() <= time.time() * 1000 + 1
    assert abs(now().timestamp() * 1000 - now_ms()) < 1000
    assert now().utcoffset() == timedelta(0)


def test_a_port_gives_what_was_provided() -> None:
    def giver() -> str:
        return "given"

    assert ports.provided("test_port") is None
    ports.provide("test_port", giver)
    ports.provide("test_port", giver)  # the same again is no quarrel
    try:
        assert ports.provided("test_port") is giver
        with pytest.raises(ValueError, match="already provided"):
            ports.provide("test_port", lambda: "other")
    finally:
        ports.withdraw("test_port")
    assert ports.provided("test_port") is None
