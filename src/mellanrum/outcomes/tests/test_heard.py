"""What an evaluation said opens the next plan: in lines, of five or more, with nothing that is hidden, and for nobody else."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest

from mellanrum.outcomes.tests.test_documentation import crew_of
from mellanrum.outcomes.tests.test_finalising import ask
from tests.conformance.client import Holder, call, join, new_id
from tests.running import Running, poll, start_demo

TEMPLATE = Path(__file__).parents[4] / "tests" / "evaluating.sv.toml"
ASKED, TEAM = "evaluation-1", "evaluation-2"
KEEP, HIDDEN, SAID = "Borden. Där blev det på riktigt.", "Det här ska ingen läsa", "Femton minuter till vid borden"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    product = start_demo(tmp_path / "data", arguments=("--template", str(TEMPLATE)))
    yield product
    product.stop()


def give(holder: Holder, exercise: str, kind: str, **data: object) -> str:
    item = {"id": new_id(), "exercise": exercise, "type": kind, "data": data}
    assert holder.send(item)[0]["status"] == "stored"
    return str(item["id"])


def evaluated(running: Running, people: int) -> Holder:
    """Everybody rates the first statement, four the second; two write, and one of them is hidden; the team says something."""
    crew = crew_of(running)
    found = [join(running.base, running.code) for _ in range(people)]
    for number, person in enumerate(found):
        give(person, ASKED, "rate", item="use", value=4)
        if number < 4:
            give(person, ASKED, "rate", item="time", value=1)
    give(found[0], ASKED, "write", question="keep", text=KEEP)
    hidden = give(found[1], ASKED, "write", question="change", text=HIDDEN)
    assert crew.act("reveal")["status"] == "stored"
    assert crew.act("hide", id=hidden, reason="Pekar ut")["status"] == "stored"
    assert crew.act("go", to="block-2")["status"] == "stored"
    give(crew, TEAM, "reflect", question="next", text=SAID, role="lead")
    return crew


def planner(running: Running, gathering: int = 2) -> str:
    return html.unescape(call(running.base, "GET", f"/gatherings/{gathering}").body.decode())


def test_the_next_plan_opens_with_what_was_heard(running: Running) -> None:
    assert "Förra gången" not in planner(running)
    evaluated(running, 6)
    page = planner(running)
    for said in ("Förra gången", "Träff ett", "Vad ska vi behålla?", KEEP, f"Samtalsledare: {SAID}", "Jag fick något med mig"):
        assert said in page
    assert HIDDEN not in page
    assert "Tiden räckte. Färre än 5 har svarat" in page, "four are too few to tell"
    assert "Förra gången" not in planner(running, 1)


def test_what_the_team_says_is_in_no_documentation_and_on_no_phone(running: Running) -> None:
    crew = evaluated(running, 6)
    for path in ("/gatherings/1/documentation", "/gatherings/1/documentation.md"):
        page = html.unescape(call(running.base, "GET", path).body.decode())
        assert KEEP in page, "it could be there"
        assert SAID not in page
    for audience in ("phone", "projector"):
        assert SAID not in str(crew.state(f"?audience={audience}")["cells"])
    assert SAID not in str(join(running.base, running.code).state())
    assert SAID in str(crew.state()["cells"])


def test_the_team_may_write_on_when_the_room_is_closed(running: Running) -> None:
    crew = evaluated(running, 6)
    assert crew.act("close")["status"] == "stored"
    poll(lambda: ask(running, "SELECT 1 FROM rooms_room WHERE closed_at IS NOT NULL"))
    give(crew, TEAM, "reflect", question="bore", text="Rundan på slutet, dagen efter")
    assert "Rundan på slutet, dagen efter" in planner(running)
