"""A programme as a file: what a template may hold, and reading one with problems said in plain words."""

from __future__ import annotations

import re
import tomllib
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.registry import choosable

FORMAT = 1
LIBRARY = Path(__file__).parent / "library"
LARGEST_FILE = 512 * 1024
MOST_BLOCKS = 200

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Short = Annotated[str, msgspec.Meta(max_length=120)]
Prose = Annotated[str, msgspec.Meta(max_length=8000)]
Sentences = Annotated[tuple[Line, ...], msgspec.Meta(max_length=40)]
Icon = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,40}$")]


class TemplateProblem(Exception):
    """The file cannot be used; the message says what is wrong and where, in the language of the person."""


class TemplateBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the run sheet. `agenda` is the word participants see; without it they see nothing of the block.

    `kind` is what is asked of people: to listen, to think alone, to talk at the table, or to hear everyone.
    """

    title: Line
    minutes: Annotated[int, msgspec.Meta(ge=0, le=600)]
    agenda: Short = ""
    icon: Icon = "circle-notch"
    responsible: Short = ""
    say: Prose = ""
    do: Sentences = ()
    material: Sentences = ()
    phones: bool = False
    exercise: Short = ""
    definition: dict[str, Any] = {}
    kind: Literal["", "listen", "alone", "table", "all"] = ""

    @property
    def heading(self) -> str:
        return self.agenda

    @property
    def attention(self) -> str:
        """Its `kind`; where the file is silent, an exercise is something one does and anything else is listened to."""
        return self.kind or ("alone" if self.exercise else "listen")


class TemplateGathering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A meeting. `starts` is the clock time; the day is chosen when the template is used."""

    title: Line
    blocks: Annotated[tuple[TemplateBlock, ...], msgspec.Meta(min_length=1, max_length=MOST_BLOCKS)]
    kind: Short = "learning-meeting"
    theme: Annotated[str, msgspec.Meta(max_length=200)] = ""
    purpose: Prose = ""
    starts: time | None = None


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A programme ready to be used; `format` is the version of this file format, `version` of the template itself."""

    format: int
    name: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
    version: Annotated[int, msgspec.Meta(ge=1)]
    language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}$")]
    title: Line
    gatherings: Annotated[tuple[TemplateGathering, ...], msgspec.Meta(min_length=1, max_length=60)]
    summary: Prose = ""
    purpose: Prose = ""


def library() -> tuple[Template, ...]:
    """The templates that come with the product, by file name."""
    return tuple(read_template(path) for path in sorted(LIBRARY.glob("*.toml")))


def library_path(name: str) -> Path | None:
    """The library's file with that name, `name` or `name.language`; never a path from outside."""
    files = {path.name.removesuffix(".toml"): path for path in sorted(LIBRARY.glob("*.toml"))}
    return files.get(name) or next((path for known, path in files.items() if known.partition(".")[0] == name), None)


def library_template(name: str) -> Template:
    """The library's template with that name. Raises TemplateProblem."""
    path = library_path(name)
    if path is None:
        raise TemplateProblem(_("Det finns ingen mall som heter ”%(name)s”.") % {"name": name[:80]})
    return read_template(path)


def load_template(path_or_name: str | Path) -> Template:
    """A template of the library by name, or one from a file. Only for callers who may read files: the operator's commands."""
    text = str(path_or_name)
    inside = library_path(text)
    if inside is not None:
        return read_template(inside)
    if not _is_file(text):
        raise TemplateProblem(_("Det finns ingen mall eller fil som heter ”%(name)s”.") % {"name": text[:200]})
    return read_template(Path(text))


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # too long, or with a NUL in it
        return False


def read_template(path: Path) -> Template:
    """Read and check a file. Raises TemplateProblem."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise TemplateProblem(_("Filen %(file)s går inte att läsa.") % {"file": path.name}) from error
    return parse_template(content, file=path.name)


def parse_template(content: bytes, *, file: str) -> Template:
    """Check the bytes of a template file; `file` is its name in messages. Raises TemplateProblem."""
    if len(content) > LARGEST_FILE:
        raise TemplateProblem(_("Filen %(file)s är för stor för att vara en mall.") % {"file": file})
    data = _toml(content, file)
    _check_format(data.get("format"), file)
    try:
        template = msgspec.convert(data, Template)
    except msgspec.ValidationError as error:
        raise TemplateProblem(f"{file}: {_in_words(str(error))}") from error
    for number, gathering in enumerate(template.gatherings, 1):
        for row, block in enumerate(gathering.blocks, 1):
            _check_exercise(block, f"{file}: {_place(number, row)}")
    return template


def _toml(content: bytes, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise TemplateProblem(_("Filen %(file)s är inte text i UTF-8.") % {"file": file}) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = _("Se rad %(line)s.") % {"line": line[1]} if line else _("Slutet av filen saknas.")
        raise TemplateProblem(_("Filen %(file)s är inte riktig TOML.") % {"file": file} + " " + where) from error
    except RecursionError as error:
        raise TemplateProblem(_("Filen %(file)s är inte en mall.") % {"file": file}) from error


def _check_format(found: object, file: str) -> None:
    if not isinstance(found, int):
        raise TemplateProblem(_("Filen %(file)s är inte en mall: raden ”format = 1” saknas.") % {"file": file})
    if found > FORMAT:
        raise TemplateProblem(
            _("Filen %(file)s är gjord för en nyare version av Mellanrum. Uppdatera, eller be om en äldre fil.") % {"file": file}
        )


def _check_exercise(block: TemplateBlock, where: str) -> None:
    if not block.exercise:
        if block.definition:
            raise TemplateProblem(where + _(" har en definition men ingen övning."))
        return
    exercise = choosable().get(block.exercise)
    if exercise is None:
        raise TemplateProblem(where + _(" har en övning som inte finns här: ”%(slug)s”.") % {"slug": block.exercise})
    version = block.definition.get("version")
    try:
        if not isinstance(version, int) or version < 1:
            raise msgspec.ValidationError("Object missing required field `version`")
        msgspec.convert(exercise.upgrade_definition(version, block.definition), exercise.definition)
    except msgspec.ValidationError as error:
        raise TemplateProblem(where + _(", övningen: ") + _in_words(str(error))) from error
    except ValueError as error:
        raise TemplateProblem(where + _(" har en övning från en nyare version av Mellanrum. Uppdatera först.")) from error


def _place(gathering: int, block: int | None = None) -> str:
    if block is None:
        return _("träff %(gathering)s") % {"gathering": gathering}
    return _("träff %(gathering)s, moment %(block)s") % {"gathering": gathering, "block": block}


def _in_words(error: str) -> str:
    """msgspec's English message with its `$.path`, as a sentence for the person who wrote the file."""
    what, _sep, path = error.partition(" - at `")
    indexes = [int(number) + 1 for number in re.findall(r"\[(\d+)\]", path)]
    field = re.search(r"\.([a-z_]+)[^.]*`?$", path)
    where = _place(*indexes[:2]) + ": " if indexes and path.startswith("$.gatherings") else ""
    missing = re.search(r"missing required field `([^`]+)`", what)
    if missing:
        return where + _("fältet ”%(field)s” saknas.") % {"field": missing[1]}
    unknown = re.search(r"unknown field `([^`]+)`", what)
    if unknown:
        return where + _("fältet ”%(field)s” är okänt. Är det felstavat?") % {"field": unknown[1]}
    return where + _("fältet ”%(field)s” har fel form (%(detail)s).") % {"field": field[1] if field else "?", "detail": what}
