"""Static files under names that carry their content's hash, with every reference between them following along.

A phone in a crowded hall pays for each request, so imported style sheets are put into the one that names them, and a page can
announce all modules a script needs (`modules`) instead of letting the browser find them one layer at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from posixpath import splitext
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from mellanrum import __version__
from mellanrum.ui.references import has_references, references, renamed
from mellanrum.ui.slim import slim

HASH_LENGTH: Final = 8


class MissingAsset(ValueError):
    """A page, style sheet or script names a static file that does not exist."""


class Assets:
    """Files by name (`ui/css/phone.css`), by path (`/static/ui/css/phone.3f2a9c1b.css`), and their finished contents."""

    def __init__(self, files: Mapping[str, bytes], *, base: str = "/static/", version: str = "", fresh: bool = False) -> None:
        """`fresh` keeps plain names and untouched contents, for a developer whose files change while the server runs.

        Raises MissingAsset for a reference into nothing, and ValueError for style sheets that import each other in a ring.
        """
        self.base, self.fresh = base, fresh
        self.contents: dict[str, bytes] = {}
        self._hashes: dict[str, str] = {}
        self._references = {name: self._checked(name, files) for name in files}
        for names in _referred_first({name: set(targets) for name, targets in self._references.items()}):
            self._finish(names, files)
        self.paths = {self.url(name): name for name in files}
        everything = [version, *(f"{name} {self._hashes[name]}" for name in sorted(files))]
        self.release = _hash("\n".join(everything).encode())

    def url(self, name: str) -> str:
        """The path a file is served under. Raises MissingAsset."""
        if self.fresh:
            return self.base + name
        if name not in self._hashes:
            raise MissingAsset(f"There is no static file {name!r}.")
        stem, extension = splitext(name)
        return f"{self.base}{stem}.{self._hashes[name]}{extension}"

    def hash(self, name: str) -> str:
        return self._hashes[name]

    def modules(self, name: str) -> list[str]:
        """The paths of all scripts that this one imports, directly or through others (for `rel=modulepreload`)."""
        found: dict[str, None] = {}
        waiting = [name]
        while waiting:
            new = [target for target in self._references[waiting.pop()] if target not in found and target != name]
            found |= dict.fromkeys(new)
            waiting += new
        return [self.url(target) for target in found]

    def _checked(self, name: str, files: Mapping[str, bytes]) -> list[str]:
        if self.fresh or not has_references(name):
            return []
        targets = references(name, files[name].decode())
        for target in targets:
            if target not in files:
                raise MissingAsset(f"{name} refers to {target!r}, but there is no such static file.")
        return targets

    def _finish(self, names: list[str], files: Mapping[str, bytes]) -> None:
        """Rewrite and hash files all of whose references are finished. Several at once refer to each other and share one hash."""
        if len(names) > 1:
            if any(name.endswith(".css") for name in names):
                raise ValueError(f"Style sheets import each other in a ring: {', '.join(names)}")
            finished = sorted({self._hashes[target] for name in names for target in self._references[name] if target in self._hashes})
            self._hashes |= dict.fromkeys(names, _hash("".join(finished).encode(), *(files[name] for name in sorted(names))))
        for name in names:
            self.contents[name] = self._renamed(name, files[name]) if self._references[name] else files[name]
            self._hashes.setdefault(name, _hash(self.contents[name]))

    def _renamed(self, name: str, content: bytes) -> bytes:
        return renamed(name, content.decode(), self.url, lambda target: self.contents[target].decode()).encode()


def _hash(*contents: bytes) -> str:
    return sha256(b"\0".join(contents)).hexdigest()[:HASH_LENGTH]


def _referred_first(graph: dict[str, set[str]]) -> Iterator[list[str]]:
    """Names after those they refer to, one by one; rings, and what hangs on them, all together at the end."""
    rest = {name: targets - {name} for name, targets in graph.items()}
    while rest:
        ready = [name for name, targets in rest.items() if not targets & rest.keys()]
        if not ready:
            yield list(rest)
            return
        for name in ready:
            yield [name]
            del rest[name]


@cache
def the_assets() -> Assets:
    """All static files of the installed apps, read once. With DEBUG they keep plain names and are read again when asked for."""
    files = {name: content if settings.DEBUG else slim(name, content) for name, content in _installed()}
    return Assets(files, base=settings.STATIC_URL, version=__version__, fresh=settings.DEBUG)


def _installed() -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    for finder in get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):
            name = path.replace("\\", "/")
            if name not in seen:  # the first finder wins, as with collectstatic
                seen.add(name)
                with storage.open(path) as file:
                    yield name, file.read()
