"""`./dev new-exercise`: what it writes works at once, and what it cannot write it refuses with a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("src", "tools", "tests", "pyproject.toml", "conftest.py", "dev")
SLUG = "thumbs"
FOLDER = f"src/mellanrum/exercises/{SLUG}"
CHECKS = {
    "style": ["ruff", "check", FOLDER],
    "format": ["ruff", "format", "--check", FOLDER],
    "types": ["mypy", FOLDER],
    "imports": ["lint-imports", "--no-logo", "--no-cache"],
    "sizes": ["python", "tools/sizes.py"],
    "templates": ["python", "tools/templates.py", "--check"],
    "unmarked": ["python", "tools/unmarked.py"],
    "tests": ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", SLUG, FOLDER, "src/mellanrum/exercise_kit/tests/contract"],
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source with one exercise more."""
    copy = tmp_path_factory.mktemp("source")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(ROOT / name, copy)
    done = new_exercise(copy, SLUG, "Tummen", "Thumbs")
    assert done.returncode == 0, done.stderr
    assert f"./dev test {FOLDER}" in done.stdout
    return copy


def run(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MELLANRUM_", "PYTEST_"))}
    own |= {
        "PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}",
        "DJANGO_SETTINGS_MODULE": "mellanrum.settings",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    program = Path(sys.executable).parent / command[0]
    return subprocess.run([str(program), *command[1:]], cwd=copy, env=own, capture_output=True, text=True, check=False)


def new_exercise(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(copy, "python", "-m", "tools.new_exercise", *arguments)


@pytest.mark.slow  # the contract suite and mypy from the beginning
@pytest.mark.parametrize("name", CHECKS)
def test_what_it_writes_passes(source: Path, name: str) -> None:
    done = run(source, *CHECKS[name])
    assert done.returncode == 0, done.stdout + done.stderr


def test_its_line_stands_in_the_settings_and_its_texts_have_english(source: Path) -> None:
    settings = (source / "src/mellanrum/settings.py").read_text()
    assert settings.count(f'    "mellanrum.exercises.{SLUG}",\n)') == 1
    told = run(source, "python", "tools/translations.py", "check").stdout
    assert f"exercises/{SLUG}/" not in told
    catalogue = (source / "src/mellanrum/locale/en/LC_MESSAGES/django.po").read_text()
    assert 'msgid "Tummen"\nmsgstr "Thumbs"' in catalogue


def test_nothing_of_the_skeleton_shows(source: Path) -> None:
    written = [path for path in (source / FOLDER).rglob("*") if path.is_file()]
    assert {"exercise.py", "README.md", "paper.html", "entry.html", f"test_{SLUG}.py"} <= {path.name for path in written}
    assert not [path for path in written if "skelet" in path.read_text().lower() or "skelet" in path.name]


def test_it_is_short(source: Path) -> None:
    lines = [line for path in (source / FOLDER).glob("*.py") for line in path.read_text().splitlines() if line.strip()]
    assert len(lines) <= 150


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Thumbs",), "small letters"),
        (("two-words",), "small letters"),
        (("../escape",), "small letters"),
        (("tumme" * 9,), "small letters"),
        (("å",), "small letters"),
        (("class",), "Python"),
        (("words",), "already"),
        (("rooms",), "another part"),
        (("sessions",), "another part"),
        (("stage",), "another part"),
        (("polls", 'En "övning"'), "cannot be a name"),
        (("polls", "{{ settings }}"), "cannot be a name"),
        (("polls", " "), "cannot be a name"),
        (("polls", "Val\n"), "cannot be a name"),
        (("polls", "Val", "50 %"), "cannot be a name"),
        ((), "usage"),
        (("--help",), "usage"),
        (("a", "b", "c", "d"), "usage"),
    ],
)
def test_what_it_cannot_write_it_refuses_and_leaves_everything_as_it_was(source: Path, arguments: tuple[str, ...], said: str) -> None:
    before = sorted(path.name for path in (source / "src/mellanrum/exercises").iterdir())
    settings = (source / "src/mellanrum/settings.py").read_text()
    done = new_exercise(source, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert sorted(path.name for path in (source / "src/mellanrum/exercises").iterdir()) == before
    assert (source / "src/mellanrum/settings.py").read_text() == settings
