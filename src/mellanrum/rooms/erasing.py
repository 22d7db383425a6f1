"""What else has to go when rows of the ledger are erased: packages further to the left keep words, too, and say so through ports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from mellanrum.core.ports import provided
from mellanrum.rooms.ledger.rows import Row

LEAST = 12  # letters; anything shorter might have been anybody's


def words_of(rows: Iterable[Row]) -> frozenset[str]:
    """The texts that people wrote in these rows, as far as one knows by them whose they are."""
    found = (text.strip() for row in rows if row.data for text in _texts(msgspec.json.decode(row.data)))
    return frozenset(text for text in found if len(text) >= LEAST)


def before_erasing(room_id: str, words: frozenset[str]) -> None:
    """Let others take these words out of what they keep. First, so that a try that fails can be made again with all it needs."""
    forget = provided("forget_words")
    if forget and words:
        forget(room_id, words)


def after_erasing(room_id: str) -> None:
    """Let others drop what lies over words that are gone."""
    forget = provided("forget_gone")
    if forget:
        forget(room_id)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
