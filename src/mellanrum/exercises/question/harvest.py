"""What an open question leaves to the documentation. Texts come in the language that is active."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mellanrum.exercise_kit.contract import CLOSED
from mellanrum.exercise_kit.document import Passage, Quote
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.question.definition import Definition
from mellanrum.exercises.question.state import State
from mellanrum.exercises.question.wall import Said, Wall, wall


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """Each theme with its texts, then what is in none; of questions those answered, then the others. None before the room has seen it."""
    if not (state.shown or state.phase == CLOSED):
        return ()
    found = wall(definition, state)
    parts = _answers(definition, found) if definition.is_qa else _themes(definition, found)
    return tuple(_passage(exercise, key, heading, texts) for key, heading, texts in parts if texts)


def _themes(definition: Definition, found: Wall) -> list[tuple[str, str, Sequence[Said]]]:
    rest = _("%(question)s Utan tema") % {"question": definition.question} if found.themes else definition.question
    themes = [(f"theme-{ref}", f"{definition.question} {name}", found.of(ref)) for ref, name in found.themes]
    return [*themes, ("loose", rest, found.of(""))]


def _answers(definition: Definition, found: Wall) -> list[tuple[str, str, Sequence[Said]]]:
    answered = [said for said in found.shown if said.standing]
    waiting = [said for said in found.shown if not said.standing]
    return [
        ("answered", _("%(question)s Besvarade") % {"question": definition.question}, answered),
        ("loose", _("%(question)s Inte besvarade än") % {"question": definition.question}, waiting),
    ]


def _passage(exercise: str, key: str, heading: str, texts: Sequence[Said]) -> Passage:
    return Passage(f"{exercise}/{key}", heading, source_of(exercise, _source(texts)), tuple(_quote(said) for said in _in_order(texts)))


def _in_order(texts: Sequence[Said]) -> list[Said]:
    """Most *me too* first; else in nobody's order."""
    return sorted(texts, key=lambda said: (-said.votes, blake2b(said.id.encode(), digest_size=8).digest()))


def _quote(said: Said) -> Quote:
    return Quote(said.text, too(said.votes) if said.votes else "")


def too(votes: int) -> str:
    """How many others say the same."""
    return ngettext("en till säger Jag också", "%(votes)s till säger Jag också", votes) % {"votes": votes}


def _source(texts: Sequence[Said]) -> str:
    said = ngettext("en text", "%(count)s texter", len(texts)) % {"count": len(texts)}
    paper = sum(one.on_paper for one in texts)
    return said + (", " + ngettext("varav en från papper", "varav %(count)s från papper", paper) % {"count": paper} if paper else "")
