"""What every exercise type of this installation promises, tried on its own examples and on generated contributions."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.contract import AUDIENCES, CLOSED, Envelope, Event, Withdrawn
from mellanrum.exercise_kit.document import Figure, Table
from mellanrum.exercise_kit.examples import PACKAGE, Example, definition_from, read_samples
from mellanrum.exercise_kit.runner import Runner
from mellanrum.exercise_kit.tests.contract.generated import (
    EXAMPLES,
    TYPES,
    bytes_of,
    every_example,
    every_type,
    folded,
    gifts,
    histories,
    phases_of,
)
from mellanrum.exercise_kit.tests.contract.schemas import from_schema, is_possible

NAMES = {"empty", "one", "four", "thirty-one", "long-text", "right-to-left"}


@every_type
def test_the_card_is_whole(exercise):
    card, kinds = exercise.card, set(exercise.contributions)
    assert re.fullmatch(r"[a-z]+", card.slug)
    assert str(card.name)
    assert str(card.purpose)
    assert card.minutes > 0
    assert len(set(phases_of(exercise))) == len(card.phases) > 0
    assert CLOSED not in phases_of(exercise)
    assert "withdraw" not in kinds
    assert card.hideable | card.late | exercise.order_free <= kinds
    for phase in card.phases:
        assert phase.accepts | phase.crew_accepts <= kinds
        assert str(phase.title)
        assert str(phase.script.say)
        assert all(str(line) for line in phase.script.do)
    assert set(exercise.views) == set(AUDIENCES)


@every_type
def test_the_folder_has_its_faces(exercise):
    folder = PACKAGE / exercise.folder
    faces = {"README.md", "examples.json", "editor.html", "participant.html", "projector.html", "crew.html"}
    assert faces <= {path.name for path in folder.iterdir()}


@every_type
def test_samples_of_everything_ever_released_are_kept(exercise):
    samples = read_samples(exercise)
    rows = [row for sample in samples.examples for row in sample.rows if not isinstance(row, str)]
    assert {sample.name for sample in samples.examples} >= NAMES
    assert {data["version"] for data in samples.definitions.values()} == set(range(1, exercise.definition_version + 1))
    assert {version for _author, _kind, version, _data in rows} == set(range(1, exercise.contributions_version + 1))
    assert {kind for _author, kind, version, _data in rows if version == exercise.contributions_version} == set(exercise.contributions)


@every_type
def test_a_version_from_the_future_is_refused(exercise):
    with pytest.raises(ValueError, match=r".*"):
        exercise.upgrade_definition(exercise.definition_version + 1, {})
    with pytest.raises(ValueError, match=r".*"):
        exercise.upgrade(next(iter(exercise.contributions), "anything"), exercise.contributions_version + 1, {})


@every_example
def test_an_example_survives_json_and_fits_its_definition(exercise, example):
    again = definition_from(exercise, msgspec.json.decode(msgspec.json.encode(example.definition)))
    assert again == example.definition
    for event in example.events:
        if isinstance(event, Envelope):
            assert msgspec.json.decode(msgspec.json.encode(event.data), type=exercise.contributions[event.kind]) == event.data
            assert exercise.check(example.definition, event.kind, event.data) is None


@every_example
def test_what_a_client_is_told_to_send_can_be_sent(exercise, example):
    for kind, struct in exercise.contributions.items():
        told = exercise.example(example.definition, kind)
        assert (told is not None) == is_possible(exercise.schema(example.definition, kind))
        if told:
            assert told[0] == kind
            assert exercise.check(example.definition, kind, msgspec.convert(told[1], struct)) is None


@every_type
@given(data=st.data())
def test_the_schema_a_client_gets_promises_no_more_than_the_gate_lets_in(exercise, data):
    if not exercise.contributions:
        return  # nothing is sent to a talk
    example = data.draw(st.sampled_from([example for type_, example in EXAMPLES if type_ is exercise]))
    kind = data.draw(st.sampled_from(sorted(exercise.contributions)))
    schema = exercise.schema(example.definition, kind)
    if not is_possible(schema):
        return
    gift = msgspec.convert(data.draw(from_schema(schema)), exercise.contributions[kind])
    assert exercise.check(example.definition, kind, gift) is None


@every_example
def test_nothing_folds_to_an_empty_state_that_everybody_can_see(exercise, example):
    state = exercise.empty(example.definition)
    for phase in [*phases_of(exercise), CLOSED, ""]:
        assert all(bytes_of(exercise, example.definition, state, audience, phase) for audience in AUDIENCES)
    assert msgspec.json.encode(exercise.own(example.definition, state, "nobody"))
    assert isinstance(exercise.harvest(example.definition, state, "exercise-1"), tuple)


@every_type
@given(data=st.data())
def test_the_fold_is_total_and_every_state_can_be_seen_and_harvested(exercise, data):
    definition, events = data.draw(histories(exercise))
    state = folded(exercise, definition, events)
    assert state == folded(exercise, definition, events)
    for phase in [*phases_of(exercise), CLOSED]:
        assert all(bytes_of(exercise, definition, state, audience, phase) for audience in AUDIENCES)
    assert all(msgspec.json.encode(exercise.own(definition, state, author)) for author in "abcdefgh")
    assert_sound(exercise.harvest(definition, state, "exercise-1"))


@every_type
@given(data=st.data())
def test_a_runner_that_voids_and_unvoids_ends_where_it_began(exercise, data):
    definition, events = data.draw(histories(exercise))
    events = [event for event in events if not isinstance(event, Withdrawn)]
    runner = Runner(exercise, definition)
    for event in events:
        runner.apply(event)
    before = runner.state
    seqs = [event.seq for event in events if isinstance(event, Envelope)]
    gone = data.draw(st.sets(st.sampled_from(seqs))) if seqs else set()
    for seq in gone:
        runner.void(seq)
    assert runner.state == folded(exercise, definition, [event for event in events if event.seq not in gone])
    for seq in gone:
        runner.unvoid(seq)
    assert runner.state == before == folded(exercise, definition, events)


@pytest.mark.parametrize("exercise", [one for one in TYPES if one.order_free], ids=lambda one: one.card.slug)
@given(data=st.data())
def test_people_who_touch_only_their_own_commute(exercise, data):
    definition = data.draw(st.sampled_from([example.definition for type_, example in EXAMPLES if type_ is exercise]))
    drawn = data.draw(st.lists(st.tuples(st.sampled_from("abc"), gifts(exercise.card.slug, definition, exercise.order_free)), max_size=12))
    events = [Envelope(seq, f"gift-{seq}", author, "participant", *gift) for seq, (author, gift) in enumerate(drawn, 1)]
    queues = [[one for one in events if one.author == author] for author in "abc"]
    mixed: list[Event] = []
    while any(queues):
        mixed.append(data.draw(st.sampled_from([queue for queue in queues if queue])).pop(0))
    assert folded(exercise, definition, mixed) == folded(exercise, definition, list(events))


@every_example
def test_harvest_is_sound_and_names_nobody(exercise, example: Example):
    passages = exercise.harvest(example.definition, example.state(exercise), "exercise-7")
    assert_sound(passages)
    written = msgspec.json.encode(passages).decode()
    assert "sample-" not in written
    assert not any(f'"{event.author}"' in written for event in example.events if isinstance(event, Envelope))


def assert_sound(passages: tuple[Any, ...]) -> None:
    keys = [passage.key for passage in passages]
    assert len(set(keys)) == len(keys)
    for passage in passages:
        assert passage.heading
        assert passage.source
        assert passage.blocks
        for block in passage.blocks:
            table = block.table if isinstance(block, Figure) else block
            if isinstance(block, Figure):
                assert ET.fromstring(block.svg).get("aria-label") == block.reading
            if isinstance(table, Table):
                assert {len(row) for row in table.rows} <= {len(table.header)}
