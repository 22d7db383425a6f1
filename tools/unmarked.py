"""Tells which texts in templates people would read and nobody marked for translation."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What a reader never meets as text: translated parts, tags and values of the template, comments, markup.
HIDDEN = re.compile(
    r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}|{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}"
    r"|<!--.*?-->|<(script|style)\b.*?</\1>|<!doctype[^>]*>|&\w+;",
    re.DOTALL | re.IGNORECASE,
)
READ_ALOUD = re.compile(r"""\s(?:aria-label|aria-description|title|alt|placeholder|data-[a-z-]*(?:text|label))="([^"]*)\"""")
MARKUP = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[A-Za-zÅÄÖåäö]{2,}")
# The same in every language, and the languages' own names.
NAMES = {"Mellanrum", "QR", "JavaScript", "Svenska", "English"}
# Says everything in both languages, because it leans on nothing that could be broken.
BOTH = {ROOT / "src" / "mellanrum" / "500.html"}


def main() -> int:
    found = [line for path in sorted((ROOT / "src").rglob("*.html")) if path not in BOTH for line in unmarked(path)]
    print("\n".join(found))
    return 1 if found else 0


def unmarked(path: Path) -> Iterator[str]:
    """One line for each line of the template with a word in no language but its own."""
    text = HIDDEN.sub(keep_lines, path.read_text())
    spoken = {text.count("\n", 0, match.start()): match[1] for match in READ_ALOUD.finditer(text)}
    for number, line in enumerate(MARKUP.sub(keep_lines, text).split("\n")):
        words = [word for word in WORD.findall(f"{line} {spoken.get(number, '')}") if word not in NAMES]
        if words:
            yield f"{path.relative_to(ROOT)}:{number + 1}: not marked for translation: {' '.join(words)}"


def keep_lines(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n") or " "


if __name__ == "__main__":
    sys.exit(main())
