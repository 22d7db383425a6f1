"""Drawing many rows of one shape: the template is rendered once with marks in it, and each row fills the marks.

A run sheet may have two hundred rows, and resolving forty variables for each of them is most of the time of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

# A control character that no text has: what people write is cleaned of them.
_MARK = "\x02"
_MARKED = re.compile(rf"{_MARK}(\w+){_MARK}")


def draw_rows(template: str, page: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], *, names: Iterable[str]) -> SafeString:
    """The template once per row. `page` is the same for all; `names` are the row's variables, escaped unless they are safe.

    The template may only write the row's variables, not ask about them.
    """
    marks = {name: f"{_MARK}{name}{_MARK}" for name in names}
    pieces = _MARKED.split(render_to_string(template, {**page, **marks}))
    texts, slots = pieces[::2], pieces[1::2]
    drawn: list[str] = []
    for row in rows:
        for text, slot in zip(texts, slots, strict=False):
            drawn += (text, conditional_escape(row[slot]))
        drawn.append(texts[-1])
    return SafeString("".join(drawn))
