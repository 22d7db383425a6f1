"""The demo's data folder: a new one that goes away again, or one that is asked for and stays."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def demo_folder(wanted: str | None) -> Iterator[Path]:
    if wanted:
        yield Path(wanted)
        return
    made = Path(tempfile.mkdtemp(prefix="mellanrum-demo-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
