"""What happens to people's accounts: the first owner, links that sign somebody in, using one up."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction

from mellanrum.accounts.models import SignInLink, User
from mellanrum.core.clock import now
from mellanrum.core.ids import random_token, token_hash

LINK_LIFETIME = timedelta(minutes=15)
_LONGEST_KEY = 200
_LONGEST_ADDRESS = 254


class NotAnAddress(ValueError):
    """The text is no e-mail address."""


def address_in(text: str) -> str:
    """The e-mail address somebody has written, as it is kept. Raises NotAnAddress."""
    address = text.strip().lower()
    try:
        validate_email(address)
        MaxLengthValidator(_LONGEST_ADDRESS)(address)
    except ValidationError as error:
        raise NotAnAddress(text) from error
    return address


def create_person(email: str, *, name: str = "") -> User:
    """The account with that address, made if need be. Raises NotAnAddress."""
    address = address_in(email)
    with transaction.atomic():
        return User.objects.filter(email=address).first() or User.objects.create_user(address, name)


def create_owner(email: str, *, name: str = "") -> User:
    """Make the person with that address an owner of the installation, as a new account if need be. Raises NotAnAddress."""
    with transaction.atomic():
        user = create_person(email, name=name)
        if not user.is_owner:
            user.is_owner = True
            user.set_unusable_password()  # ends every session from before: nobody keeps one that was worth less
            user.save(update_fields=["is_owner", "password"])
            drop_links(user)
    return user


def drop_links(user: User) -> None:
    """What has not been used yet is worth nothing any more: the person may do more than when it was made."""
    SignInLink.objects.filter(user=user, used_at=None).delete()


def mint_only_link(user: User, *, base_url: str, lifetime: timedelta) -> str:
    """As `mint_sign_in_link`, in the place of all that were made before."""
    with transaction.atomic():
        drop_links(user)
        return mint_sign_in_link(user, base_url=base_url, lifetime=lifetime)


def mint_sign_in_link(user: User, *, base_url: str, lifetime: timedelta = LINK_LIFETIME) -> str:
    """An address that signs this person in once. The key stands in the fragment, which no server, proxy or log ever sees."""
    key = random_token()
    moment = now()
    with transaction.atomic():
        SignInLink.objects.filter(expires_at__lt=moment).delete()
        SignInLink.objects.create(key_hash=token_hash(key), user=user, expires_at=moment + lifetime)
    return f"{base_url}/sign-in/#k={key}"


def use_sign_in_link(key: str) -> User | None:
    """Use the link up and tell whose it was; None when it is unknown, too old or used before."""
    if not 0 < len(key) <= _LONGEST_KEY:
        return None
    moment = now()
    # One UPDATE decides, so two clicks at the same instant cannot both win.
    won = SignInLink.objects.filter(key_hash=token_hash(key), used_at=None, expires_at__gt=moment).update(used_at=moment)
    return SignInLink.objects.select_related("user").get(key_hash=token_hash(key)).user if won else None
