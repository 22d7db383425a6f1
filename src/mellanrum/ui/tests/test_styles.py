"""What holds for every style sheet: small, in layers, from here alone, and large enough for the back row."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import pytest

from mellanrum.ui.assets import the_assets
from mellanrum.ui.tests.faces import PAGES

CSS = Path(__file__).parents[1] / "static" / "ui" / "css"
SHEETS = sorted(CSS.rglob("*.css"))
SURFACES = [path for path in SHEETS if "@import" in path.read_text("utf-8")]
SMALLEST_ON_A_WALL = 36
PHONE_BUDGET, FONT_BUDGET = 60_000, 150_000


def rules(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_is_small_and_whole(path: Path) -> None:
    text = rules(path)
    assert len(text.splitlines()) <= 200
    assert text.count("{") == text.count("}")
    assert path.read_text("utf-8").startswith("/*")


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_nothing_comes_from_elsewhere_and_layers_decide(path: Path) -> None:
    text = rules(path)
    assert not re.search(r"url\(['\"]?(?:https?:|//|data:)", text)
    outside = re.sub(r"@layer [\w, ]+;|@import [^;]+;|@font-face \{[^}]*\}", "", text)
    assert re.fullmatch(r"\s*(?:@layer \w+ \{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}\s*)*", outside)


@pytest.mark.parametrize("path", SURFACES, ids=lambda path: path.name)
def test_a_surface_declares_the_layers_first(path: Path) -> None:
    imports = re.findall(r'@import url\("([^"]+)"\)', rules(path))
    assert imports[0] == "tokens.css"
    assert len(imports) == len(set(imports))
    assert all((path.parent / name).is_file() for name in imports)


@pytest.mark.parametrize(
    "name",
    [
        "projector-tokens.css",
        "surface-projector.css",
        "projector-join.css",
        "projector-scale.css",
        "projector-talk.css",
        "projector-discussion.css",
        "projector-cards.css",
        "projector-words.css",
    ],
)
def test_no_text_on_the_wall_is_smaller_than_the_back_row_can_read(name: str) -> None:
    text = rules(CSS / name)
    sizes = re.findall(r"(?:font-size: |font: 400 |--p-\w+: )calc\((\d+) \* var\(--u\)\)", text)
    assert sizes
    assert min(int(size) for size in sizes) >= SMALLEST_ON_A_WALL
    assert not re.search(r"font-size: [\d.]+(?:rem|em)", text)


def test_a_phone_comes_in_on_a_thin_line() -> None:
    assets = the_assets()
    page = PAGES["shell"]()
    named = re.findall(r'(?:href|src)="(/static/[^"#]+)', page)
    contents = [assets.contents[assets.paths[url]] for url in dict.fromkeys(named) if url in assets.paths]
    text = sum(len(brotli.compress(content)) for content in [page.encode(), *contents])
    assert text <= PHONE_BUDGET
    fonts = [name for name in assets.contents if name.endswith(("latin-wght-normal.woff2", "latin-opsz-normal.woff2"))]
    assert len(fonts) == 2
    assert text + sum(len(assets.contents[name]) for name in fonts) <= FONT_BUDGET
