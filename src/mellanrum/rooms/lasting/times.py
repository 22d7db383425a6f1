"""Until when: read as people write it, in local time, also in the night when the clock changes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from mellanrum.programmes.fields import Unreadable, clean

A_WEEK = timedelta(days=7)
AT = time(16)
LONGEST = timedelta(days=90)  # a phone's ticket lasts twice as long, so whoever answers first can still change at the end
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")


def suggested(now: datetime) -> datetime:
    """In a week, at 16.00 on the wall."""
    return timezone.make_aware(datetime.combine(timezone.localdate(now) + A_WEEK, AT))


def read_until(day: str, at: str, *, now: datetime, opened_at: datetime) -> datetime:
    """The moment that day and time name. Raises Unreadable with what to write instead."""
    found = local_moment(_day(clean(day)), _time(clean(at)))
    if found <= now:
        raise Unreadable(_("Den tiden har redan varit. Välj en som kommer."))
    latest = opened_at + LONGEST
    if found > latest:
        told = {"days": LONGEST.days, "day": timezone.localtime(latest).date().isoformat()}
        raise Unreadable(_("Det kan vara öppet i högst %(days)s dagar. Välj en dag till och med %(day)s.") % told)
    return found


def local_moment(day: date, at: time) -> datetime:
    """Of an hour that comes twice the second is meant: nobody who reads the time is too late. Raises Unreadable for one that is skipped."""
    zone = timezone.get_current_timezone()
    local = datetime.combine(day, at, tzinfo=zone).replace(fold=1)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Unreadable(_("Det klockslaget finns inte den natten, för klockan ställs fram. Välj ett annat."))
    return moment


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if not date.min.year < found.year < date.max.year:  # at the ends of the calendar there is no room for time zones
        raise Unreadable(_("Skriv dagen som år, månad och dag, till exempel 2030-04-16."))
    return found


def _time(text: str) -> time:
    found = _TIME.fullmatch(text)
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else time.fromisoformat(text)
    except ValueError:
        raise Unreadable(_("Skriv klockslaget som timme och minut, till exempel 16.00.")) from None
