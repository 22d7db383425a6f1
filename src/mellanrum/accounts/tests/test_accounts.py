"""People, roles and links that sign somebody in once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from mellanrum.accounts.access import ROLES, may, role_in
from mellanrum.accounts.actions import NotAnAddress, create_owner, create_person, mint_sign_in_link, use_sign_in_link
from mellanrum.accounts.models import SignInLink, User
from mellanrum.accounts.queries import first_owner, has_anybody_signed_in, has_others_than, person_with
from mellanrum.programmes.models import Membership, Programme

pytestmark = pytest.mark.django_db
NOON = datetime(2030, 2, 5, 12, tzinfo=UTC)


def key_of(link: str) -> str:
    return urlsplit(link).fragment.removeprefix("k=")


@pytest.fixture
def elin() -> User:
    return create_person("elin@fabela.example", name="Elin")


def test_the_first_owner_and_the_second() -> None:
    assert first_owner() is None
    owner = create_owner(" Elin@Fabela.example ", name="Elin")
    assert (owner.email, owner.is_owner, owner.has_usable_password()) == ("elin@fabela.example", True, False)
    assert create_owner("elin@fabela.example") == owner
    create_owner("tariq@sagomark.example")
    assert first_owner() == owner
    assert User.objects.count() == 2


def test_a_person_becomes_an_owner_and_stays_one(elin: User) -> None:
    assert not elin.is_owner
    assert create_owner(elin.email) == elin
    assert create_person(elin.email).is_owner


@pytest.mark.parametrize(
    "text",
    ["", "elin", "elin@", "@fabela.example", "a b@fabela.example", "x" * 300 + "@fabela.example", "e@f.example\nBcc: x"],
)
def test_what_is_no_address_makes_nobody(text: str) -> None:
    with pytest.raises(NotAnAddress):
        create_owner(text)
    assert not User.objects.exists()


def test_finding_people(elin: User) -> None:
    assert person_with("ELIN@fabela.example") == elin
    assert person_with("nobody@fabela.example") is None
    assert not has_others_than(elin.email)
    assert has_others_than("demo@mellanrum.example")
    assert not has_anybody_signed_in()


def test_a_link_signs_in_once(elin: User) -> None:
    link = mint_sign_in_link(elin, base_url="https://rum.example")
    assert link.startswith("https://rum.example/sign-in/#k=")
    assert use_sign_in_link(key_of(link)) == elin
    assert use_sign_in_link(key_of(link)) is None


def test_the_key_stands_in_the_fragment_and_is_not_stored(elin: User) -> None:
    link = mint_sign_in_link(elin, base_url="http://127.0.0.1:8000")
    parts = urlsplit(link)
    assert (parts.path, parts.query) == ("/sign-in/", "")
    row = SignInLink.objects.values_list().get()
    assert len(key_of(link)) >= 43  # 256 bits
    assert not any(key_of(link) in str(value) for value in row)


def test_a_link_lasts_a_quarter_of_an_hour(elin: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        early, late = (mint_sign_in_link(elin, base_url="") for _number in range(2))
        clock.shift(timedelta(minutes=14, seconds=59))
        assert use_sign_in_link(key_of(early)) == elin
        clock.shift(timedelta(seconds=1))
        assert use_sign_in_link(key_of(late)) is None


def test_old_links_are_cleared_away(elin: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        mint_sign_in_link(elin, base_url="")
        clock.shift(timedelta(hours=1))
        mint_sign_in_link(elin, base_url="")
    assert SignInLink.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "x" * 201, "\0", "å", "' OR 1=1 --", "\ud800", "%s%s", "../../x"])
def test_hostile_keys_open_nothing(elin: User, key: str) -> None:
    mint_sign_in_link(elin, base_url="")
    assert use_sign_in_link(key) is None


def test_the_hash_of_a_key_is_no_key(elin: User) -> None:
    mint_sign_in_link(elin, base_url="")
    assert use_sign_in_link(SignInLink.objects.get().key_hash) is None


@pytest.fixture
def programme() -> Programme:
    return Programme.objects.create(title="Modet att mötas")


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        ("owner", {"see", "help", "run", "change", "own"}),
        ("facilitator", {"see", "help", "run", "change"}),
        ("helper", {"see", "help"}),
        ("viewer", {"see"}),
        ("", set()),
        ("emperor", set()),
    ],
)
def test_what_each_role_may(elin: User, programme: Programme, role: str, acts: set[str]) -> None:
    if role:
        Membership.objects.create(programme=programme, user=elin, role=role)
    assert {act for act in ROLES["owner"] if may(elin, act, programme)} == acts


def test_every_role_of_the_model_is_known() -> None:
    assert set(ROLES) == set(Membership.Role.values)


def test_a_role_holds_in_its_programme_only(elin: User, programme: Programme) -> None:
    Membership.objects.create(programme=programme, user=elin, role="owner")
    other = Programme.objects.create(title="Annat")
    assert role_in(elin, programme) == "owner"
    assert role_in(elin, other) is None


def test_strangers_and_owners_of_the_installation(programme: Programme) -> None:
    assert not may(None, "see", programme)
    assert not may(AnonymousUser(), "see", programme)
    assert may(create_owner("boss@fabela.example"), "own", programme)
