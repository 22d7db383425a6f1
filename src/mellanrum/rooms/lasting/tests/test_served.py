"""Open for days in a running product: answered, moved, closed by the clock, and all of it in the documentation."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mellanrum.rooms.lasting.tests.serving import CSRF, Open, in_days, look, opened, press, rates, sql
from tests.conformance.client import post_json
from tests.running import Running, demo, poll, start_serve

WITHIN = 20.0


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with demo(tmp_path_factory.mktemp("lasting") / "data") as product:
        yield product


def documentation(running: Running) -> str:
    return look(running, "/gatherings/1/documentation").body.decode()


def close_by_the_clock(one: Open) -> None:
    """Its end is moved to a moment that has just come."""
    assert one.crew().act("until", at=time.time_ns() // 1_000_000)["status"] == "stored"
    poll(one.is_closed, within=WITHIN, what="it closes by itself")


def test_answered_changed_and_closed_by_itself(running: Running) -> None:
    one = opened(running)
    people = [one.join() for _ in range(6)]
    for person in people:
        assert {result["status"] for result in rates(person, 2)} == {"stored"}
    assert {result["status"] for result in rates(people[0], 5)} == {"stored"}  # changed
    assert "6 har svarat" in look(running, one.page).body.decode()
    before = documentation(running)
    close_by_the_clock(one)
    assert one.acts()[-2:] == [("reveal", "clock"), ("close", "clock")]
    after = documentation(running)
    assert "Svar under några dagar" not in before
    assert "Svar under några dagar" in after
    assert "6 har svarat." in after
    assert "Stängt. Tack." in look(running, one.link).body.decode()
    assert post_json(running.base, "/api/v1/rooms/join", {"key": one.link[3:]}).status == 410


def test_nothing_is_taken_later_than_the_grace_though_nobody_has_closed_it(running: Running) -> None:
    one = opened(running)
    person = one.join()
    late = time.time_ns() // 1_000_000 - 31_000
    assert one.crew().act("until", at=late)["status"] == "stored"
    results = rates(person, 3, "Något sent")
    assert {(result["status"], result["reason"]) for result in results} == {("refused", "closed")}


def test_it_closes_though_the_server_was_down_and_nobody_comes(tmp_path: Path) -> None:
    with demo(tmp_path / "data") as first:
        one = opened(first)
        rates(one.join())
        first.stop()
        moment = time.time_ns() // 1_000_000 - 3_600_000
        sql(first, "UPDATE rooms_contribution SET data = ? WHERE room_id = ? AND kind = 'until'", json.dumps({"at": moment}), one.room)
        sql(first, "UPDATE rooms_room SET closes_at = datetime(?, 'unixepoch') WHERE id = ?", moment // 1000, one.room)
        second = start_serve(first.data, port=first.port)
        try:
            poll(one.is_closed, within=WITHIN, what="it is closed after the start")
            at = sql(second, "SELECT at FROM rooms_contribution WHERE room_id = ? AND kind = 'close'", one.room)
            assert at == [(moment,)]  # then, not when somebody came to write it down
        finally:
            second.stop()


def test_several_are_open_beside_each_other_and_beside_the_meeting(running: Running) -> None:
    first, second = opened(running), opened(running)
    assert first.link != second.link
    rates(first.join())
    assert "En har svarat" in look(running, first.page).body.decode()
    assert "Ingen har svarat" in look(running, second.page).body.decode()
    assert not sql(running, "SELECT 1 FROM rooms_contribution WHERE room_id = ? AND exercise != 'stage'", second.room)
    crew = look(running, "/gatherings/1?block=block-2").body.decode()
    assert first.page in crew
    assert second.page in crew


def test_moved_closed_and_opened_again_by_hand(running: Running) -> None:
    one = opened(running)
    assert press(running, f"{one.page}/until", day=in_days(9), time="12:00").status == 302
    assert "12.00" in look(running, one.page).body.decode()
    assert press(running, f"{one.page}/until", day=in_days(-1), time="12:00").status == 400
    assert press(running, f"{one.page}/close").status == 302
    assert press(running, f"{one.page}/close").status == 302  # nothing more happens
    assert [kind for kind, _author in one.acts()] == ["go", "until", "until", "reveal", "close"]
    assert {author.split(":")[0] for _kind, author in one.acts()} == {"crew"}
    assert one.is_closed()
    assert press(running, f"{one.page}/until", day=in_days(3), time="9").status == 302
    assert not one.is_closed()
    assert {result["status"] for result in rates(one.join())} == {"stored"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day": "1626-10-20"}, "redan varit"),
        ({"day": "2426-10-20"}, "högst 90 dagar"),
        ({"day": "nonsens"}, "Skriv dagen"),
        ({"time": "kvart över"}, "Skriv klockslaget"),
        ({"results": "<script>"}, "Välj när"),
        ({"asked_by": ""}, "vem som frågar"),
        ({"welcome": "x" * 700}, "Korta texten"),
    ],
)
def test_bad_wishes_open_nothing_and_say_what_to_do(running: Running, fields: dict[str, str], said: str) -> None:
    count = sql(running, "SELECT count(*) FROM rooms_room")
    good = {"day": in_days(7), "time": "16.00", "results": "closing", "asked_by": "Elin", "welcome": ""}
    answer = press(running, "/gatherings/1/blocks/block-2/lasting", **(good | fields))
    assert answer.status == 400
    assert said in answer.body.decode()
    assert "<script>" not in answer.body.decode()
    assert sql(running, "SELECT count(*) FROM rooms_room") == count


def test_what_has_nothing_to_give_or_is_not_there_cannot_be_opened(running: Running) -> None:
    for path in ("block-1", "block-99", "..%2f", "x" * 300):
        assert look(running, f"/gatherings/1/blocks/{path}/lasting").status == 404


def test_a_link_opens_its_own_room_and_nothing_else_does(running: Running) -> None:
    meeting = sql(running, "SELECT key, id FROM rooms_room WHERE kind = 'meeting'")[0]
    for key in (meeting[0], "x" * 22, "%00", "%C3%A5", "x" * 4000):
        assert look(running, f"/o/{key}").status == 404
    assert look(running, f"/rooms/{meeting[1]}/lasting").status == 404  # a meeting is not run from here
    one = opened(running)
    assert look(running, f"/rooms/{one.room}/cockpit").status == 302  # nor this from a cockpit


def test_without_scripts_people_step_in_answer_and_see_the_result_when_they_have(running: Running) -> None:
    one = opened(running, results="after", welcome="Hej <b>du</b>")
    door = look(running, one.link).body.decode()
    assert "Hej &lt;b&gt;du&lt;/b&gt;" in door
    assert "data-exercise" not in door
    cookie = press(running, one.link).header("Set-Cookie").split(";")[0]
    assert "Svara först" in look(running, f"{one.link}?result", cookie).body.decode()
    given = {"exercise": "scale-2", "rate?item=notice&subject=me#value": "4"}
    assert press(running, one.link, cookie, **given).header("Location").endswith("?saved=1")
    assert "Så här ser det ut hittills" in look(running, f"{one.link}?result", cookie).body.decode()
    assert "Inget var ändrat" in look(running, press(running, one.link, cookie, **given).header("Location"), cookie).body.decode()
    again = look(running, one.link, cookie).body.decode()
    assert re.search(r'item=notice&amp;subject=me#value"[^>]*value="4"[^>]*checked', again)
    assert press(running, f"{one.page}/close").status == 302
    assert "Stängt. Tack." in look(running, one.link, cookie).body.decode()
    assert CSRF not in again


def test_never_means_that_nobody_with_the_link_sees_it(running: Running) -> None:
    one, shown = opened(running, results="never"), opened(running, results="closing")
    for each in (one, shown):
        for _number in range(6):
            rates(each.join())
        assert press(running, f"{each.page}/close").status == 302
    assert "so-far" in look(running, shown.link).body.decode()  # the control
    assert "so-far" not in look(running, one.link).body.decode()


def test_while_it_is_open_the_gathering_cannot_be_final_and_the_page_says_why(running: Running) -> None:
    one = opened(running)
    page = documentation(running)
    assert "Det går att slutföra när allt har stängt" in page
    assert one.page in page
    assert press(running, "/gatherings/1/finalise", sure="yes").status == 409


def test_it_has_no_wall_no_tables_and_no_screen_to_pair_but_paper(running: Running) -> None:
    one = opened(running)
    meeting = sql(running, "SELECT id FROM rooms_room WHERE kind = 'meeting'")[0][0]
    for page in ("projector", "tables"):
        assert look(running, f"/rooms/{meeting}/{page}").status == 200  # the control
        assert look(running, f"/rooms/{one.room}/{page}").status == 404
    assert press(running, f"/rooms/{one.room}/tables", table="1", people="4").status == 404
    assert press(running, f"/rooms/{one.room}/pair", code="123456").status == 404
    assert look(running, f"/rooms/{one.room}/paper").status == 200  # who has no phone answers on a sheet
