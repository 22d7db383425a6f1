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
    from mellanrum.rooms.actions import mint_ticket, open_room

    template = library_template("prova-pa")
    people = {role: create_person(f"{role}@fabela.example") for role in (*ROLES, "stranger")}
    programme = create_programme_from_template(template, owner=people["owner"])
    for role in ROLES[1:]:
        Membership.objects.create(programme=programme, user=people[role], role=role)
    elsewhere = create_programme_from_template(template, owner=people["stranger"])
    people["installation"] = create_owner("boss@fabela.example")
    rooms = [open_room(one.gatherings.select_related("programme").get()) for one in (programme, elsewhere)]
    return {
        "sessions": {role: _session(person) for role, person in people.items()},
        "programme": programme.pk,
        "owner": people["owner"].pk,
        "facilitator": people["facilitator"].pk,
        "gathering": programme.gatherings.get().pk,
        "room": rooms[0].id,
        "code": rooms[0].code,
        "crew": mint_ticket(rooms[0], "crew", user=people["facilitator"]),
        "projector": mint_ticket(rooms[0], "projector", user=people["facilitator"]),
        "crew_elsewhere": mint_ticket(rooms[1], "crew", user=people["stranger"]),
    }


def _session(person: Any) -> str:
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
