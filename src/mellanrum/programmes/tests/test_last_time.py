"""How it went last time stands beside the plan: of the same block, from where one may read, and of nothing that was a rehearsal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.programmes.actions import add_gatherings_from_template, create_programme_from_template
from mellanrum.programmes.held_lengths import held_lengths
from mellanrum.programmes.models import Gathering, Membership
from mellanrum.programmes.templates import library_template

pytestmark = pytest.mark.django_db
BEGAN = datetime(2030, 4, 16, 11, tzinfo=UTC)


@pytest.fixture
def elin() -> User:
    return create_person("elin@fabela.example", name="Elin")


@pytest.fixture
def earlier(elin: User) -> Gathering:
    return create_programme_from_template(library_template("larandetraff"), owner=elin).gatherings.get()


@pytest.fixture
def gathering(earlier: Gathering) -> Gathering:
    return add_gatherings_from_template(library_template("larandetraff"), programme=earlier.programme)[0]


def hold(gathering: Gathering, *, began: datetime = BEGAN, **took: int) -> None:
    """As the room of a meeting writes it down."""
    for name, minutes in took.items():
        ended = began + timedelta(minutes=minutes)
        gathering.blocks.filter(key=name.replace("_", "-")).update(started_at=began, ended_at=ended)


def test_each_block_says_how_long_it_took_and_the_meeting_how_much_longer(
    client: Client, elin: User, earlier: Gathering, gathering: Gathering
) -> None:
    assert held_lengths(gathering, elin).over is None
    hold(earlier, block_3=31, block_2=29)
    told = held_lengths(gathering, elin)
    assert (told.blocks, told.over) == ({"block-2": (29, 23), "block-3": (31, 25)}, 12)
    client.force_login(elin)
    page = client.get(f"/gatherings/{gathering.pk}").content.decode()
    assert "Förra gången 31 min (plan 25)" in page
    assert "Förra träffen blev 12 minuter längre." in page
    assert "Förra gången" not in client.get(f"/gatherings/{earlier.pk}").content.decode()  # of itself nothing


def test_the_same_title_or_the_same_exercise_is_the_same_block(elin: User, earlier: Gathering, gathering: Gathering) -> None:
    hold(earlier, block_2=20, block_3=20)
    gathering.blocks.filter(key="block-2").update(title="Helt annat")  # its exercise is as it was
    gathering.blocks.filter(key="block-3").update(title="INSPIRATION från forskningen", exercise="", definition={})
    assert set(held_lengths(gathering, elin).blocks) == {"block-2", "block-3"}
    gathering.blocks.filter(key="block-2").update(exercise="")
    assert set(held_lengths(gathering, elin).blocks) == {"block-3"}


def test_what_is_going_on_and_what_comes_later_does_not_count(elin: User, earlier: Gathering, gathering: Gathering) -> None:
    earlier.blocks.filter(key="block-2").update(started_at=BEGAN)
    assert held_lengths(gathering, elin).blocks == {}
    hold(earlier, block_2=20)
    Gathering.objects.filter(pk=gathering.pk).update(starts_at=BEGAN - timedelta(days=1))
    assert held_lengths(Gathering.objects.get(pk=gathering.pk), elin).blocks == {}


def test_other_programmes_of_the_template_count_where_one_may_read(elin: User, gathering: Gathering) -> None:
    theirs = create_programme_from_template(library_template("larandetraff"), owner=create_person("t@fabela.example")).gatherings.get()
    hold(theirs, block_2=40)
    owner = theirs.programme.memberships.get().user
    other = add_gatherings_from_template(library_template("larandetraff"), programme=theirs.programme)[0]
    assert held_lengths(other, owner).blocks == {"block-2": (40, 23)}  # it could leak
    assert held_lengths(gathering, elin).blocks == {}
    place = Membership.objects.create(programme=theirs.programme, user=elin, role="viewer")
    assert held_lengths(gathering, elin).blocks == {}
    place.role = "helper"
    place.save()
    told = held_lengths(gathering, elin)
    assert (told.blocks, told.over) == ({"block-2": (40, 23)}, None)
