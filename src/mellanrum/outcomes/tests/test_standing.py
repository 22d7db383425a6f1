"""The documentation's way from open to final: every state, every step between them, and what may be done next."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import msgspec
import pytest
from django.template.loader import render_to_string

from mellanrum.accounts.actions import create_person
from mellanrum.outcomes.standing import Known, standing_of, state_of
from mellanrum.outcomes.views.documentation import way_of
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.actions import open_room
from mellanrum.rooms.models import Room

UNTIL = datetime(2026, 12, 3, 15, tzinfo=UTC)
BEFORE = Known()
OPEN = Known(has_room=True)
CLOSED = Known(has_room=True, is_closed=True)
PUBLISHED = Known(has_room=True, is_closed=True, is_public=True)
FINAL = Known(has_room=True, is_closed=True, is_final=True)
BOTH = Known(has_room=True, is_closed=True, is_public=True, is_final=True)
WHILE_OPEN = Known(has_room=True, is_public=True)
ALL = [Known(*flags) for flags in product((False, True), repeat=6)]
# What each act does to what is known; a second room that is opened counts as opening.
DOES: dict[str, dict[str, bool]] = {
    "close": {"is_closed": True},
    "close-link": {"is_closed": True, "is_link_open": False},
    "open": {"is_closed": False},
    "publish": {"is_public": True},
    "unpublish": {"is_public": False},
    "finalise": {"is_final": True},
}


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (BEFORE, "before"),
        (OPEN, "open"),
        (CLOSED, "closed"),
        (PUBLISHED, "published"),
        (FINAL, "final"),
        (BOTH, "final"),
        (WHILE_OPEN, "open"),
    ],
)
def test_the_state_is_the_furthest_that_is_reached(known: Known, state: str) -> None:
    assert state_of(known) == state


@pytest.mark.parametrize(
    ("known", "act", "reached"),
    [
        (OPEN, "close", CLOSED),
        (OPEN, "publish", WHILE_OPEN),
        (WHILE_OPEN, "unpublish", OPEN),
        (WHILE_OPEN, "close", PUBLISHED),
        (CLOSED, "publish", PUBLISHED),
        (CLOSED, "finalise", FINAL),
        (CLOSED, "open", OPEN),
        (PUBLISHED, "unpublish", CLOSED),
        (PUBLISHED, "finalise", BOTH),
        (PUBLISHED, "open", WHILE_OPEN),
        (FINAL, "publish", BOTH),
        (BOTH, "unpublish", FINAL),
    ],
)
def test_every_transition_is_offered_and_leads_on(known: Known, act: str, reached: Known) -> None:
    assert act in standing_of(known).acts
    assert msgspec.structs.replace(known, **DOES[act]) == reached


@pytest.mark.parametrize("known", ALL, ids=str)
def test_nothing_is_offered_that_leads_nowhere(known: Known) -> None:
    """From every state each act changes something, and what is final stays so."""
    standing = standing_of(known)
    for act in standing.acts:
        assert msgspec.structs.replace(known, **DOES[act]) != known
    if standing.state == "final":
        assert not {"open", "close", "finalise"} & set(standing.acts)
    if standing.state in {"before", "open"}:
        assert "finalise" not in standing.acts


@pytest.mark.parametrize("known", ALL, ids=str)
def test_four_steps_and_one_sentence(known: Known) -> None:
    standing = standing_of(known)
    assert [step.name for step in standing.steps] == ["Öppen", "Stängd", "Publicerad", "Slutförd"]
    assert [step.mark for step in standing.steps].count("here") == (0 if standing.state == "before" else 1)
    assert standing.says.endswith(".")


def test_one_that_is_final_for_the_team_alone_is_not_drawn_as_published() -> None:
    assert [step.mark for step in standing_of(FINAL).steps] == ["done", "done", "left", "here"]
    assert [step.mark for step in standing_of(BOTH).steps] == ["done", "done", "done", "here"]
    assert standing_of(FINAL).says != standing_of(BOTH).says
    assert standing_of(OPEN).says != standing_of(WHILE_OPEN).says


def test_where_only_a_link_is_open_nobody_is_sent_to_close_the_room() -> None:
    by_link, public = Known(has_room=True, only_links=True), Known(has_room=True, is_public=True, only_links=True)
    assert standing_of(by_link).acts == ("close-link", "publish")
    assert "via länk" in standing_of(by_link).says
    assert standing_of(by_link).says != standing_of(public).says
    assert standing_of(OPEN).acts[0] == "close"


def test_an_exercise_open_for_days_beside_a_closed_meeting_moves_nothing_back() -> None:
    for known in (CLOSED, PUBLISHED):
        beside = msgspec.structs.replace(known, is_link_open=True)
        assert (standing_of(beside).state, standing_of(beside).steps) == (standing_of(known).state, standing_of(known).steps)
        assert standing_of(beside).says == standing_of(known).says
        assert standing_of(beside).acts[0] == "close-link"
        assert not {"close", "finalise"} & set(standing_of(beside).acts)  # it has to close first


@pytest.mark.django_db
def test_a_lasting_room_beside_a_closed_meeting_leaves_the_state_and_is_told_with_its_end() -> None:
    programme = create_programme_from_template(library_template("prova-pa"), owner=create_person("elin@fabela.example"))
    gathering = programme.gatherings.select_related("programme").get()
    Room.objects.filter(pk=open_room(gathering).pk).update(closed_at=UNTIL)
    assert way_of(gathering)["open_until"] is None
    link = open_room(gathering)
    Room.objects.filter(pk=link.pk).update(kind=Room.Kind.LASTING, closes_at=UNTIL)
    way = way_of(gathering)
    assert (way["standing"].state, way["open_until"]) == ("closed", UNTIL)
    assert "En övning är öppen för svar till torsdag 3 december 16.00." in render_to_string(
        "outcomes/pages/standing.html", {"gathering": gathering, **way}
    )
    Room.objects.filter(pk=link.pk).update(kind=Room.Kind.MEETING)  # the control: a second meeting does open it again
    assert way_of(gathering)["standing"].state == "open"
