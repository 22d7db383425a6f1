"""What happens to what somebody gives, in a line told where they give it: found out by trying, from the definition and nothing else."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any, Literal

import msgspec
from django.utils.translation import gettext as _

from mellanrum.core.retention import FINAL_AFTER
from mellanrum.exercise_kit.contract import Exercise
from mellanrum.exercise_kit.seeing import Trial, try_without

REMEMBERED = 500
Seen = Literal["live", "later", "sum", "in-company", "never"]


class Facts(msgspec.Struct, frozen=True):
    """Of one kind of contribution: how the room sees it, whether the crew reads its words, and the fewest people a sum is shown of.

    `is_moderated`: the room sees it when the crew has let it through, and not before.
    """

    room: Seen
    is_read_by_crew: bool
    is_words: bool
    anonymous: bool
    minimum: int = 0
    by_table: bool = False
    is_moderated: bool = False


_known: OrderedDict[tuple[str, bytes], dict[str, Facts]] = OrderedDict()
_guard = Lock()


def privacy_of(exercise: Exercise, definition: Any) -> dict[str, str]:
    """A line for each kind that people give, in the active language."""
    return {kind: line(facts) for kind, facts in facts_of(exercise, definition).items()}


def facts_of(exercise: Exercise, definition: Any) -> Mapping[str, Facts]:
    """Remembered, because a definition is drawn many times and tried with a whole made-up meeting."""
    key = (exercise.card.slug, msgspec.json.encode(definition))
    with _guard:
        found = _known.get(key)
    if found is None:
        found = {trial.kind: _facts(definition, trial) for trial in try_without(exercise, _let_through(definition))}
        with _guard:
            _known[key] = found
            if len(_known) > REMEMBERED:
                _known.popitem(last=False)
    return found


def line(facts: Facts) -> str:
    """What is stored and how long, who sees it, and what to think of: short sentences."""
    said = [_stored(facts), _seen(facts)]
    if facts.is_words:
        said.append(_("Skriv inga namn.") if facts.anonymous else _("Skriv inga namn utan lov."))
    return " ".join(said)


def _let_through(definition: Any) -> Any:
    """The same as if nothing had to wait: the trial has no crew that lets anything through."""
    return msgspec.structs.replace(definition, moderated=False) if getattr(definition, "moderated", False) else definition


def _facts(definition: Any, trial: Trial) -> Facts:
    return Facts(
        room=_room(trial),
        is_read_by_crew=trial.is_read_by_crew,
        is_words=trial.is_words,
        anonymous=definition.anonymous,
        minimum=getattr(definition, "minimum", 0),
        by_table=trial.by_table,
        is_moderated=getattr(definition, "moderated", False) and trial.is_words,
    )


def _room(trial: Trial) -> Seen:
    if trial.is_read_live or trial.is_read_later:
        return "live" if trial.is_read_live else "later"
    if trial.is_seen_alone:
        return "sum"
    return "in-company" if trial.is_seen else "never"


def _stored(facts: Facts) -> str:
    if facts.by_table:
        return _("Sparas som bordets och hamnar i dokumentationen, så länge den finns.")
    if facts.anonymous:
        return _("Sparas utan ditt namn och skiljs från din telefon senast %(days)s dagar efter träffen.") % {"days": FINAL_AFTER.days}
    return _("Sparas som ditt tills du lämnar inga spår.")


def _seen(facts: Facts) -> str:
    if facts.room == "sum":
        return _summed(facts.minimum)
    if facts.is_moderated and facts.room in {"live", "later"}:
        return _("De som leder läser det först. Rummet ser det de släpper fram.")
    told = {
        "live": _("Rummet ser det medan det kommer."),
        "later": _("De som leder ser det direkt, rummet när det visas.") if facts.is_read_by_crew else _("Rummet ser det när det visas."),
        "in-company": _("Rummet ser det bara om du själv delar något."),
        "never": _("De som leder ser det direkt.") if facts.is_read_by_crew else _("Rummet ser det inte."),
    }
    return told[facts.room]


def _summed(minimum: int) -> str:
    if not minimum:
        return _("Rummet ser summan, aldrig ditt eget svar.")
    return _("Rummet ser summan, aldrig ditt eget svar, och inget alls om färre än %(minimum)s har svarat.") % {"minimum": minimum}
