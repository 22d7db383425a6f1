"""The one exercise of a room that is open for days, drawn for a page: the form without scripts, the result, and what the crew sees."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from mellanrum.exercise_kit.contract import Audience
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.stage.room_fold import ExerciseSnapshot


def exercise_of(live: LiveRoom) -> ExerciseSnapshot:
    placed = live.snapshot.course.lasting
    if placed is None:
        raise ValueError("This room is not open for days.")
    return live.snapshot.exercises[placed.id]


def result_of(request: HttpRequest, live: LiveRoom) -> SafeString | None:
    """What phones see when the result is shown, with nothing to fill in; None for a type that shows none."""
    one = exercise_of(live)
    phase = one.placed.showing_phase
    return None if phase is None else _draw(request, live, one, "participant", "phone", phase, over=True)


def form_of(request: HttpRequest, live: LiveRoom, author: str) -> SafeString:
    """The plain form with one's own answers in it."""
    one = exercise_of(live)
    own = one.placed.type.own(one.definition, one.state, author)
    return _draw(request, live, one, "participant", "phone", one.phase, plain=True, own=own)


def for_crew(request: HttpRequest, live: LiveRoom) -> SafeString:
    """What has come in; the sum only once people may see it, because until then nobody else does either."""
    one, lasting = exercise_of(live), live.snapshot.course.plan.lasting
    is_seen = live.snapshot.stage.is_closed or (lasting is not None and lasting.results == "after")
    phase = (one.placed.showing_phase if is_seen else None) or one.placed.lasting_phase or ""
    return _draw(request, live, one, "crew", "crew", phase, lasting=True)


def _draw(
    request: HttpRequest, live: LiveRoom, one: ExerciseSnapshot, face: str, audience: Audience, phase: str, **more: Any
) -> SafeString:
    view = one.placed.type.views[audience](one.definition, one.state, phase)
    context = {"view": view, "exercise": one.id, "cell": f"exercise-{one.id}", "room": live.id, "audience": audience, **more}
    return mark_safe(get_template(f"{one.placed.type.folder}/{face}.html").render(context, request))  # noqa: S308 - templates escape
