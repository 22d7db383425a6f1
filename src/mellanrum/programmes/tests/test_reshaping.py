"""Copying, dividing, joining: no minute and no word is lost, keys stay unique, what is sent twice is done once."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.accounts.actions import create_person
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.dividing import continued, divided, halves, united
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.planning import KEPT, MOST_BLOCKS, add_block
from mellanrum.programmes.refusals import Full, Gone, Locked, Unfit
from mellanrum.programmes.reshaping import content_of, duplicate_block, join_block, split_block
from mellanrum.programmes.templates import library_template
from mellanrum.programmes.tests.plans import meeting_only
from mellanrum.rooms.actions import open_room

LINES = st.lists(st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=9), max_size=5)
BOUND = st.one_of(st.none(), st.integers(0, 300))
CONTENT = st.fixed_dictionaries(
    {
        "title": st.text(min_size=1, max_size=200),
        "minutes": st.integers(2, 300),
        "least": BOUND,
        "most": BOUND,
        "say": st.text(max_size=60),
        "do": LINES,
        "material": LINES,
        "why": st.text(max_size=60),
        "responsible": st.sampled_from(["", "Elin", "Tariq"]),
        "section": st.sampled_from(["", "Efter lunch"]),
        "agenda": st.sampled_from(["", "Samtal"]),
        "shown": st.booleans(),
        "phones": st.booleans(),
        "kind": st.sampled_from(["listen", "table"]),
        "icon": st.just("coffee"),
        "part": st.just("meeting"),
        "fixed_at": st.none(),
        "tracks": st.just([]),
        "exercise": st.sampled_from(["", "words"]),
        "definition": st.just({}),
    }
)


@pytest.fixture
def gathering(db: None) -> Gathering:
    elin = create_person("elin@fabela.example", name="Elin")
    return meeting_only(
        create_programme_from_template(library_template("larandetraff"), owner=elin, first_day=date(2030, 4, 16)).gatherings.get()
    )


def keys(gathering: Gathering) -> list[str]:
    return [block.key.removeprefix("block-") for block in gathering.blocks.all()]


@given(st.integers(0, 600))
def test_halves_are_whole_and_make_the_whole(minutes: int) -> None:
    first, second = halves(minutes)
    assert first + second == minutes
    assert 0 <= first - second <= 1


@given(CONTENT)
def test_what_is_divided_and_joined_again_is_what_it_was(whole: dict[str, Any]) -> None:
    changed, rest = divided(whole)
    first = {**whole, **changed}
    second = {name: _empty(whole[name]) for name in whole} | {"fixed_at": None} | rest
    assert first["minutes"] + second["minutes"] == whole["minutes"]
    assert not second["exercise"]
    again = {**first, **united(first, second)}
    material = list(dict.fromkeys(whole["material"]))
    assert again == {**whole, "material": material}


def _empty(value: Any) -> Any:
    return None if value is None else type(value)()


@given(CONTENT, CONTENT)
def test_joining_loses_no_minute_and_no_word(first: dict[str, Any], second: dict[str, Any]) -> None:
    if first["exercise"] and second["exercise"]:
        with pytest.raises(Unfit, match="övning"):
            united(first, second)
        return
    one = united(first, second)
    assert one["minutes"] == first["minutes"] + second["minutes"]
    assert one["do"] == [*first["do"], *second["do"]]
    assert set(one["material"]) == {*first["material"], *second["material"]}
    for name in ("say", "why", "responsible"):
        assert first[name] in one[name]
        assert second[name] in one[name]
    assert one["exercise"] == first["exercise"] or second["exercise"]


@given(st.text(min_size=1, max_size=200))
def test_a_continued_title_is_a_title(title: str) -> None:
    assert continued(title).endswith("(forts.)")
    assert len(continued(title)) <= 200


def test_a_copy_is_the_same_in_every_column(gathering: Gathering) -> None:
    gathering.blocks.filter(key="block-7").update(
        fixed_at=time(14, 30), least=4, most=30, part="after", section="Kväll", why="Vila", tracks=[{"key": "a"}]
    )
    for _sent_again in range(2):
        copy = duplicate_block(gathering, "block-7", made="block-zz")
    assert keys(gathering) == ["1", "2", "3", "4", "5", "6", "7", "zz", "8", "9", "10"]
    original = gathering.blocks.get(key="block-7")
    assert {**content_of(original), "key": "block-zz"} == content_of(Block.objects.get(pk=copy.pk))


def test_a_block_is_divided_once_and_joined_again(gathering: Gathering) -> None:
    before = [content_of(block) for block in gathering.blocks.all()]
    for _sent_again in range(2):
        first, second = split_block(gathering, "block-2", made="block-zz")
    assert (first.minutes, second.minutes, second.title) == (12, 11, "Incheckning med bilder (forts.)")
    assert (bool(first.exercise), second.exercise, second.do, second.heading) == (True, "", [], "")
    assert keys(gathering)[:4] == ["1", "2", "zz", "3"]
    for _sent_again in range(2):
        join_block(gathering, "block-2", following_key="block-zz")
    assert [content_of(block) for block in gathering.blocks.all()] == before


def test_a_strange_key_is_not_taken_over(gathering: Gathering) -> None:
    assert duplicate_block(gathering, "block-1", made="lobby").key != "lobby"
    assert split_block(gathering, "block-1", made="../x")[1].key != "../x"
    assert len(set(keys(gathering))) == 12


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"fixed_at": time(14)}, "bestämd tid"),
        ({"part": "before"}, "samma del"),
        ({"minutes": 600}, "längre än"),
        ({"say": "x" * 8000}, "Korta manus"),
        ({"do": ["x"] * 40}, "Korta manus"),
    ],
)
def test_what_cannot_be_joined_says_why(gathering: Gathering, change: dict[str, Any], sentence: str) -> None:
    gathering.blocks.filter(key="block-4").update(exercise="", definition={}, **change)
    before = [content_of(block) for block in gathering.blocks.all()]
    with pytest.raises(Unfit, match=sentence):
        join_block(gathering, "block-3")
    assert [content_of(block) for block in gathering.blocks.all()] == before


def test_two_exercises_are_not_joined_and_the_last_has_no_next(gathering: Gathering) -> None:
    gathering.blocks.filter(key__in=["block-3", "block-4"]).update(exercise="words")
    with pytest.raises(Unfit, match="Båda momenten har en övning"):
        join_block(gathering, "block-3")
    with pytest.raises(Unfit, match="inget moment efter"):
        join_block(gathering, "block-10")
    with pytest.raises(Unfit, match="Ett annat moment"):
        join_block(gathering, "block-3", following_key="block-7")
    gathering.blocks.filter(key="block-1").update(minutes=1)
    with pytest.raises(Unfit, match="för kort"):
        split_block(gathering, "block-1")


def test_a_full_sheet_and_an_opened_room_refuse(gathering: Gathering) -> None:
    for number in range(MOST_BLOCKS - 10):
        add_block(gathering, title=f"Moment {number}")
    for step in (duplicate_block, split_block):
        with pytest.raises(Full, match="200"):
            step(gathering, "block-2")
        with pytest.raises(Gone):
            step(gathering, "block-gone")
    open_room(gathering)
    for shape in (duplicate_block, split_block, join_block):
        with pytest.raises(Locked):
            shape(gathering, "block-2")


def test_every_column_is_thought_of() -> None:
    """A new column has to be placed: it is halved, shared, left with the first, or joined."""
    whole: dict[str, Any] = dict.fromkeys(KEPT, "") | {
        "minutes": 5,
        "least": 1,
        "most": 9,
        "do": [],
        "material": [],
        "tracks": [],
        "fixed_at": None,
    }
    joined = united(whole, whole)
    assert set(joined) | {"key", "part", "fixed_at"} == set(KEPT)
