"""The watch over all journeys does see: who asks somebody else, and who breaks the content policy, by any way a page has."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.outside import HALL, OUTSIDE, fail_if_seen
from tests.running import Running, poll

pytestmark = pytest.mark.journey
STRANGER = "stranger.example"
WAYS = {
    "picture": f"<img src=http://{STRANGER}/a.png>",
    "style": f"<link rel=stylesheet href=https://{STRANGER}/a.css>",
    "frame": f"<iframe src=http://{STRANGER}/></iframe>",
    "address": "<img src=http://192.0.2.7/a.png>",
    "script": f"<script>fetch('http://{STRANGER}/a').catch(() => {{}})</script>",
    "socket": f"<script>new WebSocket('ws://{STRANGER}/a')</script>",
}


def heard(page: Page, kind: str) -> list[str]:
    """Waits for it: what a page does reaches the test while the test talks to the page."""
    return list(poll(lambda: page.evaluate("1") and getattr(OUTSIDE, kind), what=kind))


@pytest.mark.parametrize("html", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("opened", ["in a context", "alone"])
def test_whoever_asks_somebody_else_is_seen(browser: Browser, html: str, opened: str) -> None:
    page = browser.new_page() if opened == "alone" else browser.new_context().new_page()
    page.set_content(html, wait_until="commit")
    assert any(STRANGER in asked or "192.0.2.7" in asked for asked in heard(page, "strangers"))
    OUTSIDE.take()
    page.context.close()


def test_the_watch_fails_the_test_that_asks(browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.set_content(WAYS["picture"], wait_until="commit")
    heard(page, "strangers")
    with pytest.raises(AssertionError, match="asked somebody else"):
        fail_if_seen()
    page.context.close()


@pytest.mark.parametrize(("host", "told"), [(HALL, "answered"), ("127.0.0.1", "answered"), ("other.localhost", "unknown")])
def test_other_hosts_are_unknown_to_the_browser(browser: Browser, product: Running, host: str, told: str) -> None:
    """Chromium takes every name under localhost for this computer, network or not: here it does not find it."""
    page = browser.new_context().new_page()
    page.set_content("<p>")
    ask = "(address) => fetch(address, {mode: 'no-cors'}).then(() => 'answered', () => 'unknown')"
    assert page.evaluate(ask, f"http://{host}:{product.port}/healthz") == told
    OUTSIDE.take()
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_breach_of_the_policy_is_seen(browser: Browser, product: Running, *, scripts: bool) -> None:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.route(
        "**/privacy",
        lambda route: route.fulfill(response=(got := route.fetch()), body=got.text().replace("<h1>", "<h1 style='color:red'>")),
    )
    page.goto(f"{product.base}/privacy")
    poll(lambda: page.title() and OUTSIDE.breaches, what="a breach")
    with pytest.raises(AssertionError, match="broke the content policy"):
        fail_if_seen()
    page.context.close()
