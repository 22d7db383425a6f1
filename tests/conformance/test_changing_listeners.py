"""Listeners come and go at the same instant; whoever stays is kept up to date."""

from __future__ import annotations

import threading

import pytest

from tests.conformance.client import Holder

pytestmark = pytest.mark.conformance


def test_who_comes_as_the_last_one_leaves_hears_what_happens(crew: Holder, rating: str) -> None:
    for number in range(12):
        leaving = crew.events("?audience=projector&language=en")
        leaving.until("hello")
        goodbye = threading.Thread(target=leaving.close)
        goodbye.start()
        with crew.events("?audience=projector&language=en") as staying:
            staying.until("hello")
            goodbye.join()
            crew.act("message", text=f"nummer {number}")
            assert staying.cell("stage", where=lambda value, said=f"nummer {number}": value["message"] == said)
    crew.act("message", text="")
