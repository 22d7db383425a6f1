"""Reading a template file: every way it can be wrong is one sentence that says what, where and what to do."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.registry import choosable
from mellanrum.programmes.fields import clean
from mellanrum.programmes.template_format import FORMAT, LARGEST_FILE, Template, TemplateBlock, TemplateProblem
from mellanrum.programmes.template_words import in_words, place, quote

LARGEST_NUMBER = 2**53  # what every reader of JSON can hold
_DEEP_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){30}""")
_LINES = frozenset({"title", "agenda", "responsible", "theme", "place", "section", "why"})


def read_template(path: Path) -> Template:
    """Read and check a file. Raises TemplateProblem."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise TemplateProblem(
            _("Filen %(file)s går inte att läsa. Se efter att den finns och att du får öppna den.") % _of(path)
        ) from error
    return parse_template(content, file=path.name)


def parse_template(content: bytes, *, file: str) -> Template:
    """Check the bytes of a template file; `file` is its name in messages. Raises TemplateProblem."""
    file = quote(file)
    if len(content) > LARGEST_FILE:
        said = _("Filen %(file)s är för stor för att vara en mall: högst %(most)s kB. Dela den i flera.")
        raise TemplateProblem(said % {"file": file, "most": LARGEST_FILE // 1024})
    data = _toml(content, file)
    _check_format(data.get("format"), file)
    try:
        template = msgspec.convert(_clean(data), Template)
    except (RecursionError, OverflowError) as error:
        raise _too_deep(file) from error
    except msgspec.ValidationError as error:
        raise TemplateProblem(f"{file}: {in_words(str(error))}") from error
    for number, gathering in enumerate(template.gatherings, 1):
        for row, block in enumerate(gathering.blocks, 1):
            _check_exercise(block, f"{file}: {place(number, row)}")
            _check_lengths(block, f"{file}: {place(number, row)}")
    return template


def _of(path: Path) -> dict[str, str]:
    return {"file": quote(path.name)}


def _toml(content: bytes, file: str) -> dict[str, Any]:
    about = {"file": file}
    try:
        text = content.decode("utf-8-sig")
        if _DEEP_KEY.search(text):  # tomllib would take minutes for one of thousands of parts
            raise RecursionError
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        said = _("Filen %(file)s är inte text i UTF-8. Välj en mallfil, som slutar på .toml, eller spara om den som UTF-8.")
        raise TemplateProblem(said % about) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = _("Se rad %(line)s.") % {"line": line[1]} if line else _("Slutet av filen saknas.")
        raise TemplateProblem(_("Filen %(file)s är inte riktig TOML.") % about + " " + where) from error
    except (RecursionError, ValueError) as error:  # far too deep, or a number of thousands of digits
        raise _too_deep(file) from error


def _too_deep(file: str) -> TemplateProblem:
    said = _("Filen %(file)s är inte en mall: den är för djup eller har ett för stort tal. Jämför med en mall som finns.")
    return TemplateProblem(said % {"file": file})


def _check_format(found: object, file: str) -> None:
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        said = _("Filen %(file)s är inte en mall: raden ”format = 1” saknas. Är det rätt fil?")
        raise TemplateProblem(said % {"file": file})
    if found > FORMAT:
        said = _("Filen %(file)s är gjord för en nyare version av Mellanrum. Uppdatera, eller be om en äldre fil.")
        raise TemplateProblem(said % {"file": file})


def _clean(value: Any, name: str = "") -> Any:
    """As the planner would store it: composed, in one line where it has one, without what no screen shows. Raises OverflowError."""
    if isinstance(value, str):
        return " ".join(clean(value).split()) if name in _LINES else clean(value)
    if isinstance(value, dict):
        return {clean(key): _clean(one, key) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one, name) for one in value]
    if isinstance(value, int | float) and not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:  # nan neither
        raise OverflowError
    return value


def _check_lengths(block: TemplateBlock, where: str) -> None:
    """A least above the length is a plan that has become too short, which the planner tells; a file may hold it as well."""
    if block.fixed_at is not None and (block.fixed_at.second or block.fixed_at.microsecond or block.fixed_at.tzinfo):
        raise TemplateProblem(where + _(": fältet ”fixed_at” ska vara timme och minut, som 12:00:00."))
    if block.least is not None and block.most is not None and block.least > block.most:
        raise TemplateProblem(where + _(": ”least” är större än ”most”. Det kortaste kan inte vara längre än det längsta."))
    for track in block.tracks:
        if any(row.least is not None and row.least > row.minutes for row in track.rows):
            raise TemplateProblem(where + _(": i ett spår är ”least” större än ”minutes”. Rätta ett av dem."))
    if len(keys := [track.key for track in block.tracks if track.key]) != len(set(keys)):
        raise TemplateProblem(where + _(": två spår har samma ”key”. Ta bort den, så får de var sin."))


def _check_exercise(block: TemplateBlock, where: str) -> None:
    if not block.exercise:
        if block.definition:
            raise TemplateProblem(where + _(" har en definition men ingen övning. Ta bort den, eller skriv vilken övning det är."))
        return
    exercise = choosable().get(block.exercise)
    if exercise is None:
        known = ", ".join(sorted(choosable()))
        said = _(" har en övning som inte finns här: ”%(slug)s”. De som finns är: %(known)s.")
        raise TemplateProblem(where + said % {"slug": quote(block.exercise), "known": known})
    if isinstance(block.definition.get("deck"), dict):
        raise TemplateProblem(where + _(' har en egen kortlek, och bilder följer inte med en mall. Skriv deck = "house".'))
    version = block.definition.get("version")
    try:
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise msgspec.ValidationError("Object missing required field `version`")
        msgspec.convert(exercise.upgrade_definition(version, block.definition), exercise.definition)
    except msgspec.ValidationError as error:
        raise TemplateProblem(where + _(", övningen: ") + in_words(str(error))) from error
    except ValueError as error:
        raise TemplateProblem(where + _(" har en övning från en nyare version av Mellanrum. Uppdatera först.")) from error
