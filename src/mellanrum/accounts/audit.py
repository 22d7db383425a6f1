"""The book of who did what with people's rights."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from mellanrum.accounts.models import AuditRow, User
from mellanrum.core.clock import now


def note(what: str, *, actor: User | None, about: User | None = None, place: str = "", detail: str = "") -> None:
    """Add a row. In the transaction of what it tells of, so that neither stands without the other."""
    AuditRow.objects.create(what=what, actor=actor, about=about, place=place, detail=detail)


def rows_of(place: str) -> QuerySet[AuditRow]:
    """What has happened there, the newest first, with the people."""
    return AuditRow.objects.filter(place=place).select_related("actor", "about")


def times_lately(what: str, *, within: timedelta, actor: User | None = None, about: User | None = None) -> int:
    """How often that was done by `actor`, or to `about`, in the time that has just passed."""
    rows = AuditRow.objects.filter(what=what, at__gt=now() - within)
    if actor is not None:
        rows = rows.filter(actor=actor)
    if about is not None:
        rows = rows.filter(about=about)
    return rows.count()
