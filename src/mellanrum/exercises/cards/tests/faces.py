"""The templates of picture cards, drawn as the pages draw them."""

from __future__ import annotations

from typing import Any

from django.template.loader import get_template
from django.test import RequestFactory

from mellanrum.exercise_kit.contract import Audience
from mellanrum.exercises.cards.audiences import own
from mellanrum.exercises.cards.definition import Definition
from mellanrum.exercises.cards.exercise import EXERCISE
from mellanrum.exercises.cards.state import State
from mellanrum.exercises.cards.views import OwnView

AUDIENCES: dict[str, Audience] = {"projector": "projector", "crew": "crew"}


def draw(face: str, definition: Definition, state: State, phase: str, *, plain: bool = False, owner: OwnView | None = None) -> str:
    """One face as HTML; paper and entry are drawn with the phone's view."""
    view = EXERCISE.views[AUDIENCES.get(face, "phone")](definition, state, phase)
    context: dict[str, Any] = {
        "view": view,
        "exercise": "cards-2",
        "cell": "exercise-cards-2",
        "room": "room3",
        "own": owner,
        "plain": plain,
    }
    context |= {"sheet": "", "submission": "abc"}
    return get_template(f"exercises/cards/{face}.html").render(context, RequestFactory().get("/"))


def own_of(definition: Definition, state: State) -> list[OwnView]:
    return [own(definition, state, author) for author in ("p1", "p2", "nobody")]
