"""What a field's own limits ask for, said to the person who writes in it."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from msgspec import inspect

# No number people prepare is larger, and the ledger's JSON takes no integer of more than 64 bits.
MOST = 1_000_000


def plain_text(text: str) -> str:
    """The text as it is kept: lines end in one way, and nothing in it that no keyboard writes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode()
    return "".join(char for char in text if char in "\n\t" or not (ord(char) < 32 or 127 <= ord(char) < 160)).strip()


def is_blank(text: str) -> bool:
    """Whether there is nothing in it to see."""
    return not any(char.isprintable() and not char.isspace() for char in text)


def read_leaf(info: inspect.Type, text: str, ask: str) -> tuple[Any, str] | None:
    """(value, sentence): the sentence is empty when the value will do. None for a type that no field can hold."""
    match info:
        case inspect.StrType():
            return read_text(info, text, ask)
        case inspect.IntType() | inspect.FloatType():
            return read_number(info, text, ask)
        case inspect.LiteralType() | inspect.EnumType():
            return read_choice(info, text)
        case inspect.BoolType():
            return text in {"1", "on", "true"}, ""
    return None


def read_text(info: inspect.StrType, text: str, ask: str) -> tuple[str, str]:
    """As `read_leaf`."""
    text = plain_text(text)
    if is_blank(text):
        return "", (ask or nothing_there()) if info.min_length else ""
    if len(text) < (info.min_length or 0):
        return text, ngettext("Skriv minst %(least)s tecken.", "Skriv minst %(least)s tecken.", info.min_length or 0) % {
            "least": info.min_length
        }
    if info.max_length is not None and len(text) > info.max_length:
        return text, _("Skriv högst %(most)s tecken. Nu är det %(now)s.") % {"most": info.max_length, "now": len(text)}
    if info.pattern and not re.search(info.pattern, text):
        return text, ask or _("Skriv det på det sätt som står vid fältet.")
    return text, ""


def limits(info: inspect.IntType | inspect.FloatType) -> tuple[int | None, int | None]:
    """The least and the most that will do, None where the type sets none."""
    least = info.ge if info.ge is not None else info.gt + 1 if info.gt is not None else None
    most = info.le if info.le is not None else info.lt - 1 if info.lt is not None else None
    return None if least is None else int(least), None if most is None else int(most)


def read_number(info: inspect.IntType | inspect.FloatType, text: str, ask: str) -> tuple[int | float, str]:
    """As `read_leaf`."""
    least, most = limits(info)
    try:
        value = int(text) if isinstance(info, inspect.IntType) else float(text.replace(",", "."))
    except ValueError:
        return 0, ask or _number_wanted(least, most)
    fits = (-MOST if least is None else least) <= value <= (MOST if most is None else most)
    return value, "" if fits and not (info.multiple_of and value % info.multiple_of) else ask or _number_wanted(least, most)


def _number_wanted(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return _("Skriv ett tal från %(least)s till %(most)s.") % {"least": least, "most": most}
    if least is not None:
        return _("Skriv ett tal som är minst %(least)s.") % {"least": least}
    return _("Skriv ett tal, högst %(most)s.") % {"most": most} if most is not None else _("Skriv ett tal med siffror.")


def read_choice(info: inspect.LiteralType | inspect.EnumType, text: str) -> tuple[Any, str]:
    """As `read_leaf`."""
    values = info.values if isinstance(info, inspect.LiteralType) else [member.value for member in info.cls]
    found = [value for value in values if ("" if value is None else str(value)) == text]
    return (found[0], "") if found else (None, _("Välj något av det som står här."))


def nothing_there() -> str:
    return _("Skriv något här.")


def too_few(least: int) -> str:
    return ngettext("Fyll i minst en rad.", "Fyll i minst %(least)s rader.", least) % {"least": least}


def too_many(most: int, now: int) -> str:
    told = ngettext("Här får en rad plats.", "Här får %(most)s rader plats.", most) % {"most": most}
    return told + " " + ngettext("Ta bort en.", "Ta bort %(over)s.", now - most) % {"over": now - most}


def does_not_fit() -> str:
    """When the fields are right each by itself and still no definition comes of them."""
    return _("Något här går inte ihop. Se över fälten och spara igen.")
