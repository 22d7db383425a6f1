"""How much may be sent where, and from whom: large bodies are for people who are known, at the few addresses that take files."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY

from mellanrum.core.clock import now_ms
from mellanrum.core.ids import token_hash
from mellanrum.core.picture_kinds import MOST_BYTES
from mellanrum.rooms.live.http import Scope, cookies
from mellanrum.rooms.live.uploads import DEFAULT_LIMIT
from mellanrum.rooms.models import Ticket

MEGABYTE: Final = 1024 * 1024
MOST_TICKETS: Final = 20
# Address → the largest body. Whoever adds a form with files adds a line here.
SIGNED_IN: Final = ((re.compile(r"/programmes/\d+/decks/\d+/pictures"), 200 * MEGABYTE),)
WITH_TICKET: Final = ((re.compile(r"/r/[^/]+/plain/photo"), MOST_BYTES + DEFAULT_LIMIT),)


def limit_for(path: str) -> int:
    """The largest body in bytes that somebody known may send there."""
    return next((limit for pattern, limit in (*SIGNED_IN, *WITH_TICKET) if pattern.fullmatch(path)), DEFAULT_LIMIT)


def is_known(scope: Scope) -> bool:
    """Whether it comes from somebody signed in, or with a room's ticket where that is enough. Reads the database: not for the loop."""
    if settings.DEMO:
        return True  # its facilitator has no session
    if any(pattern.fullmatch(scope["path"]) for pattern, _limit in WITH_TICKET):
        return _has_ticket(scope)
    key = cookies(scope).get(settings.SESSION_COOKIE_NAME, "")
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return bool(key) and session.get(SESSION_KEY) is not None


def _has_ticket(scope: Scope) -> bool:
    tokens = [value for name, value in cookies(scope).items() if name.removeprefix("__Host-").startswith("mr-")]
    hashes = [token_hash(token) for token in tokens[:MOST_TICKETS]]
    return Ticket.objects.filter(hash__in=hashes, expires_at__gt=now_ms() // 1000).exists()
