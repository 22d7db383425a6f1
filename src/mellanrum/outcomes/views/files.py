"""The documentation as a file: for the archive and for paper, and for whoever goes on writing elsewhere."""

from __future__ import annotations

import hashlib
from functools import partial

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mellanrum.outcomes.documentation import Documentation, Head, documentation_for
from mellanrum.outcomes.markdown import documentation_as_markdown
from mellanrum.outcomes.print.pdf import documentation_as_pdf
from mellanrum.outcomes.print.queue import PRESS
from mellanrum.programmes.access import gathering_for

ASK_AGAIN = 2  # seconds


@never_cache
@require_safe
def documentation_pdf(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """For everybody who may see the programme. While others wait for paper, a page that asks again by itself."""
    gathering = gathering_for(request, gathering_id)
    document = documentation_for(gathering, for_members=True)
    base = base_of(request)
    content = PRESS.wish(_name_of(document, base), partial(documentation_as_pdf, document, base))
    if content is None:
        waiting = render(request, "outcomes/pages/printing.html", {"gathering": gathering}, status=202)
        waiting.headers["Refresh"] = str(ASK_AGAIN)
        return waiting
    return _file(content, "application/pdf", "pdf", document.head)


@never_cache
@require_safe
def documentation_markdown(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """For everybody who may see the programme."""
    document = documentation_for(gathering_for(request, gathering_id), for_members=True)
    return _file(documentation_as_markdown(document, base_of(request)).encode(), "text/markdown; charset=utf-8", "md", document.head)


def _file(content: bytes, media_type: str, ending: str, head: Head) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(head)}.{ending}"'
    response.headers["Content-Language"] = head.language
    return response


def base_of(request: HttpRequest) -> str:
    """Where our own paths lie for whoever reads the file elsewhere."""
    return settings.CONFIG.base_url or request.build_absolute_uri("/").rstrip("/")


def _name_of(document: Documentation, base: str) -> str:
    """Named by all that stands in it: whoever may read it gets it, and a change makes another."""
    return hashlib.sha256(msgspec.json.encode((document, base), enc_hook=str)).hexdigest()


def _file_name(head: Head) -> str:
    """Plain letters only, so that it survives every system it is saved on."""
    return slugify(f"{head.title} {head.day:%Y-%m-%d}" if head.day else head.title)[:80] or "dokumentation"
