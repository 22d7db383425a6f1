from __future__ import annotations

from pathlib import Path

import brotli
import pytest

from mellanrum.ui.assets import Assets
from mellanrum.ui.references import references
from mellanrum.ui.slim import slim

STATIC = Path(__file__).parents[1] / "static"


def test_comments_and_white_space_go_and_code_stays() -> None:
    script = """/** What it is. */

import { a } from "./a.js";

  // Why.
  a("// not", "/* not */", /[/]\\/\\/ not/u); // aside
  const url = `http://x  ${a}
  two`;
"""
    kept = 'import{a}from"./a.js";a("// not","/* not */",/[/]\\/\\/ not/u);const url=`http://x  ${a}\n  two`;'
    assert slim("a.js", script.encode()).decode() == kept


def test_other_files_are_left_alone() -> None:
    assert slim("a.css", b"/* kept */\n  a { }\n") == b"/* kept */\n  a { }\n"


@pytest.mark.parametrize("path", sorted(STATIC.glob("ui/js/*.js")), ids=lambda path: path.name)
def test_every_module_still_refers_to_the_same_files(path: Path) -> None:
    content = path.read_bytes()
    assert references("ui/js/a.js", slim(path.name, content).decode()) == references("ui/js/a.js", content.decode())


def test_all_scripts_of_a_phone_weigh_little() -> None:
    files = {path.relative_to(STATIC).as_posix(): path.read_bytes() for path in STATIC.glob("ui/js/*.js")}
    assets = Assets({name: slim(name, content) for name, content in files.items()})
    names = ["ui/js/phone.js", *(assets.paths[path] for path in assets.modules("ui/js/phone.js"))]
    # Saying where the room is, to those who do not see it, is worth its half kilobyte.
    assert sum(len(brotli.compress(assets.contents[name])) for name in names) <= 16_600
