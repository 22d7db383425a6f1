"""Blocks put by and taken again: every column comes along, and nobody sees what is not theirs."""

from __future__ import annotations

import pytest
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.building import MOST_SAVED, Wish, insert, save_blocks, stock
from mellanrum.programmes.models import Gathering, Membership, SavedBlock
from mellanrum.programmes.planning import MOST_BLOCKS, add_block
from mellanrum.programmes.refusals import Full, Gone
from mellanrum.programmes.reshaping import content_of
from mellanrum.programmes.templates import library_template
from mellanrum.programmes.tests.plans import meeting_only
from mellanrum.rooms.actions import open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def elin() -> User:
    return create_person("elin@fabela.example", name="Elin")


@pytest.fixture
def gathering(elin: User, client: Client) -> Gathering:
    client.force_login(elin)
    return meeting_only(create_programme_from_template(library_template("larandetraff"), owner=elin).gatherings.get())


@pytest.fixture
def foreign() -> Gathering:
    """Of somebody else's programme, with a block nobody here may see."""
    theirs = create_programme_from_template(library_template("prova-pa"), owner=create_person("t@fabela.example")).gatherings.get()
    save_blocks(theirs, [add_block(theirs, title="Hemligt moment").key])
    return theirs


def titles(gathering: Gathering, person: User, **wish: object) -> list[str]:
    return [one.content["title"] for one in stock(gathering, person, Wish(**wish))[0]]  # type: ignore[arg-type]


def test_a_block_put_by_comes_again_with_every_column(gathering: Gathering, elin: User) -> None:
    gathering.blocks.filter(key="block-7").update(fixed_at="14:30", least=4, part="after", section="Kväll", tracks=[{"key": "a"}])
    before = content_of(gathering.blocks.get(key="block-7"))
    assert save_blocks(gathering, ["block-7"]) == 1
    gathering.blocks.filter(key="block-7").delete()
    saved = SavedBlock.objects.get()
    (block,) = insert(gathering, elin, [f"own:{saved.pk}"], after="block-2")
    block.refresh_from_db()
    assert {**content_of(block), "key": "block-7"} == before
    assert [one.key for one in gathering.blocks.all()][2] == block.key


def test_one_looks_by_word_kind_and_minutes(gathering: Gathering, elin: User) -> None:
    found = titles(gathering, elin, source="templates", words="BILDER in")
    assert "Incheckning med bilder" in found
    assert all("bilder" in title.casefold() for title in found)
    short = stock(gathering, elin, Wish(source="templates", kind="table", minutes=20))[0]
    assert all(one.content["kind"] == "table" and one.content["minutes"] <= 20 for one in short)
    assert titles(gathering, elin, source="templates", words="finns inte") == []


def test_strangers_blocks_are_not_there(gathering: Gathering, foreign: Gathering, elin: User, client: Client) -> None:
    owner = foreign.programme.memberships.get().user
    assert "Hemligt moment" in titles(foreign, owner, source="own")  # it could leak
    assert "Hemligt moment" in titles(foreign, owner, source=str(foreign.pk))
    for source in ("own", "templates", str(foreign.pk)):
        assert "Hemligt moment" not in titles(gathering, elin, source=source)
        assert "Hemligt" not in client.get(f"/gatherings/{gathering.pk}/library?source={source}").content.decode()
    saved = SavedBlock.objects.get()
    for ref in (f"own:{saved.pk}", f"{foreign.pk}:block-1", f"{foreign.pk}:{saved.content['key']}"):
        with pytest.raises(Gone):
            insert(gathering, elin, [ref])
    client.post(f"/gatherings/{gathering.pk}/library/{saved.pk}/remove")
    assert SavedBlock.objects.count() == 1


@pytest.mark.parametrize(("role", "is_seen"), [("viewer", False), ("helper", True)])
def test_the_run_sheet_of_another_programme_is_for_its_team(
    gathering: Gathering, foreign: Gathering, elin: User, role: str, is_seen: bool
) -> None:
    Membership.objects.create(programme=foreign.programme, user=elin, role=role)
    assert ("Hemligt moment" in titles(gathering, elin, source=str(foreign.pk))) is is_seen


def test_pictures_of_another_programme_stay_there(gathering: Gathering, foreign: Gathering, elin: User) -> None:
    Membership.objects.create(programme=foreign.programme, user=elin, role="facilitator")
    foreign.blocks.filter(key="block-1").update(exercise="cards", definition={"version": 1, "deck": {"key": "deck-1", "title": "Vår"}})
    (block,) = insert(gathering, elin, [f"{foreign.pk}:block-1"])
    assert block.definition["deck"] == "house"


def test_the_page_takes_what_is_picked_and_offers_to_undo_it(client: Client, gathering: Gathering) -> None:
    client.post(f"/gatherings/{gathering.pk}/library/save", {"key": "block-3"})
    saved = SavedBlock.objects.get()
    assert "Inspiration från forskningen" in client.get(f"/gatherings/{gathering.pk}/library").content.decode()
    page = client.post(f"/gatherings/{gathering.pk}/library", {"pick": [f"own:{saved.pk}", "x", ""]}, follow=True).content.decode()
    assert "Tillagda: 1 moment." in page
    assert "Ångra" in page
    assert gathering.blocks.count() == 11


@pytest.mark.parametrize("ref", ["", ":", "own", "own:", "own:x", "templates:../x", "9" * 99 + ":a", "²:1", "\0:\0", "-1:block-1"])
def test_strange_picks_are_not_there(client: Client, gathering: Gathering, ref: str) -> None:
    assert client.post(f"/gatherings/{gathering.pk}/library", {"pick": ref}).status_code == 404
    assert client.get(f"/gatherings/{gathering.pk}/library", {"source": ref, "minutes": ref, "kind": ref, "q": ref}).status_code == 200
    assert gathering.blocks.count() == 10


def test_full_is_told(gathering: Gathering, elin: User) -> None:
    save_blocks(gathering, ["block-1"])
    saved = SavedBlock.objects.get()
    for number in range(MOST_BLOCKS - 10):
        add_block(gathering, title=f"Moment {number}")
    with pytest.raises(Full, match="200"):
        insert(gathering, elin, [f"own:{saved.pk}"])
    SavedBlock.objects.bulk_create(SavedBlock(programme=gathering.programme, title="x", content={}) for _one in range(MOST_SAVED - 1))
    with pytest.raises(Full, match="300"):
        save_blocks(gathering, ["block-1"])


def test_a_whole_gathering_comes_last_in_the_programme(client: Client, gathering: Gathering) -> None:
    path = f"/programmes/{gathering.programme_id}/gatherings"
    answer = client.post(path, {"template": "prova-pa.sv", "day": "2030-05-02"})
    new = gathering.programme.gatherings.last()
    assert new is not None
    assert answer["Location"] == f"/gatherings/{new.pk}"
    assert (new.position, new.blocks.count() > 0) == (2, True)
    assert "ingen mall" in client.post(path, {"template": "../x"}).content.decode()


def test_an_opened_room_takes_nothing_more_but_its_blocks_can_be_put_by(client: Client, gathering: Gathering) -> None:
    open_room(gathering)
    client.post(f"/gatherings/{gathering.pk}/library/save", {"key": "block-3"})
    saved = SavedBlock.objects.get()
    assert client.post(f"/gatherings/{gathering.pk}/library", {"pick": f"own:{saved.pk}"}).status_code == 409
