"""Whoever loses the role while in the cockpit is out within seconds, with a sentence; everybody else goes on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.client import Answer, Holder, call, new_id, post_json
from tests.running import environment, free_port, start_serve

CSRF = "x" * 32


@dataclass
class House:
    """A running product with people in every role; the facilitator is the one who loses the room."""

    base: str
    told: dict[str, Any]

    def ask(self, who: str, method: str, path: str, form: str = "") -> Answer:
        cookies = f"csrftoken={CSRF}; sessionid={self.told['sessions'][who]}"
        headers = {"Cookie": cookies, "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
        return call(self.base, method, path, body=form.encode() or None, headers=headers)

    def cockpit(self, who: str) -> Answer:
        return self.ask(who, "GET", f"/rooms/{self.told['room']}/cockpit")

    def crew(self, who: str) -> Holder:
        """Their cockpit, as its page would be: with the ticket that the page was given."""
        given = " ".join(self.cockpit(who).headers.get_all("Set-Cookie") or [])
        found = re.search(rf"mr-{self.told['room']}-crew=([^;]+)", given)
        assert found
        return Holder(self.base, self.told["room"], found[1])

    def change(self, path: str, form: str = "") -> int:
        """The owner does something with the facilitator."""
        return self.ask("owner", "POST", f"/programmes/{self.told['programme']}/people/{self.told['facilitator']}/{path}", form).status


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    data = tmp_path / "data"
    line = [sys.executable, "-m", "tests.access.populate", str(data)]
    told = json.loads(subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=60, check=True).stdout)
    running = start_serve(data, port=free_port())
    yield House(running.base, told)
    running.stop()


def an_act(kind: str = "next") -> dict[str, Any]:
    return {"id": new_id(), "exercise": "stage", "type": kind, "data": {}}


def refused(holder: Holder) -> tuple[int, str]:
    """What the next press is told."""
    path = f"/api/v1/rooms/{holder.room}/contributions?audience=crew"
    answer = post_json(holder.base, path, [an_act()], {"Authorization": f"Bearer {holder.ticket}"})
    return answer.status, answer.json.get("detail", "")


@pytest.mark.parametrize(("path", "form", "page"), [("role", "role=viewer", 403), ("role", "role=helper", 403), ("remove", "", 404)])
def test_who_loses_the_role_is_out_and_the_colleague_goes_on(house: House, path: str, form: str, page: int) -> None:
    loser, colleague = house.crew("facilitator"), house.crew("owner")
    assert loser.act("next")["status"] == "stored"  # they could until now
    before = colleague.state()["version"]
    with loser.events() as cockpit, colleague.events() as another:
        cockpit.until("hello")
        another.until("hello")
        assert house.change(path, form) == 302
        assert cockpit.until("bye", within=15).data["reason"] == "revoked"
        assert another.until("beat").name == "beat"
    status, sentence = refused(loser)
    assert status == 401
    assert sentence
    assert colleague.state()["version"] == before  # nothing of it was done
    assert house.cockpit("facilitator").status == page
    assert colleague.act("next")["status"] == "stored"


def test_no_ticket_slips_through_while_the_role_is_taken(house: House) -> None:
    """Pages ask for tickets while the owner takes the role away and gives it back; in the end none that was handed out opens anything."""
    with ThreadPoolExecutor(6) as pool:
        for _round in range(4):
            asked = [pool.submit(house.cockpit, "facilitator") for _each in range(6)]
            assert house.change("role", "role=viewer") == 302
            answers = [one.result() for one in asked]
            assert {answer.status for answer in answers} <= {200, 403}
            tickets = re.findall(rf"mr-{house.told['room']}-crew=([^;]+)", " ".join(str(answer.headers) for answer in answers))
            for ticket in tickets:
                assert Holder(house.base, house.told["room"], ticket).get("state").status == 401
            assert house.change("role", "role=facilitator") == 302
    assert house.cockpit("facilitator").status == 200
