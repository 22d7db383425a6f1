"""One face alone, as a page of its surface: for the gallery's frames, for pictures, and to be opened by itself."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mellanrum.exercise_kit.contract import Exercise
from mellanrum.exercise_kit.examples import Example
from mellanrum.exercise_kit.faces import draw_example
from mellanrum.gallery.access import for_developers
from mellanrum.gallery.finding import example_named, exercise_named, phase_named
from mellanrum.gallery.places import Place, places_of
from mellanrum.outcomes.html import passages_as_html
from mellanrum.ui.middleware import FRAMED_POLICY


@for_developers
def face(request: HttpRequest, slug: str, example: str, phase: str, place: str) -> HttpResponse:
    """`?theme=` is light or dark where the surface knows both."""
    exercise = exercise_named(slug)
    found = example_named(exercise, example)
    where = next((one for one in places_of(exercise) if one.key == place), None)
    if where is None:
        raise Http404
    key = phase_named(exercise, found, phase)
    shown = found.in_phase(key) if where.face else found  # what is harvested is harvested at the end
    response = render(request, where.template, _context(request, exercise, shown, where))
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    return response


def _context(request: HttpRequest, exercise: Exercise, example: Example, place: Place) -> dict[str, Any]:
    theme = request.GET.get("theme", "")
    return {
        "place": place,
        "theme": theme if theme in place.themes else place.themes[0],
        "exercise": exercise,
        "example": example,
        "address": "mellanrum.example",
        "script": _script(exercise, example),
        **_drawn(request, exercise, example, place),
    }


def _drawn(request: HttpRequest, exercise: Exercise, example: Example, place: Place) -> dict[str, Any]:
    if not place.face:
        return {"passages": passages_as_html(exercise.harvest(example.definition, example.state(exercise), "example"))}
    return {"html": draw_example(exercise, example, place.face, request=request, plain=place.key == "plain")}


def _script(exercise: Exercise, example: Example) -> dict[str, Any]:
    """What the cockpit says beside it, as its own fragment wants it."""
    phase = exercise.card.phase(example.phase)
    said = phase.script if phase else None
    return {"status": "running" if said else "closed", "say": said and said.say, "do": said and said.do, "wait": said and said.wait}
