"""`GET events`: hello, cells, beats; the latest value and nothing else."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.conformance.client import Holder, call, example_item, open_exercises
from tests.conformance.conftest import Place

pytestmark = pytest.mark.conformance


def test_hello_comes_first_and_all_cells_with_it(person: Holder, rating: str) -> None:
    with person.events() as stream:
        hello = stream.until("hello").data
        assert {"protocol", "release", "assets", "room", "epoch", "now", "v", "cells"} <= set(hello)
        assert hello["room"] == person.room
        assert {"stage", "people", f"exercise-{rating}"} <= set(hello["cells"])
        for name in hello["cells"]:
            event = stream.take(within=15)
            assert event is not None
            assert (event.name, event.data["cell"]) == ("cell", name)
            assert {"cell", "v", "value"} <= set(event.data)
            assert event.data["v"] <= hello["v"]
        assert stream.cells == person.state()["cells"]


def test_the_headers_of_a_stream(person: Holder) -> None:
    with person.events() as stream:
        assert stream.status == 200
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert {"no-store", "no-transform"} <= {word.strip() for word in stream.headers["Cache-Control"].split(",")}
        assert stream.headers["X-Accel-Buffering"] == "no"
        assert "Content-Encoding" not in stream.headers
        stream.until("hello")
        assert len(stream.raw) >= 2048  # padding, for proxies that hold back the beginning


def test_a_beat_at_least_every_five_seconds(person: Holder) -> None:
    with person.events() as stream:
        stream.until("hello")
        start = time.monotonic()
        beat = stream.until("beat", within=8)
        assert time.monotonic() - start < 6.5
        assert abs(beat.data["now"] - person.state()["now"]) < 2_000


def test_a_message_reaches_every_phone(person: Holder, other: Holder, crew: Holder) -> None:
    with person.events() as one, other.events() as two:
        one.until("hello")
        two.until("hello")
        seq = crew.act("message", text="Fika om fem minuter")["seq"]
        for stream in (one, two):
            assert stream.cell("stage", where=lambda value: value["message"] == "Fika om fem minuter")
            assert stream.versions["stage"] >= seq
    crew.act("message", text="")


def test_the_ledger_sequence_is_the_version(person: Holder, crew: Holder) -> None:
    before = person.state()["version"]
    seq = person.send(example_item(next(open_exercises(person.state()))))[0]["seq"]
    assert seq == before + 1
    assert crew.act("message", text="")["seq"] == seq + 1
    with person.events() as stream:
        assert stream.until("hello").data["v"] >= seq + 1


def test_own_effect_is_in_the_cell_with_that_version(person: Holder, crew: Holder, rating: str) -> None:
    with crew.events() as stream:
        stream.until("hello")
        before = stream.cell(f"exercise-{rating}")["answered"]
        seq = person.send(example_item(next(open_exercises(person.state()))))[0]["seq"]
        stream.cell(f"exercise-{rating}", where=lambda value: value["answered"] == before + 1)
        assert stream.versions[f"exercise-{rating}"] >= seq


def test_many_changes_are_coalesced_and_end_right(person: Holder, crew: Holder) -> None:
    items = [
        {"id": f"coalesce-{time.time_ns()}-{number:04d}", "exercise": "stage", "type": "message", "data": {"text": f"rad {number}"}}
        for number in range(60)
    ]
    with person.events() as stream:
        stream.until("hello")
        for start in range(0, 60, 10):
            assert all(result["status"] == "stored" for result in crew.send(*items[start : start + 10]))
        seen = 0
        while stream.cells.get("stage", {}).get("message") != "rad 59":
            stream.until("cell")
            seen += 1
        assert seen < 30
    crew.act("message", text="")


def test_our_own_pages_listen_to_html(person: Holder) -> None:
    with person.events("?as=html") as stream:
        stream.until("hello")
        first = stream.until("cell").data
        assert isinstance(first["html"], str)
        assert "value" not in first


def test_events_need_a_ticket(place: Place, person: Holder) -> None:
    answer = call(place.base, "GET", person.path("events"))
    assert answer.status == 401
    assert answer.header("Content-Type").startswith("application/problem+json")


def test_the_fifth_stream_of_a_ticket_sends_the_oldest_home(person: Holder) -> None:
    streams = [person.events() for _ in range(5)]
    try:
        for stream in streams:
            stream.until("hello")
        bye = streams[0].until("bye").data
        assert bye["reason"] == "elsewhere"
    finally:
        for stream in streams:
            stream.close()


def test_a_stream_that_is_told_bye_ends_as_http_says(person: Holder) -> None:
    """On raw bytes: without the last chunk of chunked transfer browsers complain of half an answer."""
    address = urlsplit(person.base)
    with socket.create_connection((address.hostname or "", address.port or 80), timeout=20) as wire:
        head = f"GET {person.path('events')} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {person.ticket}\r\n\r\n"
        wire.sendall(head.encode())
        got = wire.recv(65_536)
        assert b"transfer-encoding: chunked" in got.lower()
        others = [person.events() for _ in range(4)]  # the fifth sends the oldest home
        while part := wire.recv(65_536):
            got += part
        for stream in others:
            stream.close()
    assert b"event: bye" in got
    assert got.endswith(b"\n\n\r\n0\r\n\r\n")


@pytest.mark.parametrize("audience", ["phone", "projector", "crew"])
def test_what_is_streamed_is_what_state_says(crew: Holder, audience: str, rating: str) -> None:
    with crew.events(f"?audience={audience}") as stream:
        hello = stream.until("hello").data
        for _ in hello["cells"]:
            stream.until("cell")
        cells = {name: stream.cells[name] for name in hello["cells"]}
        assert cells == crew.state(f"?audience={audience}")["cells"]
