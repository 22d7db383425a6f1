"""Secret links to one person's own page: made, opened once into a cookie, over after some months or when the person leaves no trace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from hashlib import shake_256

import msgspec
from django.db import transaction

from mellanrum.core.clock import now
from mellanrum.core.ids import random_token, token_hash
from mellanrum.core.retention import OWN_LINK
from mellanrum.rooms.models import Participant, TakeHomeLink

DAY = timedelta(days=1)
LINKS_A_DAY, LETTERS_A_DAY = 10, 3
LETTERS_OF_A_ROOM_A_DAY = 1_000
LONGEST = 200


class TooMany(Exception):
    """The person has as many links or letters as they may have for now."""


def mint_link(participant: Participant, authors: Mapping[str, str], *, is_mailed: bool = False) -> str:
    """A new link's token, returned once. `authors`: the name by exercise, where it is anonymous. Raises TooMany."""
    token, moment = random_token(), now()
    with transaction.atomic():
        _check_pace(participant, is_mailed=is_mailed)
        TakeHomeLink.objects.create(
            hash=token_hash(token),
            participant=participant,
            sealed=_locked(msgspec.json.encode(dict(authors)), token),
            made_at=moment,
            expires_at=moment + OWN_LINK,
            is_mailed=is_mailed,
        )
    return token


def open_link(token: str) -> tuple[TakeHomeLink, dict[str, str]] | None:
    """The link with its person and room, and the names it was sealed with; None when it is unknown or over."""
    if not 0 < len(token) <= LONGEST:
        return None
    links = TakeHomeLink.objects.select_related("participant__room__gathering__programme")
    found = links.filter(hash=token_hash(token), expires_at__gt=now()).first()
    if found is None:
        return None
    sealed = bytes(found.sealed)
    return found, msgspec.json.decode(_locked(sealed, token), type=dict[str, str]) if sealed else {}


def _check_pace(participant: Participant, *, is_mailed: bool) -> None:
    recent = TakeHomeLink.objects.filter(made_at__gt=now() - DAY)
    mine = recent.filter(participant=participant)
    if mine.count() >= LINKS_A_DAY or (is_mailed and mine.filter(is_mailed=True).count() >= LETTERS_A_DAY):
        raise TooMany
    if is_mailed and recent.filter(participant__room=participant.room_id, is_mailed=True).count() >= LETTERS_OF_A_ROOM_A_DAY:
        raise TooMany


def _locked(content: bytes, token: str) -> bytes:
    """Locked or unlocked with a stream drawn from the link's 256 bits. Each token locks one text, once, so the stream is never reused."""
    stream = shake_256(b"take-home\n" + token.encode()).digest(len(content))
    return bytes(one ^ other for one, other in zip(content, stream, strict=True))
