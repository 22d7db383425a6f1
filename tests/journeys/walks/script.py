"""Reads a script: sections with one bullet per thing to do or to hear, `- **Verb** the rest`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3] / "docs" / "accessibility"
LINE = re.compile(r"- \*\*(?P<verb>[A-Z][a-z ]*)\*\* (?P<rest>.+)")


@dataclass(frozen=True)
class Step:
    """`where` is the file, line and section, for whoever reads what went wrong."""

    where: str
    verb: str
    rest: str


def steps_of(name: str) -> list[Step]:
    """Every bullet of the script. Raises ValueError for one that cannot be read: a script is walked whole or not at all."""
    steps, section = [], ""
    for number, line in enumerate((ROOT / name).read_text("utf-8").splitlines(), 1):
        if line.startswith("## "):
            section = line[3:]
        if not line.startswith("- "):
            continue
        found = LINE.fullmatch(line)
        if not found:
            raise ValueError(f"{name}:{number}: {line}")
        steps.append(Step(f"{name}:{number} ({section})", found["verb"], found["rest"]))
    return steps
