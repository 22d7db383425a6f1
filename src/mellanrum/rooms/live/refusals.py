"""Why one contribution is refused, as a sentence that says what to do."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mellanrum.rooms.stage.gate import Refused

SENTENCES = {
    "closed": gettext_lazy("Den här frågan är stängd."),
    "not_open": gettext_lazy("Den här frågan är inte öppen än."),
    "wrong_phase": gettext_lazy("Vi har gått vidare från det här steget."),
    "no_right": gettext_lazy("Din biljett gäller inte för det. Be den som leder om hjälp."),
    "too_fast": gettext_lazy("Vänta lite och skicka igen."),
    "too_late": gettext_lazy("Det kom fram för sent och hände inte. Tryck igen om det fortfarande ska hända."),
    "id_reused": gettext_lazy("Ett annat bidrag har redan det numret. Skicka igen med ett nytt."),
    "unknown_exercise": gettext_lazy("Den övningen finns inte i det här rummet."),
    "unknown_type": gettext_lazy("Övningen tar inte emot den sortens bidrag."),
    "too_large": gettext_lazy("Texten är för lång. Korta den och skicka igen."),
    "not_found": gettext_lazy("Det bidraget finns inte i rummet."),
}
REASONS = (*SENTENCES, "invalid")


def sentence(refused: Refused, language: str) -> str:
    """What to tell the person; the gate's own sentence where it has one, and the field's name where that helps."""
    with translation.override(language):
        said = str(refused.detail)
        if refused.reason == "invalid":
            return _("Det går inte att läsa bidraget. Titta på: %(field)s.") % {"field": said or "data"}
        return said if said.endswith(".") else str(SENTENCES[refused.reason])
