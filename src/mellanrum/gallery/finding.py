"""From the words of an address to a type, an example and a phase; 404 for what is not there."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from mellanrum.exercise_kit.contract import CLOSED, Exercise
from mellanrum.exercise_kit.examples import Example, examples_of
from mellanrum.exercise_kit.registry import registry
from mellanrum.gallery.hanging import SHOWS

RICH = "thirty-one"  # the example a type is met with


def exercise_named(slug: str) -> Exercise:
    found = registry().get(slug)
    if found is None:
        raise Http404
    return found


def example_named(exercise: Exercise, name: str = "") -> Example:
    """The one with that name; without a name a well filled one."""
    examples = {example.name: example for example in examples_of(exercise)}
    found = examples.get(name or RICH) or (None if name else next(iter(examples.values())))
    if found is None:
        raise Http404
    return found


def phase_named(exercise: Exercise, example: Example, key: str = "") -> str:
    """A phase of the example; without a key the last one that people give something in, else the first."""
    phases = exercise.phases(example.definition)
    if key in {CLOSED, *(phase.key for phase in phases)} and key:
        return key
    if key:
        raise Http404
    giving = [phase.key for phase in phases if phase.accepts]
    return giving[0] if giving else phases[0].key


def show_asked_for(request: HttpRequest) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in SHOWS else SHOWS[0]


def language_asked_for() -> str:
    return (get_language() or "sv").split("-")[0]
