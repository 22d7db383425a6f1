"""Django's addresses: the pages. What is live (`/r/<code>`, `/api/v1/rooms`, `/static`) never comes here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.i18n import set_language

from mellanrum.accounts.access import current_person
from mellanrum.programmes.views.start import start
from mellanrum.rooms.views.door import join


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The start page of those who lead; everybody else stands at the door of a room."""
    return join(request) if current_person(request) is None else start(request)


urlpatterns = [
    path("", home, name="home"),
    path("language/", set_language, name="set_language"),
    path("gallery/", include("mellanrum.gallery.urls")),
    path("", include("mellanrum.accounts.urls")),
    path("", include("mellanrum.programmes.urls")),
    path("", include("mellanrum.rooms.urls")),
    path("", include("mellanrum.outcomes.urls")),
]
