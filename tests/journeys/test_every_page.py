"""Every page there is, in both languages: valid HTML, accessible, no wider than the screen, nobody else asked, no policy broken."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from playwright.sync_api import Browser, expect

from mellanrum.rooms.lasting.tests.serving import opened, rates
from tests.conformance.client import Answer, Holder, call
from tests.conformance.conftest import find_rating, stage
from tests.journeys.browsing import COMPUTER, NARROW, PHONE, Screens, well
from tests.journeys.looks import VANISHED, looks
from tests.journeys.people import simulate
from tests.running import Running

pytestmark = pytest.mark.journey
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
SETTLED = {
    "shell": "[data-cell] form[data-exercise]",
    "shell of an unknown code": "[data-door=not_found]:visible",
}  # what they become by script
SHARED = {"projector", "paper", "plan paper", "documentation"}  # one for all who look at it: in the language of the room

IN_THE_HAND = {
    "wrong code",
    "sign in",
    "privacy",
    "accessibility",
    "shell",
    "shell of an unknown code",
    "plain",
    "plain of an unknown code",
}
DARK_ALWAYS = {"projector", "pairing", "result on the stage", "cloud on the stage"}  # the stage is not printed


@pytest.fixture(scope="module")
def places(product: Running, crew: Holder) -> dict[str, str]:
    """Address by name, with a room that has something to show."""
    if (stage(crew)["now"] or {}).get("phase") != "rate":  # type: ignore[attr-defined]
        find_rating(crew)
    exercise = str(stage(crew)["now"]["exercise"])  # type: ignore[index]
    simulate(product, exercise, [{("notice", "me"): value, ("talk", "together"): 2} for value in (1, 2, 3, 4, 5, 5)])
    return {
        "start": "/",
        "wrong code": "/join?code=00000000",
        "sign in": "/sign-in/",
        "privacy": "/privacy",
        "take home door": "/mine",
        "take home of nobody": f"/rooms/{crew.room}/mine",
        "accessibility": "/accessibility",
        "shell": f"/r/{product.code}",
        "shell of an unknown code": "/r/00000000",
        "plain": f"/r/{product.code}/plain",
        "plain of an unknown code": "/r/00000000/plain",
        "cockpit": f"/rooms/{crew.room}/cockpit",
        "projector": f"/rooms/{crew.room}/projector",
        "pairing": "/projector",
        "tables": f"/rooms/{crew.room}/tables",
        "paper": f"/rooms/{crew.room}/paper",
        "paper entry": f"/rooms/{crew.room}/paper/{exercise}",
        "decks": _decks(product),
        "gathering": _gathering(product, crew),
        "planner": f"{_planned(product)}?block=block-2",
        "planner of a gathering": _planned(product),
        **_lasting(product, _gathering(product, crew)),
        "documentation": f"{_gathering(product, crew)}/documentation",
        "editing": f"{_gathering(product, crew)}/documentation/edit",
        "plan paper": f"{_gathering(product, crew)}/paper",
        "nothing": "/nowhere",
        "result on the stage": "/gallery/face/scale/thirty-one/result/projector",
        "cloud on the stage": "/gallery/face/words/thirty-one/result/projector",
    }


def _lasting(product: Running, gathering: str) -> dict[str, str]:
    """The rating, open for days."""
    one = opened(product, gathering, results="after")
    rates(one.join(), 3, "Tiden")
    return {"opening for days": f"{gathering}/blocks/block-2/lasting", "open for days": one.page, "link": one.link}


def _decks(product: Running) -> str:
    found = re.search(r"/programmes/\d+/decks", call(product.base, "GET", "/").body.decode())
    assert found
    return found[0]


def _planned(product: Running) -> str:
    """A gathering without a room, so that its plan can still be changed."""
    csrf = "x" * 32
    headers = {"Cookie": f"csrftoken={csrf}", "X-CSRFToken": csrf, "Content-Type": "application/x-www-form-urlencoded"}
    answer = call(product.base, "POST", "/programmes/from-template", body=b"template=prova-pa&day=2030-04-16", headers=headers)
    assert answer.status == 302
    return answer.header("Location")


def _gathering(product: Running, crew: Holder) -> str:
    page = call(product.base, "GET", f"/rooms/{crew.room}/cockpit").body.decode()
    found = re.search(r"/gatherings/\d+", page)
    assert found
    return found[0]


NAMES = [
    *(
        "start",
        "wrong code",
        "sign in",
        "privacy",
        "take home door",
        "take home of nobody",
        "accessibility",
        "shell",
        "shell of an unknown code",
        "plain",
        "plain of an unknown code",
    ),
    *("cockpit", "projector", "pairing", "paper", "paper entry", "decks", "gathering", "planner", "planner of a gathering"),
    *("opening for days", "open for days", "link", "documentation", "editing", "plan paper", "nothing"),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_is_valid_and_in_the_language_asked_for(product: Running, places: dict[str, str], name: str, language: str) -> None:
    answer = _follow(product, places[name], language)
    assert answer.status in ({404} if name in {"nothing", "take home of nobody"} else {200, 404} if "code" in name else {200})
    html = answer.body.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    spoken = "sv" if name in SHARED else language
    assert f'<html lang="{spoken}"' in html
    assert not re.search(r"<[^>]+ (style|on\w+)=", html), "inline style or script"
    assert not re.search(r"<script(?![^>]* src=)[^>]*>", html), "inline script"
    for address in re.findall(r'(?:src|href|action)="([^"]*)"', html):
        assert not re.match(r"(https?:)?//", address) or address.startswith(product.base), address


def _follow(product: Running, path: str, language: str) -> Answer:
    answer = call(product.base, "GET", path, headers={"Accept-Language": language})
    for _ in range(3):
        if answer.status not in {301, 302, 303}:
            break
        answer = call(product.base, "GET", answer.header("Location").removeprefix(product.base), headers={"Accept-Language": language})
    return answer


@pytest.mark.slow  # two dozen pages
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [COMPUTER, NARROW], ids=["wide", "narrow"])
def test_every_page_is_accessible_and_fits(
    product: Running, places: dict[str, str], screens: Screens, language: str, kind: dict[str, Any]
) -> None:
    """Swedish in light with all the looks, English in dark: what colours do is the same in both languages."""
    screens.watch.expected = ("404 (Not Found)",)  # the browser's own line about pages that are not there
    scheme = "dark" if language == "en" else "light"
    page = screens.open(product.base + "/", kind, locale=LANGUAGES[language], color_scheme=scheme)
    for name, path in places.items():
        if name in DARK_ALWAYS and kind is NARROW:
            continue  # nobody carries a projector in a pocket
        page.goto(product.base + path)
        expect(page.locator(SETTLED.get(name, "h1:visible, h2:visible")).first).to_be_visible()
        where = f"{name} in {language} at {kind['viewport']['width']} px"
        well(page, where)
        if language == "sv":
            looks(page, where, is_enlarged=kind is COMPUTER or name in IN_THE_HAND, is_paper=name not in DARK_ALWAYS)


def test_zoomed_to_four_times_nothing_is_cut_off(product: Running, places: dict[str, str], screens: Screens) -> None:
    """1280 px at 400 % is a screen of 320: the crew's and the reader's pages too."""
    page = screens.open(product.base + places["documentation"], {**PHONE, "viewport": {"width": 320, "height": 256}})
    well(page, "documentation at 400 %")


MARK, RADIO = "<svg class=chart width=100 height=50>", "<input type=radio name=a"
GONE = {
    "mark": f"{MARK}<rect width=9 height=9 fill=#fff style='forced-color-adjust: none'></rect></svg>",
    "text": f"{MARK}<text y=20 fill=#eee style='forced-color-adjust: none'>3,6</text></svg>",
    "pressed": "<style>[aria-pressed=true] { background: gold }</style><button aria-pressed=true>a</button><button aria-pressed=false>",
    "chosen": f"<style>input {{ appearance: none; width: 9px; height: 9px }}</style>{RADIO} checked><span>1</span>{RADIO}><span>2</span>",
}


@pytest.mark.parametrize("what", GONE)
def test_what_vanishes_in_forced_colours_is_seen(browser: Browser, what: str) -> None:
    page = browser.new_page(forced_colors="active")
    page.set_content(GONE[what])
    assert [told.partition(":")[0] for told in page.evaluate(VANISHED)] == [what]
    page.close()
