"""What a row of the planner carries beside its fields: where it stands in the day, what to look out for, its groups and its tracks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mellanrum.insight.group_sizes import even_parts, group_sizes
from mellanrum.programmes.lengths import write_hours
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.queries import RunSheet, RunSheetRow
from mellanrum.programmes.tracks import Track, least_of, longest, read_tracks

DAY = 24 * 60


class ShownTrack(msgspec.Struct, frozen=True):
    """A track as it is drawn: how long it waits for the longest one, and how short it can be."""

    track: Track
    waits: int
    is_longest: bool
    least: int


def part_names() -> dict[str, str]:
    return {"before": _("Före mötet"), "meeting": _("Under mötet"), "after": _("Efter mötet")}


def between(row: RunSheetRow, before: RunSheetRow | None) -> str:
    """What lies between the row and the one before it; the page's script says the same (`planner-marks.js`)."""
    if row.slack < 0:
        is_both = bool(before and before.block.fixed_at and row.block.fixed_at)
        said = _("Krockar {n} med föregående, som också har fast tid") if is_both else _("Krockar {n} med föregående")
        return said.replace("{n}", write_hours(-row.slack))
    return _("{n} luft").replace("{n}", write_hours(row.slack)) if row.slack else ""


def look_of(row: RunSheetRow, gathering: Gathering) -> str:
    """What there is to know of the row's own times."""
    return " · ".join(_look(row, gathering))


def _look(row: RunSheetRow, gathering: Gathering) -> Iterator[str]:
    block = row.block
    if block.fixed_at:
        yield _("alltid {time}").replace("{time}", block.fixed_at.strftime("%H.%M"))
    if row.starts_at and gathering.starts_at and block.fixed_at and localtime(row.starts_at).date() > localtime(gathering.starts_at).date():
        yield _("nästa dag")
    if block.least is not None and block.minutes < block.least:
        yield _("under kortast, {n}").replace("{n}", write_hours(block.least))
    if block.most is not None and block.minutes > block.most:
        yield _("över längst, {n}").replace("{n}", write_hours(block.most))


def day_warning(sheet: RunSheet) -> str:
    """What is odd about the day as a whole; nothing is refused for it."""
    if sheet.starts_at is None or sheet.ends_at is None:
        return _("Fasta tider räknas in när träffen har dag och start.") if any(row.block.fixed_at for row in sheet.rows) else ""
    if (sheet.ends_at - sheet.starts_at).total_seconds() > DAY * 60:
        return _("Längre än ett dygn. Stämmer tiderna?")
    return _("Håller på över midnatt.") if localtime(sheet.ends_at).date() > localtime(sheet.starts_at).date() else ""


def data_of(row: RunSheetRow) -> SafeString:
    """What the page's script reads of the row."""
    block = row.block
    fixed = block.fixed_at.strftime("%H:%M") if block.fixed_at else ""
    least, most = ("" if found is None else found for found in (block.least, block.most))
    name = part_names()[block.part]
    marks = ' data-part-of="{}" data-part-name="{}" data-fixed="{}" data-least="{}" data-most="{}"'
    return format_html(marks, block.part, name, fixed, least, most)


def head_of(row: RunSheetRow, before: RunSheetRow | None) -> SafeString:
    """What stands above the row: its section, and what lies between it and the one before."""
    section = format_html('<h2 class="sec" data-section{}>{}</h2>', _hidden(row.block.section), row.block.section)
    told = between(row, before)
    return section + format_html('<p class="between" data-between{}>{}</p>', _hidden(told), told)


def _hidden(text: str) -> SafeString:
    return SafeString("" if text else " hidden")


def below_of(row: RunSheetRow, gathering: Gathering) -> SafeString:
    """What stands below the row: what to know of its times, its groups and its tracks."""
    look = look_of(row, gathering)
    told = format_html('<p class="look" data-look{}>{}</p>', _hidden(look), look)
    tracks = shown_tracks(row.block)
    groups = groups_line(row.block, gathering.expected, len(tracks))
    if not tracks and not groups:
        return told
    drawn = render_to_string("programmes/pages/planner-tracks.html", {"tracks": tracks, "groups": groups, "row": row})
    return told + SafeString(drawn)


def shown_tracks(block: Block) -> tuple[ShownTrack, ...]:
    tracks = read_tracks(block.tracks)
    longest_one = longest(tracks)
    return tuple(
        ShownTrack(track, longest_one - track.minutes, track.minutes == longest_one > 0 and len(tracks) > 1, least_of(track))
        for track in tracks
    )


def groups_line(block: Block, expected: int | None, tracks: int) -> str:
    """`7 grupper: fem med 5, två med 6`, for tables and tracks where somebody has said how many will come."""
    if not expected or block.part != Block.Part.MEETING:
        return ""
    if tracks > 1:
        people = even_parts(expected, tracks)
        share = _("ungefär {n} i varje spår") if len(set(people)) > 1 else _("{n} i varje spår")
        return f"{share.replace('{n}', str(people[0]))}, {groups_in_words(group_sizes(people[0]))}"
    return groups_in_words(group_sizes(expected)) if block.kind == Block.Kind.TABLE and block.minutes else ""


def groups_in_words(sizes: Sequence[int]) -> str:
    all_of_them = ngettext("{n} grupp", "{n} grupper", len(sizes)).replace("{n}", str(len(sizes)))
    counted = Counter(sizes)
    if len(counted) == 1:
        return _("{groups} med {size}").replace("{groups}", all_of_them).replace("{size}", str(sizes[0]))
    parts = [_("{count} med {size}").replace("{count}", _number(count)).replace("{size}", str(size)) for size, count in counted.items()]
    return f"{all_of_them}: {', '.join(parts)}"


def _number(count: int) -> str:
    words = (
        *(pgettext("antal grupper", "en"), pgettext("antal grupper", "två"), pgettext("antal grupper", "tre")),
        *(pgettext("antal grupper", "fyra"), pgettext("antal grupper", "fem"), pgettext("antal grupper", "sex")),
        *(pgettext("antal grupper", "sju"), pgettext("antal grupper", "åtta"), pgettext("antal grupper", "nio")),
        *(pgettext("antal grupper", "tio"), pgettext("antal grupper", "elva"), pgettext("antal grupper", "tolv")),
    )
    return words[count - 1] if count <= len(words) else str(count)
