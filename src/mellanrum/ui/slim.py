"""Scripts without what only their readers need."""

from __future__ import annotations

from rjsmin import jsmin


def slim(name: str, content: bytes) -> bytes:
    """The same script without comments and needless white space; every other file as it is."""
    return jsmin(content.decode()).encode() if name.endswith(".js") else content
