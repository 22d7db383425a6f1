"""`python -m tests.access.populate DIR`: a data folder with people in every role, and their sessions, told as JSON."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from mellanrum.commands.database import bring_up, opened_folder

ROLES = ("owner", "facilitator", "helper", "viewer")


def main(data: str) -> None:
    os.environ.update(MELLANRUM_DATA=data, DJANGO_SETTINGS_MODULE="mellanrum.settings")
    with opened_folder() as folder:
        bring_up(folder)
        print(json.dumps(populate()))


def populate() -> dict[str, object]:
    from mellanrum.accounts.actions import create_owner, create_person
    from mellanrum.programmes.actions import create_programme_from_template
    from mellanrum.programmes.models import Membership
    from mellanrum.programmes.templates import library_template
    from mellanrum.rooms.actions import mint_table, mint_ticket, open_room

    template = library_template("prova-pa")
    people = {role: create_person(f"{role}@fabela.example") for role in (*ROLES, "stranger")}
    programme = create_programme_from_template(template, owner=people["owner"])
    for role in ROLES[1:]:
        Membership.objects.create(programme=programme, user=people[role], role=role)
    elsewhere = create_programme_from_template(template, owner=people["stranger"])
    people["installation"] = create_owner("boss@fabela.example")
    rooms = [open_room(one.gatherings.select_related("programme").get()) for one in (programme, elsewhere)]
    lasting = _lasting(programme, people["facilitator"])
    deck = _deck(programme)
    return {
        "deck": deck.pk,
        "picture": deck.pictures.first().pk,
        "sessions": {role: session_of(person) for role, person in people.items()},
        "programme": programme.pk,
        "owner": people["owner"].pk,
        "facilitator": people["facilitator"].pk,
        "gathering": programme.gatherings.get(position=1).pk,
        "room": rooms[0].id,
        "code": rooms[0].code,
        "lasting": lasting.id,
        "key": lasting.key,
        "crew": mint_ticket(rooms[0], "crew", user=people["facilitator"]),
        "table": mint_table(rooms[0], 1, 4),
        "projector": mint_ticket(rooms[0], "projector", user=people["facilitator"]),
        "crew_elsewhere": mint_ticket(rooms[1], "crew", user=people["stranger"]),
    }


def _lasting(programme: Any, person: Any) -> Any:
    """The rating, open for days."""
    from datetime import timedelta

    from mellanrum.core.clock import now
    from mellanrum.programmes.models import Block
    from mellanrum.rooms.lasting.actions import open_for_days
    from mellanrum.rooms.plan import Lasting

    block = Block.objects.get(gathering__programme=programme, exercise="scale")
    return open_for_days(block, until=now() + timedelta(days=7), lasting=Lasting(asked_by="Elin"), user=person)


def _deck(programme: Any) -> Any:
    """Two pictures that a block of a gathering to come needs."""
    from mellanrum.programmes.decks import use_deck
    from mellanrum.programmes.models import Block, Deck, DeckPicture, Gathering

    deck = Deck.objects.create(programme=programme, title="Våra platser", source="Fabelå bildgrupp", licence=Deck.Licence.CC0)
    for letter in "ab":
        DeckPicture.objects.create(deck=deck, file=f"{letter * 26}.webp", name=letter)
    gathering = Gathering.objects.create(programme=programme, position=2, title="Sedan")
    definition = {"version": 2, "question": "Vad liknar det?"}
    block = Block.objects.create(gathering=gathering, key="block-1", position=1, title="B", exercise="cards", definition=definition)
    use_deck(block, deck)
    return deck


def session_of(person: Any) -> str:
    """As signing in would make it."""
    from django.contrib.auth import login
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = SessionStore()
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session.save()
    return str(request.session.session_key)


if __name__ == "__main__":
    main(sys.argv[1])
