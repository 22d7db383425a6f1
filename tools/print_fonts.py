"""Static TrueType fonts for print out of the variable web fonts: typst knows neither woff2 nor axes.

Run it when the web fonts change: `uv run --with fonttools --with brotli python -m tools.print_fonts`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from fontTools.merge import Merger  # type: ignore[import-not-found]  # only whoever makes fonts needs it
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-not-found]

HERE = Path(__file__).parents[1] / "src" / "mellanrum"
WEB, PRINT = HERE / "ui" / "static" / "ui" / "fonts", HERE / "outcomes" / "print" / "fonts"
# file → (family, style, weight, web font, axis, its value)
CUTS = {
    "atkinson-regular": ("Atkinson Hyperlegible Next", "Regular", 400, "atkinson-hyperlegible-next-{}-wght-normal", "wght", 400),
    "atkinson-bold": ("Atkinson Hyperlegible Next", "Bold", 700, "atkinson-hyperlegible-next-{}-wght-normal", "wght", 650),
    "hedvig": ("Hedvig Letters Serif", "Regular", 400, "hedvig-letters-serif-{}-opsz-normal", "opsz", 18),
}


def cut(name: str) -> None:
    family, style, weight, web, axis, value = CUTS[name]
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for subset in ("latin", "latin-ext"):
            font = TTFont(WEB / f"{web.format(subset)}.woff2")
            font.flavor = None
            still = instantiateVariableFont(font, {axis: value})
            parts.append(f"{folder}/{subset}.ttf")
            still.save(parts[-1])
        whole = Merger().merge(parts)
    whole["OS/2"].usWeightClass = weight
    for record, text in ((1, family), (2, style), (4, f"{family} {style}"), (6, f"{family}-{style}".replace(" ", ""))):
        whole["name"].setName(text, record, 3, 1, 0x409)
    for record in (16, 17, 25):
        whole["name"].removeNames(nameID=record)
    whole.save(PRINT / f"{name}.ttf")


if __name__ == "__main__":
    PRINT.mkdir(parents=True, exist_ok=True)
    for each in CUTS:
        cut(each)
