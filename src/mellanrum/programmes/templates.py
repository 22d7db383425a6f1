"""The templates there are: those that come with the product, by name, and others in files."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from mellanrum.programmes.template_format import (
    FORMAT,
    LARGEST_FILE,
    MOST_BLOCKS,
    Template,
    TemplateBlock,
    TemplateGathering,
    TemplateProblem,
)
from mellanrum.programmes.template_reading import parse_template, read_template
from mellanrum.programmes.template_words import quote

# What others need of a template is found here.
__all__ = [
    "FORMAT",
    "LARGEST_FILE",
    "LIBRARY",
    "MOST_BLOCKS",
    "Template",
    "TemplateBlock",
    "TemplateGathering",
    "TemplateProblem",
    "library",
    "library_path",
    "library_template",
    "load_template",
    "parse_template",
    "read_template",
]
LIBRARY = Path(__file__).parent / "library"


def _files() -> list[Path]:
    return sorted(LIBRARY.glob("*.toml"), key=lambda path: path.name.split("."))  # by name, then by language


def library() -> tuple[Template, ...]:
    """The templates that come with the product, by file name."""
    return tuple(read_template(path) for path in _files())


def library_path(name: str) -> Path | None:
    """The library's file with that name, `name` or `name.language`; never a path from outside."""
    files = {path.name.removesuffix(".toml"): path for path in _files()}
    return files.get(name) or next((path for known, path in files.items() if known.partition(".")[0] == name), None)


def library_template(name: str) -> Template:
    """The library's template with that name. Raises TemplateProblem."""
    path = library_path(name)
    if path is None:
        raise TemplateProblem(_("Det finns ingen mall som heter ”%(name)s”. Välj en i listan.") % {"name": quote(name)})
    return read_template(path)


def load_template(path_or_name: str | Path) -> Template:
    """A template of the library by name, or one from a file. Only for callers who may read files: the operator's commands."""
    text = str(path_or_name)
    inside = library_path(text)
    if inside is not None:
        return read_template(inside)
    if not _is_file(text):
        raise TemplateProblem(
            _("Det finns ingen mall eller fil som heter ”%(name)s”. Se listan: mellanrum template list.") % {"name": quote(text)}
        )
    return read_template(Path(text))


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # too long, or with a NUL in it
        return False
