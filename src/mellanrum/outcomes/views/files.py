"""The documentation as a file: for the archive and for paper, and for whoever goes on writing elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mellanrum.outcomes.documentation import Head, documentation_for
from mellanrum.outcomes.markdown import documentation_as_markdown
from mellanrum.outcomes.print.pdf import documentation_as_pdf
from mellanrum.programmes.access import gathering_for


@never_cache
@require_safe
def documentation_pdf(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """For everybody who may see the programme."""
    document = documentation_for(gathering_for(request, gathering_id))
    return _file(documentation_as_pdf(document), "application/pdf", "pdf", document.head)


@never_cache
@require_safe
def documentation_markdown(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """For everybody who may see the programme."""
    document = documentation_for(gathering_for(request, gathering_id))
    return _file(documentation_as_markdown(document).encode(), "text/markdown; charset=utf-8", "md", document.head)


def _file(content: bytes, media_type: str, ending: str, head: Head) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(head)}.{ending}"'
    response.headers["Content-Language"] = head.language
    return response


def _file_name(head: Head) -> str:
    """Plain letters only, so that it survives every system it is saved on."""
    return slugify(f"{head.title} {head.day:%Y-%m-%d}" if head.day else head.title)[:80] or "dokumentation"
