"""A room that this release cannot read is told on its pages, in words that say what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from mellanrum.rooms.stage.course import UnreadablePlan

log = logging.getLogger(__name__)


class UnreadablePlanMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called by Django for whatever a view raises; the lock and the transaction are released by then."""
        if not isinstance(error, UnreadablePlan):
            return None
        log.error("a room cannot be read: %s", error)
        return render(request, "rooms/pages/unreadable.html", status=503)
