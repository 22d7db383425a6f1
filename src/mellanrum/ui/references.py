"""Where style sheets and scripts name other files, and how to name them anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import dirname, join, normpath, splitext
from typing import Final

# Comments are matched first, so that what they mention is left alone.
_CSS: Final = re.compile(
    r"""/\*.*?\*/
    | @import\s+ (?:url\(\s*)? (?P<q1>["']?) (?P<sheet>[^"')\s;]+) (?P=q1) \s*\)? \s* (?:layer\((?P<layer>[\w.-]+)\))? \s* ;
    | url\(\s* (?P<q2>["']?) (?P<ref>[^"')\s]+) (?P=q2) \s*\)""",
    re.VERBOSE | re.DOTALL,
)
# No JavaScript parser: static imports begin a line or a statement, and only relative specifiers are looked at.
_JS: Final = re.compile(
    r"""(?P<before> (?:^|;)[ \t]*(?:import|export)\b[^"'`;]*?\bfrom\s* | (?:^|;)[ \t]*import\s* | \bimport\(\s* )
    (?P<quote>["']) (?P<ref>\.\.?/[^"'\n]+) (?P=quote)""",
    re.VERBOSE | re.MULTILINE,
)
_PATTERNS: Final = {".css": _CSS, ".js": _JS}

Renamer = Callable[[str], str]


def has_references(name: str) -> bool:
    return splitext(name)[1] in _PATTERNS


def references(name: str, text: str) -> list[str]:
    """The names of the files of ours that this one refers to, in the order they stand."""
    pattern = _PATTERNS[splitext(name)[1]]
    found = [match["ref"] or match.groupdict().get("sheet") or "" for match in pattern.finditer(text)]
    return [target for target in (target_of(name, reference) for reference in found) if target]


def target_of(name: str, reference: str) -> str | None:
    """The name that a relative reference in the file `name` means; None for fragments, other places and data."""
    path = re.split(r"[?#]", reference)[0]
    if not path or path.startswith("/") or re.match(r"[a-z][a-z0-9+.-]*:", path, re.IGNORECASE):
        return None
    return normpath(join(dirname(name), path))


def renamed(name: str, text: str, address: Renamer, sheet: Renamer) -> str:
    """The text with every reference to a file replaced by `address(target)`, and every imported sheet by `sheet(target)` itself."""

    def moved(reference: str) -> str:
        target = target_of(name, reference)
        return address(target) + reference[len(re.split(r"[?#]", reference)[0]) :] if target else reference

    def in_css(match: re.Match[str]) -> str:
        if match["ref"]:
            return f'url("{moved(match["ref"])}")'
        target = match["sheet"] and target_of(name, match["sheet"])
        if not target:
            return match[0]
        return f"@layer {match['layer']} {{\n{sheet(target)}}}\n" if match["layer"] else sheet(target)

    if name.endswith(".css"):
        return _CSS.sub(in_css, text)
    return _JS.sub(lambda match: f"{match['before']}{match['quote']}{moved(match['ref'])}{match['quote']}", text)
