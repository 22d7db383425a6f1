"""A way in for somebody who has just been added where no mail goes out: a link that an owner of the programme hands them."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from mellanrum.accounts.access import may
from mellanrum.accounts.actions import mint_only_link
from mellanrum.accounts.audit import note
from mellanrum.accounts.models import User
from mellanrum.core.mail import can_send_mail
from mellanrum.programmes.models import Membership, Programme
from mellanrum.programmes.people import place_of

LIFETIME = timedelta(days=1)  # until the person has got it and opened it


class NoLink(Exception):
    """The person has a way in of their own, or more to see than this programme: nobody else is given a key to that."""


def waiting_for_a_way_in(programme: Programme, asker: User) -> frozenset[int]:
    """Those whom `asker` may hand a link: see `hand_link`. No query where mail works."""
    if can_send_mail() or not may(asker, "own", programme):
        return frozenset()
    new = User.objects.filter(memberships__programme=programme, last_login=None, is_owner=False).exclude(pk=asker.pk)
    elsewhere = Membership.objects.exclude(programme=programme).values("user_id")
    return frozenset(new.exclude(pk__in=elsewhere).values_list("pk", flat=True))


def hand_link(programme: Programme, person_id: int, *, actor: User, base_url: str) -> tuple[User, str]:
    """A link that signs the person in once; the one before is worth nothing.

    Only where no mail goes out, by an owner, and for somebody who has never signed in and takes part in nothing but this programme:
    whoever holds the link is that person. Raises Membership.DoesNotExist, PermissionDenied and NoLink.
    """
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        person = programme.memberships.select_related("user").get(user_id=person_id).user
        if not may(actor, "own", programme):
            raise PermissionDenied
        if person.pk not in waiting_for_a_way_in(programme, actor):
            raise NoLink
        note("link-handed", actor=actor, about=person, place=place_of(programme))
        return person, mint_only_link(person, base_url=base_url, lifetime=LIFETIME)
