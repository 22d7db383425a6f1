"""Finding a gathering or programme for a request: whoever may not see it is told that it does not exist."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from mellanrum.accounts.access import Act, acts_of, current_person
from mellanrum.accounts.models import User
from mellanrum.programmes.models import Gathering, Programme
from mellanrum.programmes.queries import gatherings_with_programme


def gathering_for(request: HttpRequest, gathering_id: int, act: Act = "see") -> Gathering:
    """The gathering, its programme loaded. Raises Http404 for strangers and PermissionDenied for a role that may only see it."""
    person = current_person(request)
    gathering = gatherings_with_programme().filter(pk=gathering_id).first() if person else None
    acts = acts_of(person, gathering.programme) if gathering else frozenset[Act]()
    if gathering is None or "see" not in acts:
        raise Http404
    if act not in acts:
        raise PermissionDenied
    return gathering


def programme_for(request: HttpRequest, programme_id: int, act: Act = "see") -> Programme:
    """The programme, told of and refused as `gathering_for` does."""
    person = current_person(request)
    programme = Programme.objects.filter(pk=programme_id).first() if person else None
    acts = acts_of(person, programme) if programme else frozenset[Act]()
    if programme is None or "see" not in acts:
        raise Http404
    if act not in acts:
        raise PermissionDenied
    return programme


def person_of(request: HttpRequest) -> User:
    """Who asks, on a page that has let them in. Raises Http404 for nobody."""
    person = current_person(request)
    if person is None:
        raise Http404
    return person
