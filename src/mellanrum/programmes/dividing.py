"""Dividing a block in two and joining two to one, on what a block holds as plain values; no minute and no word is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mellanrum.programmes.field_kinds import LONGEST_LINE, MOST_LINES
from mellanrum.programmes.lengths import LONGEST
from mellanrum.programmes.refusals import Unfit

Content = Mapping[str, Any]
LONGEST_TITLE = 200
LONGEST_NAME = 120
LONGEST_SCRIPT = 8000
SHARED = ("kind", "icon", "responsible", "phones", "part")  # what the second half has of the first


def halves(minutes: int) -> tuple[int, int]:
    """Whole minutes, the odd one in the first."""
    return minutes - minutes // 2, minutes // 2


def divided(whole: Content) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changes in the block, and what its second half holds; exercise, script and lists stay with the first."""
    first: dict[str, Any] = {}
    second = {name: whole[name] for name in SHARED}
    for name in ("minutes", "least", "most"):
        first[name], second[name] = (None, None) if whole[name] is None else halves(whole[name])
    second["title"] = continued(whole["title"])
    second["shown"] = False
    if whole["exercise"] or not second["icon"]:
        second["icon"] = "circle-notch"
    return first, second


def continued(title: str) -> str:
    mark = " " + _("(forts.)")
    return title[: LONGEST_TITLE - len(mark)] + mark


def united(first: Content, second: Content) -> dict[str, Any]:
    """What changes in the first when the second becomes part of it. Raises Unfit when something would be lost."""
    _check(first, second)
    lead = second if second["exercise"] else first
    shown = next((one for one in (first, second) if one["shown"] and one["agenda"]), first)
    return {
        "title": _titles(first["title"], second["title"]),
        "minutes": first["minutes"] + second["minutes"],
        "least": _bound(first, second, "least"),
        "most": _bound(first, second, "most"),
        "say": "\n\n".join(text for text in (first["say"], second["say"]) if text),
        "why": " ".join(text for text in (first["why"], second["why"]) if text),
        "do": [*first["do"], *second["do"]],
        "material": list(dict.fromkeys([*first["material"], *second["material"]])),
        "responsible": ", ".join(dict.fromkeys(name for name in (first["responsible"], second["responsible"]) if name)),
        "phones": first["phones"] or second["phones"],
        "section": first["section"] or second["section"],
        "agenda": shown["agenda"] or second["agenda"],
        "shown": shown["shown"],
        "tracks": first["tracks"] or second["tracks"],
        **{name: lead[name] for name in ("kind", "icon", "exercise", "definition")},
    }


def _check(first: Content, second: Content) -> None:
    for is_wrong, sentence in (
        (
            first["exercise"] and second["exercise"],
            _("Båda momenten har en övning, och det ryms bara en. Ta bort den ena först."),
        ),
        (first["tracks"] and second["tracks"], _("Båda momenten har spår sida vid sida. Ta bort spåren i det ena först.")),
        (second["fixed_at"] is not None, _("Det andra momentet börjar på en bestämd tid. Ta bort den tiden först.")),
        (first["part"] != second["part"], _("Det ena är före eller efter träffen, det andra inte. Låt dem höra till samma del först.")),
        (first["minutes"] + second["minutes"] > LONGEST, _("Tillsammans blir de längre än ett moment får vara. Korta ett av dem först.")),
        (_is_too_much(first, second), _("Texterna blir för långa tillsammans. Korta manus eller listor först.")),
    ):
        if is_wrong:
            raise Unfit(sentence)


def _is_too_much(first: Content, second: Content) -> bool:
    return (
        len(first["say"]) + len(second["say"]) + 2 > LONGEST_SCRIPT
        or any(len(first[name]) + len(second[name]) > MOST_LINES for name in ("do", "material"))
        or len(first["responsible"]) + len(second["responsible"]) + 2 > LONGEST_NAME
        or len(first["why"]) + len(second["why"]) + 1 > LONGEST_LINE
    )


def _titles(first: str, second: str) -> str:
    """A second half goes back into its whole; two names stand beside each other while there is room."""
    both = f"{first} + {second}"
    return first if second in {first, continued(first)} or len(both) > LONGEST_TITLE else both


def _bound(first: Content, second: Content, name: str) -> int | None:
    """Where only one says, the other is as long as it is planned."""
    if first[name] is None and second[name] is None:
        return None
    return sum(int(one["minutes"] if one[name] is None else one[name]) for one in (first, second))
