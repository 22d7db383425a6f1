"""What each audience may see of picture cards: no question before everybody has chosen, and never how many took a picture."""

from __future__ import annotations

from mellanrum.exercises.cards.deck import Picture, deck, picture
from mellanrum.exercises.cards.definition import Definition
from mellanrum.exercises.cards.phases import ASKED, CHOOSE, PHASES, PLENARY
from mellanrum.exercises.cards.state import Shared, State
from mellanrum.exercises.cards.views import CardView, CrewView, OwnView, PhoneView, ProjectorView, SharedText, Thought

ON_PHONES, ON_THE_WALL = 12, 6


def phone(definition: Definition, state: State, phase: str) -> PhoneView:
    thoughts = _shown(definition, state, phase)
    return PhoneView(
        phase=phase,
        steps=tuple((one.key, str(one.title)) for one in PHASES),
        cards=_cards(definition),
        credit=deck(definition.deck).credit,
        anonymous=definition.anonymous,
        minutes_alone=definition.minutes_alone,
        question=_question(definition, phase),
        thoughts=thoughts[-ON_PHONES:],
        more=max(0, len(thoughts) - ON_PHONES),
    )


def projector(definition: Definition, state: State, phase: str) -> ProjectorView:
    thoughts = _shown(definition, state, phase)
    return ProjectorView(
        phase=phase,
        minutes_alone=definition.minutes_alone,
        cards=_cards(definition) if phase == CHOOSE.key else (),
        credit=deck(definition.deck).credit if phase == CHOOSE.key else "",
        question=_question(definition, phase),
        thoughts=thoughts[-ON_THE_WALL:],
        more=max(0, len(thoughts) - ON_THE_WALL),
    )


def crew(definition: Definition, state: State, phase: str) -> CrewView:
    said = tuple((one, thought(definition, state, author)) for author, one in in_order(state))
    return CrewView(
        phase=phase,
        question=definition.question,
        chosen=len(state.chosen),
        shared=tuple(SharedText(one.id, seen.text, seen.card, seen.by) for one, seen in said),
    )


def own(definition: Definition, state: State, author: str) -> OwnView:
    mine = state.shared.get(author)
    return OwnView(state.chosen.get(author), mine.text if mine else "", state.names.get(author, ""))


def in_order(state: State) -> list[tuple[str, Shared]]:
    """Authors and thoughts in the order in which they first were shared."""
    return sorted(state.shared.items(), key=lambda row: row[1].place)


def thought(definition: Definition, state: State, author: str) -> Thought:
    """One person's thought with their picture, and with a name only where people may give one."""
    found = picture(definition.deck, state.chosen.get(author))
    by = "" if definition.anonymous else state.names.get(author, "")
    return Thought(state.shared[author].text, card_view(found) if found else None, by)


def card_view(found: Picture) -> CardView:
    return CardView(found.id, found.name, found.src)


def _cards(definition: Definition) -> tuple[CardView, ...]:
    return tuple(card_view(one) for one in deck(definition.deck).cards)


def _question(definition: Definition, phase: str) -> str:
    return definition.question if phase in ASKED else ""


def _shown(definition: Definition, state: State, phase: str) -> tuple[Thought, ...]:
    return tuple(thought(definition, state, author) for author, _one in in_order(state)) if phase == PLENARY.key else ()
