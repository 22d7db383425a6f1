"""The gallery in a browser: accessible, no wider than the screen, nothing from elsewhere, with and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mellanrum.exercise_kit.registry import registry
from mellanrum.gallery.components import components
from mellanrum.gallery.places import places_of
from mellanrum.gallery.room import STATES
from tests.journeys.browsing import COMPUTER, NARROW, PHONE, Screens, accessible, well
from tests.running import Running

pytestmark = pytest.mark.journey
PAGES = (
    "/gallery/",
    "/gallery/room",
    "/gallery/types/cards/thirty-one/plenary?lang=en&show=dark",
    "/gallery/components",
    "/gallery/components/rating",
)
FIRST = {
    "scale": "rate",
    "slide": "talk",
    "round": "round",
    "cards": "choose",
    "words": "write",
    "question": "write",
    "evaluation": "answer",
    "discussion": "talk",
}


@pytest.mark.parametrize("kind", [COMPUTER, NARROW], ids=["wide", "narrow"])
def test_gallery_pages_are_accessible_and_fit(product: Running, screens: Screens, kind: dict[str, Any]) -> None:
    page = screens.open(product.base + "/gallery/", kind)
    for path in PAGES:
        page.goto(product.base + path)
        expect(page.locator("h1")).to_be_visible()
        well(page, f"{path} at {kind['viewport']['width']} px")


@pytest.mark.slow  # every type in eight faces
def test_every_face_is_accessible(product: Running, screens: Screens) -> None:
    page = screens.open(product.base + "/gallery/", COMPUTER)
    for exercise in registry().values():
        for place in places_of(exercise):
            phase = FIRST.get(exercise.card.slug, exercise.card.phases[0].key)
            for theme in place.themes if place.key == "phone" else place.themes[:1]:
                path = f"/gallery/face/{exercise.card.slug}/thirty-one/{phase}/{place.key}?theme={theme}"
                page.goto(product.base + path)
                accessible(page, path)


def test_every_state_of_the_room_is_accessible(product: Running, screens: Screens) -> None:
    page = screens.open(product.base + "/gallery/room", PHONE)
    for state in STATES.values():
        page.goto(product.base + f"/gallery/room/{state.key}")
        seen = page.locator(f"[data-door={state.door}]" if state.door else "h1")
        expect(seen).to_be_visible()
        accessible(page, state.key)


@pytest.mark.slow  # every component in two themes
def test_every_component_is_accessible_and_fits_a_phone(product: Running, screens: Screens) -> None:
    page = screens.open(product.base + "/gallery/components", PHONE)
    for name in components():
        for theme in ("light", "dark"):
            path = f"/gallery/components/{name}/specimen?theme={theme}"
            page.goto(product.base + path)
            well(page, path)


def test_a_phone_in_the_gallery_walks_through_its_steps_and_sends_nothing(product: Running, screens: Screens) -> None:
    page = screens.open(product.base + "/gallery/face/scale/thirty-one-whole/rate/phone", PHONE)
    expect(page.get_by_text("Påstående 1 av 4")).to_be_visible()
    page.get_by_role("button", name="Nästa").click()
    expect(page.get_by_text("Påstående 2 av 4")).to_be_visible()
    page.goto(product.base + "/gallery/face/scale/thirty-one-whole/rate/phone?step=2")
    expect(page.get_by_text("Påstående 3 av 4")).to_be_visible()


def test_without_scripts_every_frame_and_link_is_there(product: Running, screens: Screens) -> None:
    page = screens.open(product.base + "/gallery/types/scale", COMPUTER, java_script_enabled=False)
    expect(page.frame_locator(".hung.phone iframe").first.locator("form")).to_be_visible()
    page.get_by_role("link", name="Visa summan").click()
    page.get_by_role("link", name="Mörkt").click()
    expect(page).to_have_url(f"{product.base}/gallery/types/scale/thirty-one/result?show=dark&lang=sv")
    expect(page.frame_locator(".hung.projector iframe").first.get_by_text("31 har svarat.")).to_be_visible()


def test_a_chosen_stone_is_seen_without_colours(product: Running, screens: Screens) -> None:
    page = screens.open(product.base + "/gallery/components/rating/specimen", PHONE, forced_colors="active")
    chosen, other = (_ground(page, f"#rating-2 .stone:nth-child({place}) span") for place in (4, 1))
    assert chosen != other


def test_paper_prints_light_whatever_the_theme(product: Running, screens: Screens) -> None:
    page = screens.open(product.base + "/gallery/face/scale/thirty-one/result/phone?theme=dark", PHONE)
    assert _ground(page, "body") != "rgb(255, 255, 255)"
    page.emulate_media(media="print")
    assert _ground(page, "body") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("people", ["empty", "thirty-one"])
def test_faces_fit_the_smallest_phone(product: Running, screens: Screens, people: str) -> None:
    page = screens.open(product.base + "/gallery/", NARROW)
    for slug, phase in FIRST.items():
        for place in ("phone", "plain"):
            path = f"/gallery/face/{slug}/{people}/{phase}/{place}"
            page.goto(product.base + path)
            if page.locator("h1").count():
                well(page, path)


def _ground(page: Page, selector: str) -> str:
    return str(page.eval_on_selector(selector, "(one) => getComputedStyle(one).backgroundColor"))
