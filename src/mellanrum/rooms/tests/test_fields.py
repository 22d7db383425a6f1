"""Form names say what they send."""

from __future__ import annotations

import pytest

from mellanrum.exercises.scale.contributions import KINDS
from mellanrum.rooms.fields import Field, contribution_of, parse_name


def test_a_name_is_type_fixed_data_and_key() -> None:
    assert parse_name("rate?item=a&subject=me#value") == Field("rate", {"item": "a", "subject": "me"}, "value")


@pytest.mark.parametrize("name", ["exercise", "csrfmiddlewaretoken", "rate#value", "rate?item=a", "?a=b#c", "rate?item=a#", ""])
def test_other_names_are_no_fields(name: str) -> None:
    assert parse_name(name) is None


@pytest.mark.parametrize(
    ("name", "value", "sent"),
    [
        ("rate?item=a&subject=me#value", "4", ("rate", {"item": "a", "subject": "me", "value": 4})),
        ("rate?item=a&subject=me#value", "dk", ("rate", {"item": "a", "subject": "me", "value": "dk"})),
        ("rate?item=a&subject=me#value", "", ("rate", {"item": "a", "subject": "me", "value": None})),
        ("write?part=hard#text", "42", ("write", {"part": "hard", "text": "42"})),
        ("write?part=hard#text", "", ("write", {"part": "hard", "text": ""})),
        ("rate?item=a&subject=me#value", "four", None),
        ("rate?item=a&subject=me&extra=x#value", "4", None),
        ("unknown?item=a#value", "4", None),
        ("rate?item=a&subject=me#value", "9" * 400, None),
    ],
)
def test_a_field_sends_the_first_reading_that_fits(name: str, value: str, sent: object) -> None:
    assert contribution_of(name, value, KINDS) == sent
