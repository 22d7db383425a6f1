from __future__ import annotations

import pytest

from mellanrum.exercise_kit.templatetags.strips import is_wordy
from mellanrum.exercises.scale.definition import Item


@pytest.mark.parametrize(("texts", "expected"), [([], False), (["fem.."], False), (["fem..", "sex..."], True), (["tio tecken!"], True)])
def test_statements_are_wordy_when_together_they_are_longer_than_there_is_room_for(texts: list[str], expected: bool) -> None:
    items = [Item(f"item-{number}", text) for number, text in enumerate(texts)]
    assert is_wordy(items, 10) is expected
