"""The refusals of whole requests, each with a sentence that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mellanrum.rooms.live.http import Send, problem, retry_after

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Problem(NamedTuple):
    status: int
    title: StrPromise
    detail: StrPromise
    can_retry: bool = False


PROBLEMS: dict[str, Problem] = {
    "malformed": Problem(400, _("Det gick inte att läsa"), _("Innehållet är inte giltig JSON av rätt form. Rätta och skicka igen.")),
    "mixed": Problem(400, _("Blandade svar"), _("Skicka anonyma svar för sig och andra för sig, så att de inte kan kopplas ihop.")),
    "too-many": Problem(413, _("För många på en gång"), _("Skicka högst hundra bidrag åt gången.")),
    "ticket": Problem(401, _("Biljett saknas"), _("Gå in i rummet igen med koden som står på duken.")),
    "origin": Problem(403, _("Fel avsändare"), _("Svaret kom inte från en sida här. Öppna rummet på nytt och försök igen.")),
    "no-right": Problem(403, _("Det får du inte här"), _("Din biljett gäller inte för det. Be den som leder om hjälp.")),
    "not-found": Problem(404, _("Finns inte"), _("Här finns inget. Kontrollera adressen.")),
    "code": Problem(404, _("Koden finns inte"), _("Ingen träff har den koden. Jämför med duken, siffra för siffra.")),
    "pairing": Problem(404, _("Koden gäller inte längre"), _("Hämta en ny kod och skriv den i cockpiten.")),
    "method": Problem(405, _("Fel metod"), _("Adressen tar inte emot den metoden.")),
    "room-not-open": Problem(409, _("Inte öppnat än"), _("Dörren är inte öppen än. Koden gäller hela dagen, så du kan komma tillbaka.")),
    "room-closed": Problem(410, _("Träffen är slut"), _("Rummet är stängt. Dokumentationen kommer till den som anmält sig.")),
    "too-large": Problem(413, _("För stort"), _("Det är mer än vi kan ta emot på en gång. Korta texten och skicka igen.")),
    "not-a-picture": Problem(422, _("Ingen bild"), _("Välj en bild som är JPEG, PNG eller WebP och försök igen.")),
    "too-slow": Problem(408, _("Det tog för lång tid"), _("Allt kom inte fram. Försök igen där mottagningen är bättre.")),
    "not-json": Problem(415, _("Fel format"), _("Skicka innehållet som application/json.")),
    "too-fast": Problem(429, _("För fort"), _("Vänta lite och försök igen. Inget du skrivit försvinner."), can_retry=True),
    "too-many-codes": Problem(
        429, _("Många koder i rad"), _("Vänta en stund och jämför koden med duken, eller läs av QR-koden."), can_retry=True
    ),
    "busy": Problem(
        503, _("Mycket på en gång"), _("Vi hinner inte just nu. Försök igen om en liten stund, svaret ligger kvar hos dig."), can_retry=True
    ),
    "not-playable": Problem(
        503,
        _("Rummet går inte att öppna än"),
        _("Körschemat behöver ses över först. Säg till den som leder. Det du har skrivit ligger kvar hos dig."),
        can_retry=True,
    ),
    "storage-full": Problem(
        507, _("Disken är full"), _("Svaret kunde inte sparas, men ligger kvar hos dig. Säg till den som leder."), can_retry=True
    ),
    "error": Problem(500, _("Något gick fel"), _("Felet ligger hos oss. Försök igen, svaret ligger kvar hos dig."), can_retry=True),
}


async def tell_problem(send: Send, found: Problem, slug: str, language: str, *, retry: int | None = None, **members: Any) -> None:
    """Answer with this problem in that language."""
    wait = retry if retry is not None else (retry_after() if found.can_retry else None)
    with translation.override(language):
        title, detail = str(found.title), str(found.detail)
    await problem(send, slug, found.status, title, detail, retry_after=wait, **members)
