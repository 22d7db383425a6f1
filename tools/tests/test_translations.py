"""The catalogues are complete, and the tool that says so would notice if they were not."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import write_po
from django.utils import translation

from tools.translations import compiled, lacking, messages_in, problems_of, read, source_catalogue, update

PAGE = """{% load i18n %}
<div>
        <h1>{% translate "Välkommen" %}</h1>
    <p>{% blocktranslate trimmed count n=answers %}
      {{ n }} svar
      {% plural %}
      {{ n }} svar från rummet
    {% endblocktranslate %}</p>
  {% translate "Öppna" context "dörren" %} 100 % "citat' och (parenteser
</div>
"""
CODE = """from django.utils.translation import gettext_lazy as _, ngettext
TITLE = _("Skala ”ett”")
def told(n): return ngettext("%(n)s person", "%(n)s personer", n) % {"n": n}
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "code.py").write_text(CODE)
    return tmp_path


@pytest.fixture
def catalogue(package: Path) -> Path:
    """A complete English catalogue of the package, compiled."""
    path = package / "locale" / "en" / "LC_MESSAGES" / "django.po"
    update(path, "en", source_catalogue(package))
    translate(path, {message.id: message.id for message in read(path) if message.id})
    return path


def translate(path: Path, texts: dict[object, object]) -> None:
    known = read(path)
    for message in known:
        if message.id in texts:
            message.string = texts[message.id]  # type: ignore[assignment]
    with path.open("wb") as file:
        write_po(file, known)
    path.with_suffix(".mo").write_bytes(compiled(read(path)))


def test_what_lacks_english_is_listed_with_where_it_stands(package: Path, catalogue: Path) -> None:
    assert lacking(catalogue, "en") == []
    (package / "more.py").write_text('NEW = _("Nytt")')
    update(catalogue, "en", source_catalogue(package))
    first, text, _end = lacking(catalogue, "en")
    assert first.startswith("1 text lacks English: write it in src/mellanrum/locale/en/LC_MESSAGES/django.po")
    assert text == "  more.py: Nytt"
    (package / "more.py").write_text('NEW = _("Nytt") + _("Nyare")')
    update(catalogue, "en", source_catalogue(package))
    assert lacking(catalogue, "en")[0].startswith("2 texts lack English")


def test_texts_of_a_template_are_found_with_plural_and_context(package: Path) -> None:
    found = [(texts, context) for _line, texts, _comments, context in messages_in(package / "page.html")]
    assert found == [
        ("Välkommen", None),
        (("%(n)s svar", "%(n)s svar från rummet"), None),
        ("Öppna", "dörren"),
    ]


def test_texts_of_code_are_found(package: Path) -> None:
    found = [texts for _line, texts, _comments, _context in messages_in(package / "code.py")]
    assert found == ["Skala ”ett”", ("%(n)s person", "%(n)s personer")]


def test_a_complete_catalogue_has_no_problems(package: Path, catalogue: Path) -> None:
    assert list(problems_of(catalogue, source_catalogue(package))) == []


def test_updating_twice_changes_nothing(package: Path, catalogue: Path) -> None:
    update(catalogue, "en", source_catalogue(package))
    once = catalogue.read_bytes()
    update(catalogue, "en", source_catalogue(package))
    assert catalogue.read_bytes() == once


def test_a_new_text_is_a_problem(package: Path, catalogue: Path) -> None:
    (package / "more.html").write_text('{% load i18n %}{% translate "Nytt" %}')
    assert list(problems_of(catalogue, source_catalogue(package))) == ["more.html: not in the catalogue: Nytt"]


@pytest.mark.parametrize(
    ("english", "problem"),
    [
        ("", "code.py: not translated: Skala ”ett”"),
        ("Scale %(one)s", "code.py: other places for values than none: Skala ”ett”"),
    ],
)
def test_an_empty_or_wrong_translation_is_a_problem(package: Path, catalogue: Path, english: str, problem: str) -> None:
    translate(catalogue, {"Skala ”ett”": english})
    assert list(problems_of(catalogue, source_catalogue(package))) == [problem]


def test_a_text_that_is_gone_and_an_old_machine_file_are_problems(package: Path, catalogue: Path) -> None:
    (package / "code.py").write_text('_("Skala ”ett”")')
    catalogue.with_suffix(".mo").write_bytes(b"")
    assert list(problems_of(catalogue, source_catalogue(package))) == [
        "no longer used: %(n)s person",
        "django.mo is not what django.po says",
    ]


def test_the_product_speaks_both_languages() -> None:
    text = "Svaret kom inte från en sida här. Öppna rummet på nytt och försök igen."
    with translation.override("sv"):
        assert translation.gettext(text) == text
    with translation.override("en"):
        assert translation.gettext(text) != text
