"""The few pages that are answered without Django, when it has no time or must not be asked."""

from __future__ import annotations

from functools import cache

from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header

from mellanrum.rooms.live.http import NO_STORE, PAGE_SECURITY, Header, Scope, header

_SENTENCES = {
    404: (_("Filen finns inte"), _("Den kan ha tagits bort. Gå tillbaka och ladda om sidan.")),
    408: (_("Det tog för lång tid"), _("Allt kom inte fram. Försök igen, gärna där mottagningen är bättre.")),
    413: (_("Det är för stort"), _("Det du skickade är större än vad som ryms här. Gör det mindre och försök igen.")),
    500: (_("Något gick fel"), _("Felet är vårt och är antecknat. Försök igen om en stund.")),
    503: (_("Många på en gång"), _("Sidan hinner inte fram just nu. Ladda om den om några sekunder.")),
}


def sorry_page(status: int, scope: Scope) -> tuple[list[Header], bytes]:
    """Headers and body of a plain page in the language the browser asks for."""
    language = _language(header(scope, b"accept-language") or b"")
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-language", language.encode()), NO_STORE, *PAGE_SECURITY]
    return headers, _page(status, language)


def _language(accepted: bytes) -> str:
    for language, _quality in parse_accept_lang_header(accepted[:200].decode("latin-1").lower()):
        if language[:2] in ("sv", "en"):
            return language[:2]
    return "sv"


@cache
def _page(status: int, language: str) -> bytes:
    with translation.override(language):
        title, sentence = _SENTENCES[status]
        return format_html(
            '<!doctype html><html lang="{}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{}</title>'
            "<h1>{}</h1><p>{}</p></html>",
            language,
            title,
            title,
            sentence,
        ).encode()
