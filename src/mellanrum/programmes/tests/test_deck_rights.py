"""Who may do what with a deck: nothing for strangers, looking for helpers and viewers, and no form from elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.core.tests.picture_cases import landscape, saved
from mellanrum.programmes.models import Block, Deck, Membership, Programme
from mellanrum.programmes.tests.deck_cast import FACTS, block_of, bring, member, path, pictures_of, sound

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck() -> Deck:
    return Deck.objects.create(programme=Programme.objects.create(title="Modet att mötas"), **FACTS)


@pytest.fixture
def block(deck: Deck) -> Block:
    return block_of(deck.programme)


@pytest.fixture
def elin(deck: Deck) -> User:
    return member(deck.programme, "facilitator")


def test_who_only_sees_changes_nothing(client: Client, deck: Deck, block: Block) -> None:
    (picture,) = pictures_of(deck, "Strand")
    acts = ["", "/pictures", "/names", f"/pictures/{picture.pk}/remove", "/use", "/remove"]
    for role, status in (("helper", 403), ("viewer", 403)):
        client.force_login(member(deck.programme, role))
        html = sound(client.get(path(deck)))
        assert "Strand" in html
        assert "<form" not in html.partition("<main")[2]
        assert {client.post(path(deck, act), FACTS | {"block": block.pk}).status_code for act in acts} == {status}
        assert client.post(f"/programmes/{deck.programme_id}/decks", FACTS).status_code == 403
    assert deck.pictures.count() == 1


def test_a_stranger_and_another_programme_find_nothing(client: Client, elin: User, deck: Deck, block: Block) -> None:
    (picture,) = pictures_of(deck, "Strand")
    elsewhere = Programme.objects.create(title="Annat")
    mine = Programme.objects.create(title="Mitt")
    Membership.objects.create(programme=mine, user=elin, role="owner")
    client.force_login(create_person("frammande@sagomark.example"))
    acts = ["", "/pictures", "/names", f"/pictures/{picture.pk}/remove", "/use", "/remove"]
    assert {client.post(path(deck, act), FACTS).status_code for act in acts} == {404}
    assert {client.get(path(deck)).status_code, client.get(f"/programmes/{elsewhere.pk}/decks").status_code} == {404}
    client.force_login(elin)
    for address in (f"/programmes/{mine.pk}/decks/{deck.pk}", f"/programmes/{deck.programme_id}/decks/99999"):
        assert client.get(address).status_code == 404
    own = Deck.objects.create(programme=mine, **FACTS)
    assert client.post(path(own, f"/pictures/{picture.pk}/remove")).status_code == 404
    assert client.post(path(own, "/use"), {"block": block.pk}).status_code == 404
    assert client.post(path(own, "/use"), {"block": "x"}).status_code == 404
    client.post(path(own, "/names"), {f"name-{picture.pk}": "Annat", "name-": "x", "name-²": "x", "name-" + "9" * 40: "x"})
    picture.refresh_from_db()
    assert picture.name == "Strand"


def test_a_form_from_elsewhere_is_refused(elin: User, deck: Deck) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(elin)
    assert bring(strict, deck, ("a.jpg", saved(landscape()))).status_code == 403
    assert not deck.pictures.exists()
