"""The size check tells what is too long and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import sizes


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sizes, "ROOT", tmp_path)
    return tmp_path


def test_a_long_file_is_told(root: Path) -> None:
    path = root / "page.html"
    path.write_text("<p>\n" * 131)
    assert list(sizes.too_long(path)) == ["page.html: 131 lines, think again at 130"]


def test_a_long_function_is_told_with_its_line(root: Path) -> None:
    path = root / "code.py"
    path.write_text("\ndef long() -> None:\n" + "    print()\n" * 40)
    assert list(sizes.too_long(path)) == ["code.py:2: long has 41 lines, think again at 40"]


def test_what_keeps_the_limits_is_not_told(root: Path) -> None:
    path = root / "code.py"
    path.write_text("def short() -> None:\n" + "    print()\n" * 39)
    assert list(sizes.too_long(path)) == []


def test_migrations_and_vendored_files_are_left_out(root: Path) -> None:
    for name in ("dev", "conftest.py", "src/app/migrations/0001.py", "src/app/static/vendor/library.js", "src/app/models.py"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    assert [str(path.relative_to(root)) for path in sizes.files()] == ["dev", "conftest.py", "src/app/models.py"]
