"""Small pieces of HTML that every page draws the same way: icons, the mark, clocks, codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mellanrum.core.picture_files import ADDRESS
from mellanrum.ui.assets import the_assets

register = template.Library()

SPRITE = "ui/icons.svg"
ICONS = frozenset(re.findall(r'<symbol id="i-([^"]+)"', (Path(__file__).parents[1] / "static" / SPRITE).read_text("utf-8")))
ICON_OF_THE_UNKNOWN = "circle-notch"
MARK = mark_safe(
    '<svg class="mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">'
    '<path class="mk-gap" d="M31.5 4H43.5C43.5 25 32.5 36 32.5 60H20.5C20.5 36 31.5 25 31.5 4Z"/>'
    '<path class="mk-l" d="M4 60V24A20 20 0 0 1 24 4H31.5C31.5 25 20.5 36 20.5 60Z"/>'
    '<path class="mk-r" d="M43.5 4H60V40A20 20 0 0 1 40 60H32.5C32.5 36 43.5 25 43.5 4Z"/></svg>'
)
_ENDS = frozenset(".:")


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite, drawn in the colour of the text; always beside words, so hidden from screen readers.

    A name the sprite lacks (run sheets are files from outside) gives the icon of any block.
    """
    name = name if name in ICONS else ICON_OF_THE_UNKNOWN
    return format_html('<svg class="i" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>', static(SPRITE), name)


@register.simple_tag
def picture_src(src: str) -> str:
    """Where a picture is: a drawing of the house by the name of its static file, what people brought by its own address."""
    return src if src.startswith(ADDRESS) else static(src)


@register.simple_tag
def mark() -> SafeString:
    """The mark of Mellanrum, following the theme."""
    return MARK


@register.simple_tag
def clk(text: str) -> SafeString:
    """A clock whose digits stand in boxes of their own, so that it never shivers; read aloud as one text."""
    return format_html('<span class="clk"><span class="visually-hidden">{}</span>{}</span>', text, digits(text))


@register.simple_tag
def digits(text: str) -> SafeString:
    """The boxes of a clock alone."""
    return format_html_join("", '<i{} aria-hidden="true">{}</i>', ((_box(char), char) for char in text))


def _box(char: str) -> SafeString:
    return mark_safe(' class="p"') if char in _ENDS else mark_safe("")


@register.filter
def upto(low: int, high: int) -> range:
    """The steps of a scale, both ends included."""
    return range(low, high + 1)


@register.filter
def steps(low: int, high: int) -> int:
    """How many steps a scale has."""
    return high - low + 1


@register.filter
def wall_time(at: int | None) -> str:
    """Unix milliseconds as the time on the wall, `14.31`; empty without a time."""
    if at is None:
        return ""
    return timezone.localtime(datetime.fromtimestamp(at / 1000, tz=UTC)).strftime(pgettext("klockslag", "%H.%M"))


@register.filter
def wall_day(moment: int | datetime | None) -> str:
    """A day and a time on the wall, `torsdag 3 december 16.00`, of Unix milliseconds or a moment; empty without one."""
    if moment is None:
        return ""
    at = datetime.fromtimestamp(moment / 1000, tz=UTC) if isinstance(moment, int) else moment
    return f"{date_format(timezone.localtime(at), 'l j F')} {wall_time(int(at.timestamp() * 1000))}"


@register.filter
def span(milliseconds: int | None) -> str:
    """A length of time as a clock shows it: `12:50`; empty without one."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(max(0, milliseconds) // 1000, 60)
    return f"{minutes}:{seconds:02d}"


@register.filter
def whole_minutes(milliseconds: int | None) -> int:
    """Milliseconds as the nearest whole minute."""
    return round((milliseconds or 0) / 60_000)


@register.filter
def code_pair(code: str) -> str:
    """Eight digits as people read them: `4719 0326`."""
    return f"{code[:4]} {code[4:]}".strip()


@register.filter
def part_of(code: str, which: str) -> str:
    """One bank of a join code: `left` or `right`."""
    return code[:4] if which == "left" else code[4:]


@register.simple_tag
def field_name(kind: str, value: str, **data: str) -> str:
    """What a field sends, as its name: type, fixed data, and the key its value goes under: `rate?item=a&subject=me#value`."""
    return f"{kind}?{urlencode(data)}#{value}"


@register.simple_tag
def row_value(rows: Iterable[Sequence[Any]] | None, *key: Any) -> Any:
    """The last member of the row that begins with `key`, or None: how a plain form finds its own answers."""
    return next((row[-1] for row in rows or () if tuple(row[:-1]) == key), None)


@register.filter
def overrun(took: int | None, minutes: int) -> int:
    """Whole minutes more than planned; zero when on time or unknown."""
    return max(0, whole_minutes(took) - minutes) if took else 0


@register.simple_tag
def stones(phases: Sequence[tuple[str, str]], here: str) -> list[tuple[str, str, str]]:
    """The phases as (step, title, state), state being done, current or coming seen from `here`."""
    at = next((place for place, (step, _title) in enumerate(phases) if step == here), -1)
    return [(step, title, "done" if place < at else "current" if place == at else "coming") for place, (step, title) in enumerate(phases)]


@register.simple_tag
def days_until(moment: datetime) -> int:
    """Calendar days from today to that day, in local time."""
    return (timezone.localtime(moment).date() - timezone.localdate()).days


@register.simple_tag
def drift(projected: int | None, planned: int | None) -> str:
    """How far the meeting is from its plan, in words; empty when it is on time."""
    if projected is None or planned is None:
        return ""
    minutes = whole_minutes(projected - planned)
    if minutes == 0:
        return ""
    if minutes > 0:
        return _("%(minutes)s min efter plan") % {"minutes": minutes}
    return _("%(minutes)s min före plan") % {"minutes": -minutes}


@register.simple_tag
def script(name: str) -> SafeString:
    """A page's module, with what it imports fetched in the same breath instead of link by link."""
    ahead = format_html_join("\n", '<link rel="modulepreload" href="{}">', ((path,) for path in the_assets().modules(name)))
    return format_html('{}\n<script type="module" src="{}"></script>', ahead, static(name))


@register.simple_tag
def time_zone() -> str:
    """The zone in which pages tell the time, for scripts that tell it too."""
    return timezone.get_current_timezone_name()
