"""Keeps the catalogues of translations without GNU gettext: `update`, `check` and `compile`.

The source language is Swedish: what stands in code and templates is the key. English is complete or the check fails.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "mellanrum"
LANGUAGES = ("en",)
NAMES = {"en": "English"}
TEMPLATES = {".html", ".txt", ".svg"}
COMPONENTS = PACKAGE / "ui" / "components"  # a file beside each component tells its title, text and states
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
Found = tuple[int, str | tuple[str, ...], list[str], str | None]


def main(verbs: list[str]) -> int:
    catalogues = {language: PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po" for language in LANGUAGES}
    source = source_catalogue(PACKAGE)
    if verbs == ["check"]:
        problems = [f"{language}: {line}" for language, path in catalogues.items() for line in problems_of(path, source)]
        print("\n".join([*problems, "`./dev fix` updates and compiles the catalogues."] if problems else []))
        return 1 if problems else 0
    if verbs == ["update"]:
        for language, path in catalogues.items():
            update(path, language, source)
            print("\n".join(lacking(path, language)), end="")
    elif verbs == ["compile"]:
        for path in catalogues.values():
            path.with_suffix(".mo").write_bytes(compiled(read(path)))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


def source_catalogue(package: Path) -> Catalog:
    """Every text marked for translation below `package`, tests left out."""
    catalogue = Catalog(locale="sv", project="mellanrum", charset="utf-8")
    for path in sorted(package.rglob("*")):
        if path.suffix == ".json" and path.parent == COMPONENTS:
            for text in texts_of_component(path):
                catalogue.add(text, locations=[(str(path.relative_to(package)), 0)])
        if "tests" in path.parts or path.suffix not in {".py", *TEMPLATES}:
            continue
        for _line, texts, comments, context in messages_in(path):
            catalogue.add(texts, locations=[(str(path.relative_to(package)), 0)], auto_comments=comments, context=context)
    return catalogue


def messages_in(path: Path) -> Iterator[Found]:
    text = path.read_text()
    if path.suffix in TEMPLATES:
        # Django turns a template into Python calls; without indentation Python can read them.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return extract("python", io.BytesIO(text.encode()), KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True)


def texts_of_component(path: Path) -> list[str]:
    """What the gallery says about a component; the made-up words in its states stay as they are."""
    told = json.loads(path.read_text())
    return [told["title"], told["text"], *(state["name"] for state in told["states"])]


class Quiet(Catalog):
    """A catalogue whose header tells only what readers need, so that no file changes because a day has passed."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        wanted = {"Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
        return [(name, value) for name, value in super().mime_headers if name in wanted]


def empty(language: str) -> Catalog:
    header = f"# {language}: Mellanrum's texts. Written by `./dev fix`, translated by hand; the key is the Swedish text."
    return Quiet(locale=language, charset="utf-8", header_comment=header, fuzzy=False)


def update(path: Path, language: str, source: Catalog) -> None:
    """Add new texts, drop those that are gone, keep every translation."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = read(path) if path.exists() else empty(language)
    catalogue.update(source, no_fuzzy_matching=True, update_creation_date=False)
    save(path, catalogue)


def lacking(path: Path, language: str) -> list[str]:
    """What a human has to do now: the texts without a translation, with where they stand. Nothing when there are none."""
    waiting = [message for message in read(path) if message.id and problem_with(message) == "not translated"]
    if not waiting:
        return []
    many = f"{len(waiting)} text{'' if len(waiting) == 1 else 's'} lack{'s' if len(waiting) == 1 else ''} {NAMES[language]}"
    texts = [f"  {message.locations[0][0] if message.locations else '?'}: {singular(message.id)}" for message in waiting]
    return [f"{many}: write it in src/mellanrum/locale/{language}/LC_MESSAGES/{path.name}, then `./dev fix` again.", *texts, ""]


def save(path: Path, catalogue: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)


def read(path: Path) -> Catalog:
    language = path.parent.parent.name
    catalogue = empty(language)
    with path.open("rb") as file:
        stored = read_po(file, locale=language, domain="django")
    for message in stored:
        if message.id:
            catalogue[message.id] = message
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def problems_of(path: Path, source: Catalog) -> Iterator[str]:
    """What keeps this catalogue from being complete, one line each."""
    if not path.exists():
        yield "there is no catalogue"
        return
    catalogue = read(path)
    known = {message_key(message): message for message in catalogue if message.id}
    wanted = {message_key(message): message for message in source if message.id}
    for key, message in wanted.items():
        where = message.locations[0][0]
        if problem := problem_with(known.get(key)):
            yield f"{where}: {problem}: {key[1]}"
    yield from (f"no longer used: {key[1]}" for key in known.keys() - wanted.keys())
    machine = path.with_suffix(".mo")
    if not machine.exists() or machine.read_bytes() != compiled(catalogue):
        yield f"{machine.name} is not what {path.name} says"


def message_key(message: Message) -> tuple[str, str]:
    """Context and text: what gettext looks a message up by."""
    return message.context or "", singular(message.id)


def singular(texts: str | tuple[str, ...] | list[str]) -> str:
    return texts if isinstance(texts, str) else texts[0]


def problem_with(message: Message | None) -> str | None:
    if message is None:
        return "not in the catalogue"
    translated = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if not all(translated):
        return "not translated"
    if message.fuzzy:
        return "fuzzy"
    wanted = set(PLACE.findall(" ".join([message.id] if isinstance(message.id, str) else message.id)))
    if wanted != set(PLACE.findall(" ".join(translated))):
        return f"other places for values than {', '.join(sorted(wanted)) or 'none'}"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
