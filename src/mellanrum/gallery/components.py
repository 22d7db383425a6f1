"""The components and their states, as the files beside their templates tell."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.examples import PACKAGE

FOLDER = PACKAGE / "ui" / "components"
SHEETS = frozenset({"phone", "cockpit", "pages", "paper", "projector"})


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One state by its (Swedish) name, with what the template gets."""

    name: str
    context: dict[str, Any]


class Component(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `<name>.json`. `surface` is the style sheet it is seen with, `wrap` what it stands in, as `ol.rows`."""

    title: str
    text: str
    states: tuple[State, ...]
    surface: str = "phone"
    wrap: str = ""
    name: str = ""

    @property
    def template(self) -> str:
        return f"ui/components/{self.name}.html"


class Shown(msgspec.Struct, frozen=True):
    """A state drawn in the active language."""

    name: str
    html: SafeString


@cache
def components() -> dict[str, Component]:
    """All of them by name. Raises msgspec.ValidationError."""
    return {path.stem: _read(path.stem) for path in sorted(FOLDER.glob("*.json"))}


def _read(name: str) -> Component:
    found = msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=Component)
    return msgspec.structs.replace(found, name=name)


def draw_states(component: Component, request: Any) -> tuple[Shown, ...]:
    """Every state; the names are translated, the made-up words in them are not."""
    template = get_template(component.template)
    return tuple(Shown(_(state.name), SafeString(template.render(state.context, request))) for state in component.states)
