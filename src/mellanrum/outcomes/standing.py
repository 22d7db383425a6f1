"""Where a documentation stands on its way: open, closed, published, final; what that means, and what can be done next.

Publishing and finalising are independent of each other: a page may be public while people still write, and one that is final
may be for the team alone. So the way is drawn as four steps, each done or not, and the state is the furthest that is reached.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from django.utils.translation import gettext as _

State = Literal["before", "open", "closed", "published", "final"]
Act = Literal["close", "close-link", "open", "publish", "unpublish", "finalise"]
Mark = Literal["done", "here", "left"]


class Known(msgspec.Struct, frozen=True):
    """What the state follows from. `has_room`: the gathering has had a room; `is_closed`: its meeting's are, or all where there was no
    meeting; `is_final`: for good.

    `only_links`: nothing but exercises open for days has been held. `is_link_open`: such a one is open beside a meeting.
    """

    has_room: bool = False
    is_closed: bool = False
    is_public: bool = False
    is_final: bool = False
    only_links: bool = False
    is_link_open: bool = False


class Step(msgspec.Struct, frozen=True):
    """One of the four; `here` is the furthest that is reached."""

    name: str
    mark: Mark


class Standing(msgspec.Struct, frozen=True):
    """`says` is one sentence in the active language; `acts` is what can be done next, the likeliest first."""

    state: State
    says: str
    acts: tuple[Act, ...]
    steps: tuple[Step, ...]


def state_of(known: Known) -> State:
    if not known.has_room:
        return "before"
    if known.is_final:
        return "final"
    if not known.is_closed:
        return "open"
    return "published" if known.is_public else "closed"


def standing_of(known: Known) -> Standing:
    state = state_of(known)
    return Standing(state, _says(known, state), _acts(known, state), _steps(known, state))


def _acts(known: Known, state: State) -> tuple[Act, ...]:
    publishing: Act = "unpublish" if known.is_public else "publish"
    closing: Act = "close-link" if known.only_links else "close"
    ways: dict[State, tuple[Act, ...]] = {
        "before": (),
        "open": (closing, publishing),
        "closed": ("publish", "finalise", "open"),
        "published": ("finalise", "unpublish", "open"),
        "final": (publishing,),
    }
    if known.is_link_open and state in {"closed", "published"}:
        return ("close-link", *(act for act in ways[state] if act != "finalise"))
    return ways[state]


def _says(known: Known, state: State) -> str:
    is_public = known.is_public
    if state == "open" and known.only_links:
        return _while_a_link_is_open(is_public=is_public)
    told = {
        "before": _("Inget rum har öppnats än, så här finns ännu bara planen."),
        "open": _("Rummet är öppet, så det kan komma mer."),
        "closed": _("Rummet är stängt. Läs igenom, ändra det som behövs och publicera när ni är nöjda."),
        "published": _("Alla som har adressen kan läsa. Sidan är preliminär tills den slutförs, för svar kan ännu tas tillbaka."),
        "final": _("Slutförd: inget anonymt svar kan längre knytas till en telefon, ändras eller tas tillbaka. Den är inte publicerad."),
    }
    if is_public and state == "open":
        return _("Rummet är öppet och sidan publik, så det som kommer syns för alla som har adressen.")
    if is_public and state == "final":
        return _("Slutförd och publicerad: alla som har adressen kan läsa, och inget anonymt svar kan längre ändras eller tas tillbaka.")
    return told[state]


def _while_a_link_is_open(*, is_public: bool) -> str:
    if is_public:
        return _("En övning är öppen för svar via länk och sidan publik, så det som kommer syns för alla som har adressen.")
    return _("En övning är öppen för svar via länk, så det kan komma mer.")


def _steps(known: Known, state: State) -> tuple[Step, ...]:
    done = {"open": known.has_room, "closed": known.has_room and known.is_closed, "published": known.is_public, "final": known.is_final}
    names = {"open": _("Öppen"), "closed": _("Stängd"), "published": _("Publicerad"), "final": _("Slutförd")}
    return tuple(Step(names[key], "here" if key == state else "done" if is_done else "left") for key, is_done in done.items())
