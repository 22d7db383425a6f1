"""What people wrote, made fit for paper: what no font knows gets a stand-in, and a word without end may be broken."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

STAND_IN = "□"
LONGEST_WORD = 60  # letters; a line of it would leave the paper, and typst refuses a line of tens of thousands
BREAK = "\u200b"
NOT_WORDS = frozenset({"svg", "src", "type", "address"})

# typst names what no font can show in its error, one line for each run of characters, as Rust writes strings.
_NAMED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))", re.DOTALL)
_SHORT = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_LONG = re.compile(rf"(\S{{{LONGEST_WORD}}}[\u0300-\u036f\u200d\ufe0f]*)(?=\S)")


def missing_in(refusal: str) -> set[str]:
    """The characters that no font knows. Never a plain letter: the whole document is made of those."""
    named = "".join(_ESCAPED.sub(_meant, found) for found in _NAMED.findall(refusal))
    return {char for char in named if char > "~"} - {STAND_IN}


def _meant(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _SHORT.get(found[2], found[2])


def without(data: str, missing: set[str]) -> str:
    """The JSON with a stand-in for them; what is only there to join or turn others goes."""
    replaced = data.translate({ord(char): "" if unicodedata.category(char) in {"Cf", "Mn"} else STAND_IN for char in missing})
    return replaced.replace('"unprintable":false', '"unprintable":true')


def breakable(value: Any) -> Any:
    """The same value with places to break in words that are longer than a line."""
    if isinstance(value, str):
        return _LONG.sub(rf"\1{BREAK}", value)
    if isinstance(value, dict):
        return {key: each if key in NOT_WORDS else breakable(each) for key, each in value.items()}
    return [breakable(each) for each in value] if isinstance(value, list | tuple) else value
