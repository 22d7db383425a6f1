"""Mends what a program can mend: style, formats and compiled translations."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
STEPS = (
    [f"{BIN}/ruff", "check", "--fix", "--quiet"],
    [f"{BIN}/ruff", "format", "--quiet"],
    [sys.executable, "tools/templates.py"],
    [sys.executable, "tools/translations.py", "update"],
    [sys.executable, "tools/translations.py", "compile"],
)


def main() -> int:
    """0 when every step could mend all it saw; what is left for a human is printed by the step."""
    return max(subprocess.run(step, cwd=ROOT, check=False).returncode for step in STEPS)


if __name__ == "__main__":
    sys.exit(main())
