"""An `examples.json` that is wrong says where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit import examples
from mellanrum.exercise_kit.examples import BadExamples, examples_of, read_samples
from mellanrum.exercise_kit.registry import exercise_type

SCALE = exercise_type("scale")


def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Any) -> Any:
    """The rating with its own examples, changed."""
    told = msgspec.json.decode(msgspec.json.encode(read_samples(SCALE)))
    change(told)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "examples.json").write_bytes(msgspec.json.encode(told))
    monkeypatch.setattr(examples, "PACKAGE", tmp_path)
    return replace(SCALE, folder="one")


def test_what_is_right_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert examples_of(written(tmp_path, monkeypatch, lambda told: None))


def add(row: Any) -> Any:
    return lambda told: told["examples"][1]["rows"].insert(1, row)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (add(["p1", "rate", SCALE.contributions_version, {"item": 7}]), ["row 2", "p1, rate", "Expected `str`"]),
        (add(["p1", "dance", SCALE.contributions_version, {}]), ["row 2", "'dance'"]),
        (add(["p1", "rate", 99, {}]), ["row 2"]),
        (add(["p1", "rate"]), ["the file", "$.examples[1].rows[1]"]),
        (lambda told: told["examples"][1].update(definition="gone"), ["definition “gone”"]),
        (lambda told: told.pop("definitions"), ["the file", "definitions"]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Any, said: list[str]) -> None:
    exercise = written(tmp_path, monkeypatch, change)
    with pytest.raises(BadExamples) as told:
        examples_of(exercise)
    assert all(part in str(told.value) for part in ["one/examples.json", *said])
    assert "the file" in said or "example “" in str(told.value)
