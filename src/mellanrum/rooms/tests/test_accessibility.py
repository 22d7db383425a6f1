"""The accessibility statement: it names whoever the operator says, in plain text, and has an answer when nothing is said."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation

from mellanrum.config import read_config
from mellanrum.rooms.views.door import accessibility


def shown(settings: Any, **said: str) -> str:
    settings.CONFIG = dataclasses.replace(settings.CONFIG, **said)
    return accessibility(RequestFactory().get("/accessibility")).content.decode()


def test_it_names_the_organisation_and_its_address(settings: Any) -> None:
    page = shown(settings, organisation="Fabelå kommun", contact="rum@fabela.example")
    assert "Fabelå kommun står bakom den här webbplatsen." in page
    assert '<a href="mailto:rum@fabela.example">' in page


def test_another_way_than_mail_is_no_link(settings: Any) -> None:
    page = shown(settings, contact="växeln, 0000-12 34 56")
    assert "Du når oss så här: växeln, 0000-12 34 56" in page
    assert "mailto:" not in page


def test_without_configuration_whoever_invited_answers(settings: Any) -> None:
    page = shown(settings, organisation="", contact="")
    assert "Den som har bjudit in dig står bakom den här webbplatsen." in page
    assert "Säg till den som har bjudit in dig" in page
    assert "mailto:" not in page


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", '"><img src=x onerror=a>@x.example', "a@b.example?bcc=c@d.example"])
def test_what_the_operator_writes_is_text(settings: Any, bad: str) -> None:
    page = shown(settings, organisation=bad, contact=bad)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "mailto:" not in page


def test_configuration_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MELLANRUM_ORGANISATION", "  Fabelå\n kommun ")
    monkeypatch.setenv("MELLANRUM_CONTACT", "x" * 500)
    config = read_config()
    assert (config.organisation, len(config.contact)) == ("Fabelå kommun", 200)


def test_it_says_what_the_law_asks_for_in_both_languages(settings: Any) -> None:
    for language, words in {
        "sv": ("delvis förenlig", "Tillsyn", "20 november 2026"),
        "en": ("partly", "Supervision", "20 November 2026"),
    }.items():
        with translation.override(language):
            page = shown(settings)
        for word in words:
            assert word in page, (language, word)
