"""Form names say what they send."""

from __future__ import annotations

import pytest

from mellanrum.exercises.scale.contributions import KINDS, Belong, Count, Rate, Write
from mellanrum.rooms.fields import Field, contributions_of, parse_name

RATE = "rate?item=a&subject=me#value"


def given(*fields: tuple[str, str]) -> list[object]:
    return [one.data for one in contributions_of(fields, KINDS)]


def test_a_name_is_type_fixed_data_and_key() -> None:
    assert parse_name(RATE) == Field("rate", {"item": "a", "subject": "me"}, "value")
    assert parse_name("count?item=a&subject=me#counts.2") == Field("count", {"item": "a", "subject": "me"}, "counts", 2)


@pytest.mark.parametrize("name", ["exercise", "csrfmiddlewaretoken", "rate#value", "rate?item=a", "?a=b#c", "rate?item=a#", "", "a?#b.c"])
def test_other_names_are_no_fields(name: str) -> None:
    assert parse_name(name) is None


@pytest.mark.parametrize(
    ("name", "value", "sent"),
    [
        (RATE, "4", Rate("a", "me", 4)),
        (RATE, "dk", Rate("a", "me", "dk")),
        (RATE, "", Rate("a", "me", None)),
        ("write?part=hard#text", "42", Write("hard", "42")),
        ("write?part=hard#text", "", Write("hard", "")),
        ("group?#group", "", Belong(None)),
    ],
)
def test_a_field_sends_the_first_reading_that_fits(name: str, value: str, sent: object) -> None:
    assert given((name, value)) == [sent]


@pytest.mark.parametrize(
    ("name", "value"),
    [(RATE, "four"), ("rate?item=a&subject=me&extra=x#value", "4"), ("unknown?item=a#value", "4"), (RATE, "9" * 400)],
)
def test_what_fits_nothing_is_left_out(name: str, value: str) -> None:
    assert given((name, value)) == []


def test_the_places_of_a_list_are_sent_together_in_their_order() -> None:
    name = "count?item=a&subject=me#counts"
    fields = [(f"{name}.{place}", text) for place, text in [(2, "8"), (0, "1"), (1, ""), (3, "14"), (4, "5")]]
    assert given(*fields) == [Count("a", "me", (1, 0, 8, 14, 5))]
    assert given((f"{name}.0", "-1"), (f"{name}.1", "2")) == []


def test_a_place_beyond_every_list_is_no_field() -> None:
    assert parse_name(f"count?item=a#counts.{'9' * 5000}") is None
