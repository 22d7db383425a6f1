"""When two answers are the same word: a key from lemma and stem, so that Swedish inflections meet."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from threading import Lock, Thread

JOINER = "\u200d"
"""Holds emoji together; every other invisible character is left out of a key."""
VARIANT = ("\ufe0e", "\ufe0f")
WITHIN = frozenset("-'’/&%#@§°")
"""Punctuation that belongs to a word."""
ENDS = ' \t\n.,;:!?…"”“»«'

_lock = Lock()
_loaded: list[Callable[[str], str]] = []
_warming: list[Thread] = []


@lru_cache(maxsize=20_000)
def key_of(text: str) -> str:
    """What the text has in common with its other forms: a single word's stem, a phrase in small letters without punctuation.

    The first call in a process loads the dictionary (about a second); `warm_up` does it beforehand.
    """
    plain = normal(text)
    return plain if " " in plain or not plain.isalpha() else _stem(plain)


def normal(text: str) -> str:
    """Small letters, single spaces, no punctuation between words; what is nothing but punctuation stays as it is."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_KEPT)
    words = (word.strip("-'’/&") for word in folded.split())
    return " ".join(word for word in words if word) or " ".join(text.casefold().split())


@lru_cache(maxsize=20_000)
def surface(text: str) -> str:
    """The text as it is shown: single spaces, nothing hanging at its ends; empty when there is nothing to show."""
    line = " ".join(text.split())
    return line.strip(ENDS) or line


def warm_up() -> None:
    """Load the dictionary behind the scenes, once."""
    with _lock:
        if _warming or _loaded:
            return
        _warming.append(Thread(target=_stem, args=("ord",), name="words", daemon=True))
    _warming[0].start()


def _stem(word: str) -> str:
    # The stemmer keeps its word in itself, so one thread at a time.
    with _lock:
        if not _loaded:
            _loaded.append(_load())
        return _loaded[0](word)


def _load() -> Callable[[str], str]:
    """Lemma, then stem: together they miss fewer pairs than either alone."""
    import simplemma
    import snowballstemmer

    stem = snowballstemmer.stemmer("swedish").stemWord
    simplemma.lemmatize("ord", lang="sv")
    return lambda word: str(stem(simplemma.lemmatize(word, lang="sv").lower()))


class _Kept(dict[int, str | None]):
    """What becomes of each character in a key, found out when it first comes."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        kind = unicodedata.category(char)
        kept: str | None = char
        if char in VARIANT or (kind == "Cf" and char != JOINER):
            kept = None
        elif kind[0] in "PZC" and kind != "Cf" and char not in WITHIN:
            kept = " "
        self[code] = kept
        return kept


_KEPT = _Kept()
