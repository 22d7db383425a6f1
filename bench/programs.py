"""What rows need beside the product, fetched when such a row is asked for: into `.tools/bench`, never into the product or the system.

Whatever cannot be had is CannotMeasure, with what was tried.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from bench.frame import CannotMeasure

HERE = Path(__file__).parent
PLACE = HERE.parent / ".tools" / "bench"
PATIENCE = 300
REQUIREMENTS = HERE / "reference" / "requirements.txt"


def compiled(source: Path) -> Path:
    """The program of one C file of ours."""
    text = b"".join(path.read_bytes() for path in sorted({source, *source.parent.glob("*.h")}))
    program = PLACE / f"{source.stem}-{sha256(text).hexdigest()[:12]}"
    if not program.exists():
        PLACE.mkdir(parents=True, exist_ok=True)
        _run(f"gcc, to compile {source.name}", ["gcc", "-O2", "-o", str(program), str(source)])
    return program


def unpacked(*packages: str) -> Path:
    """The root of a folder with these Debian packages; nothing is installed, no service is started, no root is needed."""
    root = PLACE / "-".join(packages)
    if not root.exists():
        partial = PLACE / f"{root.name}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        _run(f"Debian's {', '.join(packages)}", ["apt-get", "download", "-q", *packages], folder=partial)
        for archive in partial.glob("*.deb"):
            _run(f"unpacking {archive.name}", ["dpkg", "-x", archive.name, "root"], folder=partial)
        (partial / "root").rename(root)
        shutil.rmtree(partial)
    return root


def python_of_references() -> Path:
    """The interpreter of an environment with `reference/requirements.txt`, apart from the product's."""
    root = PLACE / f"python-{sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]}"
    python = root / "bin" / "python"
    if not (root / "complete").exists():
        shutil.rmtree(root, ignore_errors=True)
        uv = next(iter(sorted((HERE.parent / ".tools").glob("uv-*/bin/uv"))), None) or shutil.which("uv")
        make = [str(uv), "venv", "-q", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
        fill = [str(uv), "pip", "install", "-q", "--python"] if uv else []
        _run("an environment for the references", [*make, str(root)])
        _run(
            "the packages of bench/reference/requirements.txt",
            [*fill, str(python), "-r", str(REQUIREMENTS)] if uv else [str(python), "-m", "pip", "install", "-q", "-r", str(REQUIREMENTS)],
        )
        (root / "complete").touch()
    return python


def _run(what: str, line: Sequence[str], folder: Path | None = None) -> None:
    print(f"  fetching {what} …", file=sys.stderr, flush=True)
    try:
        done = subprocess.run(line, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotMeasure(f"{what} could not be had: {error}") from error
    if done.returncode:
        raise CannotMeasure(f"{what} could not be had: {(done.stderr or done.stdout).strip()[-300:]}")
