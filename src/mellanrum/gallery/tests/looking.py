"""Looks at the gallery without a server: as somebody in the demo, as an owner, as a stranger."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from mellanrum.accounts.models import User

STRANGER = AnonymousUser()
OWNER = User(pk=1, email="elin@fabela.example", is_owner=True)
FACILITATOR = User(pk=2, email="mira@fabela.example")


def look(path: str, person: Any = STRANGER) -> HttpResponse:
    """The page at that address. Raises Http404."""
    request = RequestFactory().get(path)
    request.user = person
    view, args, named = resolve(path.partition("?")[0])
    response: HttpResponse = view(request, *args, **named)
    return response
