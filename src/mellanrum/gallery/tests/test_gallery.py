"""The gallery: for developers alone, every example in every face, nothing from elsewhere, strict HTML with names on everything."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.http import Http404

from mellanrum.exercise_kit.contract import CLOSED
from mellanrum.exercise_kit.examples import examples_of
from mellanrum.exercise_kit.registry import registry
from mellanrum.gallery.places import places_of
from mellanrum.gallery.room import STATES
from mellanrum.gallery.tests.looking import FACILITATOR, OWNER, STRANGER, look
from mellanrum.ui.tests.test_markup import elements, inline, nameless_buttons, parsed, unlabelled

EXAMPLES = [(exercise, example) for exercise in registry().values() for example in examples_of(exercise)]
PAGES = [
    "/gallery/",
    "/gallery/room",
    "/gallery/components",
    "/gallery/components/rating",
    "/gallery/types/scale",
    "/gallery/types/scale/empty/rate?show=print",
]
ALONE = ["/gallery/room/phone-waiting", "/gallery/components/rating/specimen", "/gallery/face/scale/empty/rate/phone"]


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


def assert_sound(html: str) -> None:
    root = parsed(html, is_page=True)
    assert unlabelled(root) == []
    assert nameless_buttons(root) == []
    assert inline(root) == []
    ids = Counter(element.get("id") for element in elements(root) if element.get("id"))
    assert [found for found, count in ids.items() if count > 1] == []
    assert list(root.iter("h1"))
    assert root.find("head").find("title").text.strip()


@pytest.mark.parametrize("path", [*PAGES, *ALONE])
def test_only_developers_may_look(path: str) -> None:
    assert look(path, OWNER).status_code == 200
    for person in (STRANGER, FACILITATOR):
        with pytest.raises(Http404):
            look(path, person)


@pytest.mark.parametrize("path", [*PAGES, *ALONE])
def test_everybody_may_look_in_the_demo(demo: None, path: str) -> None:
    assert_sound(look(path).content.decode())


@pytest.mark.parametrize(
    "path",
    [
        *("/gallery/types/nope", "/gallery/types/scale/nope", "/gallery/types/scale/empty/nope", "/gallery/types/slide/one/film"),
        *("/gallery/face/scale/empty/rate/nope", "/gallery/face/slide/one/talk/entry", "/gallery/face/nope/empty/rate/phone"),
        *("/gallery/room/nope", "/gallery/components/nope", "/gallery/components/nope/specimen"),
    ],
)
def test_what_is_not_there_is_not_found(demo: None, path: str) -> None:
    with pytest.raises(Http404):
        look(path)


def test_a_gallery_is_only_read(demo: None) -> None:
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from mellanrum.gallery.views.types import home

    request = RequestFactory().post("/gallery/")
    request.user = AnonymousUser()
    assert home(request).status_code == 405


@pytest.mark.parametrize("query", ["?lang=xx", "?show=<script>", "?theme=%00", "?lang=en%27&show=../.."])
def test_odd_wishes_change_nothing(demo: None, query: str) -> None:
    for path in (*PAGES[:1], *ALONE):
        html = look(path + query).content.decode()
        assert '<html lang="sv"' in html
        assert "<script>" not in html


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_state_of_the_room_hangs(demo: None, state: str, language: str) -> None:
    assert_sound(look(f"/gallery/room/{state}?lang={language}").content.decode())


@pytest.mark.parametrize(("exercise", "example"), EXAMPLES, ids=lambda one: getattr(one, "name", ""))
def test_every_phase_of_every_example_hangs_in_every_face(demo: None, exercise: Any, example: Any) -> None:
    for phase in [*(phase.key for phase in exercise.phases(example.definition)), CLOSED]:
        for place in places_of(exercise):
            html = look(f"/gallery/face/{exercise.card.slug}/{example.name}/{phase}/{place.key}").content.decode()
            assert_sound(html) if place.key != "projector" or "<h1" in html else parsed(html, is_page=True)


@pytest.mark.parametrize("exercise", registry().values(), ids=lambda one: one.card.slug)
def test_a_page_leads_to_every_example_phase_and_face(demo: None, exercise: Any) -> None:
    html = look(f"/gallery/types/{exercise.card.slug}").content.decode()
    assert_sound(html)
    for example in examples_of(exercise):
        page = look(f"/gallery/types/{exercise.card.slug}/{example.name}").content.decode()
        assert f"/gallery/types/{exercise.card.slug}/{example.name}?" in html
        for phase in exercise.phases(example.definition):
            assert f"/{example.name}/{phase.key}?" in page
    frames = re.findall(r'<iframe src="([^"]+)" title="([^"]+)"', html)
    assert {address.split("?")[0].rsplit("/", 1)[1] for address, _title in frames} == {place.key for place in places_of(exercise)}
    assert all(look(address.replace("&amp;", "&")).status_code == 200 for address, _title in frames)


@pytest.mark.parametrize(("show", "themes"), [("light", {"light"}), ("dark", {"dark"}), ("print", {"light"}), ("all", {"light", "dark"})])
def test_a_theme_can_be_asked_for(demo: None, show: str, themes: set[str]) -> None:
    html = look(f"/gallery/types/scale?show={show}").content.decode()
    assert set(re.findall(r'data-theme-of="(\w+)"', html)) == themes
    faces = set(re.findall(r"/(\w+)\?theme=", html))
    assert faces == {"paper", "harvest"} if show == "print" else "phone" in faces


def test_pages_frame_ours_alone_and_only_faces_can_be_framed(demo: None) -> None:
    for path in ("/gallery/", "/gallery/components/rating"):
        policy = look(path)["Content-Security-Policy"]
        assert "frame-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
    for path in ALONE:
        policy = look(path)["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy
        assert "form-action 'none'" in policy
        assert "script-src 'self'" in policy


def test_a_face_speaks_the_language_asked_for(demo: None) -> None:
    swedish, english = (look(f"/gallery/face/scale/one/rate/phone?lang={one}").content.decode() for one in ("sv", "en"))
    assert "Vet inte" in swedish
    assert "Vet inte" not in english
