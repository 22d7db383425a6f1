"""Paper for a gathering: what is on it, who may have it, and that the poster tells participants no minutes."""

from __future__ import annotations

import re

import html5lib
import pytest
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.templates import library_template
from mellanrum.programmes.views.paper import first_sentence

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script>"&'


@pytest.fixture
def elin() -> User:
    return create_person("elin@fabela.example", name="Elin")


@pytest.fixture
def gathering(elin: User) -> Gathering:
    return create_programme_from_template(library_template("larandetraff"), owner=elin).gatherings.get()


def paper(client: Client, user: User, gathering: Gathering, only: str = "") -> str:
    client.force_login(user)
    response = client.get(f"/gatherings/{gathering.pk}/paper", {"only": only} if only else {})
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content)
    assert b" style=" not in response.content
    return response.content.decode()


def test_every_paper_is_there_and_each_by_itself(client: Client, elin: User, gathering: Gathering) -> None:
    everything = paper(client, elin, gathering)
    titles = {
        "pocket": "Att säga",
        "sheet": "Hälsa vid dörren",
        "material": "Att ta med",
        "poster": 'id="post-h"',
        "notes": "En mening räcker.",
    }
    assert all(title in everything for title in titles.values())
    for only, title in titles.items():
        html = paper(client, elin, gathering, only)
        assert [other for other, found in titles.items() if found in html] == [only]
        assert title in html


def test_the_poster_tells_headings_and_never_minutes(client: Client, elin: User, gathering: Gathering) -> None:
    poster = paper(client, elin, gathering, "poster")
    assert "Självskattning" in poster
    main = re.search(r"<main>(.*)</main>", poster, re.DOTALL)
    assert main
    assert " min" not in main[1]
    assert "Samtalsledare" not in main[1]
    assert "Samtalsledare" in paper(client, elin, gathering, "sheet")  # the control


def test_things_are_named_once_with_where_they_are_wanted(client: Client, elin: User, gathering: Gathering) -> None:
    html = paper(client, elin, gathering, "material")
    assert html.count("<b>Mikrofon</b>") == 1
    assert "Inspiration från forskningen, Perspektiv från två håll, Samling i helgrupp" in html


@pytest.mark.parametrize("count", [0, 1, 200])
def test_any_number_of_blocks(client: Client, elin: User, gathering: Gathering, count: int, django_assert_max_num_queries: object) -> None:
    gathering.blocks.all().delete()
    Block.objects.bulk_create(
        Block(gathering=gathering, key=f"b-{n}", position=n, title=f"{HOSTILE} {n}", say=HOSTILE, material=[HOSTILE]) for n in range(count)
    )
    client.force_login(elin)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        html = client.get(f"/gatherings/{gathering.pk}/paper").content.decode()
    assert HOSTILE not in html
    assert ("185 moment till" in html) == (count == 200)


@pytest.mark.parametrize(("count", "full"), [(11, False), (12, True), (15, True)])
def test_a_long_day_is_whole_in_the_pocket(client: Client, elin: User, gathering: Gathering, count: int, full: bool) -> None:
    gathering.blocks.all().delete()
    Block.objects.bulk_create(
        Block(gathering=gathering, key=f"b-{n}", position=n, title=f"Moment {n}", say=f"Rad {n}.") for n in range(count)
    )
    pocket = paper(client, elin, gathering, "pocket")
    assert all(f"Moment {n}<" in pocket and f"Rad {n}." in pocket for n in range(count))
    assert ('class="pg pocket full"' in pocket) == full
    assert "får inte plats" not in pocket


@pytest.mark.parametrize("only", ["x", "../sheet", "POCKET", HOSTILE])
def test_other_papers_do_not_exist(client: Client, elin: User, gathering: Gathering, only: str) -> None:
    client.force_login(elin)
    assert client.get(f"/gatherings/{gathering.pk}/paper", {"only": only}).status_code == 404


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Hej.", "Hej."),
        ("Ta den bild som drar i dig. Frågan kommer sedan.", "Ta den bild som drar i dig. Frågan kommer sedan."),
        ("Ta den bild som drar i dig. " + "ord " * 20, "Ta den bild som drar i dig."),
        ("Hej. " + "ord " * 20, "Hej. " + ("ord " * 15).strip() + " …"),
        ("Kl. 13.00 börjar vi", "Kl. 13.00 börjar vi"),
        ("ord " * 60, ("ord " * 16).strip() + " …"),
        ("x" * 300, "x" * 66 + " …"),
    ],
)
def test_what_fits_on_a_card(text: str, expected: str) -> None:
    assert first_sentence(text) == expected


def test_the_team_sees_sections_tracks_and_who_does_what_on_paper(client: Client, elin: User, gathering: Gathering) -> None:
    tracks = [{"key": "a", "title": "Spår A", "place": "Sal 2", "responsible": "Tariq", "rows": [{"title": "Samtal", "minutes": 30}]}]
    gathering.blocks.filter(key="block-5").update(tracks=tracks)
    for only in ("pocket", "sheet"):
        html = paper(client, elin, gathering, only)
        assert [words for words in ("Före mötet", "Vi tänker tillsammans", "Spår A", "Sal 2", "Efter mötet") if words not in html] == []
        assert html.index("Ställ i ordning rummet") < html.index("Öppning och dagens tema") < html.index("Städa och samla ihop")
    material = paper(client, elin, gathering, "material")
    assert "Skyltar från entrén" in material
    assert '<b>Värd</b><span class="n">65 min</span>' in material  # 45 before, 20 after, and mingling that has no end
    assert "Bordssamtal med kaffe: Spår A" in material
    poster = paper(client, elin, gathering, "poster")
    assert [words for words in ("Ställ i ordning", "Spår A", "Sal 2", "Vi tänker", "Städa") if words in poster] == []


def test_a_pocket_of_headings_and_tracks_holds_what_can_be_read(client: Client, elin: User, gathering: Gathering) -> None:
    gathering.blocks.update(section="En rubrik", tracks=[{"key": "a", "title": "A"}, {"key": "b", "title": "B"}])
    pocket = paper(client, elin, gathering, "pocket")
    assert 'class="pg pocket full tight"' in pocket
    assert "moment till får inte plats" in pocket
