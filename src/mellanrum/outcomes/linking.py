"""Links to material and recordings: only addresses that lead somewhere on the web and hide nothing."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from mellanrum.outcomes.editing import NotSaved
from mellanrum.outcomes.models import MaterialLink
from mellanrum.programmes.models import Gathering

LONGEST = 200
LONGEST_ADDRESS = 1000
MOST = 60
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d{1,5})?([/?#]\S*)?")  # no scheme: before a colon with anything but a port there is no match
_is_web = URLValidator(schemes=["http", "https"])


def add_link(gathering: Gathering, *, title: str, address: str, about: str) -> MaterialLink:
    """Raises NotSaved: empty, address, long or many."""
    address = whole_address(address)
    if MaterialLink.objects.filter(gathering=gathering).count() >= MOST:
        raise NotSaved("many")
    _check(title, address, about)
    return MaterialLink.objects.create(gathering=gathering, title=title, address=address, about=about)


def change_link(link: MaterialLink, *, title: str, address: str, about: str, seen: int) -> None:
    """Raises NotSaved: empty, address, long or both."""
    address = whole_address(address)
    _check(title, address, about)
    values = {"title": title, "address": address, "about": about, "version": seen + 1}
    if not MaterialLink.objects.filter(pk=link.pk, version=seen).update(**values):
        raise NotSaved("both")


def remove_link(link: MaterialLink) -> None:
    link.delete()


def whole_address(address: str) -> str:
    """With https:// before what looks like a host: so people write it, and so browsers show it."""
    return f"https://{address}" if _HOST.fullmatch(address) else address


def is_web_address(address: str) -> bool:
    """A whole http or https address without name and password, blanks, quotes, brackets or anything invisible."""
    if any(char in '<>"\\`^{|}' or unicodedata.category(char)[0] in "CZ" for char in address):
        return False
    try:
        _is_web(address)
        return "@" not in urlsplit(address).netloc
    except (ValidationError, ValueError):
        return False


def _check(title: str, address: str, about: str) -> None:
    if not title or not address:
        raise NotSaved("empty")
    if max(len(title), len(about)) > LONGEST or len(address) > LONGEST_ADDRESS:
        raise NotSaved("long")
    if not is_web_address(address):
        raise NotSaved("address")
