"""The components: a list, a page for each, and the page of specimens that stands in its frames."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.registry import registry
from mellanrum.gallery.access import for_developers
from mellanrum.gallery.components import Component, components, draw_states
from mellanrum.gallery.finding import language_asked_for, show_asked_for
from mellanrum.gallery.views.types import chosen
from mellanrum.ui.middleware import FRAMED_POLICY, FRAMING_POLICY


@for_developers
def component_list(request: HttpRequest) -> HttpResponse:
    found = [(one.name, _(one.title), _(one.text), len(one.states)) for one in components().values()]
    return render(request, "gallery/pages/components.html", {"components": found, **_around(request)})


@for_developers
def component_page(request: HttpRequest, name: str) -> HttpResponse:
    """What it is made of, and its states in the themes that were asked for."""
    component, show = _named(name), show_asked_for(request)
    themes = {"light": ("light",), "dark": ("dark",), "print": ("light",)}.get(show, ("light", "dark"))
    more = {"component": component, "title": _(component.title), "text": _(component.text), "themes": themes}
    names = [_(state.name) for state in component.states]
    response = render(request, "gallery/pages/component.html", {**more, "names": names, **_around(request)})
    response.headers["Content-Security-Policy"] = FRAMING_POLICY
    return response


@for_developers
def specimen(request: HttpRequest, name: str) -> HttpResponse:
    """All states of one component below each other, with the style sheet of a surface it stands on."""
    component = _named(name)
    tag, _dot, kind = component.wrap.partition(".")
    context = {
        "component": component,
        "title": _(component.title),
        "states": draw_states(component, request),
        "theme": "dark" if request.GET.get("theme") == "dark" else "light",
        "tag": tag,
        "kind": kind,
        "sheet": f"ui/css/{component.surface}.css",
    }
    response = render(request, "gallery/pages/specimen.html", context)
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    return response


def _named(name: str) -> Component:
    found = components().get(name)
    if found is None:
        raise Http404
    return found


def _around(request: HttpRequest) -> dict[str, Any]:
    around = chosen(show_asked_for(request), language_asked_for())
    return {"types": registry().values(), "names_of_components": list(components()), **around}
