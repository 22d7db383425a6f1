"""What a gathering's evaluation says, in lines, for whoever plans the next: what its rooms harvest, and what the team said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils import translation
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.document import Block, Figure, Passage, Quote, Text
from mellanrum.outcomes.documentation import overlays_of
from mellanrum.outcomes.held import held
from mellanrum.outcomes.overlay import overlaid
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.models import Room
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.queries import for_the_team

ASKING = "evaluation"  # the type that asks how it was
Line = tuple[str, tuple[str, ...], bool]


def heard_before(gathering: Gathering) -> tuple[Gathering, tuple[Line, ...]] | None:
    """The newest gathering before it, in its programme, that something was heard in. One query where nothing ever was."""
    rooms = Room.objects.exclude(kind=Room.Kind.REHEARSAL).select_related("gathering__programme")
    earlier = rooms.filter(gathering__programme=gathering.programme_id, gathering__position__lt=gathering.position)
    asking = [room for room in earlier.order_by("-gathering__position", "created_at") if _asks(room)]
    for one, its_rooms in groupby(asking, key=lambda room: room.gathering):
        if lines := heard_in(one, tuple(its_rooms)):
            return one, lines
    return None


def heard_in(gathering: Gathering, rooms: tuple[Room, ...]) -> tuple[Line, ...]:
    """(heading, lines, whether the team says it). What is hidden, left out by the editors or from too few people is not in it."""
    language = gathering.programme.language
    meeting = held(rooms, language)
    asked = tuple(passage for block in meeting.blocks if block.exercise.slug == ASKING for passage in block.passages)
    with translation.override(language):
        told = overlaid(asked, overlays_of(gathering), edited=_("redigerad"))
        team = tuple(passage for room in rooms for passage in for_the_team(room))
        return (*_lines(told, is_team=False), *_lines(team, is_team=True))


def _asks(room: Room) -> bool:
    """Without folding it."""
    return any(block.exercise and block.exercise.slug == ASKING for block in read_plan(room.plan).blocks)


def _lines(passages: tuple[Passage, ...], *, is_team: bool) -> Iterator[Line]:
    for passage in passages:
        lines = tuple(line for block in passage.blocks if (line := _line(block)))
        if lines:
            yield passage.heading, lines, is_team


def _line(block: Block) -> str:
    match block:
        case Quote(text=text, by=by):
            return f"{by}: {text}" if by else text
        case Figure(reading=reading):
            return reading
        case Text(text=text):
            return text
    return ""
