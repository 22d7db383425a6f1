"""At the door: what counts as guessing, who waits where, and how many tickets a browser keeps."""

from __future__ import annotations

import asyncio

from mellanrum.core.ids import random_id
from mellanrum.rooms.live.codes import WRONG_IN_ALL
from mellanrum.rooms.live.engine import Engine
from mellanrum.rooms.live.items import Join
from mellanrum.rooms.live.joining import COOKIES_KEPT, knock, known_client, surplus
from mellanrum.rooms.live.shell import Shell
from mellanrum.rooms.live.tests.test_engine import run
from mellanrum.rooms.live.tickets import cookie_name


def test_a_wrong_key_is_no_guess_at_a_code_and_a_wrong_code_is() -> None:
    async def scenario(engine: Engine) -> None:
        for _ in range(WRONG_IN_ALL):
            assert await knock(engine, random_id(), Join(key="x")) == "code"
        assert not engine.brake.is_under_attack()
        for _ in range(WRONG_IN_ALL):
            assert await knock(engine, random_id(), Join(code="00000000")) == "code"
        assert engine.brake.is_under_attack()

    run(scenario)


def test_under_attack_one_page_waits_and_the_others_are_told_at_once() -> None:
    async def scenario(engine: Engine) -> None:
        for _ in range(WRONG_IN_ALL):
            engine.brake.wrong("")
        waiting = asyncio.create_task(knock(engine, random_id(), Join(code="1"), line="page"))
        await asyncio.sleep(0)
        assert await knock(engine, random_id(), Join(code="1"), line="page") == "busy"
        waiting.cancel()
        await asyncio.wait([waiting])
        assert engine.brake.waiting["page"] == 0

    run(scenario)


def test_a_browser_is_known_only_by_the_name_it_was_given() -> None:
    ours = random_id()
    assert known_client(ours) == ours
    for theirs in ("", "x" * 10_000, "å" * 26, f"{ours}\n"):
        assert known_client(theirs) != theirs


def test_a_browser_keeps_a_dozen_tickets_and_forgets_the_oldest() -> None:
    names = [cookie_name(random_id(), "participant", is_https=False) for _ in range(COOKIES_KEPT + 2)]
    others = ["csrftoken", "mr-client", cookie_name(random_id(), "crew", is_https=False)]
    assert surplus([*others, *names], names[-1]) == names[:2]
    assert surplus([*others, *names[:3]], names[0]) == []


def test_a_line_break_in_an_address_stays_in_the_address() -> None:
    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {"path": "/r/1\r\nset-cookie: a=b", "query_string": b"plain", "headers": []}
    asyncio.run(Shell().answer(scope, send))
    assert (b"location", b"/r/1%0D%0Aset-cookie%3A%20a%3Db/plain") in sent[0]["headers"]  # type: ignore[operator]
