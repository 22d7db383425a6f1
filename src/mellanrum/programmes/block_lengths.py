"""What the lengths of a block must say together, and what is told when somebody makes it short."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.registry import registry
from mellanrum.programmes.models import Block
from mellanrum.programmes.refusals import NotReadable, Problem
from mellanrum.programmes.tracks import longest, read_tracks

# A check-in is known by its name, as the team or participants read it.
_CHECK_IN = re.compile(r"\b(?:incheck|check-?in|transfer-?in|landning|arriving)", re.IGNORECASE)


def settle(block: Block, changed: list[str]) -> list[str]:
    """The length follows the longest track; returns what else is to be saved. Raises NotReadable for lengths that contradict.

    A length may always be written, also below the least: that is told, never refused.
    """
    needed = longest(read_tracks(block.tracks))
    follows = needed > 0 and "tracks" in changed and block.minutes != needed
    if follows:
        block.minutes = needed
    if problems := tuple(_problems(block, changed, needed)):
        raise NotReadable(*problems)
    return ["minutes"] if follows and "minutes" not in changed else []


def _problems(block: Block, changed: list[str], needed: int) -> Iterator[Problem]:
    about = {"minutes": block.minutes, "needed": needed}
    if "minutes" in changed and needed and block.minutes != needed:
        yield Problem("minutes", _("Längden följer det längsta spåret, %(needed)s min. Ändra minuterna i spåret.") % about)
    if "least" in changed and block.least is not None and block.least > block.minutes:
        yield Problem("least", _("Det kortaste får inte vara längre än momentet, %(minutes)s min. Skriv ett mindre tal.") % about)
    if "most" in changed and block.most is not None and block.most < block.minutes:
        yield Problem("most", _("Det längsta får inte vara kortare än momentet, %(minutes)s min. Skriv ett större tal.") % about)


def is_check_in(block: Block) -> bool:
    return bool(_CHECK_IN.search(block.title) or _CHECK_IN.search(block.agenda))


def purpose_of(block: Block) -> str:
    """What the block is for: the team's words, else what its type of exercise says of itself; may be empty."""
    exercise = registry().get(block.exercise)
    return block.why or (str(exercise.card.purpose) if exercise else "")


def reason_for(block: Block, was: int | None = None) -> str:
    """One line for whoever has shortened the block; `was` is its length before, None when that is not known any more.

    Empty when there is nothing to think of: it is as long as it was, or neither a check-in nor below its least.
    """
    if block.part != Block.Part.MEETING or (was is not None and block.minutes >= was):
        return ""
    why = purpose_of(block)
    if block.least is not None and block.minutes < block.least:
        short = _("Kortare än %(least)s min, som ni har skrivit som kortast.") % {"least": block.least}
        return f"{short} {_for(why)}".strip()
    if is_check_in(block):
        return _("Incheckningen blev kortare.") + " " + _for(why or _("alla ska ha sagt något tidigt, så att det blir lättare sedan."))
    return ""


def _for(why: str) -> str:
    return _("Momentet är till för: %(why)s") % {"why": why} if why else ""
