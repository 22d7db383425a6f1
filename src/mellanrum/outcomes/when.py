"""When a gathering was, in words: the same on page, paper and in Markdown."""

from __future__ import annotations

from django.utils.formats import date_format

from mellanrum.outcomes.documentation import Head


def when(head: Head) -> str:
    """The day, and the hours: those it was held, before that the planned ones, where known. Empty without a day. In the active language."""
    if head.day is None:
        return ""
    day = date_format(head.day, "j F Y")
    if not head.ends:
        return f"{day}, {date_format(head.day, 'H.i')}" if head.has_begun else day
    return f"{day}, {date_format(head.day, 'H.i')}–{date_format(head.ends, 'H.i')}"


def foot(head: Head) -> str:
    """What stands at the foot of a page: the gathering and its day."""
    return f"{head.title}, {date_format(head.day, 'j F Y')}" if head.day else head.title
