"""Whole answers that lie ready: a phone that comes in asks for twenty-six files, and none of them needs an application.

The protocol gives each piece that came in to `AtHand` before it is parsed. Only what is one whole, plain GET for a known address is
answered here; everything else, also what is merely odd, goes the usual way. The lines after the first are judged by the same parser
as ever, once for all requests that have the same: a browser says the same for every file. And phones of one make say the same, so
what was answered to the very same bytes is found by them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

import httptools

LONGEST: Final = 2_048  # bytes of a request worth remembering
_KEPT: Final = 4_096
_GET, _VERSION = b"GET ", b" HTTP/1.1"
# Whatever has one of these wants more than the file, or comes with a body.
_ASKS_FOR_MORE: Final = frozenset(
    (b"if-none-match", b"if-modified-since", b"if-match", b"range", b"expect", b"content-length", b"transfer-encoding", b"upgrade")
)


class Ready(NamedTuple):
    """The header lines with the empty one that ends them, without status and date; and the body."""

    head: bytes
    body: bytes


class AtHand:
    """`answers` by address and coding (b"" for the file as it is); `codings` tells which ones a client takes, best first."""

    def __init__(self, answers: Mapping[bytes, Mapping[bytes, Ready]], codings: Callable[[bytes], tuple[bytes, ...]]) -> None:
        self._answers = answers
        self._judged = lru_cache(_KEPT)(lambda lines: _judged(lines, codings))
        self._found: dict[bytes, Ready] = {}

    def __call__(self, data: bytes) -> Ready | None:
        """The answer to exactly these bytes; None when they have to go the usual way."""
        if len(data) > LONGEST:
            return None
        found = self._found.get(data)
        if found is None and (found := self._find(data)) is not None:
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[data] = found
        return found

    def _find(self, data: bytes) -> Ready | None:
        line, _, lines = data.partition(b"\r\n")
        if not line.startswith(_GET) or not line.endswith(_VERSION):
            return None
        answers = self._answers.get(line[len(_GET) : -len(_VERSION)])
        if answers is None:
            return None
        codings = self._judged(lines)
        if codings is None:
            return None
        return next((answers[coding] for coding in codings if coding in answers), answers[b""])


def _judged(lines: bytes, codings: Callable[[bytes], tuple[bytes, ...]]) -> tuple[bytes, ...] | None:
    seen = _Seen()
    parser = httptools.HttpRequestParser(seen)
    try:
        parser.feed_data(b"GET / HTTP/1.1\r\n" + lines)
    except (httptools.HttpParserError, httptools.HttpParserUpgrade):
        return None
    if (seen.begun, seen.complete) != (1, 1) or not parser.should_keep_alive() or _ASKS_FOR_MORE & seen.headers.keys():
        return None
    return codings(seen.headers.get(b"accept-encoding", b""))


class _Seen:
    """What the parser found."""

    def __init__(self) -> None:
        self.begun = self.complete = 0
        self.headers: dict[bytes, bytes] = {}

    def on_message_begin(self) -> None:
        self.begun += 1

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.setdefault(name.lower(), value)

    def on_message_complete(self) -> None:
        self.complete += 1
