"""The page for a form that did not come from here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forged_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's refusal of a form without our token, in our own words and without its inline styles."""
    return render(request, "403.html", status=403)
