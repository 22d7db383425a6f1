"""A run sheet that cannot be played is told to whoever opens the room, block by block, and no room is opened."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.exercise_kit.registry import registry
from mellanrum.programmes.models import Block, Gathering, Membership, Programme
from mellanrum.rooms.models import Room
from mellanrum.rooms.plan import Plan, read_plan
from mellanrum.rooms.playable import NotPlayable, check_playable

pytestmark = pytest.mark.django_db
FUTURE = ("words", {"version": 99, "prompts": [{"id": "a", "text": "Vad?"}]})
MISSING = ("cards", {"version": 1})
UNKNOWN = ("tarot", {"version": 1})
WHOLE = ("cards", {"version": 1, "question": "Vad liknar det?"})
WRONG: list[Any] = [
    {},
    {"version": None},
    {"version": "1"},
    {"version": 0},
    {"version": True},
    {"version": 1, "question": 7},
    {"version": 10**30},
]


@pytest.fixture
def elin() -> User:
    return create_person("elin@fabela.example", name="Elin")


def gathering_with(owner: User, *blocks: tuple[str, dict[str, Any]]) -> Gathering:
    gathering = Gathering.objects.create(programme=Programme.objects.create(title="Modet att mötas"), title="Grus i skon")
    Membership.objects.create(programme=gathering.programme, user=owner, role=Membership.Role.OWNER)
    for at, (slug, definition) in enumerate(blocks, 1):
        Block.objects.create(
            gathering=gathering, key=f"block-{at}", position=at, title=f"Moment {at} <b>", exercise=slug, definition=definition
        )
    return gathering


def test_opening_tells_every_block_that_cannot_be_played_and_opens_nothing(client: Client, elin: User) -> None:
    gathering = gathering_with(elin, WHOLE, FUTURE, MISSING, UNKNOWN)
    client.force_login(elin)
    response = client.post(f"/gatherings/{gathering.pk}/room")
    html = response.content.decode()
    assert response.status_code == 409
    assert "”Moment 2 &lt;b&gt;” är gjord i en nyare version av Mellanrum. Uppdatera Mellanrum" in html
    assert "I ”Moment 3 &lt;b&gt;” är övningen inte ifylld som den ska. Öppna momentet" in html
    assert "”Moment 4 &lt;b&gt;” har en övning som inte finns" in html
    assert "Moment 1" not in html
    assert not Room.objects.exists()


def test_a_run_sheet_that_can_be_played_opens(client: Client, elin: User) -> None:
    gathering = gathering_with(elin, WHOLE)
    client.force_login(elin)
    assert client.post(f"/gatherings/{gathering.pk}/room").status_code == 302
    assert Room.objects.get().gathering == gathering


def test_a_stranger_learns_nothing_of_what_is_wrong(client: Client, elin: User) -> None:
    gathering = gathering_with(elin, MISSING)
    client.force_login(create_person("okand@sagomark.example"))
    response = client.post(f"/gatherings/{gathering.pk}/room")
    assert response.status_code == 404
    assert "Moment" not in response.content.decode()


@pytest.mark.parametrize("definition", WRONG, ids=str)
def test_whatever_a_definition_holds_is_told_in_a_sentence_of_the_readers_language(definition: Any) -> None:
    plan: Plan = read_plan(
        {"blocks": [{"key": "b", "title": "Bilder", "exercise": {"id": "cards-1", "slug": "cards", "definition": definition}}]}
    )
    with pytest.raises(NotPlayable) as told:
        check_playable(plan, registry())
    for language in ("sv", "en"):
        with translation.override(language):
            assert all("Bilder" in one.sentence and one.sentence.endswith(".") for one in told.value.hindrances)
    assert "cards-1" in str(told.value)
