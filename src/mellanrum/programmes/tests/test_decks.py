"""A programme's own decks: filled, named, used and removed; what is refused is told file by file."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mellanrum.accounts.models import User
from mellanrum.core.tests.picture_cases import HTML, SVG, landscape, packed, png_of, saved, told_all
from mellanrum.exercise_kit.registry import exercise_type
from mellanrum.programmes.deck_queries import decks_for
from mellanrum.programmes.models import Block, Deck, DeckPicture, Gathering, Programme
from mellanrum.programmes.tests.deck_cast import FACTS, block_of, bring, member, path, pictures_of, sound
from mellanrum.rooms.actions import open_room

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> Path:
    """A data folder of the test's own."""
    settings.CONFIG = dataclasses.replace(settings.CONFIG, data=tmp_path)
    return tmp_path


@pytest.fixture
def programme() -> Programme:
    return Programme.objects.create(title="Modet att mötas")


@pytest.fixture
def block(programme: Programme) -> Block:
    return block_of(programme)


@pytest.fixture
def deck(programme: Programme) -> Deck:
    return Deck.objects.create(programme=programme, **FACTS)


@pytest.fixture
def elin(programme: Programme, client: Client) -> User:
    user = member(programme, "facilitator")
    client.force_login(user)
    return user


def files_in(data: Path) -> set[str]:
    return {one.name for one in (data / "pictures").glob("*")}


def test_a_deck_is_made_filled_named_and_used(client: Client, elin: User, programme: Programme, block: Block, data: Path) -> None:
    made = client.post(f"/programmes/{programme.pk}/decks", FACTS)
    deck = Deck.objects.get()
    assert made["Location"] == path(deck, "?done=made")
    jpeg, png = saved(landscape(), "JPEG"), saved(landscape())
    assert bring(client, deck, ("IMG_1.jpg", jpeg), ("x.png", png), ("x.webp", saved(landscape(), "WEBP"))).status_code == 302
    html = sound(client.get(path(deck)))
    assert "3 bilder saknar namn" in html
    assert "Använd leken här" not in html
    ids = list(deck.pictures.values_list("pk", flat=True))
    client.post(path(deck, "/names"), {f"name-{ids[0]}": "Strand i dimma", f"name-{ids[1]}": " Stängd\tkiosk ", f"name-{ids[2]}": ""})
    assert "En bild saknar namn" in sound(client.get(path(deck)))
    assert client.post(path(deck, "/use"), {"block": block.pk})["Location"] == path(deck, "?done=used")
    block.refresh_from_db()
    found = exercise_type("cards")
    definition = msgspec.convert(block.definition, found.definition)
    assert [one.name for one in definition.deck.pictures] == ["Strand i dimma", "Stängd kiosk"]  # type: ignore[attr-defined]
    assert (definition.version, definition.deck.licence) == (found.definition_version, "CC BY 4.0")  # type: ignore[attr-defined]
    assert files_in(data) == {one.file for one in deck.pictures.all()}


def test_what_cannot_be_taken_is_told_file_by_file_and_the_rest_is_kept(client: Client, elin: User, deck: Deck) -> None:
    bad = {
        "ritning.svg": (SVG, "SVG"),
        "bomb.png": (png_of(50_000, 50_000), "för många bildpunkter"),
        "sida.jpg": (HTML, "text"),
        "packe.jpg": (packed(), "packad"),
        "halv.jpg": (saved(landscape(400, 400), "JPEG")[:300], "skadad"),
        "tom.jpg": (b"", "tom"),
        "film.gif": (b"GIF89a" + bytes(30), "GIF"),
        "IMG.HEIC": (b"\0\0\0\x18ftypheic", "HEIC"),
    }
    response = bring(client, deck, *((name, content) for name, (content, _told) in bad.items()), ("bra.jpg", told_all()))
    html = sound(response)
    assert response.status_code == 200
    assert "En bild är inlagd." in html
    rows = html.partition('class="refused"')[2].partition("</ul>")[0].split("<li>")[1:]
    assert len(rows) == len(bad)
    for (name, (_content, told)), row in zip(bad.items(), rows, strict=True):
        assert name in row
        assert told in row
    assert deck.pictures.count() == 1


def test_only_refused_files_are_a_failed_request(client: Client, elin: User, deck: Deck) -> None:
    assert bring(client, deck, ("x.svg", SVG)).status_code == 400
    assert "Välj en eller flera bilder först." in sound(client.post(path(deck, "/pictures"), {}))


def test_a_hostile_file_name_is_text_and_leads_nowhere(client: Client, elin: User, deck: Deck, data: Path) -> None:
    names = ["../../secret.key", "<img src=x onerror=alert(1)>.svg", "\u202egpj.exe", "å" * 300 + ".jpg", "a\r\nb.jpg"]
    html = sound(bring(client, deck, *((name, SVG) for name in names)))
    assert "<img src=x" not in html
    assert "\u202e" not in html
    bring(client, deck, ("../../../secret.jpg", saved(landscape())))
    assert files_in(data) == {deck.pictures.get().file}
    assert not list(data.parent.glob("secret*"))


def test_a_deck_has_an_end(client: Client, elin: User, deck: Deck) -> None:
    DeckPicture.objects.bulk_create(DeckPicture(deck=deck, file=f"{number:026}.webp") for number in range(59))
    html = sound(bring(client, deck, ("a.jpg", saved(landscape())), ("b.jpg", saved(landscape()))))
    assert "En bild är inlagd." in html
    assert "redan 60 bilder" in html
    assert deck.pictures.count() == 60
    assert 'type="file"' not in sound(client.get(path(deck)))


def test_a_full_disk_is_told(client: Client, elin: User, deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "Disken på servern är full" in sound(bring(client, deck, ("a.jpg", saved(landscape()))))
    assert not deck.pictures.exists()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", " ", "Skriv vad leken heter."),
        ("source", "", "Skriv vem som har gjort bilderna."),
        ("licence", "mine", "Välj vad som får göras"),
        ("licence", "other", "Skriv vad som gäller"),
        ("title", "å" * 121, "för långt"),
    ],
)
def test_facts_that_do_not_do_are_told_and_what_was_written_stays(
    client: Client, elin: User, programme: Programme, deck: Deck, field: str, value: str, told: str
) -> None:
    for address in (f"/programmes/{programme.pk}/decks", path(deck)):
        response = client.post(address, FACTS | {"source": "Någon annan", field: value})
        html = sound(response)
        assert response.status_code == 400
        assert told in html
        assert (FACTS["title"] if field != "title" else "Någon annan") in html
    assert Deck.objects.count() == 1


def test_words_of_people_are_never_markup(client: Client, elin: User, programme: Programme) -> None:
    client.post(f"/programmes/{programme.pk}/decks", FACTS | {"title": "<b onclick=x>", "source": '"><script>', "licence_note": "<i>"})
    deck = Deck.objects.get()
    pictures_of(deck, "<svg onload=x>")
    for address in (path(deck), f"/programmes/{programme.pk}/decks"):
        html = sound(client.get(address))
        assert not any(bad in html for bad in ("<b onclick", "><script>", "<svg onload"))


def test_blocks_that_wait_follow_the_deck_and_opened_rooms_do_not(client: Client, elin: User, deck: Deck, block: Block) -> None:
    pictures_of(deck, "Strand", "Kiosk", "Trappa")
    other = Gathering.objects.create(programme=deck.programme, position=2, title="Begun")
    begun = Block.objects.create(gathering=other, key="block-1", position=1, title="B", exercise="cards", definition=dict(block.definition))
    for one in (block, begun):
        client.post(path(deck, "/use"), {"block": one.pk})
    open_room(other)
    first = deck.pictures.first()
    assert first
    client.post(path(deck, "/names"), {f"name-{first.pk}": "Strand i dimma"})
    client.post(path(deck), FACTS | {"title": "Nya platser"})
    seen = []
    for one in (block, begun):
        one.refresh_from_db()
        seen.append((one.definition["deck"]["title"], one.definition["deck"]["pictures"][0]["name"]))
    assert seen == [("Nya platser", "Strand i dimma"), ("Våra platser", "Strand")]
    assert "redan öppnat" in sound(client.post(path(deck, "/use"), {"block": begun.pk, "house": "1"}))


def test_a_used_deck_keeps_two_pictures_and_an_unused_one_can_go(client: Client, elin: User, deck: Deck, block: Block, data: Path) -> None:
    one, two = pictures_of(deck, "Strand", "Kiosk")
    client.post(path(deck, "/use"), {"block": block.pk})
    assert "behöver minst två bilder" in sound(client.post(path(deck, f"/pictures/{one.pk}/remove")))
    assert "Byt bilder i momentet först" in sound(client.post(path(deck, "/remove")))
    assert deck.pictures.count() == 2
    client.post(path(deck, "/use"), {"block": block.pk, "house": "1"})
    block.refresh_from_db()
    assert block.definition["deck"] == "house"
    assert client.post(path(deck, f"/pictures/{two.pk}/remove"), {f"name-{one.pk}": "Dimma"}).status_code == 302
    one.refresh_from_db()
    assert one.name == "Dimma"  # what was being written is not lost
    assert "Leken behöver minst två" in sound(client.post(path(deck, "/use"), {"block": block.pk}))
    assert client.post(path(deck, "/remove")).status_code == 302
    assert not Deck.objects.exists()


def test_files_go_with_their_picture_unless_a_room_shows_them(client: Client, elin: User, deck: Deck, block: Block, data: Path) -> None:
    bring(client, deck, *((f"{number}.jpg", saved(landscape())) for number in range(4)))
    kept, gone, *_rest = pictures = list(deck.pictures.all())
    client.post(path(deck, "/names"), {f"name-{one.pk}": "Bild" for one in pictures if one != gone})
    client.post(path(deck, "/use"), {"block": block.pk})
    open_room(block.gathering)
    for one in (kept, gone):
        assert client.post(path(deck, f"/pictures/{one.pk}/remove")).status_code == 302
    assert kept.file in files_in(data)
    assert gone.file not in files_in(data)


def test_only_decks_that_can_be_used_can_be_chosen(deck: Deck) -> None:
    assert decks_for(deck.programme) == ()
    pictures_of(deck, "Strand", "", "Kiosk")
    (choice,) = decks_for(deck.programme)
    assert (choice.id, choice.title) == (f"deck-{deck.pk}", "Våra platser")
    assert [one["name"] for one in choice.value["pictures"]] == ["Strand", "Kiosk"]
    msgspec.convert({"version": 2, "question": "?", "deck": choice.value}, exercise_type("cards").definition)


@pytest.mark.parametrize("many", [1, 30])
def test_pages_ask_few_questions_whatever_there_is(client: Client, elin: User, programme: Programme, block: Block, many: int) -> None:
    for number in range(many):
        deck = Deck.objects.create(programme=programme, **FACTS | {"title": f"Lek {number}"})
        for letter in "ab":
            DeckPicture.objects.create(deck=deck, file=f"{letter}{number:025}.webp", name="Bild")
    for address in (f"/programmes/{programme.pk}/decks", path(deck)):
        with CaptureQueriesContext(connection) as asked:
            sound(client.get(address))
        assert len(asked) <= 12
