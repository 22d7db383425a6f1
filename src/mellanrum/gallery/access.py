"""Who may look at the gallery: everybody in the demo, elsewhere the owners of the installation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from mellanrum.accounts.access import current_person

View = Callable[..., HttpResponse]


def may_look(request: HttpRequest) -> bool:
    person = current_person(request)
    return settings.DEMO or (person is not None and person.is_owner)


def for_developers(view: View) -> View:
    """A page of the gallery: read only, 404 for strangers, in the language of `?lang=`, else the reader's."""

    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
        if not may_look(request):
            raise Http404
        language = request.GET.get("lang", "")
        known = dict(settings.LANGUAGES)
        with translation.override(language if language in known else translation.get_language()):
            return view(request, **named)

    return guarded
