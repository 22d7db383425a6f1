"""What people write, as it is shown: on one line, without signs that turn the text around or cannot be seen."""

from __future__ import annotations

import unicodedata

_KEPT = "\u200c\u200d\u200e\u200f"  # joins letters and emoji, or says which way a single letter reads
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def tidy(text: str) -> str:
    """Empty when nothing of it can be seen."""
    said = " ".join("".join(sign if sign.isspace() or _is_kept(sign) else "" for sign in text).split())
    return said if any(sign not in _KEPT and not sign.isspace() for sign in said) else ""


def _is_kept(sign: str) -> bool:
    return sign in _KEPT or unicodedata.category(sign) not in _UNSEEN
