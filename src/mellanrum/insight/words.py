"""When two answers are the same word: a key from the lemma, so that Swedish inflections meet and derivations do not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from threading import Lock, Thread

JOINER = "\u200d"
"""Holds emoji together; every other invisible character is left out of a key."""
VARIANT = ("\ufe0e", "\ufe0f")
WITHIN = frozenset("-'’/&%#@§°")
"""Punctuation that belongs to a word."""
SHORTEST_HEAD, SHORTEST_TAIL = 2, 4
"""Of a compound that the dictionary does not know."""
ACTION = re.compile(r"(.{2,}[ae]nde)(?:t|s|ts)?")
AMENDED = {
    **dict.fromkeys(("beslut", "beslutet", "besluten"), "beslut"),
    **dict.fromkeys(("kvalité", "kvalitén"), "kvalitet"),
    **dict.fromkeys(("rättvisa", "rättvisan"), "rättvisa"),
    "modet": "mod",
    "fritt": "fri",
    "glatt": "glad",
    "snabbt": "snabb",
}
"""Where the dictionary reads a form otherwise than a meeting does."""
ENDS = ' \t\n.,;:!?…"”“»«'

_lock = Lock()
_loaded: list[Callable[[str], str]] = []
_warming: list[Thread] = []


@lru_cache(maxsize=20_000)
def key_of(text: str) -> str:
    """What the text has in common with its other forms: a single word's lemma, a phrase in small letters without punctuation.

    The first call in a process loads the dictionary (about a second); `warm_up` does it beforehand.
    """
    plain = normal(text)
    return plain if " " in plain or not plain.isalpha() else _word(plain)


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
        _warming.append(Thread(target=_word, args=("ord",), name="words", daemon=True))
    _warming[0].start()


def _word(word: str) -> str:
    with _lock:  # the stemmer keeps its word in itself, and loading twice costs a second
        if not _loaded:
            _loaded.append(_load())
        return _loaded[0](word)


def _load() -> Callable[[str], str]:
    """A word's lemma; without one that of its last part; without that a stem. A stemmer alone makes honest and honesty one."""
    import snowballstemmer
    from simplemma.strategies import DictionaryLookupStrategy

    lookup = DictionaryLookupStrategy().get_lemma
    stem = snowballstemmer.stemmer("swedish").stemWord
    lookup("ord", "sv")
    return lambda word: lemma(word, lambda form: lookup(form, "sv")) or str(stem(word))


def lemma(word: str, lookup: Callable[[str], str | None]) -> str | None:
    """The word's own lemma, or in front of what it begins with that of the longest last part the dictionary knows."""
    if lookup(word) is not None:
        return _own_lemma(word, lookup)
    for start in range(SHORTEST_HEAD, len(word) - SHORTEST_TAIL + 1):
        if lookup(word[start:]) is not None:
            return word[:start] + _own_lemma(word[start:], lookup)
    return None


def _own_lemma(word: str, lookup: Callable[[str], str | None]) -> str:
    """Where the dictionary leads, until it stops or turns in a circle: then the shortest form there.

    An action (`lärande`) is another word than its verb.
    """
    action = ACTION.fullmatch(word)
    if action and lookup(action[1]) is not None:
        return action[1]
    seen: list[str] = []
    while word not in seen:
        seen.append(word)
        word = _next(word, lookup)
    return min(seen[seen.index(word) :], key=lambda form: (len(form), form))


def _next(word: str, lookup: Callable[[str], str | None]) -> str:
    """`stress` and `trygg` are a noun and an adjective, not orders to do something; `vårdar` is what somebody does, not some who do."""
    found = AMENDED.get(word) or (lookup(word) or word).lower()
    if found == f"{word}a" and not word.endswith("ör"):
        return word
    if found == f"{word}e" and word.endswith("ar"):
        return word[:-1]
    return found


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
