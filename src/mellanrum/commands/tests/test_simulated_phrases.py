"""What made-up people say fits the exercise, the language and the field."""

from __future__ import annotations

import pytest

from mellanrum.commands.simulate.phrases import SENTENCES, WORDS, phrases


@pytest.mark.parametrize(("slug", "kind", "key"), [("cards", "share", "text"), ("words", "word", "text"), ("round", "word", "text")])
def test_what_they_say_is_said_in_the_types_own_samples(slug: str, kind: str, key: str) -> None:
    said = phrases(slug, kind, key, language="sv", longest=140)
    assert len(said) >= 5
    assert not set(said) & {*SENTENCES["sv"]}
    assert all(2 <= len(text) <= 140 and "<" not in text for text in said)


def test_they_speak_the_rooms_language_and_fit_the_field() -> None:
    assert set(phrases("cards", "share", "text", language="en", longest=600)) == set(SENTENCES["en"])
    assert set(phrases("words", "word", "text", language="en", longest=80)) == set(WORDS["en"])
    assert phrases("no-such-type", "word", "text", language="sv", longest=60) == tuple(text for text in WORDS["sv"] if len(text) <= 60)
    assert all(len(text) <= 10 for text in phrases("words", "word", "text", language="sv", longest=10))
