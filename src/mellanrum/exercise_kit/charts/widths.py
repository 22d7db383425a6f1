"""How wide letters of the serif are: measured once in the font itself (Hedvig Letters Serif, optical size 14), in hundredths of an em."""

from __future__ import annotations

import unicodedata

_GROUPS = {
    20: "'",
    23: " ",
    24: ".’",
    26: ",",
    27: ":",
    28: "j!",
    30: "l;",
    31: "ií",
    32: "()",
    34: '"',
    38: "1",
    39: "fI?-",
    41: "t”",
    44: "r/",
    45: "s",
    46: "J",
    49: "7",
    52: "az23åäáà",
    53: "cg5ç",
    54: "eéèêë",
    55: "S",
    56: "689",
    57: "y4–",
    58: "v+",
    59: "x",
    60: "F",
    61: "kLPZ",
    62: "0",
    63: "boquEöÉüøóú",
    64: "h",
    65: "dnpñ",
    66: "Y",
    67: "…",
    68: "BRT",
    70: "ß",
    73: "ACVXÅÄ",
    76: "GK&",
    81: "UÜ",
    82: "Dæ",
    83: "w",
    84: "OQÖØ",
    85: "N",
    86: "%",
    87: "H",
    93: "m",
    96: "M",
    98: "Æ",
    106: "W—",
}
_WIDTHS = {char: width / 100 for width, chars in _GROUPS.items() for char in chars}
UNKNOWN, IDEOGRAPH, NOTHING = 0.66, 1.05, 0.0


def width_of(text: str) -> float:
    """The width of a line in ems; letters the font does not have are taken to be as wide as other fonts make them."""
    return sum(_WIDTHS.get(char) or _guess(char) for char in text)


def _guess(char: str) -> float:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return NOTHING
    return IDEOGRAPH if unicodedata.east_asian_width(char) in "WF" or unicodedata.category(char) == "So" else UNKNOWN
