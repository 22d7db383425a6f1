"""A programme's own decks: the list, and one deck with its pictures and where it is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mellanrum.accounts.access import current_person, may
from mellanrum.core.picture_files import picture_address
from mellanrum.exercise_kit.decks import FEWEST, MOST
from mellanrum.programmes import decks as acts
from mellanrum.programmes.access import programme_for
from mellanrum.programmes.deck_queries import LICENCES, deck_blocks, deck_rows, licence_text
from mellanrum.programmes.models import Deck, DeckPicture, Programme

DONE = ("made", "changed", "added", "named", "removed", "used")


@require_http_methods(["GET", "HEAD", "POST"])
def decks(request: HttpRequest, programme_id: int) -> HttpResponse:
    """GET lists them; POST makes one and goes there."""
    if request.method != "POST":
        return _list(request, programme_for(request, programme_id))
    programme = programme_for(request, programme_id, "change")
    try:
        made = acts.create_deck(programme, request.POST.dict())
    except acts.DeckProblem as problem:
        return _list(request, programme, problem=problem, status=400)
    return _to(made, "made")


@require_http_methods(["GET", "HEAD", "POST"])
def deck(request: HttpRequest, programme_id: int, deck_id: int) -> HttpResponse:
    """GET shows the deck; POST changes what it is called, whose the pictures are and what may be done with them."""
    if request.method != "POST":
        return _page(request, _deck(programme_for(request, programme_id), deck_id))
    found = _changeable(request, programme_id, deck_id)
    return _do(request, found, "changed", lambda: acts.change_deck(found, request.POST.dict()))


@require_POST
def pictures(request: HttpRequest, programme_id: int, deck_id: int) -> HttpResponse:
    """Files in `pictures`. What was not taken is told on the page, file by file; the others are in the deck."""
    found = _changeable(request, programme_id, deck_id)
    files = request.FILES.getlist("pictures")
    taken, refused = acts.add_pictures(found, files)
    if refused or not files:
        return _page(request, found, taken=taken, refused=refused, nothing=not files, status=200 if taken else 400)
    return _to(found, "added", anchor="#names-h")


@require_POST
def names(request: HttpRequest, programme_id: int, deck_id: int) -> HttpResponse:
    """Fields `name-<picture id>`."""
    found = _changeable(request, programme_id, deck_id)
    return _do(request, found, "named", lambda: acts.name_pictures(found, _names(request)))


@require_POST
def remove_one(request: HttpRequest, programme_id: int, deck_id: int, picture_id: int) -> HttpResponse:
    """Names that were being written come along and are saved first."""
    found = _changeable(request, programme_id, deck_id)
    picture: DeckPicture | None = found.pictures.filter(pk=picture_id).first()
    if picture is None:
        raise Http404
    gone = picture

    def step() -> None:
        acts.name_pictures(found, _names(request))
        acts.remove_from_deck(gone)

    return _do(request, found, "removed", step)


@require_POST
def use(request: HttpRequest, programme_id: int, deck_id: int) -> HttpResponse:
    """Field `block`; with `house` the block goes back to the house's pictures."""
    found = _changeable(request, programme_id, deck_id)
    wanted = request.POST.get("block", "")
    block = next((one.block for one in deck_blocks(found.programme) if str(one.block.pk) == wanted), None)
    if block is None:
        raise Http404
    chosen, taker = None if "house" in request.POST else found, block
    return _do(request, found, "used", lambda: acts.use_deck(taker, chosen))


@require_POST
def remove_all(request: HttpRequest, programme_id: int, deck_id: int) -> HttpResponse:
    found = _changeable(request, programme_id, deck_id)
    try:
        acts.remove_deck(found)
    except acts.DeckProblem as problem:
        return _page(request, found, problem=problem, status=409)
    return HttpResponseRedirect(f"{reverse('decks', args=[programme_id])}?done=removed")


def _names(request: HttpRequest) -> dict[int, str]:
    given = {key.removeprefix("name-"): text for key, text in request.POST.dict().items() if key.startswith("name-")}
    return {int(key): text for key, text in given.items() if key.isascii() and key.isdigit() and len(key) < 19}


def _changeable(request: HttpRequest, programme_id: int, deck_id: int) -> Deck:
    return _deck(programme_for(request, programme_id, "change"), deck_id)


def _deck(programme: Programme, deck_id: int) -> Deck:
    found: Deck | None = programme.decks.filter(pk=deck_id).first()
    if found is None:
        raise Http404
    return found


def _do(request: HttpRequest, found: Deck, done: str, step: Callable[[], object]) -> HttpResponse:
    """Take the step and show the deck again, or why it was not taken."""
    try:
        step()
    except acts.DeckProblem as problem:
        return _page(request, Deck.objects.select_related("programme").get(pk=found.pk), problem=problem, status=400)
    return _to(found, done)


def _to(found: Deck, done: str, anchor: str = "") -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('deck', args=[found.programme_id, found.pk])}?done={done}{anchor}")


def _list(request: HttpRequest, programme: Programme, *, problem: acts.DeckProblem | None = None, status: int = 200) -> HttpResponse:
    context = {"rows": deck_rows(programme), **_common(request, programme, problem), "facts": request.POST.dict() if problem else {}}
    return render(request, "programmes/pages/decks.html", context, status=status)


def _page(request: HttpRequest, found: Deck, *, problem: acts.DeckProblem | None = None, status: int = 200, **told: Any) -> HttpResponse:
    cards = [(one, picture_address(one.file)) for one in found.pictures.all()]
    blocks = deck_blocks(found.programme)
    facts = {name: getattr(found, name) for name in ("title", "source", "licence", "licence_note")}
    context = {
        "deck": found,
        "licence": licence_text(found),
        "cards": cards,
        "nameless": sum(not one.name for one, _address in cards),
        "is_ready": sum(bool(one.name) for one, _address in cards) >= FEWEST,
        "left": max(0, MOST - len(cards)),
        "used": [one for one in blocks if one.deck == found.key],
        "usable": [one for one in blocks if one.deck != found.key and not one.is_open],
        "facts": request.POST.dict() if problem and "title" in request.POST else facts,
        **_common(request, found.programme, problem),
        **told,
    }
    return render(request, "programmes/pages/deck.html", context, status=status)


def _common(request: HttpRequest, programme: Programme, problem: acts.DeckProblem | None) -> dict[str, Any]:
    done = request.GET.get("done", "")
    return {
        "programme": programme,
        "may_change": may(current_person(request), "change", programme),
        "licences": [(value, str(label)) for value, label in LICENCES.items()],
        "problem": problem,
        "done": done if done in DONE and not problem and request.method != "POST" else "",
    }
