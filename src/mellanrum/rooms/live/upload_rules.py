"""How much may be sent where, and from whom: large bodies are for people who are signed in, at the few addresses that take files."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY

from mellanrum.rooms.live.http import Scope, cookies
from mellanrum.rooms.live.uploads import DEFAULT_LIMIT

MEGABYTE: Final = 1024 * 1024
# Address → the largest body. Whoever adds a form with files adds a line here.
LARGE: Final = ((re.compile(r"/programmes/\d+/decks/\d+/pictures"), 200 * MEGABYTE),)


def limit_for(path: str) -> int:
    """The largest body in bytes that somebody known may send there."""
    return next((limit for pattern, limit in LARGE if pattern.fullmatch(path)), DEFAULT_LIMIT)


def is_known(scope: Scope) -> bool:
    """Whether the request comes from somebody signed in. Reads the database: not for the loop."""
    if settings.DEMO:
        return True  # its facilitator has no session
    key = cookies(scope).get(settings.SESSION_COOKIE_NAME, "")
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return bool(key) and session.get(SESSION_KEY) is not None
