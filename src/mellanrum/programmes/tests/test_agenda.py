"""The agenda: what participants see of a plan, and that nothing else gets out."""

from __future__ import annotations

import msgspec
import pytest

from mellanrum.programmes.agenda import AgendaRow, agenda_of
from mellanrum.programmes.templates import Template, TemplateBlock, library, library_template

SECRETS = ("zq-say", "zq-do", "zq-material", "zq-responsible", "zq-title", "zq-definition", "4711")
BLOCK = TemplateBlock(
    title="zq-title",
    minutes=471,
    agenda="Samtal",
    icon="coffee",
    responsible="zq-responsible",
    say="zq-say 4711",
    do=("zq-do",),
    material=("zq-material",),
    exercise="scale",
    definition={"zq-definition": 4711},
)


def test_the_agenda_of_a_learning_meeting() -> None:
    rows = agenda_of(library_template("larandetraff").gatherings[0].blocks)
    assert [row.title for row in rows] == [
        "Incheckning",
        "Inspiration",
        "Perspektiv",
        "Samtal och reflektion",
        "Självskattning",
        "Summering",
        "Mingel",
    ]


def test_both_languages_show_the_same_course() -> None:
    courses = [agenda_of(library_template(name).gatherings[0].blocks) for name in ("larandetraff", "learning-meeting")]
    assert [row.icon for row in courses[0]] == [row.icon for row in courses[1]]


def test_nothing_but_headings_gets_out() -> None:
    everything = msgspec.json.encode(BLOCK)
    shown = msgspec.json.encode(agenda_of([BLOCK]))
    for secret in SECRETS:
        assert secret.encode() in everything  # the control: it could leak
        assert secret.encode() not in shown
    assert b"471" not in shown
    assert shown == b'[{"title":"Samtal","icon":"coffee"}]'


@pytest.mark.parametrize("template", library(), ids=lambda one: one.name)
def test_no_script_or_minute_of_a_template_gets_out(template: Template) -> None:
    for gathering in template.gatherings:
        shown = msgspec.json.encode(agenda_of(gathering.blocks)).decode()
        assert not any(character.isdigit() for character in shown)
        for block in gathering.blocks:
            for text in (block.say, *block.do, *block.material, block.responsible):
                assert not text or text not in shown


def test_blocks_without_a_heading_are_absent_and_neighbours_are_one() -> None:
    blocks = [msgspec.structs.replace(BLOCK, agenda=word) for word in ("", "A", "A", "  ", "A", "B", "A")]
    assert [row.title for row in agenda_of(blocks)] == ["A", "B", "A"]
    assert agenda_of([]) == ()
    assert AgendaRow.__struct_fields__ == ("title", "icon")
