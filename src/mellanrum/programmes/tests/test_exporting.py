"""A plan written to a file and loaded again is the same plan, and what a file cannot carry is said."""

from __future__ import annotations

from datetime import date, time
from itertools import count
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mellanrum.accounts.models import User
from mellanrum.exercise_kit.editing import new_definition
from mellanrum.exercise_kit.registry import choosable
from mellanrum.programmes.actions import add_gatherings_from_template, create_programme_from_template
from mellanrum.programmes.exporting import export, name_of
from mellanrum.programmes.fields import clean
from mellanrum.programmes.models import Block, Gathering, Programme
from mellanrum.programmes.planning import KEPT
from mellanrum.programmes.templates import Template, TemplateProblem, library, library_template, parse_template
from mellanrum.programmes.tracks import Track, TrackRow, as_stored

PLAN = [name for name in KEPT if name != "key"]
ODD = [
    *(
        '"""',
        "'''",
        "\\",
        "\\u0041",
        "# inget",
        "a = 1",
        "[[gatherings]]",
        '"]\n[x]',
        "\u202eomvänd\u202c",
        "\u200b",
        "e\u0301",
        "😀",
        "\x7f",
    ),
    *("å\nä\n\nö", "slutar\\", 'slutar"', "\ttabb", "{{ x }}", "<script>alert(1)</script>", "\u2028", "\ufeff"),
]
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
words = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)).map(clean)
line = words.map(lambda text: " ".join(text.split()))
named = line.filter(bool)


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("elin@fabela.example", "Elin")


def gathering_with(owner: User, *blocks: dict[str, Any], **fields: Any) -> Gathering:
    programme = Programme.objects.create(title="Serien", language="sv")
    programme.memberships.create(user=owner, role="owner")
    gathering = Gathering.objects.create(programme=programme, **{"title": "Träffen", **fields})
    for number, block in enumerate(blocks, 1):
        Block.objects.create(gathering=gathering, key=f"block-{number}", position=number, **{"title": "Moment", **block})
    return gathering


def plan_of(gathering: Gathering) -> list[dict[str, Any]]:
    gathering = Gathering.objects.get(pk=gathering.pk)
    about = {name: getattr(gathering, name) for name in ("title", "theme", "purpose", "place", "kind", "expected")}
    return [about, *({name: getattr(block, name) for name in PLAN} for block in gathering.blocks.all())]


def again(gathering: Gathering, owner: User, day: date | None = None) -> Gathering:
    """What its file becomes."""
    made = export(gathering.programme, [gathering])
    loaded = create_programme_from_template(parse_template(made.text.encode(), file="x.toml"), owner=owner, first_day=day)
    return loaded.gatherings.get()


tracks = st.builds(
    Track,
    title=line,
    place=line,
    responsible=line,
    rows=st.lists(st.builds(TrackRow, line, st.integers(10, 600), st.none() | st.integers(1, 10)), max_size=3).map(tuple),
    key=st.sampled_from(["", "a", "d"]),
)
blocks = st.fixed_dictionaries(
    {
        "title": named,
        "minutes": st.sampled_from([0, 1, 45, 600]),
        "agenda": line,
        "shown": st.booleans(),
        "kind": st.sampled_from(Block.Kind.values),
        "icon": st.sampled_from(["coffee", "circle-notch"]),
        "responsible": line,
        "say": words,
        "do": st.lists(named, max_size=3),
        "material": st.lists(named, max_size=3),
        "phones": st.booleans(),
        "least": st.none() | st.integers(1, 45),
        "most": st.none() | st.integers(45, 600),
        "fixed_at": st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
        "part": st.sampled_from(Block.Part.values),
        "section": line,
        "why": line,
        "tracks": st.lists(tracks, max_size=4).map(as_stored),
    }
).map(lambda block: {**block, "shown": block["shown"] and bool(block["agenda"])})  # the planner shows nothing without a heading


@SETTINGS
@given(st.lists(blocks, min_size=1, max_size=4), named, line, words, st.integers(0, 23))
def test_any_plan_comes_back_as_it_was(owner: User, rows: list[dict[str, Any]], title: str, theme: str, purpose: str, hour: int) -> None:
    gathering = gathering_with(owner, *rows, title=title, theme=theme, purpose=purpose, place=theme, expected=hour or None)
    assert plan_of(again(gathering, owner)) == plan_of(gathering)


@pytest.mark.parametrize("template", library(), ids=lambda one: one.name)
def test_every_template_comes_back_as_it_was(owner: User, template: Template) -> None:
    gathering = create_programme_from_template(template, owner=owner, first_day=date(2030, 4, 16)).gatherings.get()
    back = again(gathering, owner, date(2030, 4, 16))
    assert plan_of(back) == plan_of(gathering)
    assert back.starts_at == gathering.starts_at


@pytest.mark.parametrize("slug", sorted(choosable()))
def test_every_exercise_comes_back_as_it_was(owner: User, slug: str) -> None:
    numbers = count()
    definition = msgspec.json.decode(msgspec.json.encode(new_definition(choosable()[slug])))
    definition = odd(definition, numbers)
    gathering = gathering_with(owner, {"exercise": slug, "definition": definition})
    made = export(gathering.programme, [gathering])
    assert not made.left_out
    assert next(numbers) > 0 or slug == "notes"
    kind = choosable()[slug].definition
    back = again(gathering, owner).blocks.get()
    assert back.exercise == slug
    assert msgspec.convert(back.definition, kind) == msgspec.convert(definition, kind)


def odd(value: Any, numbers: Any, name: str = "") -> Any:
    """The definition with odd texts where people write."""
    if isinstance(value, dict):
        return {key: odd(one, numbers, key) for key, one in value.items()}
    if isinstance(value, list):
        return [odd(one, numbers, name) for one in value]
    if isinstance(value, str) and name in {"question", "text", "title", "speaker"}:
        return clean(ODD[next(numbers) % len(ODD)]) or "x"
    return value


def test_a_programme_keeps_its_gatherings_in_order(owner: User) -> None:
    gathering = gathering_with(owner, {}, title="Första")
    programme = gathering.programme
    add_gatherings_from_template(library_template("prova-pa"), programme=programme)
    made = export(programme, programme.gatherings.all())
    assert [one.title for one in made.template.gatherings] == ["Första", "Prova på"]
    assert [one.position for one in programme.gatherings.all()] == [1, 2]


def test_what_a_file_cannot_carry_is_said(owner: User) -> None:
    deck = {
        "id": "deck-7",
        "title": "../../Våra <b>bilder</b>",
        "source": "vi",
        "licence": "CC0",
        "pictures": [{"id": f"p{n}", "name": "Bild", "src": f"/pictures/{'a' * 25}{n}.webp"} for n in range(2)],
    }
    gathering = gathering_with(
        owner,
        {"exercise": "cards", "definition": {"version": 2, "question": "Vad?", "deck": deck}},
        {"exercise": "cards", "definition": {"version": 99, "question": "Vad?"}},
        {"exercise": "telepathy", "definition": {"version": 1}},
    )
    made = export(gathering.programme, [gathering])
    assert [sentence.partition(":")[0] for sentence in made.left_out] == [f"träff 1, moment {n}" for n in (1, 2, 3)]
    assert "Våra <b>bilder</b>" in made.left_out[0]
    assert "/pictures/" not in made.text
    kept = made.template.gatherings[0].blocks
    assert [(block.exercise, block.definition.get("deck")) for block in kept] == [("cards", "house"), ("", None), ("", None)]


def test_the_clock_time_is_kept_and_the_day_is_not(owner: User) -> None:
    gathering = create_programme_from_template(library_template("prova-pa"), owner=owner, first_day=date(2030, 7, 1)).gatherings.get()
    made = export(gathering.programme, [gathering])
    assert made.template.gatherings[0].starts == time(13)
    assert made.left_out == ("träff 1: dagen följer inte med, bara klockslaget. Den väljs när mallen används.",)


def test_a_plan_no_file_can_hold_is_told(owner: User) -> None:
    with pytest.raises(TemplateProblem, match="inga moment"):
        export(*(lambda one: (one.programme, [one]))(gathering_with(owner)))
    long = gathering_with(owner, {"minutes": 601})
    with pytest.raises(TemplateProblem, match="moment 1: fältet ”minutes” får vara högst 600"):
        export(long.programme, [long])


@pytest.mark.parametrize(
    ("title", "name"),
    [("Lärandeträff 1", "larandetraff-1"), ("", "mall"), ("😀", "mall"), ("../../etc", "etc"), ("Å" * 300, "a" * 60), ("-", "mall")],
)
def test_a_file_is_named_after_its_title(title: str, name: str) -> None:
    assert name_of(title) == name
