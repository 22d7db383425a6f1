"""The made-up people of a rehearsal: a process of their own that speaks the public protocol and gives way to every real meeting."""

from __future__ import annotations

import subprocess
import sys
import threading

PATIENCE = 5.0  # seconds they get to go home


class Crowd:
    """They live as long as this process holds their standard input open: when it is killed, they end, too."""

    def __init__(self, code: str, *, people: int, language: str, base: str) -> None:
        self._line = [sys.executable, "-m", "mellanrum", "simulate", code, "--base", base, "--participants", str(people)]
        self._line += ["--language", language, "--seconds", "0", "--lifelike", "--attached"]
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._is_over = False

    def start(self) -> None:
        nothing = subprocess.DEVNULL
        with self._lock:
            if not self._is_over:
                self._process = subprocess.Popen(self._line, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing, start_new_session=True)

    def stop(self) -> None:
        with self._lock:
            self._is_over = True
            process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()
