"""`python -m tests.journeys.meeting DIR`: a learning meeting that should have begun twelve minutes ago, and who leads it, as JSON."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

from mellanrum.commands.database import bring_up, opened_folder
from tests.access.populate import session_of

LATE = timedelta(minutes=12)


def main(data: str) -> None:
    os.environ.update(MELLANRUM_DATA=data, DJANGO_SETTINGS_MODULE="mellanrum.settings")
    with opened_folder() as folder:
        bring_up(folder)
        print(json.dumps(planned()))


def planned() -> dict[str, object]:
    from mellanrum.accounts.actions import create_person
    from mellanrum.core.clock import now
    from mellanrum.programmes.actions import create_programme_from_template
    from mellanrum.programmes.models import Membership
    from mellanrum.programmes.templates import library_template

    people = {who: create_person(f"{who}@fabela.example") for who in ("lo", "robin")}
    programme = create_programme_from_template(library_template("larandetraff"), owner=people["lo"])
    Membership.objects.create(programme=programme, user=people["robin"], role=Membership.Role.FACILITATOR)
    gathering = programme.gatherings.get()
    gathering.starts_at = now() - LATE
    gathering.place = "Kulturhuset Ankaret, Fabelå"
    gathering.save()
    return {"gathering": gathering.pk, "sessions": {who: session_of(person) for who, person in people.items()}}


if __name__ == "__main__":
    main(sys.argv[1])
