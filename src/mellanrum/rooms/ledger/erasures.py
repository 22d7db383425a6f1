"""What has been erased, noted beside the database, so that no restored backup brings it back."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

FILE = "erasures.jsonl"
_lock = threading.Lock()  # the writer notes rows, the stage thread people


def note(folder: Path, entries: Iterable[dict[str, str]]) -> None:
    """Add entries and sync them. Sorted among all others: one after the other they would tell which were the same person's."""
    path = folder / FILE
    with _lock:
        before = _lines(path)
        lines = sorted({*before, *(json.dumps(entry) for entry in entries)})
        if lines == before:
            return
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def of_rows(room: str, ids: Sequence[str]) -> Iterable[dict[str, str]]:
    return ({"room": room, "id": row_id} for row_id in ids)


def of_participant(participant: str) -> Iterable[dict[str, str]]:
    return ({"participant": participant},)


def of_finalising(room: str) -> Iterable[dict[str, str]]:
    """That nobody is to know any more who gave what in that room."""
    return ({"finalised": room},)


def noted(path: Path) -> list[dict[str, str]]:
    """Every entry of such a file. A line that cannot be read raises ValueError: skipping it would bring somebody's words back."""
    return [json.loads(line) for line in _lines(path) if line.strip()]


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []
