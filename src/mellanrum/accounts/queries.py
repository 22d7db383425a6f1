"""Reading accounts."""

from __future__ import annotations

from mellanrum.accounts.models import User


def first_owner() -> User | None:
    """The owner that has been here longest."""
    return User.objects.filter(is_owner=True).order_by("pk").first()


def has_anybody_signed_in() -> bool:
    return User.objects.filter(last_login__isnull=False).exists()


def person_with(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower()).first()


def has_others_than(email: str) -> bool:
    """Whether anybody but the person with that address has an account here."""
    return User.objects.exclude(email=email).exists()
