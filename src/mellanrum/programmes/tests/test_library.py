"""The library's templates: the team's own rows around the meeting, and what each block is for."""

from __future__ import annotations

import pytest

from mellanrum.programmes.templates import Template, library, library_template
from mellanrum.programmes.tests.test_templates import MEETINGS


@pytest.mark.parametrize("name", [*MEETINGS, "larandetraff-med-lunch", "learning-meeting-with-lunch"])
def test_the_team_sets_up_the_room_and_tidies_it(name: str) -> None:
    blocks = library_template(name).gatherings[0].blocks
    assert [block.part for block in blocks] == ["before", *["meeting"] * (len(blocks) - 2), "after"]


@pytest.mark.parametrize("template", library(), ids=lambda one: one.name)
def test_every_block_says_what_it_is_for_and_how_short_it_can_be(template: Template) -> None:
    for gathering in template.gatherings:
        for block in gathering.blocks:
            assert block.why
            assert "!" not in block.why
            if block.minutes:
                assert block.least
                assert block.least < block.minutes
                assert block.part != "meeting" or (block.most and block.most > block.minutes)
