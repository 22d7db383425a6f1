"""One *next* of the crew until a thousand phones are in the next step, beside a bare server that only writes."""

from __future__ import annotations

import json
import statistics
import time

from bench.frame import Measured, row
from bench.load import API, enter, on_client_core, request, run
from bench.product import Stage, product
from bench.rows.fanout import CLIENTS, PUBLISHES, Hall, listeners, measure_fanout, spread


def steps(stage: Stage) -> list[tuple[bytes, bytes]]:
    """Forward and back again, each with what a phone's stage then says."""
    here = stage.crew.state()["cells"]["stage"]
    there = (("next", here["next"]["step"]), ("back", here["step"]))
    return [(_act(stage, number, there[number % 2][0]), f'"step":"{there[number % 2][1]}"'.encode()) for number in range(PUBLISHES)]


def _act(stage: Stage, number: int, kind: str) -> bytes:
    item = {"id": f"command-{time.time_ns()}-{number}", "exercise": "stage", "type": kind, "data": {}}
    return request("POST", f"{API}/{stage.crew.room}/contributions", json.dumps(item).encode(), stage.crew.ticket)


@row("command", unit="ms to the last", goal="<= 3")
def one_step_on() -> Measured:
    """From sending *next*, through gate, ledger, fold and the cells of two exercises, to the last phone."""
    with product() as stage, on_client_core():
        people = run(enter(stage.running.base, stage.running.code, CLIENTS))
        whole, _among = run(spread(stage.running.base, Hall(listeners(people)), steps(stage)))
    return Measured(statistics.median(whole) * 1e3, measure_fanout()["bare_whole"])
