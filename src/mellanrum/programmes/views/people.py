"""The people of a programme: who they are, and adding, changing, removing them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mellanrum.accounts.access import current_person, may
from mellanrum.accounts.actions import NotAnAddress
from mellanrum.accounts.audit import rows_of
from mellanrum.accounts.models import User
from mellanrum.core.mail import can_send_mail, has_local_inbox, is_failing
from mellanrum.programmes.access import programme_for
from mellanrum.programmes.handing import NoLink, hand_link, waiting_for_a_way_in
from mellanrum.programmes.models import Membership, Programme
from mellanrum.programmes.people import (
    AlreadyThere,
    LastOwner,
    NoSuchRole,
    TooManyInvitations,
    add_person,
    change_role,
    handled_by,
    invite_again,
    place_of,
    remove_person,
    rows_for,
)

DONE = frozenset({"added", "changed", "removed", "again"})
LATEST = 12
PROBLEMS: dict[type[Exception], tuple[str, int]] = {
    NotAnAddress: ("address", 400),
    NoSuchRole: ("role", 400),
    AlreadyThere: ("there", 409),
    LastOwner: ("last-owner", 409),
    TooManyInvitations: ("too-many", 429),
}


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, programme_id: int) -> HttpResponse:
    """GET shows them; POST adds the person of `email` in `role`."""
    programme, asker = _programme(request, programme_id)
    if request.method != "POST":
        return _page(request, programme, asker)
    email, role = request.POST.get("email", ""), request.POST.get("role", "")
    return _do(request, programme, "added", lambda: add_person(programme, email=email, role=role, actor=asker, base_url=_base_url(request)))


@require_POST
def change(request: HttpRequest, programme_id: int, person_id: int) -> HttpResponse:
    programme, asker = _programme(request, programme_id)
    role = request.POST.get("role", "")
    return _do(request, programme, "changed", lambda: change_role(programme, person_id, role=role, actor=asker))


@require_POST
def remove(request: HttpRequest, programme_id: int, person_id: int) -> HttpResponse:
    programme, asker = _programme(request, programme_id)
    return _do(request, programme, "removed", lambda: remove_person(programme, person_id, actor=asker))


@require_POST
def again(request: HttpRequest, programme_id: int, person_id: int) -> HttpResponse:
    """Send the invitation once more."""
    programme, _asker = _programme(request, programme_id)
    return _do(request, programme, "again", lambda: invite_again(programme, person_id))


@never_cache
@require_POST
def link(request: HttpRequest, programme_id: int, person_id: int) -> HttpResponse:
    """Show a link that signs the person in, this once: it is kept nowhere."""
    programme = programme_for(request, programme_id, "own")
    asker = current_person(request)
    if asker is None:  # programme_for has let nobody else in
        raise Http404
    try:
        handed = hand_link(programme, person_id, actor=asker, base_url=_base_url(request))
    except Membership.DoesNotExist as error:
        raise Http404 from error
    except NoLink:
        return _page(request, programme, asker, problem="no-link", status=409)
    return _page(request, programme, asker, handed=handed)


def _programme(request: HttpRequest, programme_id: int) -> tuple[Programme, User]:
    programme = programme_for(request, programme_id, "change")
    person = current_person(request)
    if person is None:  # programme_for has let nobody else in
        raise Http404
    return programme, person


def _do(request: HttpRequest, programme: Programme, done: str, step: Callable[[], object]) -> HttpResponse:
    """Take the step and show the page again, with what came of it."""
    asker = current_person(request)
    try:
        step()
    except Membership.DoesNotExist as error:
        raise Http404 from error
    except tuple(PROBLEMS) as error:
        problem, status = PROBLEMS[type(error)]
        return _page(request, programme, asker, problem=problem, status=status)
    if not may(asker, "change", programme):  # they have changed or removed themselves
        return HttpResponseRedirect("/")
    return HttpResponseRedirect(f"{reverse('people', args=[programme.pk])}?done={done}")


def _page(
    request: HttpRequest,
    programme: Programme,
    asker: User | None,
    *,
    problem: str = "",
    status: int = 200,
    handed: tuple[User, str] | None = None,
) -> HttpResponse:
    if asker is None:
        raise Http404
    done = request.GET.get("done", "")
    handled = handled_by(asker, programme)
    context = {
        "programme": programme,
        "gatherings": programme.gatherings.order_by("position"),
        "rows": rows_for(programme, asker=asker),
        "me": asker,
        "roles": [role for role in reversed(Membership.Role.values) if role in handled],
        "changes": rows_of(place_of(programme))[:LATEST],
        "problem": problem,
        "done": done if done in DONE and not problem else "",
        "email": request.POST.get("email", "")[:254] if problem else "",
        "handed": handed,
        "waiting": waiting_for_a_way_in(programme, asker),
        "can_mail": can_send_mail(),
        "mail_fails": is_failing(),
        "inbox": has_local_inbox(),
    }
    return render(request, "programmes/pages/people.html", context, status=status)


def _base_url(request: HttpRequest) -> str:
    return settings.CONFIG.base_url or f"{request.scheme}://{request.get_host()}"
