"""How a rating is prepared: its start, what to write, and when an instrument becomes another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mellanrum.exercise_kit.preparing import Preparing, Problem
from mellanrum.exercises.scale.definition import MOST_STEPS, VERSION, Definition, Instrument, Item, Part, Subject


def start(fresh: Callable[[], str]) -> Definition:
    """A short rating of how we work together, an instrument of its own."""
    items = tuple(Item(fresh(), text) for text in (_("Vi märker tidigt när något skaver."), _("Vi pratar om det medan det ännu är litet.")))
    instrument = Instrument(
        id=fresh(),
        version=1,
        title=_("Så har vi det"),
        items=items,
        subjects=(Subject("me", _("Jag")), Subject("organisation", _("Min organisation")), Subject("together", _("Vi"))),
        low_label=_("inte alls"),
        high_label=_("helt och hållet"),
    )
    return Definition(version=VERSION, instrument=instrument, parts=(Part(fresh(), _("Vad är svårt just nu?")),))


def across(data: dict[str, Any]) -> Iterable[Problem]:
    """A scale goes upwards and has steps enough to choose between, and few enough to fit on a phone."""
    scale = data["instrument"]
    if not 2 <= scale["high"] - scale["low"] + 1 <= MOST_STEPS:
        yield Problem(
            "d.instrument.high",
            _("Välj ett tal från %(least)s till %(most)s.") % {"least": scale["low"] + 1, "most": scale["low"] + MOST_STEPS - 1},
        )


def settle(before: Definition, after: Definition) -> Definition:
    """Answers are compared where instrument and version are the same: when what is asked changes, so does the version."""
    old = before.instrument
    new = msgspec.structs.replace(after.instrument, id=old.id, version=old.version)
    is_same = new == msgspec.structs.replace(old, title=new.title)
    return msgspec.structs.replace(after, instrument=new if is_same else msgspec.structs.replace(new, version=old.version + 1))


PREPARING = Preparing(
    start=start,
    ask={
        "instrument.title": gettext_lazy("Skriv vad skattningen heter."),
        "instrument.items": gettext_lazy("Skriv minst ett påstående."),
        "instrument.subjects": gettext_lazy("Välj minst en som påståendena handlar om."),
    },
    across=across,
    settle=settle,
)
