"""A run sheet that cannot be played is told in words, whichever page it stops."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mellanrum.rooms.playable import NotPlayable


class NotPlayableMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """409: nothing is wrong with the request, the run sheet has to be mended first. Who may not look never gets here."""
        if not isinstance(exception, NotPlayable):
            return None
        return render(request, "rooms/pages/not-playable.html", {"hindrances": exception.hindrances}, status=409)
