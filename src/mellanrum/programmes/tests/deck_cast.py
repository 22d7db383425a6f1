"""A deck, those who may change it, and the requests they make."""

from __future__ import annotations

from typing import Any

import html5lib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.programmes.models import Block, Deck, DeckPicture, Gathering, Membership, Programme

FACTS = {"title": "Våra platser", "source": "Fabelå bildgrupp", "licence": "cc-by", "licence_note": ""}


def block_of(programme: Programme) -> Block:
    """Picture cards in a gathering to come."""
    gathering = Gathering.objects.create(programme=programme, title="Grus i skon")
    definition = {"version": 1, "question": "Vad liknar det?", "deck": "house"}
    return Block.objects.create(gathering=gathering, key="block-1", position=1, title="Bildkort", exercise="cards", definition=definition)


def member(programme: Programme, role: str) -> User:
    user = create_person(f"{role}@fabela.example")
    Membership.objects.create(programme=programme, user=user, role=role)
    return user


def path(deck: Deck, rest: str = "") -> str:
    return f"/programmes/{deck.programme_id}/decks/{deck.pk}{rest}"


def bring(client: Client, deck: Deck, *files: tuple[str, bytes]) -> Any:
    return client.post(path(deck, "/pictures"), {"pictures": [SimpleUploadedFile(name, content) for name, content in files]})


def pictures_of(deck: Deck, *names: str) -> list[DeckPicture]:
    return [
        DeckPicture.objects.create(deck=deck, file=f"{letter * 26}.webp", name=name)
        for letter, name in zip("abcdefgh", names, strict=False)
    ]


def sound(response: Any) -> str:
    html5lib.HTMLParser(strict=True).parse(response.content)
    assert b" style=" not in response.content
    return str(response.content.decode())
