"""Picture cards, wired together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Card, Exercise
from mellanrum.exercises.cards import audiences, contributions, definition, harvest, keepsake, state
from mellanrum.exercises.cards.checking import check, example, schema, slot
from mellanrum.exercises.cards.phases import PHASES
from mellanrum.exercises.cards.preparing import PREPARING

EXERCISE = Exercise(
    card=Card(
        slug="cards",
        name=_("Bildkort"),
        purpose=_("Landa i rummet och närma sig en fråga från ett nytt håll: bilden först, frågan sedan."),
        how=_("Alla valde en bild innan de fick höra frågan. Sedan tänkte var och en själv, och den som ville delade en tanke."),
        icon="cards",
        minutes=23,
        phases=PHASES,
        hideable=frozenset({"share"}),
        late=frozenset({"share"}),
    ),
    definition=definition.Definition,
    definition_version=definition.VERSION,
    upgrade_definition=definition.upgrade,
    contributions=contributions.KINDS,
    contributions_version=contributions.VERSION,
    upgrade=contributions.upgrade,
    check=check,
    empty=state.empty,
    fold=state.fold,
    views={"phone": audiences.phone, "projector": audiences.projector, "crew": audiences.crew},
    own=audiences.own,
    harvest=harvest.harvest,
    keepsake=keepsake.keepsake,
    example=example,
    schema=schema,
    slot=slot,
    lasting="alone",  # who comes alone sees the deck, the question and a place for a thought at once
    folder="exercises/cards",
    preparing=PREPARING,
    order_free=frozenset({"choose", "share", "sign"}),
)
