"""What lists read of a room: when it closed, and how long its blocks really took."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from mellanrum.accounts.actions import create_person
from mellanrum.programmes.actions import add_gatherings_from_template, create_programme_from_template
from mellanrum.programmes.held_lengths import held_lengths
from mellanrum.programmes.models import Block
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.actions import open_room
from mellanrum.rooms.live.mirror import catch_up, write_down
from mellanrum.rooms.models import Room
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.course import course_of
from mellanrum.rooms.stage.room_fold import RoomFold
from mellanrum.rooms.stage.tests.factory import MINUTE, START, act

pytestmark = pytest.mark.django_db


@dataclass
class Walked:
    """A real room whose acts are folded and written down one by one."""

    room: Room
    fold: RoomFold

    def do(self, kind: str, at: int, **data: object) -> None:
        before = self.fold.snapshot
        self.fold.apply(act(kind, self.fold.v + 1, at=at, **data))
        write_down(self.room.id, before, self.fold.snapshot)


@pytest.fixture
def walked() -> Walked:
    programme = create_programme_from_template(library_template("prova-pa"), owner=create_person("elin@fabela.example"))
    return walk(open_room(programme.gatherings.get()))


def walk(room: Room) -> Walked:
    return Walked(room, RoomFold(course_of(read_plan(room.plan)), room.id))


def times(block: Block) -> tuple[int | None, int | None]:
    """Minutes after START at which it began and ended."""
    return tuple(at and round((at.timestamp() * 1000 - START) / MINUTE) for at in (block.started_at, block.ended_at))  # type: ignore[return-value]


def test_the_block_in_which_a_room_closes_ends_then(walked: Walked) -> None:
    walked.do("next", START)
    walked.do("close", START + 7 * MINUTE)
    block = Block.objects.get(gathering=walked.room.gathering, position=1)
    assert times(block) == (0, 7)
    walked.room.refresh_from_db()
    assert walked.room.closed_at is not None


def of(walked: Walked, position: int) -> tuple[int | None, int | None]:
    return times(Block.objects.get(gathering=walked.room.gathering, position=position))


def test_a_pause_is_time_too(walked: Walked) -> None:
    walked.do("go", START, to=key(walked, 0))
    walked.do("pause", START + 2 * MINUTE)
    walked.do("pause", START + 5 * MINUTE, on=False)
    walked.do("go", START + 9 * MINUTE, to=key(walked, 1))
    assert (of(walked, 1), of(walked, 2)) == ((0, 9), (9, None))


def test_who_goes_back_ends_a_block_when_they_leave_it_for_good(walked: Walked) -> None:
    for place, minute in ((0, 0), (1, 10), (0, 15)):
        walked.do("go", START + minute * MINUTE, to=key(walked, place))
    assert (of(walked, 1), of(walked, 2)) == ((0, None), (10, 15))
    walked.do("go", START + 18 * MINUTE, to=key(walked, 2))
    assert [of(walked, position) for position in (1, 2, 3)] == [(0, 18), (10, 15), (18, None)]


def test_what_is_undone_never_began(walked: Walked) -> None:
    walked.do("go", START, to=key(walked, 0))
    walked.do("go", START + 3 * MINUTE, to=key(walked, 1))
    walked.do("undo", START + 4 * MINUTE)
    assert (of(walked, 1), of(walked, 2)) == ((0, None), (None, None))


def key(walked: Walked, place: int) -> str:
    return walked.fold.course.plan.blocks[place].key


def test_reading_an_old_room_leaves_the_times_of_the_new_one(walked: Walked) -> None:
    walked.do("next", START)
    walked.do("close", START + 7 * MINUTE)
    again = walk(open_room(walked.room.gathering))
    again.do("next", START + 60 * MINUTE)
    catch_up(walked.room.id, walked.fold.snapshot)
    assert times(Block.objects.get(gathering=walked.room.gathering, position=1)) == (60, None)
    catch_up(again.room.id, again.fold.snapshot)
    assert times(Block.objects.get(gathering=walked.room.gathering, position=1)) == (60, None)


@pytest.mark.parametrize(("kind", "is_told"), [(Room.Kind.MEETING, True), (Room.Kind.REHEARSAL, False)])
def test_last_time_is_of_meetings_and_never_of_rehearsals(walked: Walked, kind: str, is_told: bool) -> None:
    programme = walked.room.gathering.programme
    (later,) = add_gatherings_from_template(library_template("prova-pa"), programme=programme)
    Room.objects.filter(pk=walked.room.pk).update(kind=kind)
    walked.do("next", START)
    walked.do("close", START + 7 * MINUTE)
    assert bool(held_lengths(later, programme.memberships.get().user).blocks) is is_told
