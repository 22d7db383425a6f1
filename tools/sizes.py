"""Tells which files and functions are longer than the house allows."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "tests", "tools", "bench")
LINES = {".py": 300, ".html": 130, ".css": 300, ".js": 200}
FUNCTION = 40
# Written by a program or by somebody else.
LEFT_OUT = {"migrations", "vendor", "__pycache__"}
# Longer for a reason; the reason stands here.
ALLOWED: dict[str, str] = {}


def main() -> int:
    found = [line for path in sorted(files()) for line in too_long(path)]
    print("\n".join(found))
    return 1 if found else 0


def files() -> Iterator[Path]:
    yield from (ROOT / "dev", ROOT / "conftest.py")
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in LINES and not LEFT_OUT & set(path.parts):
                yield path


def too_long(path: Path) -> Iterator[str]:
    """One line for the file and one for each function that is over its limit."""
    name = str(path.relative_to(ROOT))
    if name in ALLOWED:
        return
    text = path.read_text()
    limit = LINES.get(path.suffix, LINES[".py"])
    if (length := len(text.splitlines())) > limit:
        yield f"{name}: {length} lines, think again at {limit}"
    if path.suffix in {".py", ""}:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION:
                    yield f"{name}:{node.lineno}: {node.name} has {length} lines, think again at {FUNCTION}"


if __name__ == "__main__":
    sys.exit(main())
