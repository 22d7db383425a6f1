"""The page where a documentation gets its last words before people read it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mellanrum.accounts.access import current_person
from mellanrum.exercise_kit.document import Passage
from mellanrum.outcomes import editing
from mellanrum.outcomes.documentation import harvested_documentation
from mellanrum.outcomes.editing import NotSaved, Written
from mellanrum.outcomes.forgetting import forget_gone
from mellanrum.outcomes.html import anchor_of
from mellanrum.outcomes.models import MaterialLink, OwnPassage, PassageEdit, Publication
from mellanrum.outcomes.overlay import mark_of, texts_of
from mellanrum.outcomes.views.documentation import way_of
from mellanrum.outcomes.views.files import base_of
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.models import Gathering

STATUS = {"both": 409}


class EditableText(msgspec.Struct, frozen=True):
    """One text of a passage: what was harvested, and what stands instead or the same."""

    mark: str
    original: str
    text: str


class EditablePassage(msgspec.Struct, frozen=True):
    """A passage as the form shows it. `problem` says why what was written could not be saved; it is still in the fields."""

    key: str
    anchor: str
    original: str
    source: str
    heading: str
    note: str
    is_left_out: bool
    texts: tuple[EditableText, ...]
    seen: int
    problem: str = ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """GET shows every passage with its form; POST saves the one of `key`."""
    gathering = gathering_for(request, gathering_id, "change")
    if request.method != "POST":
        return editing_page(request, gathering)
    passages = {passage.key: passage for passage in harvested_documentation(gathering).passages}
    passage = passages.get(request.POST.get("key", ""))
    if passage is None:
        return editing_page(request, gathering, problem="gone", status=409)
    written = _written(request)
    try:
        editing.edit_passage(gathering, passage, written, actor=current_person(request))
    except NotSaved as refused:
        return editing_page(request, gathering, kept=(passage.key, written), problem=refused.reason, status=STATUS.get(refused.reason, 400))
    return back_to(gathering, anchor_of(passage.key), saved=passage.key)


@require_POST
def publish(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Make it public, or take it back when the button `unpublish` was pressed."""
    gathering = gathering_for(request, gathering_id, "change")
    step = editing.unpublish if "unpublish" in request.POST else editing.publish
    step(gathering, actor=current_person(request))
    return back_to(gathering, "publish")


def editing_page(
    request: HttpRequest,
    gathering: Gathering,
    *,
    kept: tuple[str, Written] | None = None,
    problem: str = "",
    new: dict[str, Any] | None = None,
    new_link: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`kept` is what somebody wrote that could not be saved, with the key of its passage; `new` and `new_link` the same for those."""
    document = harvested_documentation(gathering)
    forget_gone(gathering)
    edits = {edit.passage: edit for edit in PassageEdit.objects.filter(gathering=gathering)}
    key, written = kept or ("", Written())
    publication = Publication.objects.filter(gathering=gathering, is_public=True).first()
    context = {
        "gathering": gathering,
        "programme": gathering.programme,
        "passages": [
            _editable(one, edits.get(one.key), written if one.key == key else None, problem if one.key == key else "")
            for one in document.passages
        ],
        "own": OwnPassage.objects.filter(gathering=gathering),
        "publication": publication,
        "address": base_of(request) + reverse("public-documentation", args=[publication.slug]) if publication else "",
        "problem": problem,
        "saved": "" if problem else request.GET.get("saved", ""),
        "new": new or {},
        "links": MaterialLink.objects.filter(gathering=gathering),
        "new_link": new_link or {},
        "is_final": document.is_final,
        "may_edit": True,
        **way_of(gathering, language=get_language()),
    }
    return render(request, "outcomes/pages/edit.html", context, status=status)


def _editable(passage: Passage, edit: PassageEdit | None, written: Written | None, problem: str) -> EditablePassage:
    """The form's values: what was just written, else what is saved, else the harvest."""
    saved = Written(edit.heading, edit.note, edit.is_left_out, edit.texts, edit.version) if edit else Written()
    shown = written or saved
    texts = tuple(EditableText(mark := mark_of(text), text, shown.texts.get(mark, text)) for text in texts_of(passage))
    heading = shown.heading or passage.heading
    return EditablePassage(
        key=passage.key,
        anchor=anchor_of(passage.key),
        original=passage.heading,
        source=passage.source,
        heading=heading,
        note=shown.note,
        is_left_out=shown.is_left_out,
        texts=texts,
        seen=saved.seen,
        problem=problem,
    )


def _written(request: HttpRequest) -> Written:
    form = request.POST
    return Written(
        heading=" ".join(form.get("heading", "").split()),
        note=lines_of(form.get("note", "")),
        is_left_out="left-out" in form,
        texts={name.removeprefix("text-"): lines_of(form[name]) for name in form if name.startswith("text-")},
        seen=number_of(form.get("seen", "")),
    )


def lines_of(text: str) -> str:
    """As browsers send it, with line feeds alone and without control characters."""
    return "".join(char for char in text.replace("\r\n", "\n").replace("\r", "\n") if char >= " " or char == "\n").strip()


def number_of(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Http404
    return int(text)


def back_to(gathering: Gathering, anchor: str, *, saved: str = "") -> HttpResponse:
    """`saved` is the passage that says that it was."""
    told = f"?{urlencode({'saved': saved})}" if saved else ""
    return HttpResponseRedirect(f"{reverse('edit-documentation', args=[gathering.pk])}{told}#{anchor}")
