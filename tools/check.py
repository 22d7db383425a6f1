"""Runs every check side by side, one line each; what fails shows why."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
# The slowest first, so that the others run beside it.
CHECKS: dict[str, list[str]] = {
    "types": [f"{BIN}/mypy"],
    "migrations": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "translations": [PYTHON, "tools/translations.py", "check"],
    "unmarked": [PYTHON, "tools/unmarked.py"],
    "imports": [f"{BIN}/lint-imports", "--no-logo"],
    "style": [f"{BIN}/ruff", "check", "--quiet"],
    "format": [f"{BIN}/ruff", "format", "--check", "--output-format", "concise"],
    "sizes": [PYTHON, "tools/sizes.py"],
    "templates": [PYTHON, "tools/templates.py", "--check"],
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"No check is called {', '.join(unknown)}. There are: {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as data, ThreadPoolExecutor(max_workers=2) as pool:
        futures = [pool.submit(check, name, data) for name in CHECKS if not names or name in names]
        return max(future.result() for future in as_completed(futures))


def check(name: str, data: str) -> int:
    """Run one check and tell how it went; 1 when it failed. Settings are read with a data folder of its own."""
    begun = time.monotonic()
    where = os.environ | {"MELLANRUM_DATA": data, "DJANGO_SETTINGS_MODULE": "mellanrum.settings"}
    done = subprocess.run(CHECKS[name], cwd=ROOT, env=where, capture_output=True, text=True, check=False)
    failed = done.returncode != 0
    told = f"\n{(done.stdout + done.stderr).strip()}\n" if failed else ""
    print(f"{name} … {'FAILED' if failed else 'ok'} {time.monotonic() - begun:.1f} s{told}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
