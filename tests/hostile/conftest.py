"""One demo for the tests that do not break it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.client import API, Holder, join, post_json
from tests.conformance.conftest import find_rating
from tests.running import Running, start_demo


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start_demo(tmp_path_factory.mktemp("hostile") / "data")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def crew(product: Running) -> Holder:
    return crew_of(product)


@pytest.fixture(scope="session")
def exercise(crew: Holder) -> str:
    return find_rating(crew)[1]


@pytest.fixture
def person(product: Running, exercise: str) -> Holder:
    return join(product.base, product.code)


def crew_of(running: Running) -> Holder:
    room = post_json(running.base, f"{API}/join", {"code": running.code}).json["room_id"]
    return Holder(running.base, room, running.ticket)
