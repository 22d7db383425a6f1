"""Paper in the server's own line: one waits for the press, all others are told to ask again, and every other page goes on."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from mellanrum.outcomes.print.queue import PrintQueue
from mellanrum.rooms.live.pages import PageLane
from mellanrum.rooms.live.tests.serving import ask, serving
from tests.conformance.client import Answer, call
from tests.running import Running, demo, poll

WITHIN = 20.0
ADDRESS = "/gatherings/1/documentation.pdf"


class Printer:
    """A WSGI application: what ends in `.pdf` wishes for that paper, everything else is a page; the press stands still until `go`."""

    def __init__(self) -> None:
        self.queue = PrintQueue(patience=WITHIN)
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        paper = self.queue.wish(path, self._print) if path.endswith(".pdf") else b"page"
        start_response("202 Accepted" if paper is None else "200 OK", [("Content-Type", "text/plain")])
        return [paper or b"ask again"]

    def _print(self) -> bytes:
        self.begun.set()
        assert self.go.wait(WITHIN)
        return b"%PDF-1"


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def port(printer: Printer, tmp_path: Path) -> Iterator[int]:
    lane = PageLane(printer, spool_dir=tmp_path / "spool")
    with serving(lane) as port:
        yield port
        printer.go.set()
    lane.close()


def get(port: int, path: bytes) -> tuple[int, bytes]:
    return ask(port, b"GET %s HTTP/1.1\r\nhost: x\r\n\r\n" % path, seconds=WITHIN)[::2]


@pytest.mark.fault
def test_while_the_press_is_busy_everybody_else_is_told_at_once(port: int, printer: Printer) -> None:
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(get, port, b"/one.pdf")
        assert printer.begun.wait(WITHIN)
        for path in (b"/one.pdf", b"/two.pdf", b"/three.pdf") * 4:
            assert get(port, path) == (202, b"ask again")
            assert get(port, b"/page") == (200, b"page")
        assert not first.done()
        printer.go.set()
        assert first.result(WITHIN) == (200, b"%PDF-1")
    poll(lambda: get(port, b"/three.pdf") == (200, b"%PDF-1"), within=WITHIN, what="the others are printed, too")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with demo(tmp_path_factory.mktemp("printing") / "data") as product:
        yield product


def test_a_crowd_that_saves_the_same_paper_gets_it(running: Running) -> None:
    def save(_number: int) -> Answer:
        return call(running.base, "GET", ADDRESS, headers={"Accept-Language": "sv"})

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(save, range(8)))
    for answer in (one for one in answers if one.status != 200):
        assert answer.status == 202
        assert answer.header("Refresh") == "2"
        assert "PDF:en är på väg" in answer.body.decode()
        assert re.search(rf'href="{ADDRESS}"', answer.body.decode())
    poll(lambda: save(0).status == 200, within=WITHIN, what="it is printed")
    assert save(0).body.startswith(b"%PDF-")
    assert save(0).header("Content-Type") == "application/pdf"
    stranger = call(running.base, "GET", "/gatherings/999/documentation.pdf")
    assert stranger.status == 404
