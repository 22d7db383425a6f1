"""What a planner that stands open asks every few seconds: has anybody else changed something?"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.fields import BLOCK_FIELDS, GATHERING_FIELDS, texts_of
from mellanrum.programmes.planner import day_of
from mellanrum.programmes.planning import rooms_of


@require_safe
def day(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """The day, the gathering's own fields, and with `?block=` what that one holds; 304 when it is what the page has already."""
    gathering = gathering_for(request, gathering_id, "change")
    block = gathering.blocks.filter(key=request.GET.get("block", "")[:40].replace("\0", "")).first()
    told: dict[str, Any] = {
        "day": day_of(gathering),
        "details": texts_of(gathering, GATHERING_FIELDS),
        "values": texts_of(block, BLOCK_FIELDS) if block else None,
        "is_open": not rooms_of(gathering),
    }
    body = msgspec.json.encode(told)
    mark = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": mark, "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == mark:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(body, content_type="application/json", headers=headers)
