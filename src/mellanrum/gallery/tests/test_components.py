"""Components: each has a file that tells its states, and every state is sound in both languages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils import translation

from mellanrum.gallery.components import FOLDER, SHEETS, components, draw_states
from mellanrum.ui.assets import the_assets
from mellanrum.ui.tests.test_markup import elements, inline, nameless_buttons, parsed, unlabelled

EVERY = pytest.mark.parametrize("name", components())


def test_every_template_tells_its_states() -> None:
    assert set(components()) == {path.stem for path in FOLDER.glob("*.html")}


def test_every_component_is_used_where_people_are() -> None:
    """A component only the gallery draws is a drawing; key hints wait for the cockpit."""
    package = Path(settings.PACKAGE)
    texts = [path.read_text("utf-8") for path in package.rglob("*.html") if "gallery" not in path.parts]
    unused = {name for name, one in components().items() if not any(f'"{one.template}"' in text for text in texts)}
    assert unused <= {"key-hint"}


@EVERY
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_state_can_be_drawn(name: str, language: str) -> None:
    component = components()[name]
    with translation.override(language):
        states = draw_states(component, RequestFactory().get("/"))
    assert states
    assert len({state.name for state in states}) == len(states)
    assert len({state.html for state in states}) == len(states)
    for state in states:
        wrapped = f"<ol>{state.html}</ol>" if component.wrap.startswith("ol") else state.html
        root = parsed(wrapped, is_page=False)
        assert unlabelled(root) == []
        assert nameless_buttons(root) == []
        assert inline(root) == []


@EVERY
def test_states_stand_on_one_page_without_sharing_ids(name: str) -> None:
    html = "".join(state.html for state in draw_states(components()[name], RequestFactory().get("/")))
    ids = Counter(element.get("id") for element in elements(parsed(f"<div>{html}</div>", is_page=False)) if element.get("id"))
    assert [found for found, count in ids.items() if count > 1] == []


@EVERY
def test_its_words_are_translated_and_its_sheet_is_there(name: str) -> None:
    component = components()[name]
    assert component.surface in SHEETS
    assert the_assets().url(f"ui/css/{component.surface}.css")
    with translation.override("en"):
        words = [component.title, component.text, *(state.name for state in component.states)]
        same = [text for text in words if translation.gettext(text) == text]
    assert same == []
