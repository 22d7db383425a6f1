"""Signing in with six digits sent by mail: asked for and used in the same browser (decision 0012)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from mellanrum.accounts.actions import address_in
from mellanrum.accounts.models import SignInCode, User
from mellanrum.core.clock import now
from mellanrum.core.ids import random_token, token_hash
from mellanrum.core.mail import Mail, send_later

LIFETIME = timedelta(minutes=10)
MOST_TRIES = 3
# How many codes an address is given. The second keeps a patient guesser at 60 of a million a day.
LIMITS = ((timedelta(minutes=30), 5), (timedelta(days=1), 20))
_LONGEST_SECRET = 200
DIGITS = 6


class TooManyCodes(Exception):
    """The address has got as many codes as it may for now; told whether or not anybody has it."""


class Answer(Enum):
    """What became of six digits."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"  # tried too often, or used before
    EXPIRED = "expired"
    UNKNOWN = "unknown"  # this browser has asked for no code


@dataclass(frozen=True)
class Attempt:
    answer: Answer
    user: User | None = None
    tries_left: int = 0


def ask_for_code(email: str) -> str:
    """Send a code to the address if somebody has it; returns the secret for the browser's cookie.

    For an unknown address all is done but the sending. Raises NotAnAddress and TooManyCodes.
    """
    address = address_in(email)
    secret, code = random_token(), f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    user = _remember(address, secret, code)
    send_later(_code_mail(address, code), is_dropped=user is None)
    return secret


def waiting_code(secret: str) -> SignInCode | None:
    """The code this browser has asked for and may still use."""
    found = _code_of(secret)
    return found if found is not None and _answer_before_trying(found) is None else None


def try_code(secret: str, digits: str) -> Attempt:
    """Spend one try. The code is used up when it is right."""
    found = _code_of(secret)
    if found is None:
        return Attempt(Answer.UNKNOWN)
    if (told := _answer_before_trying(found)) is not None:
        return Attempt(told)
    row = SignInCode.objects.filter(pk=found.pk, used_at=None)
    # One UPDATE per try decides, so a hundred at the same instant are three tries.
    if not row.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        return Attempt(Answer.SPENT)
    if not constant_time_compare(found.code_hash, _code_hash(secret, digits)):
        left = MOST_TRIES - found.tries - 1
        return Attempt(Answer.WRONG if left > 0 else Answer.SPENT, tries_left=max(left, 0))
    if found.user is None or not row.update(used_at=now()):
        return Attempt(Answer.SPENT)
    return Attempt(Answer.RIGHT, user=found.user)


def _remember(address: str, secret: str, code: str) -> User | None:
    moment = now()
    with transaction.atomic():
        SignInCode.objects.filter(created_at__lt=moment - LIMITS[-1][0]).delete()
        asked = SignInCode.objects.filter(email=address)
        if any(asked.filter(created_at__gt=moment - span).count() >= most for span, most in LIMITS):
            raise TooManyCodes(address)
        user = User.objects.filter(email=address).first()
        SignInCode.objects.create(
            browser_hash=token_hash(secret),
            email=address,
            user=user,
            code_hash=_code_hash(secret, code),
            created_at=moment,
            expires_at=moment + LIFETIME,
        )
    return user


def _code_mail(address: str, code: str) -> Mail:
    text = render_to_string("accounts/pages/mail-code.txt", {"code": code})
    return Mail(to=address, subject=_("Din kod till Mellanrum"), text=text, worth=LIFETIME)


def _code_of(secret: str) -> SignInCode | None:
    if not 0 < len(secret) <= _LONGEST_SECRET:
        return None
    return SignInCode.objects.select_related("user").filter(browser_hash=token_hash(secret)).first()


def _answer_before_trying(found: SignInCode) -> Answer | None:
    if found.used_at is not None or found.tries >= MOST_TRIES:
        return Answer.SPENT
    return Answer.EXPIRED if found.expires_at <= now() else None


def _code_hash(secret: str, digits: str) -> str:
    return salted_hmac("mellanrum.accounts.codes", f"{secret}:{digits}", algorithm="sha256").hexdigest()
