"""What every page tells the browser."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from mellanrum.accounts.models import User
from mellanrum.ui.middleware import CONTENT_SECURITY_POLICY, ContentSecurityMiddleware


def answer(request: HttpRequest, **headers: str) -> HttpResponse:
    response = ContentSecurityMiddleware(lambda _request: HttpResponse(headers=headers))(request)
    assert isinstance(response, HttpResponse)
    return response


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == rules["object-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == rules["form-action"] == "'self'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "trusted-types" not in CONTENT_SECURITY_POLICY


def test_every_answer_has_the_headers(rf: RequestFactory) -> None:
    response = answer(rf.get("/"))
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "microphone=()" in response["Permissions-Policy"]
    assert "Cross-Origin-Opener-Policy" not in response  # without https browsers only complain of it


def test_a_view_may_be_stricter(rf: RequestFactory) -> None:
    assert answer(rf.get("/"), **{"Content-Security-Policy": "default-src 'none'"})["Content-Security-Policy"] == "default-src 'none'"


def test_nothing_of_a_signed_in_page_is_kept(rf: RequestFactory) -> None:
    assert "Cache-Control" not in answer(rf.get("/"))
    request = rf.get("/")
    request.user = User(email="elin@fabela.example")
    assert answer(request, **{"Cache-Control": "max-age=60"})["Cache-Control"] == "no-store"
    request = rf.get("/")
    request.COOKIES["sessionid"] = "x"
    assert answer(request)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", [400, 404, 500])
def test_also_on_problems(rf: RequestFactory, status: int) -> None:
    response = ContentSecurityMiddleware(lambda _request: HttpResponse(status=status))(rf.get("/"))
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
