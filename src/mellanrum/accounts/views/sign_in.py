"""Signing in with a link: the page takes the key from the address' fragment and posts it once."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mellanrum.accounts.access import current_person
from mellanrum.accounts.actions import use_sign_in_link
from mellanrum.accounts.models import User
from mellanrum.core.ports import provided

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET shows the page (field `key`, filled by the script from the fragment); POST signs in or says what to do instead."""
    if request.method != "POST":
        return render(request, "accounts/pages/sign-in.html", {"failed": False})
    # The key alone, or the whole link as somebody may paste it.
    user = use_sign_in_link(request.POST.get("key", "").strip().rpartition("=")[2])
    if user is None:
        return render(request, "accounts/pages/sign-in.html", {"failed": True}, status=400)
    before = current_person(request)
    if before is not None and before != user:  # the browser keeps the tickets of who sat here; they are nobody else's
        _take_tickets_back(before)
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect("/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and, through the port `revoke_tickets`, the room tickets the person got by it."""
    user = current_person(request)
    if user is not None:
        _take_tickets_back(user)
    logout(request)
    return HttpResponseRedirect("/")


def _take_tickets_back(user: User) -> None:
    revoke = provided("revoke_tickets")
    if revoke is not None:
        revoke(user)
