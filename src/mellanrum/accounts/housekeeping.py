"""How long signing in leaves traces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from mellanrum.accounts.codes import LIMITS
from mellanrum.accounts.models import AuditRow, SignInCode, SignInLink

CODES = LIMITS[-1][0]  # as long as they are counted
COMINGS_AND_GOINGS = timedelta(days=90)
BOOK = timedelta(days=2 * 365)


def outlived(moment: datetime) -> Iterator[QuerySet[Any]]:
    """Sessions and links that are over, codes nobody counts any more, old rows of the book."""
    yield Session.objects.filter(expire_date__lt=moment)
    yield SignInLink.objects.filter(expires_at__lt=moment)
    yield SignInCode.objects.filter(created_at__lt=moment - CODES, expires_at__lt=moment)
    short_lived = Q(what__in=("signed-in", "signed-out"), at__lt=moment - COMINGS_AND_GOINGS)
    yield AuditRow.objects.filter(short_lived | Q(at__lt=moment - BOOK))
