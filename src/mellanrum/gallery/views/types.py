"""One type with one of its examples: every face as a frame, and who sees what."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Exercise
from mellanrum.exercise_kit.examples import Example, examples_of
from mellanrum.exercise_kit.registry import registry
from mellanrum.exercise_kit.seeing import who_sees
from mellanrum.gallery.access import for_developers
from mellanrum.gallery.finding import example_named, exercise_named, language_asked_for, phase_named, show_asked_for
from mellanrum.gallery.hanging import frames, steps_of
from mellanrum.ui.middleware import FRAMING_POLICY


@for_developers
def home(request: HttpRequest) -> HttpResponse:
    """The first type of this installation."""
    return _page(request, next(iter(registry().values())))


@for_developers
def one_type(request: HttpRequest, slug: str, example: str = "", phase: str = "") -> HttpResponse:
    return _page(request, exercise_named(slug), example, phase)


def _page(request: HttpRequest, exercise: Exercise, example_name: str = "", phase_key: str = "") -> HttpResponse:
    example = example_named(exercise, example_name)
    phase = phase_named(exercise, example, phase_key)
    show, language = show_asked_for(request), language_asked_for()
    context = {
        "types": registry().values(),
        "exercise": exercise,
        "examples": [(one.name, example_title(one.name)) for one in examples_of(exercise)],
        "example": example,
        "steps": steps_of(exercise, example),
        "phase": phase,
        "frames": frames(exercise, example, phase, show=show, language=language),
        "facts": facts(exercise, example),
        "rows": [(audience_title(row.audience), row.sights) for row in who_sees(exercise, example.definition)],
        "harvest": len(exercise.harvest(example.definition, example.state(exercise), "example")),
        **chosen(show, language),
    }
    response = render(request, "gallery/pages/type.html", context)
    response.headers["Content-Security-Policy"] = FRAMING_POLICY
    return response


def chosen(show: str, language: str) -> dict[str, Any]:
    """What goes along from page to page, and the choices for it."""
    shows = {"all": _("Allt"), "light": _("Ljust"), "dark": _("Mörkt"), "print": _("Utskrift")}
    return {
        "show": show,
        "shows": [(key, title, "?" + urlencode({"show": key, "lang": language})) for key, title in shows.items()],
        "languages": [(code, "?" + urlencode({"show": show, "lang": code})) for code in ("sv", "en")],
        "language": language,
        "query": "?" + urlencode({"show": show, "lang": language}),
    }


def facts(exercise: Exercise, example: Example) -> list[tuple[str, str]]:
    """What the type's card and this definition promise, in words."""
    minimum = getattr(example.definition, "minimum", None)
    named = _("utan namn") if example.definition.anonymous else _("med namn")
    found = [
        (_("Version"), f"{exercise.definition_version} · {exercise.contributions_version}"),
        (_("Bidrag"), ", ".join(exercise.contributions)),
        (_("Sparas"), named),
        (_("Kan döljas"), ", ".join(sorted(exercise.card.hideable)) or "–"),
        (_("Tas emot sent"), ", ".join(sorted(exercise.card.late)) or "–"),
    ]
    return [*found, (_("Gräns"), _("%(minimum)s personer") % {"minimum": minimum})] if minimum else found


def audience_title(audience: str) -> str:
    return {"phone": _("Deltagare"), "projector": _("Duk"), "crew": _("Team"), "own": _("Den egna telefonen")}[audience]


def example_title(name: str) -> str:
    """The names that every type has, in the reader's language; others as they stand in the file."""
    known = {
        "empty": _("tom"),
        "one": _("en"),
        "four": _("fyra"),
        "thirty-one": _("trettioen"),
        "long-text": _("lång text"),
        "right-to-left": _("höger till vänster"),
    }
    return known.get(name, name)
