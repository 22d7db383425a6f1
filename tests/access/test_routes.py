"""Every page × every role: a new address without an entry here fails."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from mellanrum.programmes.templates import library_template
from tests.running import command, environment, free_port, start_serve

ROLES = ("installation", "owner", "facilitator", "helper", "viewer", "stranger", "nobody")
CSRF = "x" * 32


def all_of(status: int) -> dict[str, int]:
    return dict.fromkeys(ROLES, status)


SEE = all_of(200) | {"stranger": 404, "nobody": 404}
HELP = SEE | {"viewer": 403}
RUN = HELP | {"helper": 403}
OPEN = {role: 302 if got == 200 else got for role, got in RUN.items()}
PUBLIC = all_of(200)
OWNER_OF_ALL = all_of(404) | {"installation": 200}
CHANGE_NONE = {role: 400 if got == 200 else got for role, got in RUN.items()}  # to no role at all
NO_SUCH = {role: 404 if got == 200 else got for role, got in RUN.items()}
REMOVE_LAST = RUN | {"installation": 409, "owner": 409, "facilitator": 403}  # the last owner stays, and is not a facilitator's to remove
FIND_NONE = RUN | {role: 404 for role, got in RUN.items() if got == 200}  # nothing that could be undone
PLAN = RUN | {role: 409 for role, got in RUN.items() if got == 200}  # a room is open, and goes by its own copy
HAND = RUN | {"installation": 409, "owner": 409, "facilitator": 403}  # owners alone, and to nobody who has signed in
GATHERING, ROOM, CODE, PROGRAMME, OWNER = "{gathering}", "{room}", "{code}", "{programme}", "{owner}"
LASTING, KEY = "{lasting}", "{key}"
DECKS = f"/programmes/{PROGRAMME}/decks"
DECK, CARD = f"{DECKS}/{{deck}}", "{picture}"
OF_DECK = "programmes/<int:programme_id>/decks/<int:deck_id>"
SAVE = {role: 302 if got == 200 else got for role, got in RUN.items()}
MISS = {role: 404 if got == 200 else got for role, got in RUN.items()}  # what it is about is not there
REFUSE = CHANGE_NONE | {"installation": 409, "owner": 409, "facilitator": 409}

# address pattern → (method, path, what each role gets)
EXPECTED: dict[str, tuple[str, str, dict[str, int]]] = {
    "": ("GET", "/", PUBLIC),
    "language/": ("POST", "/language/", all_of(302)),
    "sign-in/": ("GET", "/sign-in/", PUBLIC),
    "sign-in/code": ("GET", "/sign-in/code", all_of(302)),
    "gallery/": ("GET", "/gallery/", OWNER_OF_ALL),
    "gallery/components": ("GET", "/gallery/components", OWNER_OF_ALL),
    "gallery/components/<slug:name>": ("GET", "/gallery/components/rating", OWNER_OF_ALL),
    "gallery/components/<slug:name>/specimen": ("GET", "/gallery/components/rating/specimen", OWNER_OF_ALL),
    "gallery/types/<slug:slug>": ("GET", "/gallery/types/scale", OWNER_OF_ALL),
    "gallery/types/<slug:slug>/<slug:example>": ("GET", "/gallery/types/scale/empty", OWNER_OF_ALL),
    "gallery/types/<slug:slug>/<slug:example>/<slug:phase>": ("GET", "/gallery/types/scale/empty/rate", OWNER_OF_ALL),
    "gallery/face/<slug:slug>/<slug:example>/<slug:phase>/<slug:place>": ("GET", "/gallery/face/scale/empty/rate/phone", OWNER_OF_ALL),
    "gallery/room": ("GET", "/gallery/room", OWNER_OF_ALL),
    "gallery/room/<slug:state>": ("GET", "/gallery/room/phone-waiting", OWNER_OF_ALL),
    "inbox/": ("GET", "/inbox/", all_of(404)),
    "sign-out/": ("GET", "/sign-out/", all_of(405)),
    "join": ("GET", "/join", PUBLIC),
    "privacy": ("GET", "/privacy", PUBLIC),
    "accessibility": ("GET", "/accessibility", PUBLIC),
    "programmes/empty": ("POST", "/programmes/empty", all_of(302) | {"nobody": 404}),
    "programmes/from-template": ("POST", "/programmes/from-template", all_of(400) | {"nobody": 404}),
    "programmes/<int:programme_id>/people": ("GET", f"/programmes/{PROGRAMME}/people", RUN),
    "programmes/<int:programme_id>/people/<int:person_id>/role": ("POST", f"/programmes/{PROGRAMME}/people/{OWNER}/role", CHANGE_NONE),
    "programmes/<int:programme_id>/people/<int:person_id>/remove": ("POST", f"/programmes/{PROGRAMME}/people/{OWNER}/remove", REMOVE_LAST),
    "programmes/<int:programme_id>/people/<int:person_id>/link": ("POST", f"/programmes/{PROGRAMME}/people/{OWNER}/link", HAND),
    "programmes/<int:programme_id>/decks": ("GET", DECKS, SEE),
    OF_DECK: ("GET", DECK, SEE),
    f"{OF_DECK}/pictures": ("POST", f"{DECK}/pictures", CHANGE_NONE),  # no file
    f"{OF_DECK}/names": ("POST", f"{DECK}/names", SAVE),
    f"{OF_DECK}/pictures/<int:picture_id>/remove": ("POST", f"{DECK}/pictures/{CARD}/remove", CHANGE_NONE),  # a used deck keeps two
    f"{OF_DECK}/use": ("POST", f"{DECK}/use", MISS),  # in no block
    f"{OF_DECK}/remove": ("POST", f"{DECK}/remove", REFUSE),  # not while it is used
    "programmes/<int:programme_id>/people/<int:person_id>/invitation": ("POST", f"/programmes/{PROGRAMME}/people/{OWNER}/invitation", OPEN),
    "gatherings/<int:gathering_id>": ("GET", f"/gatherings/{GATHERING}", SEE),
    "gatherings/<int:gathering_id>/paper": ("GET", f"/gatherings/{GATHERING}/paper", HELP),
    "gatherings/<int:gathering_id>/details": ("POST", f"/gatherings/{GATHERING}/details", CHANGE_NONE),  # without a beginning
    "gatherings/<int:gathering_id>/blocks": ("POST", f"/gatherings/{GATHERING}/blocks", PLAN),
    "gatherings/<int:gathering_id>/restore": ("POST", f"/gatherings/{GATHERING}/restore", FIND_NONE),
    "gatherings/<int:gathering_id>/blocks/<str:key>": ("POST", f"/gatherings/{GATHERING}/blocks/block-1", CHANGE_NONE),
    "gatherings/<int:gathering_id>/blocks/<str:key>/move": ("POST", f"/gatherings/{GATHERING}/blocks/block-1/move", PLAN),
    "gatherings/<int:gathering_id>/blocks/<str:key>/remove": ("POST", f"/gatherings/{GATHERING}/blocks/block-1/remove", PLAN),
    "gatherings/<int:gathering_id>/blocks/<str:key>/duplicate": ("POST", f"/gatherings/{GATHERING}/blocks/block-1/duplicate", PLAN),
    "gatherings/<int:gathering_id>/blocks/<str:key>/split": ("POST", f"/gatherings/{GATHERING}/blocks/block-1/split", PLAN),
    "gatherings/<int:gathering_id>/blocks/<str:key>/join": ("POST", f"/gatherings/{GATHERING}/blocks/block-1/join", PLAN),
    "gatherings/<int:gathering_id>/day": ("GET", f"/gatherings/{GATHERING}/day", RUN),
    "gatherings/<int:gathering_id>/library": ("GET", f"/gatherings/{GATHERING}/library", RUN),
    "gatherings/<int:gathering_id>/library/save": ("POST", f"/gatherings/{GATHERING}/library/save", NO_SUCH),  # no block named
    "gatherings/<int:gathering_id>/library/<int:number>/remove": ("POST", f"/gatherings/{GATHERING}/library/99/remove", OPEN),
    "programmes/<int:programme_id>/gatherings": ("POST", f"/programmes/{PROGRAMME}/gatherings", CHANGE_NONE),  # without a template
    "gatherings/<int:gathering_id>/plan.csv": ("GET", f"/gatherings/{GATHERING}/plan.csv", HELP),
    "gatherings/<int:gathering_id>/table": ("POST", f"/gatherings/{GATHERING}/table", CHANGE_NONE),  # without a file
    "gatherings/<int:gathering_id>/marked": ("POST", f"/gatherings/{GATHERING}/marked", CHANGE_NONE),  # without an act
    "gatherings/<int:gathering_id>/undo": ("POST", f"/gatherings/{GATHERING}/undo", PLAN),
    "gatherings/<int:gathering_id>/blocks/<str:key>/exercise": ("POST", f"/gatherings/{GATHERING}/blocks/block-1/exercise", PLAN),
    "gatherings/<int:gathering_id>/blocks/<str:key>/lasting": ("GET", f"/gatherings/{GATHERING}/blocks/block-2/lasting", RUN),
    "rooms/<str:room_id>/lasting": ("GET", f"/rooms/{LASTING}/lasting", RUN),
    "rooms/<str:room_id>/lasting/until": ("POST", f"/rooms/{LASTING}/lasting/until", CHANGE_NONE),  # to no time
    "rooms/<str:room_id>/lasting/close": ("POST", f"/rooms/{LASTING}/lasting/close", OPEN),
    "o/<str:key>": ("GET", f"/o/{KEY}", PUBLIC),
    "gatherings/<int:gathering_id>/documentation": ("GET", f"/gatherings/{GATHERING}/documentation", SEE),
    "gatherings/<int:gathering_id>/documentation.pdf": ("GET", f"/gatherings/{GATHERING}/documentation.pdf", SEE),
    "gatherings/<int:gathering_id>/documentation.md": ("GET", f"/gatherings/{GATHERING}/documentation.md", SEE),
    "gatherings/<int:gathering_id>/documentation/edit": ("GET", f"/gatherings/{GATHERING}/documentation/edit", RUN),
    "gatherings/<int:gathering_id>/documentation/own": ("POST", f"/gatherings/{GATHERING}/documentation/own", CHANGE_NONE),
    "gatherings/<int:gathering_id>/documentation/own/<int:own_id>": ("POST", f"/gatherings/{GATHERING}/documentation/own/99", NO_SUCH),
    "gatherings/<int:gathering_id>/documentation/links": ("POST", f"/gatherings/{GATHERING}/documentation/links", CHANGE_NONE),
    "gatherings/<int:gathering_id>/documentation/links/<int:link_id>": ("POST", f"/gatherings/{GATHERING}/documentation/links/99", NO_SUCH),
    "gatherings/<int:gathering_id>/documentation/publish": ("POST", f"/gatherings/{GATHERING}/documentation/publish", OPEN),
    "documentation/<str:slug>": ("GET", "/documentation/x", all_of(404)),  # nobody has published under that address
    "gatherings/<int:gathering_id>/finalise": ("POST", f"/gatherings/{GATHERING}/finalise", CHANGE_NONE),  # nobody has said they are sure
    "api/v1/gatherings/<int:gathering_id>/documentation.html": ("GET", f"/api/v1/gatherings/{GATHERING}/documentation.html", SEE),
    "r/<str:code>/plain": ("GET", f"/r/{CODE}/plain", PUBLIC),
    "r/<str:code>/plain/photo": ("POST", f"/r/{CODE}/plain/photo", all_of(404)),  # for a table's ticket alone
    "r/<str:code>/mine": ("GET", f"/r/{CODE}/mine", all_of(404)),  # for a participant's ticket or link alone
    "mine": ("GET", "/mine", PUBLIC),
    "rooms/<str:room_id>/mine": ("GET", f"/rooms/{ROOM}/mine", all_of(404)),
    "rooms/<str:room_id>/mine/link": ("POST", f"/rooms/{ROOM}/mine/link", all_of(404)),
    "rooms/<str:room_id>/mine/mail": ("POST", f"/rooms/{ROOM}/mine/mail", all_of(404)),
    "rooms/<str:room_id>/mine/leave": ("GET", f"/rooms/{ROOM}/mine/leave", all_of(404)),
    "gatherings/<int:gathering_id>/room": ("POST", f"/gatherings/{GATHERING}/room", OPEN),
    "gatherings/<int:gathering_id>/rehearsal": ("GET", f"/gatherings/{GATHERING}/rehearsal", RUN),
    "rooms/<str:room_id>/rehearsal/forward": ("POST", f"/rooms/{ROOM}/rehearsal/forward", NO_SUCH),  # a meeting is none
    "rooms/<str:room_id>/rehearsal/walk": ("POST", f"/rooms/{ROOM}/rehearsal/walk", NO_SUCH),
    "rooms/<str:room_id>/rehearsal/end": ("POST", f"/rooms/{ROOM}/rehearsal/end", NO_SUCH),
    "rooms/<str:room_id>/rehearsal/documentation": ("GET", f"/rooms/{ROOM}/rehearsal/documentation", NO_SUCH),
    "rooms/<str:room_id>/cockpit": ("GET", f"/rooms/{ROOM}/cockpit", RUN),
    "rooms/<str:room_id>/replan": ("GET", f"/rooms/{ROOM}/replan", RUN),
    "rooms/<str:room_id>/projector": ("GET", f"/rooms/{ROOM}/projector", HELP),
    "projector": ("GET", "/projector", PUBLIC),
    "rooms/<str:room_id>/pair": ("POST", f"/rooms/{ROOM}/pair", OPEN),
    "rooms/<str:room_id>/screen": ("GET", f"/rooms/{ROOM}/screen", all_of(404)),  # for a projector's ticket alone
    "rooms/<str:room_id>/tables": ("GET", f"/rooms/{ROOM}/tables", RUN),
    "rooms/<str:room_id>/paper": ("GET", f"/rooms/{ROOM}/paper", HELP),
    "rooms/<str:room_id>/paper/<str:exercise>": ("GET", f"/rooms/{ROOM}/paper/scale-2", HELP),
}


@dataclass(frozen=True)
class Site:
    port: int
    data: Path
    facts: dict[str, Any]

    def ask(self, method: str, path: str, role: str = "nobody", body: str = "", **headers: str) -> tuple[int, bytes]:
        """Status and body for a person in that role; POST comes with a valid CSRF pair."""
        session = self.facts["sessions"].get(role)
        cookies = [f"csrftoken={CSRF}"] + ([f"sessionid={session}"] if session else [])
        connection = HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            own = {"Cookie": "; ".join(cookies), "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, path, body=body or None, headers={**own, **headers})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def path(self, template: str) -> str:
        return template.format(
            **{name: self.facts[name] for name in ("gathering", "room", "code", "programme", "owner", "deck", "picture", "lasting", "key")}
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("access") / "data"
    line = [sys.executable, "-m", "tests.access.populate", str(data)]
    told = subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=60, check=False)
    assert told.returncode == 0, told.stderr
    running = start_serve(data, port=free_port())
    yield Site(running.port, data, json.loads(told.stdout))
    running.stop()


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern)


def test_every_address_has_an_entry() -> None:
    assert set(routes(get_resolver().url_patterns)) == set(EXPECTED)


@pytest.mark.parametrize("route", EXPECTED)
def test_who_is_let_in(site: Site, route: str) -> None:
    method, path, expected = EXPECTED[route]
    found = {role: site.ask(method, site.path(path), role)[0] for role in ROLES}
    assert found == expected


@pytest.mark.parametrize(
    "path",
    [
        f"/gatherings/{GATHERING}",
        f"/rooms/{ROOM}/cockpit",
        f"/api/v1/gatherings/{GATHERING}/documentation.html",
        f"/programmes/{PROGRAMME}/people",
        f"/programmes/{PROGRAMME}/decks",
    ],
)
def test_what_is_foreign_looks_like_what_does_not_exist(site: Site, path: str) -> None:
    addresses = (site.path(path), path.format(gathering=99_999, room="x" * 26, programme=99_999))
    there, nowhere = (_impersonal(*site.ask("GET", address, "stranger"), address) for address in addresses)
    assert there == nowhere
    assert there[0] == 404


def _impersonal(status: int, body: bytes, address: str) -> tuple[int, bytes]:
    """Without the address asked for and the token of the page's form, which differ each time."""
    return status, re.sub(rb'(name="csrfmiddlewaretoken" value=)"[^"]*"', rb"\1", body.replace(address.encode(), b""))


def test_a_crew_ticket_reads_the_documentation_of_its_gathering(site: Site) -> None:
    path = site.path(f"/api/v1/gatherings/{GATHERING}/documentation.html")

    def status(ticket: str) -> int:
        return site.ask("GET", path, "nobody", Authorization=f"Bearer {ticket}")[0]

    assert status(site.facts["crew"]) == 200
    for ticket in (site.facts["projector"], site.facts["crew_elsewhere"], "x" * 43, "", site.facts["crew"][:-1]):
        assert status(ticket) == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/programmes/from-template", "/sign-out/", "/sign-in/", "/sign-in/code"),
        *(f"/programmes/{PROGRAMME}/people", f"/rooms/{ROOM}/pair", DECKS, f"{DECK}/pictures", f"{DECK}/remove"),
    ],
)
def test_a_form_from_elsewhere_is_refused(site: Site, path: str) -> None:
    assert site.ask("POST", site.path(path), "owner", **{"X-CSRFToken": "y" * 32})[0] == 403


@pytest.mark.parametrize("path", [f"/gatherings/{GATHERING}?block=block-1", "/"])
def test_the_run_sheet_is_for_the_team(site: Site, path: str) -> None:
    script = library_template("prova-pa").gatherings[0].blocks[0].do[1].encode()
    seen = {role: script in site.ask("GET", site.path(path), role)[1] for role in ROLES}
    team = {"installation", "owner", "facilitator", "helper"} if path != "/" else set()
    assert {role for role, is_seen in seen.items() if is_seen} == team


def test_a_link_from_the_terminal_signs_in_one_of_many_clicks(site: Site) -> None:
    """Also: a command may write while the product serves."""
    line = command("token", "--owner", "new@fabela.example", "--data", site.data)
    link = subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=60, check=True).stdout.strip()
    body = f"key={link.partition('#k=')[2]}"
    with ThreadPoolExecutor(6) as clicks:
        found = list(clicks.map(lambda _number: site.ask("POST", "/sign-in/", body=body)[0], range(6)))
    assert sorted(found) == [302, 400, 400, 400, 400, 400]
