"""Reading rooms for pages that come afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

import msgspec
from django.db.models import Max, Sum
from django.utils import translation
from django.utils.translation import gettext as _

from mellanrum.accounts.models import User
from mellanrum.core.clock import now_ms
from mellanrum.core.ids import token_hash
from mellanrum.exercise_kit.document import Passage
from mellanrum.rooms.harvesting import passages_of
from mellanrum.rooms.live.loading import fold_of
from mellanrum.rooms.models import Contribution, Participant, Room, Ticket
from mellanrum.rooms.stage.course import Placed
from mellanrum.rooms.stage.room_fold import RoomSnapshot

_passages = msgspec.json.Decoder(tuple[Passage, ...]).decode


def snapshot_of(room: Room) -> RoomSnapshot:
    """The room folded from its ledger, whether it is live or long over."""
    return fold_of(room).snapshot


def is_valid_ticket(token: str, room: Room, kind: str, user: User | None) -> bool:
    """Whether the token opens this room as that kind, now, and was given to that person."""
    return Ticket.objects.filter(hash=token_hash(token), room=room, kind=kind, user=user, expires_at__gt=now_ms() // 1000).exists()


def next_table(room: Room) -> int:
    """The number after the highest table that has a phone."""
    return (Ticket.objects.filter(room=room).aggregate(highest=Max("table"))["highest"] or 0) + 1


class BlockHarvest(msgspec.Struct, frozen=True):
    """What an exercise of a block yields. `heading` is what participants saw of the block, empty when they saw nothing; `number` is
    its place in the run sheet.
    """

    number: int
    heading: str
    exercise: Placed
    passages: tuple[Passage, ...]


class RoomHarvest(msgspec.Struct, frozen=True):
    """What a whole room yields, in the order of the run sheet; `began` is when each block began, by its key, in Unix milliseconds."""

    blocks: tuple[BlockHarvest, ...]
    began: Mapping[str, int]


class People(msgspec.Struct, frozen=True):
    """How many came in, and how many said each organisation, as they wrote it; nobody by name."""

    number: int
    organisations: Mapping[str, int]


def harvest(room_id: str, language: str, *, with_hidden: bool = False) -> tuple[Passage, ...]:
    """What the room's exercises yield for the documentation, in the order of the run sheet. What is hidden is absent.

    `with_hidden` is for nobody's eyes: it tells what may be shown again from what is gone.
    """
    found = harvest_by_block(room_id, language, with_hidden=with_hidden)
    return tuple(passage for block in found.blocks for passage in block.passages)


def harvest_by_block(room_id: str, language: str, *, with_hidden: bool = False) -> RoomHarvest:
    """The same with where it comes from. Anonymous exercises of a finalised room yield what they did when it was finalised."""
    room = Room.objects.get(pk=room_id)
    fold = fold_of(room)
    if with_hidden:
        fold.show_hidden()
    snapshot = fold.snapshot
    frozen = dict(room.frozen.values_list("exercise", "passages"))
    on_paper = exercises_with_paper(room)
    with translation.override(language):
        return RoomHarvest(tuple(_blocks(snapshot, frozen, on_paper)), snapshot.stage.began)


def for_the_team(room: Room) -> tuple[Passage, ...]:
    """What the room's exercises leave to the team alone, in the active language. It is no part of the documentation."""
    snapshot = snapshot_of(room)
    exercises = (snapshot.exercises[name] for name in snapshot.course.exercises)
    return tuple(passage for one in exercises for passage in one.placed.type.for_the_team(one.definition, one.state, one.id))


def exercises_with_paper(room: Room) -> frozenset[str]:
    """The exercises for which somebody entered a sheet, or what was counted in the room, and it stands."""
    entered = Contribution.objects.filter(room=room, origin="paper", data__isnull=False)
    return frozenset(entered.values_list("exercise", flat=True).distinct())


def _marked(passage: Passage) -> Passage:
    """Says where it comes from that not everything was given on a phone."""
    said = _("delvis infört från papper")
    return msgspec.structs.replace(passage, source=f"{passage.source}, {said}" if passage.source else said)


def _blocks(snapshot: RoomSnapshot, frozen: Mapping[str, str], on_paper: Collection[str]) -> Iterator[BlockHarvest]:
    places = {block.key: (number, block.agenda) for number, block in enumerate(snapshot.course.plan.blocks, 1)}
    for name in snapshot.course.exercises:  # in the order of the plan
        one = snapshot.exercises[name]
        passages = _passages(frozen[name]) if name in frozen else passages_of(snapshot, name)
        if passages:
            told = tuple(_marked(passage) for passage in passages) if name in on_paper else passages
            yield BlockHarvest(*places[one.placed.block], one.placed, told)


def people_in(rooms: Collection[Room]) -> People:
    """Everybody who came into these rooms; a table's phone stands for all who sit there."""
    said = Counter(" ".join(text.split()) for text in Participant.objects.filter(room__in=rooms).values_list("organisation", flat=True))
    tables = Ticket.objects.filter(room__in=rooms, kind=Ticket.Kind.TABLE, participant__isnull=False)
    more = (tables.aggregate(people=Sum("stands_for"))["people"] or 0) - tables.count()
    return People(said.total() + more, dict(said))
