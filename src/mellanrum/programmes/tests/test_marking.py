"""Several blocks at once: together they move, go, change and are copied, and one undo takes all of it back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.programmes.actions import add_gatherings_from_template, create_programme_from_template
from mellanrum.programmes.models import Gathering, Membership
from mellanrum.programmes.planning import KEPT
from mellanrum.programmes.templates import library_template
from mellanrum.programmes.tests.plans import meeting_only
from mellanrum.programmes.undoing import snapshot
from mellanrum.rooms.actions import open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering(client: Client) -> Gathering:
    elin = create_person("elin@fabela.example", name="Elin")
    client.force_login(elin)
    return meeting_only(
        create_programme_from_template(library_template("larandetraff"), owner=elin, first_day=date(2030, 4, 16)).gatherings.get()
    )


@pytest.fixture
def later(gathering: Gathering) -> Gathering:
    return add_gatherings_from_template(library_template("prova-pa"), programme=gathering.programme)[0]


def send(client: Client, gathering: Gathering, act: str, *numbers: int, **data: Any) -> Any:
    keys = json.dumps([f"block-{number}" for number in numbers])
    return client.post(f"/gatherings/{gathering.pk}/marked", {"act": act, "keys": keys, **data}, headers={"Accept": "application/json"})


def order(gathering: Gathering) -> str:
    return " ".join(block.key.removeprefix("block-") for block in gathering.blocks.all())


def column(gathering: Gathering, name: str) -> list[Any]:
    return list(gathering.blocks.values_list(name, flat=True))


def plan(gathering: Gathering) -> Any:
    return list(snapshot(gathering).blocks.items())


@pytest.mark.parametrize(
    ("neighbours", "wanted"),
    [
        ({"before": "block-1"}, "2 5 9 1 3 4 6 7 8 10"),
        ({"before": "block-5", "after": "block-7"}, "1 3 4 6 7 2 5 9 8 10"),
        ({"before": "", "after": ""}, "1 3 4 6 7 8 10 2 5 9"),
        ({"before": "gone", "after": "block-1"}, "1 2 5 9 3 4 6 7 8 10"),
    ],
)
def test_what_is_marked_moves_together(client: Client, gathering: Gathering, neighbours: dict[str, str], wanted: str) -> None:
    assert send(client, gathering, "move", 9, 2, 5, **neighbours).status_code == 200
    assert order(gathering) == wanted


def test_responsible_section_and_minutes_are_set_for_all_of_them(client: Client, gathering: Gathering) -> None:
    gathering.blocks.update(section="")
    before = column(gathering, "minutes")
    send(client, gathering, "responsible", 2, 3, text=" Tariq ")
    assert column(gathering, "responsible")[1:3] == ["Tariq", "Tariq"]
    gathering.blocks.filter(key="block-3").update(section="Gammalt")
    send(client, gathering, "section", 2, 3, 7, text="Efter lunch")
    assert column(gathering, "section") == ["", "Efter lunch", "", "", "", "", "Efter lunch", "", "", ""]
    send(client, gathering, "minutes", 1, 2, by="-10", was=json.dumps({"block-1": before[0], "block-2": before[1]}))
    assert column(gathering, "minutes")[:3] == [0, before[1] - 10, before[2]]


@pytest.mark.parametrize(
    ("act", "data"),
    [
        *(("move", {"before": "block-1"}), ("remove", {}), ("responsible", {"text": "Tariq"})),
        *(("section", {"text": "Efter lunch"}), ("minutes", {"by": "+5"})),
    ],
)
def test_one_undo_takes_all_of_it_back(client: Client, gathering: Gathering, act: str, data: dict[str, str]) -> None:
    before = plan(gathering)
    change = send(client, gathering, act, 3, 4, 8, **data).json()["change"]
    assert plan(gathering) != before
    assert "3 moment" in change["text"]
    assert client.post(change["url"], {"undo": change["id"]}, headers={"Accept": "application/json"}).status_code == 200
    assert plan(gathering) == before


def test_copies_go_to_another_gathering_and_are_undone_there(client: Client, gathering: Gathering, later: Gathering) -> None:
    before, own = plan(later), plan(gathering)
    gathering.blocks.filter(key="block-2").update(fixed_at="14:00", tracks=[{"key": "a"}], section="Kväll")
    own = plan(gathering)
    for _sent_again in range(2):
        change = send(client, gathering, "copy", 7, 2, to=later.pk, change="b" * 32).json()["change"]
    copies = plan(later)[len(before) :]
    originals = dict(own)
    assert [{**content, "key": ""} for _key, content in copies] == [{**originals[key], "key": ""} for key in ("block-2", "block-7")]
    assert set(copies[0][1]) == set(KEPT)
    assert plan(gathering) == own
    client.post(change["url"], {"undo": change["id"]}, headers={"Accept": "application/json"})
    assert plan(later) == before


def test_a_gathering_that_is_not_of_the_programme_gets_nothing(client: Client, gathering: Gathering, later: Gathering) -> None:
    elin = gathering.programme.memberships.get().user
    elsewhere = create_programme_from_template(library_template("prova-pa"), owner=elin).gatherings.get()
    stranger = create_programme_from_template(library_template("prova-pa"), owner=create_person("t@fabela.example")).gatherings.get()
    for to in (elsewhere.pk, stranger.pk, gathering.pk, 99_999, "", "x", "9" * 40, "-1", "²"):
        assert send(client, gathering, "copy", 1, to=to).status_code == 404
    open_room(later)
    assert send(client, gathering, "copy", 1, to=later.pk).json()["reason"] == "locked"


def test_minutes_that_somebody_else_changed_are_left(client: Client, gathering: Gathering) -> None:
    before = plan(gathering)
    answer = send(client, gathering, "minutes", 1, 2, by="5", was=json.dumps({"block-1": 7, "block-2": 99}))
    assert answer.status_code == 409
    assert "Någon annan har ändrat längden" in answer.json()["text"]
    assert plan(gathering) == before


@pytest.mark.parametrize(
    ("act", "data", "status"),
    [
        *(("minutes", {"by": by}, 400) for by in ("", "x", "0", "999", "1e3", "٥", "5" * 99)),
        *(("nope", {}, 400), ("", {}, 400), ("section", {"text": "x" * 121}, 400), ("responsible", {"text": "x" * 121}, 400)),
        *(("remove", {"keys": keys}, 404) for keys in ("", "x", "{}", "[1]", "[]", '["gone"]', "[" * 2000)),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    client: Client, gathering: Gathering, act: str, data: dict[str, str], status: int
) -> None:
    before = plan(gathering)
    answer = send(client, gathering, act, 1, 2, **data)
    assert (answer.status_code, bool(answer.json()["text"])) == (status, True)
    assert plan(gathering) == before


def test_an_opened_room_ends_it(client: Client, gathering: Gathering) -> None:
    open_room(gathering)
    for act, data in (("move", {}), ("remove", {}), ("responsible", {"text": "T"}), ("section", {}), ("minutes", {"by": "5"})):
        assert send(client, gathering, act, 1, **data).json()["reason"] == "locked"


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("helper", 403), ("facilitator", 200)])
def test_only_those_who_may_change_the_plan(gathering: Gathering, role: str, status: int) -> None:
    person, other = create_person(f"{role}@fabela.example"), Client()
    Membership.objects.create(programme=gathering.programme, user=person, role=role)
    other.force_login(person)
    assert send(other, gathering, "remove", 1).status_code == status
