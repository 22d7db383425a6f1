"""Writes a new exercise type: a folder that works from `tools/skeleton/`, its line in the settings, its English.

usage: ./dev new-exercise SLUG ["Namn" ["Name in English"]]      for example: ./dev new-exercise thumbs "Tummen" "Thumbs"
"""

from __future__ import annotations

import contextlib
import io
import json
import keyword
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import translations

ROOT = Path(__file__).resolve().parent.parent
SKELETON = ROOT / "tools" / "skeleton"
ENGLISH = SKELETON / "english.json"
PACKAGE = ROOT / "src" / "mellanrum"
SETTINGS = PACKAGE / "settings.py"
SLUG, NAME = "skeleton", "Skelettets namn"
OWN = {"stage"}  # the room's own course is an exercise, too
LISTED = re.compile(r"(EXERCISES = \(\n(?:    .*\n)*)\)")
NEXT = """
{name} is in src/mellanrum/exercises/{slug}/ and works. Also changed: settings.py (its line in EXERCISES), and
locale/en/LC_MESSAGES/django.po and .mo (its English). What to do now:

  0. ./dev demo --exercise {slug} shows it on phone, projector and cockpit; /gallery/ in the demo hangs all its faces.
  1. README.md says what it is for. definition.py holds the question and CHOICES, contributions.py what may be sent:
     the same keys in both. Change them together with examples.json; the purpose stands in exercise.py, the question
     a new one begins with in preparing.py.
  2. ./dev test src/mellanrum/exercises/{slug} src/mellanrum/exercise_kit
  3. ./dev fix extracts new texts; write their English in src/mellanrum/locale/en/LC_MESSAGES/django.po; ./dev fix compiles them.
  4. ./dev check

docs/developers/tour.md tells what each file is ("An exercise folder"). src/mellanrum/exercises/round/ is a larger one to learn from.
"""


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 3 or arguments[0].startswith("-"):
        print((__doc__ or "").partition("\n\n")[2].strip(), file=sys.stderr)
        return 2
    slug, name, english = [*arguments, *[arguments[0].capitalize()] * 2][:3]
    if problem := next(problems(slug, name, english), None):
        print(problem, file=sys.stderr)
        return 2
    write_folder(PACKAGE / "exercises" / slug, slug, name)
    SETTINGS.write_text(LISTED.sub(rf'\1    "mellanrum.exercises.{slug}",\n)', SETTINGS.read_text()))
    with contextlib.redirect_stdout(io.StringIO()):  # what lacks English is given it in the same breath
        translate({**json.loads(ENGLISH.read_text()), name: english})
    print(NEXT.format(name=name, slug=slug))
    return 0


def problems(slug: str, name: str, english: str) -> Iterator[str]:
    """What stands in the way, one sentence each."""
    if not re.fullmatch(r"[a-z]{2,30}", slug):
        yield f"“{slug}” cannot be a slug. Take 2 to 30 small letters a to z and nothing else, for example “thumbs”."
        return
    if keyword.iskeyword(slug):
        yield f"“{slug}” is a word of Python's own. Take another slug, for example “{slug}s”."
    if (PACKAGE / "exercises" / slug).exists():
        yield f"src/mellanrum/exercises/{slug} is there already. Take another slug, or remove the folder and its line in settings.py."
    if slug in OWN | taken():
        yield f"“{slug}” is the name of another part of Mellanrum. Take another slug."
    for said in (name, english):
        if not (0 < len(said.strip()) <= 40 and said.isprintable() and not set(said) & set('"\\{}%<>&')):
            yield f"“{said}” cannot be a name. Take 1 to 40 letters, without quotation marks, braces, % or backslashes."


def taken() -> set[str]:
    """The last part of everything that is installed: Django calls an app by it."""
    return {name.rpartition(".")[2] for name in re.findall(r'^    "([a-z_.]+)",$', SETTINGS.read_text(), re.MULTILINE)}


def write_folder(folder: Path, slug: str, name: str) -> None:
    """The skeleton with its names exchanged. Nothing else in it is different."""
    for path in sorted(SKELETON.rglob("*")):
        if path.is_dir() or path == ENGLISH or "__pycache__" in path.parts:
            continue
        written = folder / str(path.relative_to(SKELETON)).replace(SLUG, slug)
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(path.read_text().replace(NAME, name).replace(SLUG, slug))


def translate(english: dict[str, str]) -> None:
    """Take the new texts into the English catalogue; what somebody has translated before stays."""
    translations.main(["update"])
    path = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
    catalogue = translations.read(path)
    for text, translated in english.items():
        if text in catalogue and not catalogue[text].string:
            catalogue[text].string = translated
    translations.save(path, catalogue)
    translations.main(["compile"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
