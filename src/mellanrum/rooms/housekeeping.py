"""How long tickets that open nothing any more are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from mellanrum.rooms.models import TakeHomeLink, Ticket


def outlived(moment: datetime) -> Iterator[QuerySet[Any]]:
    """Tickets that are over, except those of tables that sat down: they say how many people the table was."""
    seated = {"kind": Ticket.Kind.TABLE, "participant__isnull": False}
    yield Ticket.objects.filter(expires_at__lt=int(moment.timestamp())).exclude(**seated)
    yield TakeHomeLink.objects.filter(expires_at__lt=moment)
