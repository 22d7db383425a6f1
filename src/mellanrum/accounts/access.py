"""Who is asking, and what they may do: the one place that decides."""

from __future__ import annotations

from typing import Any, Literal, Protocol

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from mellanrum.accounts.models import User

Act = Literal["see", "help", "run", "change", "own"]

# What each role may do with a programme: see its pages, help in the room (paper, moderation), run the room,
# change the plan and who else takes part, own it (owners, deletion).
ROLES: dict[str, frozenset[Act]] = {
    "owner": frozenset({"see", "help", "run", "change", "own"}),
    "facilitator": frozenset({"see", "help", "run", "change"}),
    "helper": frozenset({"see", "help"}),
    "viewer": frozenset({"see"}),
}


# Which roles somebody in a role may give, change and take back: never one above their own.
HANDLES: dict[str, frozenset[str]] = {
    "owner": frozenset(ROLES),
    "facilitator": frozenset({"facilitator", "helper", "viewer"}),
}


class Shared(Protocol):
    """Something people have roles in, as a programme; `memberships` is a related manager of rows with `user` and `role`."""

    @property
    def memberships(self) -> Any: ...


def current_person(request: HttpRequest) -> User | None:
    """The signed-in person; None for everybody else."""
    user = request.user
    return user if isinstance(user, User) else None


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the session still stands, read anew; the demo's open door has none."""
    key = request.session.session_key
    return SESSION_KEY not in request.session or bool(key and request.session.exists(key))


def role_in(user: User | AnonymousUser | None, shared: Shared) -> str | None:
    """The person's role there; the owner of the installation is an owner everywhere. None: a stranger."""
    if not isinstance(user, User):
        return None
    if user.is_owner:
        return "owner"
    role: str | None = shared.memberships.filter(user=user).values_list("role", flat=True).first()
    return role


def acts_of(user: User | AnonymousUser | None, shared: Shared) -> frozenset[Act]:
    """Everything the person may do there, for pages that ask more than once."""
    return ROLES.get(role_in(user, shared) or "", frozenset())


def may(user: User | AnonymousUser | None, act: Act, shared: Shared) -> bool:
    """Whether the person may do that there. A caller answers 404 when they may not even see it, else 403."""
    return act in acts_of(user, shared)
