"""What a file really is, by its first bytes and never by its name, and what to say when it is no picture we take."""

from __future__ import annotations

import struct
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_BYTES: Final = 15 * 1024 * 1024
# A JPEG can be read at a fraction of its size; the others are opened whole, WebP three times over.
MOST_PIXELS: Final = {"JPEG": 60_000_000, "PNG": 24_000_000, "WEBP": 16_000_000, "HEIF": 50_000_000}
MOST_SCANS: Final = 100

EMPTY = _("Filen är tom. Välj bilden igen, och vänta tills den har laddats ner om den ligger i molnet.")
HEAVY = _("Bilden är större än 15 MB. Spara den i mindre storlek, till exempel 2 000 bildpunkter på längsta sidan, och försök igen.")
WIDE = _("Bilden har för många bildpunkter. Spara den som JPEG eller gör den mindre, till exempel 2 000 på längsta sidan, och försök igen.")
BROKEN = _("Bilden är skadad eller inte hel. Öppna den i ett bildprogram, spara den som JPEG och försök igen.")
UNKNOWN = _("Filen är ingen bild vi kan ta emot. Spara bilden som JPEG, PNG eller WebP och försök igen.")

HEIC = _(
    "Bilden är i formatet HEIC och gick inte att läsa. Ställ in telefonen på JPEG "
    "(iPhone: Inställningar, Kamera, Format, Mest kompatibelt) eller dela bilden som JPEG."
)
_SVG = _("SVG är en teckning som kan innehålla program, så den tar vi inte emot. Exportera den som PNG och försök igen.")
_AVIF = _("AVIF kan vi inte ta emot än. Spara bilden som JPEG eller WebP och försök igen.")
_GIF = _("GIF tar vi inte emot. Spara bilden som PNG och försök igen.")
_TIFF = _("TIFF och råfiler från kameran tar vi inte emot. Spara bilden som JPEG och försök igen.")
_PDF = _("En PDF är ingen bild. Spara sidan som JPEG eller PNG, eller ta en skärmbild av den.")
_ZIP = _("Filen är packad eller ett dokument. Packa upp den, eller spara bilden i dokumentet för sig, och försök igen.")
_TEXT = _("Filen innehåller text och ingen bild, vad den än heter. Välj en bild som är JPEG, PNG eller WebP.")
_FILM = _("Filen är en film. Ta en skärmbild ur den och försök igen.")

_PLAIN: Final = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"))
_REFUSED: Final = (
    (b"GIF8", _GIF),
    (b"%PDF", _PDF),
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", _ZIP),
    (b"Rar!", _ZIP),
    (b"7z\xbc\xaf", _ZIP),
    (b"\xd0\xcf\x11\xe0", _ZIP),
    (b"II*\x00", _TIFF),
    (b"MM\x00*", _TIFF),
    (b"\x1aE\xdf\xa3", _FILM),
)
_HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def kind_of(data: bytes) -> str | None:
    """`JPEG`, `PNG`, `WEBP` or `HEIF` (what phones take); None for everything else."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "HEIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for start, kind in _PLAIN if data.startswith(start)), None)


def why_not(data: bytes) -> Promise:
    """The sentence for a file that is none of our kinds."""
    if data[4:8] == b"ftyp":
        return HEIC if data[8:12] in _HEIC_BRANDS else _AVIF if data[8:12] in (b"avif", b"avis") else _FILM
    for start, sentence in _REFUSED:
        if data.startswith(start):
            return sentence
    return _why_no_text(data[:2048])


def _why_no_text(start: bytes) -> Promise:
    if b"<svg" in start.lower():
        return _SVG
    try:
        text = start.decode("utf-8", "strict") if len(start) < 2048 else start.decode("utf-8", "ignore")
    except UnicodeDecodeError:
        return UNKNOWN
    return UNKNOWN if "\0" in text else _TEXT


def is_endless(data: bytes) -> bool:
    """Whether a JPEG is drawn over again and again, which takes minutes and shows nothing more."""
    return data.count(b"\xff\xda") > MOST_SCANS


def webp_pixels(data: bytes) -> int:
    """Pixels of a WebP's canvas as its header says: the decoder makes room for all of them before anybody can ask."""
    if data[12:16] == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    elif data[12:16] == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    return width * height
