"""What is wrong with a template, as a sentence for the person who wrote the file: which field, where, and what to write."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

LONGEST_QUOTE = 40

# msgspec's English, and what we say of the field; `%(number)s` is the number it names.
_SAID = (
    (r"`int` <= (?P<number>-?\d+)", gettext_noop("får vara högst %(number)s")),
    (r"`int` >= (?P<number>-?\d+)", gettext_noop("ska vara minst %(number)s")),
    (r"`str` of length <= (?P<number>\d+)", gettext_noop("får ha högst %(number)s tecken")),
    (r"`str` of length >= (?P<number>\d+)", gettext_noop("ska ha minst %(number)s tecken")),
    (r"`array` of length <= (?P<number>\d+)", gettext_noop("får ha högst %(number)s delar")),
    (r"`array` of length >= (?P<number>\d+)", gettext_noop("ska ha minst %(number)s delar")),
    (r"`array` of length (?P<number>\d+)", gettext_noop("ska ha %(number)s delar")),
    (r"`str` matching regex", gettext_noop("har tecken som inte får stå där")),
    (r"Invalid enum value", gettext_noop("har ett värde som inte finns att välja")),
    (r"^Invalid RFC3339 encoded time|`time", gettext_noop("ska vara ett klockslag, som 13:00:00 utan citattecken")),
    (r"Expected `int", gettext_noop("ska vara ett helt tal utan citattecken")),
    (r"Expected `bool", gettext_noop("ska vara true eller false utan citattecken")),
    (r"Expected `str", gettext_noop("ska vara text inom citattecken")),
    (r"Expected `array", gettext_noop("ska vara en lista inom hakparenteser")),
    (r"Expected `object", gettext_noop("ska vara en egen del med fält i")),
)
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


def quote(text: str) -> str:
    """A piece of somebody else's file, short and with nothing in it that moves or hides what stands around it."""
    shown = "".join(char if unicodedata.category(char)[0] != "C" else "?" for char in text[: LONGEST_QUOTE + 1])
    return shown if len(shown) <= LONGEST_QUOTE else shown[:LONGEST_QUOTE] + "…"


def place(gathering: int, block: int | None = None) -> str:
    """Both counted from one."""
    if block is None:
        return _("träff %(gathering)s") % {"gathering": gathering}
    return _("träff %(gathering)s, moment %(block)s") % {"gathering": gathering, "block": block}


def in_words(error: str) -> str:
    """msgspec's message with its `$.path`: the place, the field and what it should be."""
    what, _sep, path = error.partition(" - at `")
    where, field = _where(path.rstrip("`"))
    missing = re.search(r"missing required field `([^`]+)`", what)
    if missing:
        return where + _("fältet ”%(field)s” saknas. Skriv dit det.") % {"field": missing[1]}
    unknown = re.search(r"unknown field `(.*)`$", what, re.DOTALL)
    if unknown:
        return where + _("fältet ”%(field)s” är okänt. Är det felstavat? Rätta det eller ta bort det.") % {"field": quote(unknown[1])}
    if not field:
        return where + _("en del har fel form. Jämför med en mall som finns.")
    return where + _("fältet ”%(field)s” %(what)s.") % {"field": field, "what": _what(what)}


def _what(what: str) -> str:
    for pattern, said in _SAID:
        if found := re.search(pattern, what):
            return _(said) % found.groupdict()
    return _("passar inte ihop med resten. Se i övningens beskrivning vad som ska stå")


def _where(path: str) -> tuple[str, str]:
    """The place in words, with a colon behind it, and the field's name; either may be empty."""
    steps = [(name, int(number or 0) + 1) for name, number in _STEP.findall(path.removeprefix("$"))]
    names = [name for name, _number in steps if name]
    field = quote(names[-1]) if names else ""
    numbers = {steps[at - 1][0]: number for at, (name, number) in enumerate(steps) if at and not name}
    places = []
    if gathering := numbers.pop("gatherings", None):
        places.append(place(gathering, numbers.pop("blocks", None)))
    places += [_("”%(list)s” nummer %(number)s") % {"list": quote(name), "number": number} for name, number in numbers.items() if name]
    is_whole = bool(steps) and not steps[-1][0] and field in {"gatherings", "blocks"}  # the thing itself, and no field of it
    return "".join(f"{one}: " for one in [", ".join(places)] if one), "" if is_whole else field
