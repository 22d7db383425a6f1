"""When a rehearsal goes on by itself, what its clock says after a restart, and that housekeeping takes what nobody keeps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import settings

from mellanrum.accounts.actions import create_person
from mellanrum.core.clock import now, now_ms
from mellanrum.core.housekeeping import keep_house
from mellanrum.exercise_kit.registry import registry
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.actions import make_room, mint_ticket, open_room, plan_of
from mellanrum.rooms.finalising import finalise_due
from mellanrum.rooms.ledger.rows import Row
from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.live.engine import Engine
from mellanrum.rooms.live.qr import QrPath
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.models import FrozenHarvest, Participant, Room, Ticket
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.rehearsal.clearing import clear, clear_left_alone
from mellanrum.rooms.rehearsal.going import Going, rehearsals
from mellanrum.rooms.rehearsal.walk import Pace, Walk, act_on, left_of_block, share_of_step
from mellanrum.rooms.stage.course import course_of
from mellanrum.rooms.stage.room_fold import RoomFold
from mellanrum.rooms.stage.tests.factory import act, give, room_course

MINUTE = 60_000
PACE = Pace(door=10, look=2, least=3, most=9, quiet=2)


class Played:
    """A room whose fold gets what happens, with a clock that is told."""

    def __init__(self) -> None:
        self.fold = RoomFold(room_course(), "r")
        self.room = LiveRoom("r", "sv", "", "", "", QrPath("", 0), None, self.fold.snapshot, "e", is_rehearsal=True)

    def happens(self, *envelopes: object) -> None:
        for envelope in envelopes:
            self.fold.apply(envelope)  # type: ignore[arg-type]
        self.room.snapshot = self.fold.snapshot


@pytest.fixture
def gathering(transactional_db: None) -> Gathering:
    programme = create_programme_from_template(library_template("prova-pa"), owner=create_person("elin@fabela.example"))
    return programme.gatherings.select_related("programme").get()


def rehearsal(gathering: Gathering) -> Room:
    return make_room(gathering, plan_of(gathering), kind=Room.Kind.REHEARSAL, code="12345678")


def test_housekeeping_clears_what_an_earlier_process_left_and_no_meeting(gathering: Gathering) -> None:
    meeting, left = open_room(gathering), rehearsal(gathering)
    mint_ticket(left, Ticket.Kind.PROJECTOR)
    Participant.objects.create(id="p", room=left, name="Nebulina")
    keep_house(datetime(2026, 11, 20, tzinfo=UTC), [clear_left_alone])
    assert list(Room.objects.all()) == [meeting]
    assert not Participant.objects.exists()
    assert not Ticket.objects.exists()


def test_a_room_that_went_meanwhile_gives_no_ticket(gathering: Gathering) -> None:
    left = rehearsal(gathering)
    Room.objects.filter(pk=left.pk).delete()
    with pytest.raises(Room.DoesNotExist):
        mint_ticket(left, Ticket.Kind.CREW)
    assert not Ticket.objects.exists()


def engine() -> Engine:
    """No loop runs it: whatever is asked of it fails."""
    return Engine(lambda **_: None, server_key=b"k", base_url="", public_url="", assets_release="")  # type: ignore[arg-type]


class Short(Going):
    """Its thread ends without having ended the rehearsal, as after a fault of ours."""

    def run(self) -> None:
        return


def test_one_whose_thread_has_died_is_cleared_and_one_that_goes_on_is_not(gathering: Gathering) -> None:
    left = rehearsal(gathering)
    going = Short(engine(), left, people=5, user=1, forgotten=print)
    rehearsals.add(left.pk, going)
    clear_left_alone(now())
    assert Room.objects.filter(pk=left.pk).exists()  # it is about to begin
    going.start()
    going.join()
    clear_left_alone(now())
    assert not Room.objects.filter(pk=left.pk).exists()


def test_a_step_that_fails_ends_the_walk_and_not_the_rehearsal(gathering: Gathering, caplog: pytest.LogCaptureFixture) -> None:
    left = rehearsal(gathering)
    going = Going(engine(), left, people=5, user=1, forgotten=print)
    going.walk(on=True, pace=PACE)
    going.try_to_go_on()
    assert "could not go on" in caplog.text
    assert not going.is_walking


def test_a_meeting_is_never_cleared(gathering: Gathering) -> None:
    meeting = open_room(gathering)
    with pytest.raises(ValueError, match=meeting.pk):
        clear(meeting)
    assert Room.objects.filter(pk=meeting.pk).exists()


def test_pictures_that_anything_else_names_stay(gathering: Gathering) -> None:
    """Also those that no deck has any more, and that only the plan of another room, a frozen harvest or the like still shows."""
    left, kept, gone = rehearsal(gathering), "k" * 26 + ".webp", "g" * 26 + ".webp"
    rows = [photo(left, number, name) for number, name in enumerate((kept, gone), 1)]
    ledger = Ledger(settings.DATABASES["default"])
    ledger.append(rows)
    ledger.close()
    folder = settings.CONFIG.data / "pictures"
    folder.mkdir(exist_ok=True)
    for name in (kept, gone):
        (folder / name).write_bytes(b"x")
    FrozenHarvest.objects.create(room=open_room(gathering), exercise="cards-1", passages=f'[{{"picture": "/pictures/{kept}"}}]')
    clear(left)
    assert (folder / kept).exists()
    assert not (folder / gone).exists()


def photo(room: Room, number: int, name: str) -> Row:
    exercise = next(one for one in course_of(read_plan(room.plan)).exercises if one.startswith("notes-"))
    data, version = f'{{"picture": "{name}"}}', registry()["notes"].contributions_version
    return Row(room.pk, 0, f"photo-{number}", exercise, "photo", version, "crew:1", "crew", "phone", data, 1, False, b"")


def test_a_rehearsal_is_not_finalised(gathering: Gathering) -> None:
    left = rehearsal(gathering)
    Room.objects.filter(pk=left.pk).update(closed_at=datetime(2020, 1, 1, tzinfo=UTC))
    finalise_due(now())
    assert Room.objects.get(pk=left.pk).finalised_at is None


def test_the_gatherings_own_room_is_not_the_rehearsals(gathering: Gathering) -> None:
    rehearsed = rehearsal(gathering)
    assert open_room(gathering).pk != rehearsed.pk


def test_it_waits_at_the_door_until_everyone_is_in_or_long_enough() -> None:
    played, walk = Played(), Walk(5, PACE)
    assert not walk.due(played.room, 100)
    assert not walk.due(played.room, 109)
    assert walk.due(played.room, 110)
    played.room.people.here = 5
    assert Walk(5, PACE).due(played.room, 0) is False
    walk = Walk(5, PACE)
    assert not walk.due(played.room, 0)
    assert walk.due(played.room, 2), "nobody else is coming"


def test_it_waits_while_answers_come() -> None:
    played, walk = Played(), Walk(5, PACE)
    played.happens(act("go", 1, to="block-2:tap"))
    assert not walk.due(played.room, 0)
    played.happens(give(2))
    assert not walk.due(played.room, 2.9)
    assert not walk.due(played.room, 4), "somebody has just answered"
    assert walk.due(played.room, 5), "it has been quiet"
    played.happens(give(3))
    assert walk.due(played.room, 9), "not for ever"
    played.happens(act("next", 4))
    assert not walk.due(played.room, 9), "a new step takes its own time"
    assert walk.due(played.room, 11), "where nobody answers anything it is short"


def test_a_step_is_worth_its_share_of_what_is_left() -> None:
    played = Played()
    played.happens(act("go", 1, to="block-2:tap", at=now_ms()))
    assert 9 * MINUTE < share_of_step(played.room) <= 10 * MINUTE
    played.room.ahead_ms += 15 * MINUTE
    assert 4 * MINUTE < left_of_block(played.room) <= 5 * MINUTE
    played.room.ahead_ms += 60 * MINUTE
    assert left_of_block(played.room) == 0
    played.happens(act("pause", 2))
    assert left_of_block(played.room) == 0, "a clock that rests is not waited for"


def test_it_presses_next_from_where_it_stands_and_closes_at_the_end() -> None:
    played = Played()
    assert act_on(played.room.snapshot) == ("next", {"from": "lobby"})
    played.happens(act("go", 1, to="block-3:result"))
    assert act_on(played.room.snapshot) == ("close", {})
