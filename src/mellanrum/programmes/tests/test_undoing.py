"""Undo, through the addresses the planner uses: exact after anything, one's own alone, and never over somebody else's head."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.core.clock import now
from mellanrum.core.housekeeping import keep_house
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.models import Gathering, Membership, PlanChange
from mellanrum.programmes.templates import library_template
from mellanrum.programmes.tests.plans import meeting_only
from mellanrum.programmes.undoing import outlived, snapshot
from mellanrum.rooms.actions import open_room

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def elin() -> User:
    return create_person("elin@fabela.example", name="Elin")


@pytest.fixture
def gathering(elin: User) -> Gathering:
    return meeting_only(
        create_programme_from_template(library_template("larandetraff"), owner=elin, first_day=date(2030, 4, 16)).gatherings.get()
    )


@pytest.fixture
def planner(client: Client, elin: User) -> Client:
    client.force_login(elin)
    return client


def plan(gathering: Gathering) -> Any:
    found = snapshot(gathering)
    return found.gathering, list(found.blocks.items())


def send(client: Client, gathering: Gathering, path: str, **data: Any) -> Any:
    return client.post(f"/gatherings/{gathering.pk}{path}", data, headers=JSON)


def step(client: Client, gathering: Gathering, chance: random.Random) -> Any:
    """Something a person could do next."""
    keys = [block.key for block in gathering.blocks.all()]
    key = chance.choice(keys)
    block = gathering.blocks.get(key=key)
    fields = {"title": (block.title, f"Moment {chance.random()}"), "minutes": (f"{block.minutes} min", str(chance.randrange(60)))}
    name = chance.choice(list(fields))
    steps = [
        ("", {name: fields[name][1], "was": json.dumps({name: fields[name][0]})}),
        ("/move", {"before": chance.choice(keys)}),
        *(("/remove", {}), ("/split", {}), ("/join", {}), ("/duplicate", {}), ("/exercise", {"type": ""})),
    ]
    path, data = chance.choice(steps)
    return send(client, gathering, f"/blocks/{key}{path}", **data)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_is_undone_exactly(planner: Client, gathering: Gathering, seed: int) -> None:
    chance = random.Random(seed)
    history = []
    for _step in range(20):
        before = plan(gathering)
        answer = step(planner, gathering, chance)
        if answer.status_code == 200 and answer.json()["change"]:
            history.append((before, answer.json()["change"]["id"]))
        else:
            assert plan(gathering) == before
    assert len(history) > 5
    for before, change in reversed(history):
        for _pressed_twice in range(2):
            assert send(planner, gathering, "/undo", undo=change).status_code == 200
        assert plan(gathering) == before


def test_a_change_sent_again_is_done_once_and_can_still_be_undone(planner: Client, gathering: Gathering) -> None:
    before = plan(gathering)
    answers = [send(planner, gathering, "/blocks/block-3/split", key="block-zz", change="a" * 32).json() for _again in range(2)]
    assert answers[0] == answers[1]
    assert gathering.blocks.count() == 11
    assert send(planner, gathering, "/undo", undo="a" * 32).json()["text"] == "Ångrat: delningen av ”Inspiration från forskningen”."
    assert plan(gathering) == before


@pytest.mark.parametrize("ident", ["", "x", "../", "a" * 99, "ä" * 20, "\0" * 20])
def test_a_strange_name_of_a_change_is_not_taken_over(planner: Client, gathering: Gathering, ident: str) -> None:
    change = send(planner, gathering, "/blocks/block-3/duplicate", change=ident).json()["change"]
    assert change["id"] != ident
    assert send(planner, gathering, "/undo", undo=ident or "x").status_code == 404


def test_the_day_and_the_place_come_back(planner: Client, gathering: Gathering) -> None:
    before = plan(gathering)
    was = {"starts": "2030-04-16T13:00", "place": gathering.place}
    answer = send(planner, gathering, "/details", was=json.dumps(was), starts="2030-04-17T09:00", place="Biblioteket")
    assert plan(gathering) != before
    told = send(planner, gathering, "/undo", undo=answer.json()["change"]["id"]).json()
    assert plan(gathering) == before
    assert told["details"]["starts"] == "2030-04-16T13:00"


def test_what_somebody_else_changed_since_is_left_and_told(planner: Client, gathering: Gathering) -> None:
    tariq = create_person("tariq@fabela.example", name="Tariq")
    Membership.objects.create(programme=gathering.programme, user=tariq, role="facilitator")
    other = Client()
    other.force_login(tariq)
    was = json.dumps({"title": "Inspiration från forskningen"})
    mine = send(planner, gathering, "/blocks/block-3", title="Elins", was=was).json()["change"]["id"]
    send(other, gathering, "/blocks/block-3", title="Tariqs", was=json.dumps({"title": "Elins"}))
    theirs = plan(gathering)
    answer = send(planner, gathering, "/undo", undo=mine)
    assert answer.status_code == 409
    assert "Någon annan har ändrat ”Tariqs”" in answer.json()["text"]
    assert plan(gathering) == theirs
    removed = send(planner, gathering, "/blocks/block-5/split", key="block-zz").json()["change"]["id"]
    send(other, gathering, "/blocks/block-zz/remove")
    assert "tagit bort" in send(planner, gathering, "/undo", undo=removed).json()["text"]
    assert send(other, gathering, "/undo", undo=mine).status_code == 404  # not one's own


def test_a_change_of_another_gathering_is_not_there(planner: Client, gathering: Gathering, elin: User) -> None:
    other = create_programme_from_template(library_template("prova-pa"), owner=elin).gatherings.get()
    change = send(planner, gathering, "/blocks/block-3/duplicate").json()["change"]["id"]
    assert send(planner, other, "/undo", undo=change).status_code == 404
    assert gathering.blocks.count() == 11


def test_changes_are_kept_for_a_day_and_an_opened_room_ends_them(planner: Client, gathering: Gathering) -> None:
    change = send(planner, gathering, "/blocks/block-3/duplicate").json()["change"]["id"]
    PlanChange.objects.filter(pk=change).update(at=now() - timedelta(days=1, minutes=1))
    assert keep_house(now(), [outlived]) == 1
    newer = send(planner, gathering, "/blocks/block-3/duplicate").json()["change"]["id"]
    assert send(planner, gathering, "/undo", undo=change).status_code == 404
    open_room(gathering)
    assert send(planner, gathering, "/undo", undo=newer).json()["reason"] == "locked"


def test_without_scripts_the_page_offers_it(planner: Client, gathering: Gathering) -> None:
    before = plan(gathering)
    page = planner.post(f"/gatherings/{gathering.pk}/blocks/block-2/split", follow=True).content.decode()
    assert "är delat: 12 min och 11 min" in page
    change = PlanChange.objects.get().pk
    assert f'value="{change}"' in page
    planner.post(f"/gatherings/{gathering.pk}/undo", {"undo": change})
    assert plan(gathering) == before


def test_an_open_planner_hears_of_changes_and_of_nothing_else(planner: Client, gathering: Gathering) -> None:
    path = f"/gatherings/{gathering.pk}/day?block=block-3"
    first = planner.get(path)
    assert first.json()["values"]["title"] == "Inspiration från forskningen"
    mark = {"If-None-Match": first["ETag"]}
    assert planner.get(path, headers=mark).status_code == 304
    send(planner, gathering, "/blocks/block-3", say="Nytt", was=json.dumps({"say": first.json()["values"]["say"]}))
    assert planner.get(path, headers=mark).json()["values"]["say"] == "Nytt"
    assert planner.get(f"/gatherings/{gathering.pk}/day?block=\0").json()["values"] is None
    open_room(gathering)
    assert planner.get(path).json()["is_open"] is False
