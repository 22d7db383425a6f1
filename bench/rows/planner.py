"""An edit in a plan of sixty blocks, from the request to what every page is told: time in the server, and questions to the database."""

from __future__ import annotations

import functools
import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection
from django.test import Client
from django.test.runner import DiscoverRunner
from django.test.utils import CaptureQueriesContext

from bench.frame import Measured, pinned, row
from mellanrum.accounts.actions import create_person
from mellanrum.programmes.actions import create_empty_programme
from mellanrum.programmes.models import Block, Gathering

BLOCKS, EDITS, WARM_UP = 60, 100, 10
TRACKS = [{"key": key, "title": f"Spår {key}", "rows": [{"title": "Samtal", "minutes": 20, "least": 10}]} for key in "abcd"]


class Figures(NamedTuple):
    """Seconds of an edit, p95, and the most queries of any."""

    p95: float
    queries: int


@row("planner", unit="ms for an edit of 60 blocks, p95", goal="<= 100")
def planner() -> Measured:
    return Measured(1e3 * measure_planner().p95)


@row("planner-queries", unit="queries for an edit", goal="<= 12")
def planner_queries() -> Measured:
    return Measured(measure_planner().queries)


@functools.cache
def measure_planner() -> Figures:
    with _database(), pinned():
        client, gathering = Client(), _plan()
        client.force_login(gathering.programme.memberships.get().user)
        edits = [_edit(client, gathering, number) for number in range(WARM_UP + EDITS)][WARM_UP:]
    took, queries = zip(*edits, strict=True)
    return Figures(statistics.quantiles(took, n=20)[-1], max(queries))


@contextmanager
def _database() -> Iterator[None]:
    """One of its own, in memory."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    before = runner.setup_databases()
    try:
        yield
    finally:
        runner.teardown_databases(before)
        runner.teardown_test_environment()


def _plan() -> Gathering:
    """Two rows around the meeting, a fixed point in every ten, tracks in every six."""
    gathering = create_empty_programme(owner=create_person("elin@fabela.example"), language="sv").gatherings.get()
    gathering.starts_at, gathering.expected = datetime(2030, 4, 16, 7, tzinfo=UTC), 36
    gathering.save()
    Block.objects.bulk_create(
        Block(
            gathering=gathering,
            key=f"block-{number}",
            position=number,
            title=f"Moment {number}",
            minutes=20,
            least=10,
            most=30,
            kind="table",
            part="before" if number == 1 else "after" if number == BLOCKS else "meeting",
            fixed_at=f"{(9 + number // 10 * 3) % 24:02}:30" if number % 10 == 0 else None,
            tracks=TRACKS if number % 6 == 0 else [],
            say="Säg vad ni hörde. " * 20,
        )
        for number in range(1, BLOCKS + 1)
    )
    return gathering


def _edit(client: Client, gathering: Gathering, number: int) -> tuple[float, int]:
    """The length of a block, back and forth; an answer that is none would be a figure of nothing."""
    was, now = ("20 min", "15 min") if number % 2 == 0 else ("15 min", "20 min")
    sent = {"minutes": now, "was": json.dumps({"minutes": was})}
    with CaptureQueriesContext(connection) as asked:
        begun = time.perf_counter()
        answer = client.post(f"/gatherings/{gathering.pk}/blocks/block-5", sent, headers={"Accept": "application/json"})
        took = time.perf_counter() - begun
    if answer.status_code != 200 or len(answer.json()["day"]["rows"]) != BLOCKS:
        raise RuntimeError(f"the edit was answered with {answer.status_code}")
    return took, len(asked)
