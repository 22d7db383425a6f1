"""What a phone fetches the first time, with nothing in its cache and a rating open: bytes as they travel, counted by a real browser."""

from __future__ import annotations

import functools
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from bench.frame import CannotMeasure, Measured, row
from bench.product import Stage, product
from mellanrum import ui

DECK = Path(ui.__file__).parent / "static" / "ui" / "deck"
PLAIN = "other"


@row("firstload", unit="kB of HTML, CSS and JS", goal="<= 60")
def without_fonts() -> Measured:
    """With icons and the room's state: everything but fonts."""
    return Measured((sum(fetched().values()) - fetched()["Font"]) / 1e3)


@row("firstload-fonts", unit="kB with fonts", goal="<= 150")
def with_fonts() -> Measured:
    return Measured(sum(fetched().values()) / 1e3)


@row("firstload-card", unit="kB of the largest picture", goal="<= 2.5")
def largest_picture() -> Measured:
    import brotli

    return Measured(max(len(brotli.compress(path.read_bytes())) for path in DECK.glob("*.svg")) / 1e3)


@functools.cache
def fetched() -> Counter[str]:
    """Bytes by kind, heads of answers among them, until the rating can be filled in."""
    from tests.journeys.browsing import chromium

    if not shutil.which("chromium"):
        raise CannotMeasure("chromium is missing")
    with product(pinned=False) as stage, chromium() as browser:
        return _bytes_of(stage, browser)


def _bytes_of(stage: Stage, browser: Any) -> Counter[str]:
    from tests.journeys.browsing import PHONE

    context = browser.new_context(**PHONE, locale="sv-SE")
    page = context.new_page()
    kinds: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    wire = context.new_cdp_session(page)
    wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    wire.on("Network.loadingFinished", lambda event: sizes.update({kinds.get(event["requestId"], PLAIN): int(event["encodedDataLength"])}))
    wire.send("Network.enable")
    page.goto(stage.running.phone)
    page.locator("[data-cell] form[data-exercise]").wait_for()
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(500)  # what comes after the form: the page's last requests end without a sign of their own
    context.close()
    return sizes
