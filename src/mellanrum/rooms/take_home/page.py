"""What stands on the page: one's own part of each exercise in words, links, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
from django.utils import timezone

from mellanrum.core.clock import now
from mellanrum.core.ports import provided
from mellanrum.exercise_kit.contract import Envelope, Kept
from mellanrum.exercise_kit.keepsake import keepsake_of
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.models import Room
from mellanrum.rooms.stage.resting import resting
from mellanrum.rooms.stage.room_fold import ExerciseSnapshot, RoomSnapshot
from mellanrum.rooms.take_home.reader import Reader
from mellanrum.rooms.views.live_room import live_room, the_engine


class Part(msgspec.Struct, frozen=True):
    """One exercise: `is_cut` when its answers can no longer be tied to anybody. `groups` are lines under what they answer."""

    exercise: str
    title: str
    groups: tuple[tuple[str, tuple[Kept, ...]], ...]
    note: str = ""
    anonymous: bool = False
    is_cut: bool = False


class NextTime(msgspec.Struct, frozen=True):
    title: str
    at: datetime
    place: str


class TakeHome(msgspec.Struct, frozen=True):
    """`resting` are own words that crew has hidden, with the reason; `documentation` is its public address, if it has one."""

    title: str
    theme: str
    programme: str
    day: datetime | None
    is_closed: bool
    parts: tuple[Part, ...]
    resting: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    next_time: NextTime | None
    documentation: str = ""


def take_home_of(reader: Reader) -> TakeHome:
    """Drawn from the room's fold as it is now. Texts come in the language that is active."""
    live = live_room(reader.room.id)
    the_engine().wait(the_engine().ask(lambda: None))  # what was acknowledged before this is folded
    snapshot, gathering = live.snapshot, reader.room.gathering
    plan, stage = snapshot.course.plan, snapshot.stage
    began = datetime.fromtimestamp(stage.started_at / 1000, UTC) if stage.started_at else gathering.starts_at or reader.room.created_at
    return TakeHome(
        title=plan.title,
        theme=plan.theme,
        programme=plan.programme,
        day=timezone.localtime(began),
        is_closed=stage.is_closed,
        parts=tuple(_parts(live, snapshot, reader)),
        resting=tuple(resting(snapshot, reader.authors)),
        links=_links(snapshot),
        next_time=_next(gathering),
        documentation=_documentation(gathering),
    )


def _begun(snapshot: RoomSnapshot) -> list[ExerciseSnapshot]:
    """What the room has opened, in the order of the run sheet; a companion is the room's and not a person's."""
    return [one for name in snapshot.course.exercises if (one := snapshot.exercises[name]).phase and not one.is_companion]


def _parts(live: LiveRoom, snapshot: RoomSnapshot, reader: Reader) -> Iterator[Part]:
    runners = the_engine().stage.rooms[live.id].fold.runners
    lasting = snapshot.course.plan.lasting
    is_shared = lasting is None or lasting.results != "never"
    away = {block.key for block in snapshot.course.plan.blocks if not block.phones}
    for one in _begun(snapshot):
        if one.placed.type.contributions:
            part = _part(one, reader, runners[one.id].mine(reader.author_in(one.id)), is_shared=is_shared)
            if part.groups or one.placed.block not in away:  # where phones were away, nobody could have given anything on theirs
                yield part


def _part(one: ExerciseSnapshot, reader: Reader, mine: list[Envelope], *, is_shared: bool) -> Part:
    """`is_shared`: those who answer are shown what the others did."""
    kept = keepsake_of(one.placed.type, one.definition, one.state, reader.author_in(one.id), mine)
    groups: dict[str, list[Kept]] = {}
    for line in kept.lines:
        groups.setdefault(line.asked, []).append(line if is_shared else msgspec.structs.replace(line, room=""))
    return Part(
        exercise=one.id,
        title=kept.title,
        groups=tuple((asked, tuple(lines)) for asked, lines in groups.items()),
        note=kept.note,
        anonymous=one.definition.anonymous,
        is_cut=one.definition.anonymous and _is_cut(reader.room),
    )


def _is_cut(room: Room) -> bool:
    return room.finalised_at is not None


def _links(snapshot: RoomSnapshot) -> tuple[tuple[str, str], ...]:
    found = (link for one in _begun(snapshot) for link in one.placed.type.links(one.definition))
    return tuple(dict.fromkeys(found))


def _next(gathering: Gathering) -> NextTime | None:
    later = gathering.programme.gatherings.filter(starts_at__gt=now()).exclude(pk=gathering.pk).order_by("starts_at").first()
    if later is None or later.starts_at is None:
        return None
    return NextTime(later.title, timezone.localtime(later.starts_at), later.place)


def _documentation(gathering: Gathering) -> str:
    """Through the port `public_documentation`."""
    find = provided("public_documentation")
    return str(find(gathering)) if find else ""
