from __future__ import annotations

from pathlib import Path

import brotli
import pytest

from mellanrum.ui.assets import Assets
from mellanrum.ui.slim import slim

STATIC = Path(__file__).parents[1] / "static"


def test_comments_and_indentation_go_and_code_stays() -> None:
    script = (
        '/** What it is. */\n\nimport { a } from "./a.js";\n\n  // Why.\n  a("// not", "/* not */"); // aside\n  const url = "http://x";\n'
    )
    assert slim("a.js", script.encode()) == b'import { a } from "./a.js";\na("// not", "/* not */");\nconst url = "http://x";\n'


@pytest.mark.parametrize(("name", "content"), [("a.css", b"/* kept */\n  a { }\n"), ("a.js", b"  // kept\n  x = `one\n  two`;\n")])
def test_what_it_cannot_judge_is_left_alone(name: str, content: bytes) -> None:
    assert slim(name, content) == content


def test_all_scripts_of_a_phone_weigh_little() -> None:
    files = {path.relative_to(STATIC).as_posix(): path.read_bytes() for path in STATIC.glob("ui/js/*.js")}
    assets = Assets({name: slim(name, content) for name, content in files.items()})
    names = ["ui/js/phone.js", *(assets.paths[path] for path in assets.modules("ui/js/phone.js"))]
    assert sum(len(brotli.compress(assets.contents[name])) for name in names) <= 16_500
