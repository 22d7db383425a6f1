"""The look back at earlier gatherings: members find all of them, the public those that are published, and nobody a rehearsal."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mellanrum.accounts.actions import create_person
from mellanrum.exercise_kit.document import Links
from mellanrum.outcomes.documentation import documentation_for
from mellanrum.outcomes.editing import publish, unpublish
from mellanrum.outcomes.models import MaterialLink
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.actions import open_room
from mellanrum.rooms.models import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def gatherings() -> list[Gathering]:
    """Three of a programme, each with a room; the second in a row was only rehearsed."""
    programme = create_programme_from_template(library_template("prova-pa"), owner=create_person("elin@fabela.example"))
    first = programme.gatherings.select_related("programme").get()
    first.starts_at = datetime(2026, 2, 4, 12, tzinfo=UTC)
    first.save()
    rooms = [open_room(first)]
    found = [first]
    for position in (2, 3):
        one = Gathering.objects.create(programme=programme, position=position, title=f"Träff {position}", theme="Grus")
        rooms.append(open_room(one))
        found.append(one)
    Room.objects.filter(pk=rooms[1].pk).update(kind=Room.Kind.REHEARSAL)
    return found


def links(gathering: Gathering, *, for_members: bool, name: str = "plan/earlier") -> list[tuple[str, str, str]]:
    passages = documentation_for(gathering, for_members=for_members).passages
    blocks = [block for passage in passages if passage.key == name for block in passage.blocks if isinstance(block, Links)]
    return [(link.text, link.address, link.about) for block in blocks for link in block.items]


def test_members_find_what_was_held(gatherings: list[Gathering]) -> None:
    first = gatherings[0]
    ((text, address, about),) = links(gatherings[2], for_members=True)
    assert address == f"/gatherings/{first.pk}/documentation"
    assert text == f"{first.title}: {first.theme}"
    assert about.startswith("4 februari 2026 · ")
    assert "skattning" in about
    assert links(first, for_members=True) == []


def test_the_public_finds_what_is_published_as_long_as_it_is(gatherings: list[Gathering]) -> None:
    assert links(gatherings[2], for_members=False) == []
    made = publish(gatherings[0], actor=None)
    assert [address for _text, address, _about in links(gatherings[2], for_members=False)] == [f"/documentation/{made.slug}"]
    unpublish(gatherings[0], actor=None)
    assert links(gatherings[2], for_members=False) == []


def test_what_is_there_before_anybody_came(gatherings: list[Gathering]) -> None:
    """Nothing but the plan; links the editors have put there are shown, empty sections are not."""
    document = documentation_for(gatherings[1])
    assert (document.passages, document.is_empty, document.head.people) == ((), True, "")
    MaterialLink.objects.create(gathering=gatherings[1], title="Film", address="https://film.fabela.example/", about="54 minuter")
    assert links(gatherings[1], for_members=False, name="plan/links") == [("Film", "https://film.fabela.example/", "54 minuter")]
    leaders = documentation_for(gatherings[0]).head.leaders
    assert leaders
    assert len(set(leaders)) == len(leaders)
