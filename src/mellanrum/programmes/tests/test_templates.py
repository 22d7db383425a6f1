"""Templates: those that come with the product, and what is said about files that cannot be used."""

from __future__ import annotations

import os
import tomllib
from datetime import time
from pathlib import Path

import msgspec
import pytest
from django.utils import translation

from mellanrum.exercise_kit.registry import exercise_type
from mellanrum.programmes.agenda import agenda_of
from mellanrum.programmes.templates import (
    LARGEST_FILE,
    LIBRARY,
    Template,
    TemplateBlock,
    TemplateGathering,
    TemplateProblem,
    library,
    library_template,
    load_template,
    parse_template,
    read_template,
)

SMALL = """
format = 1
name = "small"
version = 1
language = "sv"
title = "Litet"
[[gatherings]]
title = "Träff"
[[gatherings.blocks]]
title = "Öppning"
minutes = 5
"""
RATING = """
exercise = "scale"
[gatherings.blocks.definition]
version = 1
[gatherings.blocks.definition.instrument]
id = "i"
version = 1
title = "t"
items = [{ id = "a", text = "A" }]
subjects = [{ id = "me", text = "Jag" }]
"""


def parse(text: str) -> Template:
    return parse_template(text.encode(), file="my.toml")


def problem(text: str) -> str:
    with pytest.raises(TemplateProblem) as caught:
        parse(text)
    return str(caught.value)


def test_the_small_file_is_a_template() -> None:
    template = parse(SMALL)
    assert template.gatherings[0].blocks[0].title == "Öppning"
    assert template.gatherings[0].blocks[0].agenda == ""


def meeting_of(gathering: TemplateGathering) -> list[TemplateBlock]:
    return [block for block in gathering.blocks if block.part == "meeting"]


MEETINGS = ("larandetraff", "learning-meeting")
LIBRARY_NAMES = [
    *("larandetraff.sv", "larandetraff-med-lunch.sv", "learning-meeting.en", "learning-meeting-with-lunch.en", "prova-pa.sv"),
]


def test_the_library_is_what_it_says() -> None:
    assert [f"{template.name}.{template.language}" for template in library()] == LIBRARY_NAMES
    assert {path.name for path in LIBRARY.glob("*.toml")} == {f"{name}.toml" for name in LIBRARY_NAMES}


@pytest.mark.parametrize("name", MEETINGS)
def test_a_learning_meeting_lasts_from_one_to_half_past_three(name: str) -> None:
    gathering = library_template(name).gatherings[0]
    blocks = meeting_of(gathering)
    assert gathering.starts == time(13)
    assert [block.minutes for block in blocks] == [7, 23, 25, 20, 30, 15, 10, 5, 15, 0]
    assert [block.exercise for block in blocks] == ["", "cards", "slide", "slide", "round", "round", "scale", "", "round", ""]
    assert [block.phones for block in blocks] == [False, True, False, False, False, False, True, False, False, False]
    assert [block.attention for block in blocks] == [
        *("listen", "alone", "listen", "listen", "table", "all", "alone", "listen", "all", "table"),
    ]
    assert gathering.minutes == 150


@pytest.mark.parametrize("name", MEETINGS)
def test_participants_see_seven_headings(name: str) -> None:
    seen = {
        "larandetraff": "Incheckning, Inspiration, Perspektiv, Samtal och reflektion, Självskattning, Summering, Mingel",
        "learning-meeting": "Check-in, Inspiration, Perspectives, Dialogue and reflection, Self-rating, Summary, Mingle",
    }
    assert ", ".join(row.title for row in agenda_of(library_template(name).gatherings[0].blocks)) == seen[name]


@pytest.mark.parametrize(
    ("name", "base"), [("larandetraff-med-lunch", "larandetraff"), ("learning-meeting-with-lunch", "learning-meeting")]
)
def test_the_first_meeting_has_an_introduction_and_lunch_before_the_same_afternoon(name: str, base: str) -> None:
    first, afternoon = library_template(name).gatherings[0], library_template(base).gatherings[0]
    assert first.starts == time(11)
    assert [block.minutes for block in meeting_of(first)[:2]] == [60, 60]
    assert [block.fixed_at for block in meeting_of(first)[:3]] == [None, time(12), None]
    assert meeting_of(first)[2:] == meeting_of(afternoon)
    assert [block for block in first.blocks if block.part != "meeting"] == [block for block in afternoon.blocks if block.part != "meeting"]


@pytest.mark.parametrize(("one", "other"), [MEETINGS, ("larandetraff-med-lunch", "learning-meeting-with-lunch")])
def test_both_languages_are_the_same_meeting(one: str, other: str) -> None:
    assert shape(library_template(one)) == shape(library_template(other))


def shape(template: Template) -> object:
    """Everything of a template but its words: strings that somebody reads become one, ids and names of things stay."""
    words = {
        "title",
        "theme",
        "purpose",
        "summary",
        "say",
        "agenda",
        "responsible",
        "text",
        "question",
        "low_label",
        "high_label",
        "section",
        "why",
    }

    def bare(value: object, name: str = "") -> object:
        if isinstance(value, dict):
            return {key: bare(one, key) for key, one in value.items() if key not in {"name", "language"}}
        if isinstance(value, list | tuple):
            return [bare(one, name) for one in value]
        return bool(value) if name in words or name in {"do", "material"} else value

    return bare(msgspec.to_builtins(template))


@pytest.mark.parametrize("name", LIBRARY_NAMES)
def test_every_block_says_whether_phones_are_away(name: str) -> None:
    written = tomllib.loads((LIBRARY / f"{name}.toml").read_text())
    assert all("phones" in block for gathering in written["gatherings"] for block in gathering["blocks"])


@pytest.mark.parametrize("template", library(), ids=lambda one: one.name)
def test_every_block_tells_the_team_what_to_say_and_do(template: Template) -> None:
    for gathering in template.gatherings:
        for block in gathering.blocks:
            assert block.say or block.part != "meeting"
            assert block.do
            assert block.responsible
            assert "!" not in block.say + "".join(block.do)


def test_the_rating_has_one_identity_in_both_languages() -> None:
    instruments = []
    for name in MEETINGS:
        block = meeting_of(library_template(name).gatherings[0])[6]
        definition = msgspec.convert(block.definition, exercise_type("scale").definition)
        assert [part["id"] for part in block.definition["parts"]] == ["hard", "good"]
        instrument = msgspec.to_builtins(definition)["instrument"]
        instruments.append((instrument["id"], instrument["version"], [one["id"] for one in instrument["items"] + instrument["subjects"]]))
    assert instruments[0] == instruments[1]


def test_names_are_found_with_and_without_language() -> None:
    assert load_template("larandetraff").language == "sv"
    assert load_template("larandetraff.sv") == load_template("larandetraff") == library_template("larandetraff")


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(SMALL)
    assert load_template(tmp_path / "my.toml").name == "small"


@pytest.mark.parametrize(
    "name",
    ["", "..", "../library/prova-pa.sv", "/etc/passwd", "prova-pa.sv.toml", "nope", "prova-pa.en", "a\0b", "Å", "*", "p" * 5000, "prova*"],
)
def test_the_library_gives_no_other_files(name: str) -> None:
    with pytest.raises(TemplateProblem):
        library_template(name)


@pytest.mark.parametrize("path", ["nope.toml", "a\0b", "/dev/zero", ".", "/"])
def test_what_is_no_file_is_no_template(path: str) -> None:
    with pytest.raises(TemplateProblem, match="Det finns ingen mall eller fil"):
        load_template(path)


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    huge = tmp_path / "huge.toml"
    with huge.open("wb") as file:
        os.truncate(file.fileno(), LARGEST_FILE * 2000)
    with pytest.raises(TemplateProblem, match="för stor"):
        load_template(huge)


def test_a_file_nobody_may_read(tmp_path: Path) -> None:
    with pytest.raises(TemplateProblem, match="går inte att läsa"):
        read_template(tmp_path / "gone.toml")


def test_broken_toml_tells_the_line() -> None:
    assert problem("format = 1\ntitle = \n") == "Filen my.toml är inte riktig TOML. Se rad 2."
    assert problem('title = "').startswith("Filen my.toml är inte riktig TOML.")


def test_what_is_not_text_or_far_too_deep() -> None:
    with pytest.raises(TemplateProblem, match="inte text i UTF-8"):
        parse_template(b"\xff\xfe\x00", file="my.toml")
    assert "my.toml" in problem("a = " + "[" * 200_000)


def test_a_version_from_the_future() -> None:
    assert "nyare version" in problem(SMALL.replace("format = 1", "format = 2"))
    assert "format = 1" in problem(SMALL.replace("format = 1", ""))
    assert "format = 1" in problem(SMALL.replace("format = 1", "format = 'x'"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('title = "Litet"', "", "fältet ”title” saknas"),
        ("minutes = 5", "", "träff 1, moment 1: fältet ”minutes” saknas"),
        ("minutes = 5", "minuter = 5", "träff 1, moment 1: fältet ”minut"),
        ("minutes = 5", "minutes = 5\ncolour = 1", "träff 1, moment 1: fältet ”colour” är okänt"),
        ("minutes = 5", "minutes = 'fem'", "träff 1, moment 1: fältet ”minutes” ska vara ett helt tal"),
        ("minutes = 5", "minutes = 100000", "fältet ”minutes” får vara högst 600."),
        ("minutes = 5", "minutes = true", "fältet ”minutes” ska vara ett helt tal"),
        ("minutes = 5", "minutes = 5\nicon = '\"><script>'", "fältet ”icon” har tecken som inte får stå där"),
        ('name = "small"', 'name = "../../etc"', "fältet ”name” har tecken som inte får stå där"),
        ('language = "sv"', 'language = "../x"', "fältet ”language” har tecken som inte får stå där"),
        ('title = "Träff"', "title = ''", "träff 1: fältet ”title” ska ha minst 1 tecken"),
        ("minutes = 5", "minutes = 5\nexercise = 'telepathy'", "träff 1, moment 1 har en övning som inte finns här: ”telepathy”"),
        ("minutes = 5", "minutes = 5\ndefinition = {version = 1}", "definition men ingen övning"),
        ("minutes = 5", "minutes = 5\nexercise = 'scale'", "övningen: fältet ”version” saknas"),
        ("minutes = 5", "minutes = 5\nexercise = 'scale'\ndefinition = {version = 99}", "övning från en nyare version"),
        ("minutes = 5", "minutes = 5\nexercise = 'scale'\ndefinition = {version = 1}", "övningen: fältet ”instrument” saknas"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(before: str, after: str, said: str) -> None:
    assert before in SMALL
    assert said in problem(SMALL.replace(before, after))


def test_too_many_blocks() -> None:
    block = "[[gatherings.blocks]]\ntitle = 'x'\nminutes = 1\n"
    assert len(parse(SMALL + block * 199).gatherings[0].blocks) == 200
    assert "träff 1: fältet ”blocks” får ha högst 200 delar" in problem(SMALL + block * 200)


@pytest.mark.parametrize(
    ("minutes", "said"), [("0", ""), ("600", ""), ("10000", "får vara högst 600"), ("-1", "ska vara minst 0"), ("1.5", "helt tal")]
)
def test_a_block_lasts_from_nothing_to_ten_hours(minutes: str, said: str) -> None:
    text = SMALL.replace("minutes = 5", f"minutes = {minutes}")
    if not said:
        assert parse(text).gatherings[0].blocks[0].minutes == int(minutes)
    else:
        assert said in problem(text)


def test_a_rating_is_checked_to_its_depth() -> None:
    assert parse(SMALL + RATING).gatherings[0].blocks[0].exercise == "scale"
    assert "övningen: fältet ”items” saknas" in problem(SMALL + RATING.replace("items =", "# items ="))
    assert "övningen: fältet ”subjects” ska vara en lista" in problem(SMALL + RATING.replace('[{ id = "me", text = "Jag" }]', "7"))


def test_problems_follow_the_language_of_the_person() -> None:
    swedish = problem("")
    with translation.override("en"):
        english = problem("")
    assert "my.toml" in swedish
    assert "my.toml" in english


def test_the_readme_shows_a_template_that_works() -> None:
    shown = (LIBRARY / "README.md").read_text().partition("```toml\n")[2].partition("```")[0]
    template = parse(shown)
    assert [block.exercise for block in template.gatherings[0].blocks] == ["", "scale"]
