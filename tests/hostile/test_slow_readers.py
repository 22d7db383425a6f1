"""Who reads slowly is let go and comes back to what is true now; nobody else waits for it."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack, closing

import pytest

from tests.conformance.client import Holder, join, new_id
from tests.hostile.wire import closed_within, connect
from tests.running import Running

pytestmark = pytest.mark.fault


def _silent_listener(product: Running, person: Holder) -> socket.socket:
    wire = connect(product.base)
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    wire.sendall(
        f"GET {person.path('events?as=html')} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {person.ticket}\r\n\r\n".encode()
    )
    return wire


@pytest.mark.slow  # megabytes have to gather before a reader counts as slow
def test_silent_listeners_slow_nobody_and_are_let_go(product: Running, crew: Holder, exercise: str) -> None:
    with ExitStack() as stack:
        silent = [stack.enter_context(closing(_silent_listener(product, join(product.base, product.code)))) for _ in range(20)]
        stream = stack.enter_context(join(product.base, product.code).events())
        stream.until("hello")
        slowest = max(_publish(crew, stream, number) for number in range(25))
        assert slowest < 3
        assert stream.cells["stage"]["message"].endswith(" 24")
    assert len(silent) == 20
    crew.act("message", text="")


def _publish(crew: Holder, stream: object, number: int) -> float:
    text = "x" * 390 + f" {number}"
    start = time.monotonic()
    crew.send({"id": new_id(), "exercise": "stage", "type": "message", "data": {"text": text}})
    stream.cell("stage", where=lambda value: value["message"] == text)  # type: ignore[attr-defined]
    return time.monotonic() - start


def test_a_listener_that_leaves_without_a_word_is_forgotten(product: Running, person: Holder) -> None:
    for _ in range(30):
        wire = connect(product.base)
        wire.sendall(f"GET {person.path('events')} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {person.ticket}\r\n\r\n".encode())
        wire.recv(10)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        wire.close()  # a reset, as when a phone leaves the building
    with person.events() as stream:
        assert stream.until("hello")


def test_what_comes_after_the_request_of_a_stream_ends_it(product: Running, person: Holder) -> None:
    with closing(connect(product.base)) as wire:
        wire.sendall(f"GET {person.path('events')} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {person.ticket}\r\n\r\n".encode())
        assert wire.recv(100)
        wire.sendall(b"\x00garbage\r\n\r\n" * 2_000)
        assert closed_within(wire, 6) or product.process.poll() is None
