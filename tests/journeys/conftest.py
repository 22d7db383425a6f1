"""One browser for all journeys; each file has a product of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.conformance.client import Holder
from tests.hostile.conftest import crew_of
from tests.journeys.browsing import Screens, Watch, chromium
from tests.journeys.outside import OUTSIDE, fail_if_seen
from tests.running import Running, start_demo


@pytest.fixture(scope="session")  # Playwright runs once in a process
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(autouse=True)
def nobody_else_is_asked() -> Iterator[None]:
    """Holds for every test in this folder, whatever way it opens its pages."""
    OUTSIDE.take()
    yield
    fail_if_seen()


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start_demo(tmp_path_factory.mktemp("journey") / "data")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def crew(product: Running) -> Holder:
    return crew_of(product)


@pytest.fixture
def screens(browser: Browser, product: Running) -> Iterator[Screens]:
    """Screens whose pages, at the end, have called nobody else and complained about nothing."""
    watch = Watch(product.base)
    opened = Screens(browser, watch)
    yield opened
    opened.close()
    assert watch.strangers == []
    assert watch.complaints == []
    assert "Traceback" not in product.output
