"""Photos as they were last printed: whoever prints again after a change waits for the words, not for every photo anew."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from mellanrum.outcomes.print.worker import printed_name

MOST_BYTES = 16 * 1024 * 1024  # some two hundred photos


class PrintedPhotos:
    """From any thread. `source` is the photo's file and `target` the place in a folder to print, whose name says how large it becomes.

    In memory alone, and never longer than the file itself is there.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._ready: OrderedDict[tuple[Path, str], bytes] = OrderedDict()

    def lay(self, source: Path, target: Path) -> bool:
        """Lay the photo as it is printed, when it is known; False: lay it as it is, the worker makes it fit."""
        with self._lock:
            content = self._ready.get(_key(source, target))
            if content is None or not source.exists():
                return False
            self._ready.move_to_end(_key(source, target))
        printed_name(target).write_bytes(content)
        return True

    def keep(self, source: Path, target: Path) -> None:
        """After printing: remember what the worker made of it, the newest longest."""
        content = printed_name(target).read_bytes()
        with self._lock:
            self._ready[_key(source, target)] = content
            self._ready.move_to_end(_key(source, target))
            for key in [key for key in self._ready if not key[0].exists()]:
                del self._ready[key]
            while sum(map(len, self._ready.values())) > self._most:
                self._ready.popitem(last=False)

    def forget(self) -> None:
        """Keep nothing: something that may be seen in them was erased."""
        with self._lock:
            self._ready.clear()


def _key(source: Path, target: Path) -> tuple[Path, str]:
    return source, target.parent.name


PHOTOS = PrintedPhotos()
