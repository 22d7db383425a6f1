"""The server says goodbye and ends, and says in words when it cannot begin."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.utils import translation

from mellanrum.rooms.live.server import CannotListen, PortInUse, bind
from mellanrum.rooms.live.tests.serving import ask, connect, read_to_end, serving
from mellanrum.rooms.live.tests.test_protocol import app

pytestmark = pytest.mark.fault

GET = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
PROGRAM = """
import asyncio, sys, uvicorn
from mellanrum.rooms.live.server import bind, serve
streams = set()

async def app(scope, receive, send):
    streams.add(send)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello", "more_body": True})
    while (await receive())["type"] != "http.disconnect":
        pass

async def goodbye():
    for send in streams:
        await send({"type": "http.response.body", "body": b"bye"})

async def hang():
    await asyncio.sleep(60)

how, listener = sys.argv[1], bind("127.0.0.1", 0)
print(listener.getsockname()[1], flush=True)
if how == "plain":
    uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off")).run(sockets=[listener])
else:
    serve(app, listener, on_stop={"goodbye": goodbye, "nothing": None, "hang": hang}[how])
print("ended", flush=True)
"""


@contextmanager
def program(how: str) -> Iterator[tuple[subprocess.Popen[str], socket.socket]]:
    """The program in a process of its own, with one stream open."""
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, how], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        port = int(process.stdout.readline())
        with connect(port, GET) as stream:
            while b"hello" not in stream.recv(1000):
                pass
            yield process, stream
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_says_goodbye_to_the_streams_and_ends(number: signal.Signals) -> None:
    with program("goodbye") as (process, stream):
        began = time.monotonic()
        process.send_signal(number)
        assert b"bye" in read_to_end(stream)
        assert process.wait(8) == 0
        assert time.monotonic() - began < 8
        assert process.communicate() == ("ended\n", "")  # whoever called `serve` goes on and closes the rest


def test_plain_uvicorn_would_still_be_there() -> None:
    with program("plain") as (process, _stream):
        process.terminate()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)


def test_a_second_signal_ends_at_once() -> None:
    with program("nothing") as (process, _stream):
        process.terminate()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.7)
        process.terminate()
        assert process.wait(2) == 0


def test_a_goodbye_that_hangs_does_not_hold_the_second_signal() -> None:
    with program("hang") as (process, _stream):
        process.terminate()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.terminate()
        assert process.wait(8) == 0


def test_a_port_in_use_is_said_before_anything_starts() -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse) as refused, translation.override("sv"):
            bind("127.0.0.1", port)
        assert str(refused.value).startswith(f"Port {port} används redan av ett annat program")


def test_an_address_the_machine_does_not_have_is_said() -> None:
    for host in ("192.0.2.1", "no-such-host.invalid"):
        with pytest.raises(CannotListen) as refused, translation.override("sv"):
            bind(host, 0)
        assert host in str(refused.value)


def test_a_freed_port_can_be_taken_again_at_once() -> None:
    with bind("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        connect(port).close()
    bind("127.0.0.1", port).close()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="the machine has no IPv6")
def test_the_empty_host_answers_on_both_families() -> None:
    with bind("", 0) as listener:
        connect(listener.getsockname()[1]).close()
        socket.create_connection(("::1", listener.getsockname()[1])).close()
    with ExitStack() as open_ones:  # any one of them: another program may sit on a port of the other family
        listeners = [open_ones.enter_context(bind("::1", 0)) for _number in range(8)]
        assert any(_refuses(listener.getsockname()[1]) for listener in listeners)


def _refuses(port: int) -> bool:
    try:
        connect(port).close()
    except ConnectionRefusedError:
        return True
    return False


def test_answers_name_no_server(capfd: pytest.CaptureFixture[str]) -> None:
    with serving(app) as port:
        _status, headers, _body = ask(port, b"GET /secret?ticket=t HTTP/1.1\r\nhost: x\r\n\r\n")
    assert "server" not in headers
    assert "date" in headers
    assert capfd.readouterr() == ("", "")
