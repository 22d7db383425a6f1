"""Who takes part in a programme and as what: adding, changing, removing; every step is noted and takes tickets back at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from mellanrum.accounts.access import HANDLES, role_in
from mellanrum.accounts.actions import create_person, drop_links
from mellanrum.accounts.audit import note, times_lately
from mellanrum.accounts.letters import send_again, unsent_to
from mellanrum.accounts.models import User
from mellanrum.core.clock import now
from mellanrum.core.mail import Mail, send_later
from mellanrum.core.ports import provided
from mellanrum.programmes.models import Membership, Programme

DAY = timedelta(days=1)
MOST_INVITATIONS_TO = 5  # a day, to one address from all programmes together
MOST_INVITATIONS_BY = 100  # a day, by one person


class NoSuchRole(ValueError):
    """The word is no role."""


class AlreadyThere(Exception):
    """The person has a role in the programme already."""


class LastOwner(Exception):
    """A programme without an owner is nobody's."""


class TooManyInvitations(Exception):
    """One address or one sender has had enough for today."""


@dataclass(frozen=True)
class Row:
    """A member as the page shows them; `roles` is what they may be given, empty when they may not be touched."""

    person: User
    role: str
    roles: tuple[str, ...]
    is_last_owner: bool
    is_letter_unsent: bool = False


def rows_for(programme: Programme, *, asker: User) -> tuple[Row, ...]:
    """The programme's people, owners first, in three queries however many they are."""
    handled = handled_by(asker, programme)
    members = list(programme.memberships.select_related("user").order_by("user__email"))
    owners = sum(member.role == Membership.Role.OWNER for member in members)
    order = list(Membership.Role.values)
    unsent = unsent_to(place_of(programme), now())
    return tuple(
        Row(
            person=member.user,
            role=member.role,
            roles=tuple(role for role in order if role in handled) if member.role in handled else (),
            is_last_owner=member.role == Membership.Role.OWNER and owners == 1,
            is_letter_unsent=member.user.email in unsent,
        )
        for member in sorted(members, key=lambda member: order.index(member.role))
    )


def handled_by(person: User, programme: Programme) -> frozenset[str]:
    """The roles this person may give, change and take back there."""
    return HANDLES.get(role_in(person, programme) or "", frozenset())


def add_person(programme: Programme, *, email: str, role: str, actor: User, base_url: str) -> User:
    """Give the person with that address a role, with an account if need be, and invite them by mail.

    Raises NoSuchRole, NotAnAddress, AlreadyThere, TooManyInvitations and PermissionDenied.
    """
    with transaction.atomic():
        _let(actor, programme, role)
        person = create_person(email)
        if programme.memberships.filter(user=person).exists():
            raise AlreadyThere(email)
        _count_invitations(actor, person)
        drop_links(person)
        Membership.objects.create(programme=programme, user=person, role=role)
        note("member-added", actor=actor, about=person, place=place_of(programme), detail=role)
    send_later(_invitation(programme, person, role=role, actor=actor, base_url=base_url))
    return person


def change_role(programme: Programme, person_id: int, *, role: str, actor: User) -> None:
    """Raises NoSuchRole, LastOwner, Membership.DoesNotExist and PermissionDenied."""
    with transaction.atomic():
        member = _member(programme, person_id)
        _let(actor, programme, role, member.role)
        if member.role == role:
            return
        if role != Membership.Role.OWNER:
            _keep_an_owner(member)
        note("role-changed", actor=actor, about=member.user, place=place_of(programme), detail=f"{member.role} > {role}")
        member.role = role
        member.save(update_fields=["role"])
    _take_tickets_back(member)


def remove_person(programme: Programme, person_id: int, *, actor: User) -> None:
    """Raises LastOwner, Membership.DoesNotExist and PermissionDenied. The account stays: it may have other programmes."""
    with transaction.atomic():
        member = _member(programme, person_id)
        _let(actor, programme, member.role)
        _keep_an_owner(member)
        note("member-removed", actor=actor, about=member.user, place=place_of(programme), detail=member.role)
        member.delete()
    _take_tickets_back(member)


def invite_again(programme: Programme, person_id: int) -> None:
    """Send the invitation that has not gone out yet, now. Raises Membership.DoesNotExist."""
    member = programme.memberships.select_related("user").get(user_id=person_id)
    send_again(place_of(programme), member.user.email)


def place_of(programme: Programme) -> str:
    """How the book of changes names it."""
    return f"programme-{programme.pk}"


def _member(programme: Programme, person_id: int) -> Membership:
    # One change at a time per programme, also where the database lets several write: two owners may not remove each other.
    Programme.objects.select_for_update().get(pk=programme.pk)
    return programme.memberships.select_related("user").get(user_id=person_id)


def _let(actor: User, programme: Programme, *roles: str) -> None:
    """Asked within the transaction: the actor may have lost their own role a moment ago."""
    if not set(roles) <= set(Membership.Role.values):
        raise NoSuchRole
    if not set(roles) <= handled_by(actor, programme):
        raise PermissionDenied


def _keep_an_owner(member: Membership) -> None:
    owners = member.programme.memberships.filter(role=Membership.Role.OWNER)
    if member.role == Membership.Role.OWNER and not owners.exclude(pk=member.pk).exists():
        raise LastOwner


def _count_invitations(actor: User, person: User) -> None:
    if (
        times_lately("member-added", within=DAY, about=person) >= MOST_INVITATIONS_TO
        or times_lately("member-added", within=DAY, actor=actor) >= MOST_INVITATIONS_BY
    ):
        raise TooManyInvitations


def _invitation(programme: Programme, person: User, *, role: str, actor: User, base_url: str) -> Mail:
    facts = {"programme": programme.title, "role": role, "actor": actor, "address": f"{base_url}/sign-in/", "email": person.email}
    with translation.override(programme.language):
        text = render_to_string("programmes/pages/mail-invitation.txt", facts)
        subject = _("Du är med i %(programme)s") % {"programme": programme.title}
    return Mail(to=person.email, subject=subject, text=text, about=place_of(programme))


def _take_tickets_back(member: Membership) -> None:
    """After the commit: before it, whoever asked would be told that the ticket still counts."""
    revoke = provided("revoke_tickets")
    if revoke is not None:
        revoke(member.user, programme_id=member.programme_id)
