"""The demo's open door: on this computer alone, whoever comes is its facilitator."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from mellanrum.accounts.models import User

DEMO_EMAIL = "demo@mellanrum.example"
_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_VIA")


class DemoSignInMiddleware:
    """Signs the visitor in as the demo's facilitator, without a session, while `settings.DEMO` is on and both ends are loopback."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.DEMO and is_on_this_computer(request) and not request.user.is_authenticated:
            facilitator = User.objects.filter(email=DEMO_EMAIL).first()
            if facilitator is not None:
                request.user = facilitator
        return self.get_response(request)


def is_on_this_computer(request: HttpRequest) -> bool:
    """Whether the caller, the name they called and the way here are all loopback (a proxy on this computer is not)."""
    if any(name in request.META for name in _FORWARDED):
        return False
    host = request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    return _is_loopback(host.strip("[]")) and _is_loopback(str(request.META.get("REMOTE_ADDR", "")))


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
