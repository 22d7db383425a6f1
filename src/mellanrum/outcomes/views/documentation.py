"""The documentation page, for the team in a browser and for tools through the API."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mellanrum.accounts.access import acts_of, current_person
from mellanrum.outcomes.access import gathering_by_ticket
from mellanrum.outcomes.documentation import Head, documentation_for
from mellanrum.outcomes.html import passages_as_html
from mellanrum.outcomes.markdown import documentation_as_markdown
from mellanrum.outcomes.print.pdf import documentation_as_pdf
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.models import Gathering


@require_safe
def documentation(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """For everybody who may see the programme."""
    gathering = gathering_for(request, gathering_id)
    may_edit = "change" in acts_of(current_person(request), gathering.programme)
    return documentation_page(request, gathering, may_save=True, may_edit=may_edit)


@never_cache
@require_safe
def documentation_pdf(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """The same for the archive and for paper, as a file."""
    document = documentation_for(gathering_for(request, gathering_id))
    return _file(documentation_as_pdf(document), "application/pdf", "pdf", document.head)


@never_cache
@require_safe
def documentation_markdown(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """The same for whoever goes on writing elsewhere, as a file."""
    document = documentation_for(gathering_for(request, gathering_id))
    return _file(documentation_as_markdown(document).encode(), "text/markdown; charset=utf-8", "md", document.head)


@never_cache
@require_safe
def documentation_api(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """The same page for a crew ticket (header or cookie) as well as for a signed-in person."""
    by_ticket = gathering_by_ticket(request, gathering_id)
    if by_ticket is None and "Authorization" in request.headers:
        raise Http404  # who shows a ticket is judged by it
    return documentation_page(request, by_ticket or gathering_for(request, gathering_id))


def documentation_page(request: HttpRequest, gathering: Gathering, *, may_save: bool = False, may_edit: bool = False) -> HttpResponse:
    """The page, in the document's language; `may_save` and `may_edit` put the ways on there for those who have them."""
    document = documentation_for(gathering)
    with translation.override(document.head.language):
        context = {
            "gathering": gathering,
            "head": document.head,
            "passages": passages_as_html(document.passages),
            "is_final": document.is_final,
            "may_save": may_save,
            "may_edit": may_edit,
        }
        response = render(request, "outcomes/pages/documentation.html", context)
    response.headers["Content-Language"] = document.head.language
    return response


def _file(content: bytes, media_type: str, ending: str, head: Head) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(head)}.{ending}"'
    response.headers["Content-Language"] = head.language
    return response


def _file_name(head: Head) -> str:
    """Plain letters only, so that it survives every system it is saved on."""
    return slugify(f"{head.title} {head.day:%Y-%m-%d}" if head.day else head.title)[:80] or "dokumentation"
