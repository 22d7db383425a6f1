"""The faces as the gallery hangs them: which template of a type, on which surface, under which name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Exercise
from mellanrum.exercise_kit.faces import has_face

if TYPE_CHECKING:
    from mellanrum.exercise_kit.contract import Words


@dataclass(frozen=True)
class Place:
    """`face` is the type's template, empty for the harvest; `sheet` the style sheet of the surface; `themes` those it knows."""

    key: str
    title: Words
    note: Words
    face: str
    surface: str
    sheet: str
    themes: tuple[str, ...] = ("light", "dark")

    @property
    def stylesheet(self) -> str:
        return f"ui/css/{self.sheet}.css"

    @property
    def template(self) -> str:
        return f"gallery/faces/{self.key}.html"


_PAPER = ("light",)
PLACES: dict[str, Place] = {
    place.key: place
    for place in (
        Place("phone", _("Telefon"), _("det en deltagare håller i handen"), "participant", "phone", "phone"),
        Place("projector", _("Duk"), _("det hela rummet ser"), "projector", "projector", "projector", ("dark",)),
        Place("cockpit", _("Cockpit"), _("manus och det som kommer in"), "crew", "cockpit", "cockpit"),
        Place("plain", _("Utan JavaScript"), _("samma sak, en vanlig blankett"), "participant", "phone", "phone"),
        Place("entry", _("Telefoner undan"), _("förs in av en hjälpare"), "entry", "pages", "pages"),
        Place("paper", _("Papper"), _("samma fråga att skriva ut"), "paper", "paper", "paper", _PAPER),
        Place("editor", _("Redigera"), _("planeraren"), "editor", "pages", "pages"),
        Place("harvest", _("Skörd"), _("dokumentationen, med källa"), "", "document", "document", _PAPER),
    )
}
PRINTED = frozenset({"paper", "harvest"})


def places_of(exercise: Exercise) -> tuple[Place, ...]:
    """Those this type has a face for."""
    return tuple(place for place in PLACES.values() if not place.face or has_face(exercise, place.face))
