"""Takes the pictures in docs/pictures: a contact sheet per surface, from a demo of its own in Debian's Chromium."""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.shots import Shot, Surface, surfaces  # noqa: E402 - the folder is on the path by now

FOLDER = ROOT / "docs" / "pictures"
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
MOST_BYTES = 400_000
GAP, LABEL = 24, 34
PAPER, INK = "#E4E7DF", "#14262B"
# Of 255, on average and in the most different spot of about 32 pixels: less is the noise of drawing, a clock, a code.
MEAN, SPOT = 1.4, 40


def main(names: list[str]) -> int:
    """Take all sheets, or only those named; 2 for a name that is none."""
    from tests.journeys.browsing import chromium
    from tests.running import start_demo

    with tempfile.TemporaryDirectory() as folder:
        running = start_demo(Path(folder) / "data")
        try:
            with chromium() as browser:
                return take(browser, running.base, demo_places(browser, running.base, running.cockpit), names)
        finally:
            running.stop()


def demo_places(browser: Browser, base: str, cockpit: str) -> dict[str, str]:
    """Where the demo's room and gathering are, read from its cockpit."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(cockpit)
    found = re.search(r"/gatherings/\d+", page.content())
    page.goto(base)
    planned = page.locator("a", has_text="Lärandeträff 1").first.get_attribute("href") or "/"
    path = re.sub(r"^https?://[^/]+", "", cockpit).split("#")[0]
    context.close()
    return {
        "gathering": found[0] if found else "/",
        "cockpit": path,
        "entry": path.replace("/cockpit", "/paper/scale-2"),
        "planned": planned,
    }


def take(browser: Browser, base: str, places: dict[str, str], names: list[str]) -> int:
    found = {surface.name: surface for surface in surfaces(places)}
    if unknown := set(names) - set(found):
        print(f"There is no sheet called {', '.join(sorted(unknown))}. There are: {', '.join(found)}.", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    for surface in found.values():
        if not names or surface.name in names:
            sheet = contact_sheet(surface, list(shots(browser, base, surface.shots)))
            print(keep(FOLDER / f"{surface.name}.webp", sheet), flush=True)
    return 0


def shots(browser: Browser, base: str, wanted: tuple[Shot, ...]) -> Iterator[tuple[str, Image.Image]]:
    for shot in wanted:
        context = browser.new_context(
            viewport={"width": shot.width, "height": shot.height},
            color_scheme="dark" if shot.theme == "dark" else "light",
            reduced_motion="reduce",
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
        )
        yield shot.label, photograph(context.new_page(), base + shot.path)
        context.close()


def photograph(page: Page, address: str) -> Image.Image:
    """The page when its fonts, pictures and frames are there; streams stay open, so the network is never silent for all."""
    answer: Any = page.goto(address, wait_until="load")
    if not answer.ok:
        raise SystemExit(f"{address} answers {answer.status}")
    page.evaluate("document.fonts.ready")
    page.wait_for_function("() => [...document.images].every((image) => image.complete || image.loading === 'lazy')")
    for frame in page.frames[1:]:
        frame.wait_for_load_state("load")
        frame.evaluate("document.fonts.ready")
    return Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def contact_sheet(surface: Surface, taken: list[tuple[str, Image.Image]]) -> Image.Image:
    """All pictures in rows, each over its label."""
    small = [(label, _of_height(image, surface.height)) for label, image in taken]
    rows = [small[at : at + surface.columns] for at in range(0, len(small), surface.columns)]
    width = max(sum(image.width + GAP for _label, image in row) for row in rows) + GAP
    step = surface.height + LABEL + GAP
    sheet = Image.new("RGB", (width, step * len(rows) + GAP), PAPER)
    write = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(FONT, 15) if FONT.is_file() else ImageFont.load_default(15)
    for number, row in enumerate(rows):
        left, top = GAP, GAP + number * step
        for label, image in row:
            sheet.paste(image, (left, top))
            write.text((left, top + surface.height + 8), label, fill=INK, font=font)
            left += image.width + GAP
    return sheet


def _of_height(image: Image.Image, height: int) -> Image.Image:
    return image.resize((round(image.width * height / image.height), height), Image.Resampling.LANCZOS)


def keep(path: Path, sheet: Image.Image) -> str:
    """Write the sheet in at most `MOST_BYTES`, unless the one that is there looks the same."""
    if path.is_file() and looks_the_same(Image.open(path).convert("RGB"), sheet):
        return f"{path.name}: as it was"
    for quality in (80, 70, 60, 50, 40, 30):
        file = io.BytesIO()
        sheet.save(file, "WEBP", quality=quality, method=6)
        if file.tell() <= MOST_BYTES:
            break
    path.write_bytes(file.getvalue())
    return f"{path.name}: {sheet.width} × {sheet.height}, {file.tell() // 1000} kB, quality {quality}"


def looks_the_same(old: Image.Image, new: Image.Image) -> bool:
    """Whether the difference, seen small, is no more than what compression leaves."""
    if old.size != new.size:
        return False
    small = (new.width // 4, new.height // 4)
    difference = ImageChops.difference(old.resize(small, Image.Resampling.BOX), new.resize(small, Image.Resampling.BOX)).convert("L")
    largest = difference.reduce(8).getextrema()[1]
    return ImageStat.Stat(difference).mean[0] <= MEAN and isinstance(largest, int) and largest <= SPOT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
