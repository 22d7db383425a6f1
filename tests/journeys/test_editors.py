"""The editors in a real browser: axe finds nothing, nothing is wider than a narrow screen, and a list grows while one writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from mellanrum import ui
from mellanrum.exercise_kit.contract import Exercise
from mellanrum.exercise_kit.editing import draw_editor, new_definition, read_editor, starts_of
from mellanrum.exercise_kit.registry import choosable, registry
from tests.journeys.browsing import well

pytestmark = pytest.mark.journey
STATIC = Path(ui.__file__).parent / "static" / "ui"
NARROW = {"width": 320, "height": 800}
STARTS = [(exercise, start) for exercise in choosable().values() for start, _name in starts_of(exercise)]


def styles(name: str = "pages.css") -> str:
    """The style sheet with what it imports, fonts left out."""
    sheet = (STATIC / "css" / name).read_text("utf-8")
    parts = [(STATIC / "css" / part).read_text("utf-8") for part in re.findall(r'@import url\("([^"]+)"\)', sheet) if part != "fonts.css"]
    return "\n".join(parts)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport=NARROW)  # type: ignore[arg-type]
    yield opened
    opened.close()


def show(page: Page, exercise: Exercise, start: str = "") -> Any:
    """The editor of a new definition on a page of its own; gives the definition."""
    definition = new_definition(exercise, start)
    fields = draw_editor(exercise, definition)
    head = f'<!doctype html><html lang="sv"><title>Övning</title><style>{styles()}</style>'
    page.set_content(f"{head}<body><main><h1>Övning</h1><form>{fields}</form></main>")
    page.add_script_tag(path=STATIC / "js" / "add-row.js", type="module")
    return definition


@pytest.mark.parametrize(("exercise", "start"), STARTS, ids=lambda one: getattr(getattr(one, "card", None), "slug", one))
def test_an_editor_is_accessible_and_fits_a_narrow_screen(page: Page, exercise: Exercise, start: str) -> None:
    show(page, exercise, start)
    well(page, f"{exercise.card.slug} {start}")


def test_writing_in_the_last_row_brings_another_until_the_list_is_full(page: Page) -> None:
    words = registry()["words"]
    definition = show(page, words)
    for number, text in enumerate(("Två", "Tre", "Fyra"), 2):
        page.get_by_label(f"Fråga {number}", exact=True).fill(text)
    expect(page.get_by_label("Fråga 5", exact=True)).to_have_count(0)
    pairs = page.evaluate("[...new FormData(document.forms[0])]")
    form: dict[str, list[str]] = {}
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    prompts = read_editor(words, definition, form).prompts
    assert [prompt.text for prompt in prompts] == [definition.prompts[0].text, "Två", "Tre", "Fyra"]
    assert len({prompt.id for prompt in prompts}) == 4


def test_fields_of_one_choice_are_seen_with_that_choice_alone(page: Page) -> None:
    show(page, registry()["slide"])
    minutes = page.get_by_label("Första delen, eller varje röst i en panel", exact=True)
    expect(minutes).to_be_hidden()
    page.get_by_label("Röster", exact=True).check(force=True)
    expect(minutes).to_be_visible()
