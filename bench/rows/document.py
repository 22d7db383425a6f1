"""The documentation of 40 people and 400 contributions: from closing the meeting to the PDF in hand, beside WeasyPrint."""

from __future__ import annotations

import functools
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import bench.reference
from bench.frame import CannotMeasure, Measured, row
from bench.load import server_cores
from bench.meeting import hold_meeting, take_note
from bench.programs import python_of_references
from tests.conformance.client import API, Holder, call, post_json
from tests.running import Running, poll, start_demo

PEOPLE, CONTRIBUTIONS, PHOTOS = 40, 400, 4
TEMPLATE = "larandetraff"
ROUNDS = 3
PATIENCE = 180
WEASY = Path(bench.reference.__file__).parent / "weasy.py"


class Paper(NamedTuple):
    """Seconds from the press on close to the PDF, the first time and usually, and of WeasyPrint's; `why` there are none of those."""

    first: float
    ours: float
    weasyprint: float | None
    why: str = ""


@row("document", unit="s from closing to PDF", goal="<= 2")
def closing_to_pdf() -> Measured:
    """Over HTTP: the act, the harvest, the process that lays out."""
    paper = measure_document()
    if paper.why:
        print(f"  without WeasyPrint beside it: {paper.why}", file=sys.stderr)
    return Measured(paper.ours, paper.weasyprint, is_yardstick=True)


@row("document-first", unit="s from closing to PDF", goal="<= 2")
def first_closing_to_pdf() -> Measured:
    """The same the first time since the start: no photo has been made fit for paper yet."""
    paper = measure_document()
    return Measured(paper.first, paper.weasyprint, is_yardstick=True)


@row("document-weasyprint", unit="s from closing to PDF", goal="<= 0.25")
def beside_weasyprint() -> Measured:
    """Ours from closing, with harvest, HTTP and a process of its own; WeasyPrint's warm, from the tree as HTML, its files in memory."""
    paper = measure_document()
    if paper.weasyprint is None:
        raise CannotMeasure(f"{paper.why} (ours took {paper.ours:.3g} s)")
    return Measured(paper.ours, paper.weasyprint)


@functools.cache
def measure_document() -> Paper:
    with tempfile.TemporaryDirectory(prefix="mellanrum-bench-") as name:
        running = start_demo(Path(name) / "data", cores=server_cores(), arguments=("--template", TEMPLATE))
        try:
            return _measure(running)
        finally:
            running.stop()


def _measure(running: Running) -> Paper:
    room = post_json(running.base, f"{API}/join", {"code": running.code}).json["room_id"]
    crew = Holder(running.base, room, running.ticket)
    given = hold_meeting(running, crew, people=PEOPLE, contributions=CONTRIBUTIONS, photos=PHOTOS)
    assert given >= CONTRIBUTIONS, f"only {given} contributions were stored"
    page = f"/gatherings/{_gathering(running, room)}/documentation"
    turns = [_close_to_pdf(crew, page, turn) for turn in range(ROUNDS)]
    first, ours = turns[0], statistics.median(turns)
    try:
        return Paper(first, ours, _weasyprint(f"{running.base}{page}"))
    except CannotMeasure as problem:
        return Paper(first, ours, None, str(problem))


def _close_to_pdf(crew: Holder, page: str, turn: int) -> float:
    """Seconds from the press on close. Every turn has a line more, so that no PDF can be one that was made before."""
    if turn:
        assert crew.act("open")["status"] == "stored"
        take_note(crew, "note", {"text": f"En rad till, nummer {turn}", "who": ""})
    begun = time.perf_counter()
    assert crew.act("close")["status"] == "stored"
    poll(lambda: call(crew.base, "GET", f"{page}.pdf").body.startswith(b"%PDF-"), within=60, every=0.05, what="the PDF")
    return time.perf_counter() - begun


def _gathering(running: Running, room: str) -> int:
    with closing(sqlite3.connect(running.data / "mellanrum.sqlite3")) as database:
        return int(database.execute("SELECT gathering_id FROM rooms_room WHERE id = ?", (room,)).fetchone()[0])


def _weasyprint(url: str) -> float:
    """Seconds on the server's core. Raises CannotMeasure."""
    cores = ",".join(map(str, server_cores()))
    line = ["taskset", "-c", cores, str(python_of_references()), str(WEASY), url, str(ROUNDS)]
    try:
        done = subprocess.run(line, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as late:
        raise CannotMeasure(f"WeasyPrint took more than {PATIENCE} s for {ROUNDS + 1} documents") from late
    if done.returncode:
        raise CannotMeasure(f"WeasyPrint did not run: {done.stderr.strip()[-300:]}")
    return float(statistics.median(json.loads(done.stdout)["seconds"]))
