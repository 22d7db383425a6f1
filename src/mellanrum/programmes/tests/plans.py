"""Plans for tests to work on."""

from __future__ import annotations

from django.db.models import F

from mellanrum.programmes.models import Gathering


def meeting_only(gathering: Gathering) -> Gathering:
    """Without what the team does before and after: the meeting's blocks, numbered from one as their keys are."""
    before = gathering.blocks.filter(part="before").delete()[0]
    gathering.blocks.filter(part="after").delete()
    gathering.blocks.update(position=F("position") - before)
    return gathering
