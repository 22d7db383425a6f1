"""The demo's mail, which never leaves this computer."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mellanrum.accounts.middleware import is_on_this_computer
from mellanrum.core.mail import has_local_inbox, inbox, wait_until_sent


@never_cache
@require_safe
def local_inbox(request: HttpRequest) -> HttpResponse:
    """In the demo and on this computer alone; everywhere else there is nothing."""
    if not (settings.DEMO and has_local_inbox() and is_on_this_computer(request)):
        raise Http404
    wait_until_sent(1.0)  # a mail written a moment ago
    return render(request, "accounts/pages/inbox.html", {"mails": inbox()})
