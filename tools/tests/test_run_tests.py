"""A journey may fail once when the machine is short of time: it tries again alone and is named; what is broken stays broken."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUNNER = Path(__file__).parents[1] / "run_tests.py"
ALONE = "run_tests.SIDE_BY_SIDE = (); sys.exit(run_tests.main([]))"
MARKERS = "[pytest]\nmarkers =\n    journey: in a browser\n    fault: breaks things\n"
# Fails the first time it runs.
UNSTEADY = """
import pathlib
def once(name):
    seen = pathlib.Path(name)
    known = seen.exists()
    seen.touch()
    assert known
"""


def suite(folder: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """The runner over a suite of its own, in one process and without our plugins: they take seconds to start."""
    (folder / "pytest.ini").write_text(MARKERS)
    (folder / "test_it.py").write_text("import pytest\n" + UNSTEADY + "\n".join(tests))
    line = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(RUNNER.parent)!r}); import run_tests; {ALONE}"]
    bare = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "PYTHONPATH": ""}
    return subprocess.run(line, cwd=folder, env=bare, capture_output=True, text=True, check=False)


def unsteady(number: int, mark: str = "journey") -> str:
    return f"@pytest.mark.{mark}\ndef test_{mark}_{number}():\n    once('{mark}{number}')\n"


def broken(mark: str) -> str:
    return f"@pytest.mark.{mark}\ndef test_broken():\n    assert False\n"


def test_an_unsteady_journey_passes_alone_and_is_named(tmp_path: Path) -> None:
    ran = suite(tmp_path, unsteady(1))
    assert ran.returncode == 0
    assert "UNSTEADY, to be mended: test_it.py::test_journey_1" in ran.stderr


@pytest.mark.parametrize("tests", [(broken("journey"),), (unsteady(1), broken("journey")), (unsteady(1), unsteady(2), unsteady(3))])
def test_what_is_broken_and_what_is_often_unsteady_fails(tmp_path: Path, tests: tuple[str, ...]) -> None:
    assert suite(tmp_path, *tests).returncode == 1


@pytest.mark.parametrize("test", [unsteady(1, "fault"), "def test_plain():\n    once('plain')\n", broken("fault")])
def test_nothing_else_gets_a_second_try(tmp_path: Path, test: str) -> None:
    ran = suite(tmp_path, test)
    assert ran.returncode == 1
    assert "UNSTEADY" not in ran.stderr


def test_a_fault_after_a_good_journey_is_heard(tmp_path: Path) -> None:
    assert suite(tmp_path, unsteady(1), broken("fault")).returncode == 1
