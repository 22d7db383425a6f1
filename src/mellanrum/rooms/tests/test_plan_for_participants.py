"""What phones and the projector get of a plan: nothing of its lengths, fixed times, purposes, tracks and the team's own rows."""

from __future__ import annotations

from datetime import UTC, datetime, time

import msgspec
import pytest

from mellanrum.accounts.actions import create_person
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.models import Block
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.actions import plan_of
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.audiences import phone, projector
from mellanrum.rooms.stage.course import course_of
from mellanrum.rooms.stage.state import StageState

ROWS = [{"title": "zq-rad", "minutes": 40, "least": 11}]
TRACKS = [{"key": "a", "title": "zq-spår", "place": "zq-sal", "responsible": "zq-vem", "rows": ROWS}]
SECRETS = ("zq-rad", "zq-spår", "zq-sal", "zq-vem", "zq-varför", "4717", "4719", "zq-ställa")


@pytest.mark.django_db
def test_the_room_shows_none_of_it() -> None:
    elin = create_person("elin@fabela.example")
    gathering = create_programme_from_template(library_template("prova-pa"), owner=elin).gatherings.get()
    gathering.starts_at = datetime(2030, 4, 16, 11, tzinfo=UTC)
    gathering.blocks.update(tracks=TRACKS, why="zq-varför", section="zq-rubrik", least=4717, most=4719, fixed_at=time(13, 47))
    Block.objects.create(gathering=gathering, key="block-9", position=9, title="zq-ställa", agenda="zq-ställa", part="before")
    carried = plan_of(gathering)
    told = msgspec.json.encode(carried).decode()
    assert [secret for secret in SECRETS if secret not in told] == ["zq-ställa"]  # the rest could leak
    assert "zq-rubrik" not in told
    course = course_of(read_plan(carried))
    for step in course.steps:
        state = StageState(step=step.key)
        seen = msgspec.json.encode([phone(course, state), projector(course, state, address="x.example", code="12345678")]).decode()
        assert [secret for secret in SECRETS if secret in seen] == []
