"""People at screens: contexts of one Chromium, watched for what must never happen on any page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.journeys.outside import NOBODY_ELSE, OUTSIDE, watch_all

expect.set_options(timeout=20_000)  # a machine half as fast, with others at work on it, is no fault

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 1}
NARROW = {**PHONE, "viewport": {"width": 320, "height": 640}}
COMPUTER = {"viewport": {"width": 1440, "height": 900}}
WALL = {"viewport": {"width": 1920, "height": 1080}}
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", NOBODY_ELSE]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once; it knows no host but this computer, and all its contexts are watched."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        watch_all(browser, OUTSIDE)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What happened on all pages of a journey that no page may do."""

    base: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != urlsplit(self.base).netloc:
            self.strangers.append(request.url)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(word in message.text for word in self.expected):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")


class Screens:
    """Opens a person's own browser (own cookies and storage) on a kind of screen."""

    def __init__(self, browser: Browser, watch: Watch) -> None:
        self.browser, self.watch = browser, watch
        self.contexts: list[BrowserContext] = []

    def open(self, address: str, kind: dict[str, Any] = PHONE, **options: Any) -> Page:
        context = self.browser.new_context(**{"locale": "sv-SE", **kind, **options})
        self.contexts.append(context)
        context.set_default_timeout(30_000)
        context.on("request", self.watch.on_request)
        context.on("console", self.watch.on_console)
        context.on("weberror", lambda error: self.watch.complaints.append(str(error.error)))
        page = context.new_page()
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, (answer.status, address)
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def accessible(page: Page, where: str) -> None:
    """No violation of axe's rules, best practices among them."""
    found = Axe().run(page)
    told = [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]} · {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
    assert not told, f"{where}:\n" + "\n".join(told)


WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const told = (one) => `${one.tagName}.${one.className} ${Math.round(one.getBoundingClientRect().right)} px`;
  return [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > width).map(told).slice(-6);
}"""


def fits(page: Page, where: str) -> None:
    """Nothing is wider than the screen."""
    wide = page.evaluate(WIDE)
    assert not wide, f"{where}: {wide}"


def well(page: Page, where: str) -> None:
    accessible(page, where)
    fits(page, where)
