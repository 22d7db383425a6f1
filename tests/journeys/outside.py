"""What no page of any test may do: ask anybody but this computer, or break the content policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebSocket

HALL = "hall.test"  # a name on a local network, without https
HERE = {"127.0.0.1", "localhost", HALL}
# Every other host is unknown to the browser, so that nothing leaves even where nobody looks.
NOBODY_ELSE = f"--host-resolver-rules=MAP {HALL} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
OUTWARD = {"http", "https", "ws", "wss"}
POLICY = "Content Security Policy"  # what Chromium's own lines about it have in common
WATCH = """document.addEventListener('securitypolicyviolation', (event) =>
  console.error(`CSP ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""


@dataclass
class Outside:
    """What the pages of all contexts have asked of others, and where they broke the policy, since somebody last looked."""

    strangers: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.add_init_script(WATCH)
        context.on("request", self.on_request)
        context.on("console", self.on_console)
        context.on("page", lambda page: page.on("websocket", self.on_request))

    def on_request(self, request: Request | WebSocket) -> None:
        address = urlsplit(request.url)
        if address.scheme in OUTWARD and address.hostname not in HERE:
            self.strangers.append(request.url)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.text.startswith("CSP ") or POLICY in message.text:
            self.breaches.append(f"{message.text} ({message.location.get('url', '')})")

    def take(self) -> tuple[list[str], list[str]]:
        """What there is, once."""
        taken = self.strangers, self.breaches
        self.strangers, self.breaches = [], []
        return taken


OUTSIDE = Outside()


def watch_all(browser: Browser, outside: Outside) -> None:
    """Every context the browser gets from now on is watched, whoever opens it and however."""
    plain = browser.new_context

    def new_context(**options: Any) -> BrowserContext:
        context = plain(**options)
        outside.watch(context)
        return context

    def new_page(**options: Any) -> Page:
        context = new_context(**options)
        page = context.new_page()
        plain_close = page.close

        def close(**how: Any) -> None:
            plain_close(**how)
            context.close()

        page.close = close  # type: ignore[method-assign]
        return page

    browser.new_context, browser.new_page = new_context, new_page  # type: ignore[method-assign]


def fail_if_seen(outside: Outside = OUTSIDE) -> None:
    """Fails if any page has asked somebody else or broken the policy since somebody last looked."""
    strangers, breaches = outside.take()
    assert strangers == [], f"asked somebody else: {strangers}"
    assert breaches == [], f"broke the content policy: {breaches}"
