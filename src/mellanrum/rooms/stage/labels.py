"""What crew acts are called in the list of things that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.state import Act


def label(course: Course, act: Act, names: Mapping[str, str]) -> str:
    """One short line in the active language."""
    placed = course.exercises.get(act.about)
    if placed is not None and act.kind in placed.type.acts:
        return str(placed.type.acts[act.kind])
    if act.kind == "lead":
        return _("%(who)s har rummet") % {"who": called(act.about, names)}
    if act.table:
        return _to_table(act.table, act.about)
    said = _LABELS.get(act.kind)
    return said(course, act.about) if said else act.kind


def called(author: str, names: Mapping[str, str]) -> str:
    """What somebody of the crew is called by the others: their name, or what they are."""
    return names.get(author) or _("Samtalsledare")


def _to_table(table: str, text: str) -> str:
    if not text:
        return _("Tog bort meddelandet till bord %(table)s") % {"table": table}
    return _("Till bord %(table)s: %(text)s") % {"table": table, "text": text[:60]}


def step_title(course: Course, key: str) -> str:
    """The block's title, with its phase when it has several."""
    step = course.step(key)
    if step.block is None:
        return _("väntrummet")
    phase = course.exercises[step.exercise].card.phase(step.phase) if step.exercise and step.phase else None
    return f"{step.block.title}: {phase.title}" if phase else step.block.title


def _exercise_title(course: Course, name: str) -> str:
    """The title of the exercise's block, of the step, or the room itself."""
    placed = course.exercises.get(name)
    if placed is not None:
        return next(block.title for block in course.plan.blocks if block.key == placed.block)
    return step_title(course, name) if course.index.get(name) else _("rummet")


def _forward(course: Course, where: str) -> str:
    return _("Vidare till %(where)s") % {"where": step_title(course, where)}


def _message(course: Course, text: str) -> str:
    return _("Meddelande: %(text)s") % {"text": text[:60]} if text else _("Tog bort meddelandet")


_REPLANNED = {
    "": gettext_lazy("La om tiden"),
    "leave": gettext_lazy("Lät tiden vara"),
    "start": gettext_lazy("Räknar från när ni börjar"),
    "plan": gettext_lazy("Räknar från planen"),
}

_LABELS: dict[str, Callable[[Course, str], str]] = {
    "next": _forward,
    "go": _forward,
    "back": lambda course, where: _("Tillbaka till %(where)s") % {"where": step_title(course, where)},
    "open": lambda course, name: _("Öppnade %(what)s") % {"what": _exercise_title(course, name)},
    "close": lambda course, name: _("Stängde %(what)s") % {"what": _exercise_title(course, name)},
    "reveal": lambda course, name: _("Visade %(what)s") % {"what": _exercise_title(course, name)},
    "extend": lambda _course, minutes: _("%(minutes)s min") % {"minutes": minutes},
    "pause": lambda _course, on: _("Pausade klockan") if on == "on" else _("Startade klockan"),
    "freeze": lambda _course, on: _("Frös duken") if on == "on" else _("Släppte duken"),
    "message": _message,
    "hide": lambda _course, why: _("Dolde ett bidrag: %(why)s") % {"why": why[:60]} if why else _("Dolde ett bidrag"),
    "admit": lambda _course, _name: _("Släppte in ett sent bidrag"),
    "show": lambda _course, _what: _("Bytte bild på duken"),
    "until": lambda _course, _at: _("Ändrade när det stänger"),
    "replan": lambda _course, how: str(_REPLANNED.get(how, how)),
}
