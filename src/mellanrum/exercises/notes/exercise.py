"""The notes, wired together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Card, Companion, Exercise, Phase, Script
from mellanrum.exercises.notes import audiences, contributions, definition, harvest, state
from mellanrum.exercises.notes.checking import check, example, schema

GIVEN = frozenset({"note", "photo"})

OPEN = Phase(
    key="open",
    title=_("Anteckna"),
    crew_accepts=frozenset({"note", "photo", "star", "done"}),
    table_accepts=frozenset({"note", "photo", "done"}),
    script=Script(
        say=_("Skriv några rader om det som sägs, eller ta ett foto av det ni har skrivit."),
        do=(_("Se vilka bord som inte har börjat"), _("Stjärnmärk det ni vill ta vidare")),
    ),
)

EXERCISE = Exercise(
    card=Card(
        slug="notes",
        name=_("Anteckningar"),
        purpose=_("Rader och foton från teamet och borden, i varje moment, så att samtalen lämnar spår."),
        how=_("Teamet och borden skrev rader och tog foton medan samtalen pågick."),
        icon="note-pencil",
        minutes=5,
        phases=(OPEN,),
        hideable=GIVEN,
        late=GIVEN,
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
    example=example,
    schema=schema,
    folder="exercises/notes",
    order_free=GIVEN,
    picture_of=contributions.picture_of,
    companion=Companion(
        definition=definition.of_block,
        table_view=audiences.table,
        by_table=contributions.by_table,
        tables=state.tables,
    ),
)
