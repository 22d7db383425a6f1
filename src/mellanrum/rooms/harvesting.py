"""What one exercise of a room yields for the documentation; what was open for days says when, and how many answered."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mellanrum.exercise_kit.document import Passage, Text
from mellanrum.exercise_kit.sources import source_of
from mellanrum.rooms.lasting.queries import heading_of, told_of
from mellanrum.rooms.stage.room_fold import RoomSnapshot


def passages_of(snapshot: RoomSnapshot, exercise: str) -> tuple[Passage, ...]:
    """In the active language; none of an exercise that was never opened."""
    one = snapshot.exercises[exercise]
    if not one.phase:
        return ()
    passages = one.placed.type.harvest(one.definition, one.state, exercise)
    is_lasting = snapshot.course.lasting is one.placed
    return (*_when(snapshot, exercise), *passages) if is_lasting and passages else passages


def _when(snapshot: RoomSnapshot, exercise: str) -> tuple[Passage, ...]:
    """Before what came in: from when to when it was open by link, and how many answered."""
    told, plan = told_of(snapshot), snapshot.course.plan
    period = {"start": _moment(told.opened_at), "end": _moment(told.closed_at or told.closes_at)}
    said = [
        (_("Öppet för svar från %(start)s till %(end)s.") if told.closed_at else _("Öppet för svar sedan %(start)s, till %(end)s."))
        % period,
        ngettext("En har svarat.", "%(people)s har svarat.", told.answered) % {"people": told.answered},
    ]
    heading = _("Svar under några dagar: %(title)s") % {"title": heading_of(plan.blocks[0], plan.title)}
    return (Passage(f"{exercise}/open-for-days", heading, source_of(exercise, _("svar via länk")), (Text(" ".join(said)),)),)


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "j F Y H.i") if at else ""
