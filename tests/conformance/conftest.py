"""One room for the whole suite: the one given on the command line, or a demo of our own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conformance.client import API, Holder, join, post_json
from tests.running import Running, start_demo


@dataclass(frozen=True)
class Place:
    base: str
    code: str
    ticket: str
    own: Running | None = None


@pytest.fixture(scope="session")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    given = [request.config.getoption(name) for name in ("--base", "--code", "--ticket")]
    if all(given):
        yield Place(given[0].rstrip("/"), given[1], given[2])
        return
    running = start_demo(tmp_path_factory.mktemp("conformance") / "data")
    yield Place(running.base, running.code, running.ticket, running)
    running.stop()


@pytest.fixture
def own(place: Place) -> Running:
    """The demo these tests started, for what only its operator knows; elsewhere such a test has nothing to ask."""
    if place.own is None:
        pytest.skip("needs a room these tests started themselves")
    return place.own


@pytest.fixture(scope="session")
def crew(place: Place) -> Holder:
    answer = post_json(place.base, f"{API}/join", {"code": place.code})
    assert answer.status in {200, 410}, answer.body
    return Holder(place.base, answer.json["room_id"], place.ticket)


@pytest.fixture(scope="session")
def rating_step(crew: Holder) -> tuple[str, str]:
    """(step, exercise id) of the first step of the run sheet where phones may rate."""
    return find_rating(crew)


@pytest.fixture
def rating(crew: Holder, rating_step: tuple[str, str]) -> str:
    """The room stands where phones rate; gives the exercise's id."""
    step, exercise = rating_step
    if stage(crew)["status"] == "closed":
        assert crew.act("open")["status"] == "stored"
    now = stage(crew)
    if now["step"] != step or now["now"]["phase"] != step.rpartition(":")[2]:  # type: ignore[index]
        assert crew.act("go", to=step)["status"] == "stored"
        wait_for_step(crew, step)
    return exercise


@pytest.fixture
def person(place: Place, rating: str) -> Holder:
    return join(place.base, place.code)


@pytest.fixture
def other(place: Place, rating: str) -> Holder:
    return join(place.base, place.code)


def stage(holder: Holder) -> dict[str, object]:
    return dict(holder.state()["cells"]["stage"])


def find_rating(crew: Holder) -> tuple[str, str]:
    """Press next until phones may rate. Raises AssertionError at the end of the run sheet."""
    for _ in range(60):
        now = stage(crew)["now"]
        if isinstance(now, dict) and now.get("slug") == "scale" and now.get("phase") == "rate":
            return now["step"], now["exercise"]
        assert crew.act("next")["status"] == "stored"
    raise AssertionError("no rating in the run sheet")


def wait_for_step(holder: Holder, step: str) -> None:
    with holder.events() as stream:
        stream.cell("stage", where=lambda value: value.get("step", (value.get("now") or {}).get("step")) == step)
