"""What is said aloud about a rating and what the wall says ask for the same: calm and honest, never quick."""

from __future__ import annotations

from pathlib import Path

import pytest

from mellanrum.exercises.scale.exercise import RATE
from mellanrum.programmes.templates import library_template


def test_the_script_asks_for_calm_as_the_wall_does() -> None:
    wall = (Path(__file__).parents[1] / "projector.html").read_text()
    assert "Svara i lugn och ro" in wall
    assert "i lugn och ro" in str(RATE.script.say)


@pytest.mark.parametrize("name", ["prova-pa", "larandetraff", "larandetraff-med-lunch"])
def test_no_programme_of_the_library_hurries_anybody(name: str) -> None:
    assert "snabbt och ärligt" not in str(library_template(name))
