"""Signing in: an address, the six digits that came by mail; or the key of a link, and signing out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mellanrum.accounts.access import current_person
from mellanrum.accounts.actions import NotAnAddress, use_sign_in_link
from mellanrum.accounts.audit import note
from mellanrum.accounts.codes import DIGITS, Answer, Attempt, TooManyCodes, ask_for_code, try_code, waiting_code
from mellanrum.accounts.models import User
from mellanrum.core.mail import can_send_mail, has_local_inbox
from mellanrum.core.ports import provided

BACKEND = "django.contrib.auth.backends.ModelBackend"
COOKIE = "__Host-mellanrum-sign-in" if settings.SESSION_COOKIE_SECURE else "mellanrum-sign-in"
COOKIE_AGE = 60 * 60  # longer than the code, so that one that came too late can be told from one never asked for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """POST `email` sends a code and goes on to its page; POST `key` (filled by the script from the fragment) signs in at once."""
    if request.method != "POST":
        return _address_page(request)
    if "email" in request.POST:
        return _send_code(request, request.POST["email"])
    # The key alone, or the whole link as somebody may paste it.
    user = use_sign_in_link(request.POST.get("key", "").strip().rpartition("=")[2])
    if user is None:
        return _address_page(request, problem="link", status=400)
    return _signed_in(request, user, by="link")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The page for the six digits, in the browser that asked for them."""
    secret = request.COOKIES.get(COOKIE, "")
    waiting = waiting_code(secret)
    if request.method != "POST":
        return _code_page(request, email=waiting.email) if waiting else HttpResponseRedirect(reverse("sign-in"))
    typed = "".join(letter for letter in request.POST.get("code", "")[:40] if letter.isdecimal())
    if waiting is not None and len(typed) != DIGITS:  # a slip of the finger costs no try
        return _code_page(request, email=waiting.email, problem="digits")
    attempt = try_code(secret, typed)
    if attempt.user is None:
        return _not_right(request, secret, attempt)
    response = _signed_in(request, attempt.user, by="code")
    response.delete_cookie(COOKIE, path="/")
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and, through the port `revoke_tickets`, the room tickets the person got by it."""
    user = _who_signed_in_here(request)
    if user is not None:
        note("signed-out", actor=user)
    logout(request)
    if user is not None:  # after the session has ended: a page being made now gets no ticket any more
        _take_tickets_back(user)
    return HttpResponseRedirect("/")


def _send_code(request: HttpRequest, email: str) -> HttpResponse:
    if not can_send_mail():
        return _address_page(request, status=503)
    try:
        secret = ask_for_code(email)
    except NotAnAddress:
        return _address_page(request, problem="address", email=email[:254], status=400)
    except TooManyCodes:
        return _address_page(request, problem="too-many", email=email[:254], status=429)
    response = HttpResponseRedirect(reverse("sign-in-code"))
    response.set_cookie(COOKIE, secret, max_age=COOKIE_AGE, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
    return response


def _not_right(request: HttpRequest, secret: str, attempt: Attempt) -> HttpResponse:
    waiting = waiting_code(secret) if attempt.answer is Answer.WRONG else None
    if waiting is None:
        return _address_page(request, problem=f"code-{attempt.answer.value}", status=400)
    return _code_page(request, email=waiting.email, problem="wrong", tries_left=attempt.tries_left)


def _signed_in(request: HttpRequest, user: User, *, by: str) -> HttpResponse:
    before = _who_signed_in_here(request)
    login(request, user, backend=BACKEND)  # a new session key: one planted before is worth nothing
    if before is not None and before != user:  # the browser keeps the tickets of who sat here; they are nobody else's
        _take_tickets_back(before)
    note("signed-in", actor=user, detail=by)
    return HttpResponseRedirect("/")


def _who_signed_in_here(request: HttpRequest) -> User | None:
    """Not the demo's facilitator, whom everybody is there without a session: their tickets are the demo's own."""
    return current_person(request) if SESSION_KEY in request.session else None


def _take_tickets_back(user: User) -> None:
    revoke = provided("revoke_tickets")
    if revoke is not None:
        revoke(user)


def _address_page(request: HttpRequest, *, problem: str = "", email: str = "", status: int = 200) -> HttpResponse:
    context = {"problem": problem, "email": email, "can_mail": can_send_mail()}
    return render(request, "accounts/pages/sign-in.html", context, status=status)


def _code_page(request: HttpRequest, *, email: str, problem: str = "", tries_left: int = 0) -> HttpResponse:
    context = {"email": email, "problem": problem, "tries_left": tries_left, "inbox": has_local_inbox()}
    return render(request, "accounts/pages/sign-in-code.html", context, status=400 if problem else 200)
