"""Table talks, wired together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Card, Exercise, Phase, Script
from mellanrum.exercises.discussion import audiences, contributions, definition, harvest, keepsake, state
from mellanrum.exercises.discussion.checking import check, example, schema, slot
from mellanrum.exercises.discussion.preparing import PREPARING

WRITTEN = frozenset({"write", "photo", "enter"})
OF_ONESELF = frozenset({"sit", "come", "wish", "belong", "met", "called"})
OF_THE_SHEET = frozenset({"pen", "write"})
SEATING = frozenset({"form", "move", "tables"})
PAPER = frozenset({"enter", "photo"})

GATHER = Phase(
    key="gather",
    title=_("Bilda bord"),
    accepts=OF_ONESELF,
    crew_accepts=SEATING | PAPER,
    table_accepts=frozenset({"photo"}),
    live=True,
    script=Script(
        say=_("Sätt er fyra till sex, gärna med någon ni inte känner."),
        do=(_("Se på duken hur ni fördelar er"), _("Forma bord om det är ni som gör det, och säg bordens nummer högt")),
        wait=_("Vänta tills alla sitter. Den som kommer sent får plats vid det minsta bordet."),
    ),
)
TALK = Phase(
    key="talk",
    title=_("Samtal"),
    accepts=OF_ONESELF | OF_THE_SHEET,
    crew_accepts=SEATING | PAPER | {"prompt"},
    table_accepts=frozenset({"photo"}),
    live=True,
    script=Script(
        say=_("Låt alla komma till tals en gång först. En av er tar pennan och skriver några rader, på papper eller i telefonen."),
        do=(_("Byt fråga när borden är redo"), _("Se vilka bord som inte har börjat skriva"), _("Säg till när fem minuter är kvar")),
        wait=_("Lyssna i rummet. Tystnad vid ett bord är inte alltid slut på samtalet."),
    ),
)
SHARE = Phase(
    key="share",
    title=_("Läs bladen"),
    accepts=frozenset({"sit"}) | OF_THE_SHEET,
    crew_accepts=PAPER | {"show"},
    table_accepts=frozenset({"photo"}),
    shows=True,
    script=Script(
        say=_("Nu läser vi ett blad i taget. Den som vill från bordet lägger till något."),
        do=(_("Visa ett blad i taget på duken"), _("Tacka bordet innan ni går vidare")),
        wait=_("Låt rummet hinna läsa."),
    ),
)

EXERCISE = Exercise(
    card=Card(
        slug="discussion",
        name=_("Bordssamtal"),
        purpose=_("Låt fyra till sex prata i taget, och låt varje bord lämna ett blad med det de kom fram till."),
        how=_("Deltagarna pratade fyra till sex i taget. En vid varje bord skrev ett blad med det de kom fram till."),
        icon="chat-circle-text",
        minutes=30,
        phases=(GATHER, TALK, SHARE),
        hideable=WRITTEN | {"form"},
        late=WRITTEN,
    ),
    definition=definition.Definition,
    contributions=contributions.KINDS,
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
    walk=definition.walk,
    lasting="talk",
    folder="exercises/discussion",
    preparing=PREPARING,
    picture_of=contributions.picture_of,
    by_table=contributions.by_table,
)
