"""The page as a letter: to the address its person writes, kept until it is sent and not a moment longer."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from datetime import datetime, timedelta
from hashlib import blake2b
from threading import Lock

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from mellanrum.accounts.actions import address_in
from mellanrum.core.clock import now
from mellanrum.core.mail import Mail, send_later
from mellanrum.core.retention import OWN_LINK
from mellanrum.rooms.live.loading import letters_of
from mellanrum.rooms.take_home.links import LETTERS_A_DAY, TooMany, mint_link
from mellanrum.rooms.take_home.page import take_home_of
from mellanrum.rooms.take_home.reader import Reader

DAY = timedelta(days=1)
REMEMBERED = 10_000


class Addresses:
    """How many letters an address was sent today, whoever asked for them. In memory alone, by a hash whose key is lost with the process."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._sent: OrderedDict[bytes, list[datetime]] = OrderedDict()
        self._guard = Lock()

    def take(self, address: str) -> None:
        """One more. Raises TooMany."""
        name, moment = blake2b(address.encode(), key=self._key, digest_size=16).digest(), now()
        with self._guard:
            recent = [at for at in self._sent.pop(name, []) if at > moment - DAY]
            self._sent[name] = recent
            if len(recent) >= LETTERS_A_DAY:
                raise TooMany
            recent.append(moment)
            if len(self._sent) > REMEMBERED:
                self._sent.popitem(last=False)


addresses = Addresses()


def send_home(reader: Reader, email: str, *, base: str) -> None:
    """Send the letter in the person's language. Raises NotAnAddress, and TooMany for a person or an address that got enough today."""
    address = address_in(email)
    addresses.take(address)
    token = mint_link(reader.participant, reader.anonymous, is_mailed=True)
    link = f"{base}/mine#t={token}"
    with translation.override(reader.participant.language):
        page = take_home_of(reader)
        context = {"page": page, "link": link, "base": base, "until": now() + OWN_LINK}
        text = render_to_string("rooms/pages/mail-take-home.txt", context)
        subject = _("Från %(title)s: det du tog med dig") % {"title": page.title}
    send_later(Mail(to=address, subject=subject[:200], text=text, about=letters_of(reader.participant.id), leaves_no_trace=True))
