"""Every face of every type: strict and named, right with nobody and with two hundred, and every field sends what the gate lets in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from django.test import RequestFactory

from mellanrum.exercise_kit.contract import CLOSED, Envelope, Exercise
from mellanrum.exercise_kit.examples import Example
from mellanrum.exercise_kit.faces import draw_example, faces_of
from mellanrum.exercise_kit.seeing import a_meeting
from mellanrum.exercise_kit.tests.contract.generated import EXAMPLES, TYPES, every_example, every_type
from mellanrum.rooms.fields import contributions_of, parse_name
from mellanrum.ui.tests.test_markup import elements, inline, nameless_buttons, parsed, unlabelled

CROWDS = (0, 1, 31, 200)
HEAVIEST = {"participant": 64_000, "projector": 48_000}  # bytes of a fragment that the whole room is sent


def drawn(exercise: Exercise, example: Example, face: str, **more: Any) -> str:
    return draw_example(exercise, example, face, request=RequestFactory().get("/"), **more)


def phases_of(exercise: Exercise, example: Example) -> list[str]:
    return [*(phase.key for phase in exercise.phases(example.definition)), CLOSED]


def assert_sound(html: str) -> Any:
    root = parsed(html, is_page=False)
    assert unlabelled(root) == []
    assert nameless_buttons(root) == []
    assert inline(root) == []
    assert all(image.get("alt") is not None for image in root.iter("img"))
    ids = Counter(element.get("id") for element in elements(root) if element.get("id"))
    assert [found for found, count in ids.items() if count > 1] == []
    return root


@every_example
def test_every_face_in_every_phase_is_sound(exercise, example):
    for phase in phases_of(exercise, example):
        for face in faces_of(exercise):
            for plain in (False, True):
                assert_sound(drawn(exercise, example.in_phase(phase), face, plain=plain))


@every_type
@pytest.mark.parametrize("people", CROWDS)
def test_nobody_one_and_many_are_all_drawn(exercise, people):
    definition = every_definition(exercise)[0]
    meeting = Example("meeting", definition, tuple(a_meeting(exercise, definition, people)), CLOSED)
    for phase in phases_of(exercise, meeting):
        for face in faces_of(exercise):
            html = drawn(exercise, meeting.in_phase(phase), face)
            root = assert_sound(html)
            assert len(html.encode()) <= HEAVIEST.get(face, 600_000)
            said = " ".join("".join(root.itertext()).split())
            assert said or face == "projector"
            assert not {"None", "nan", "True", "False", "Undefined"} & set(said.split())


def every_definition(exercise: Exercise) -> list[Any]:
    return [example.definition for type_, example in EXAMPLES if type_ is exercise and example.name == "thirty-one"]


def fields(root: Any) -> Iterator[tuple[str, str]]:
    """Each named field of all forms with a value that somebody could give it."""
    for form in root.iter("form"):
        for field in (element for element in elements(form) if element.get("name")):
            if field.tag == "select":
                options = [option.get("value", "") for option in field.iter("option")]
                yield field.get("name"), next(filter(None, options), "")
            elif field.tag == "textarea" or field.get("type") in {None, "text", "search"}:
                yield field.get("name"), "Ett ord"
            elif field.get("type") == "number":
                yield field.get("name"), field.get("min") or "1"
            elif field.tag == "input":
                yield field.get("name"), field.get("value", "")


def sendable(exercise: Exercise, definition: Any, name: str, value: str, kinds: set[str]) -> str:
    """Empty when the gate takes what this field sends, else what is wrong with it. A place of a list is looked at by its kind alone."""
    field = parse_name(name)
    if field is None:
        return f"{name} is no field"
    if field.kind not in kinds:
        return f"{name} sends {field.kind}, which this phase does not take"
    given = list(contributions_of([(name, value)], exercise.contributions))
    if len(given) != 1:
        return f"{name}={value} fits nothing"
    wrong = exercise.check(definition, given[0].kind, given[0].data)
    return f"{name}={value}: {wrong}" if wrong and field.place is None else ""


HOUSE = {"exercise", "csrfmiddlewaretoken", "submission", "sheet"}


@every_example
def test_every_field_of_a_plain_form_sends_what_the_gate_takes(exercise, example):
    for phase in exercise.phases(example.definition):
        root = parsed(drawn(exercise, example.in_phase(phase.key), "participant", plain=True), is_page=False)
        found = [(name, value) for name, value in fields(root) if name not in HOUSE]
        wrong = [sendable(exercise, example.definition, name, value, set(phase.accepts)) for name, value in found]
        assert [line for line in wrong if line] == []
        if found:  # what can be filled in can be sent, and comes back here
            assert all(form.get("method") == "post" for form in root.iter("form"))
            assert {"exercise", "csrfmiddlewaretoken"} <= {name for name, _value in fields(root)}
            assert [button for button in root.iter("button") if button.get("type", "submit") == "submit"]


@every_example
def test_who_may_give_by_phone_may_give_without_script(exercise, example):
    for phase in exercise.phases(example.definition):
        kinds = {
            kind
            for kind in phase.accepts
            if exercise.example(example.definition, kind) is not None and _is_asked(exercise, example, phase.key, kind, plain=False)
        }
        assert kinds == {kind for kind in kinds if _is_asked(exercise, example, phase.key, kind, plain=True)}


def _is_asked(exercise: Exercise, example: Example, phase: str, kind: str, *, plain: bool) -> bool:
    root = parsed(drawn(exercise, example.in_phase(phase), "participant", plain=plain), is_page=False)
    return any((field := parse_name(name)) and field.kind == kind for name, _value in fields(root))


@every_example
def test_every_field_of_an_entry_form_sends_what_the_gate_takes(exercise, example):
    if "entry" not in faces_of(exercise):
        return
    kinds = set().union(*(phase.accepts | phase.crew_accepts for phase in exercise.card.phases))
    root = parsed(drawn(exercise, example, "entry"), is_page=False)
    found = [(name, value) for name, value in fields(root) if name not in HOUSE]
    assert found
    assert [line for name, value in found if (line := sendable(exercise, example.definition, name, value, kinds))] == []


def test_the_test_of_fields_sees_what_is_wrong():
    scale = next(one for one in TYPES if one.card.slug == "scale")
    definition = every_definition(scale)[0]
    item, subject = definition.instrument.items[0].id, definition.instrument.subjects[0].id
    right = f"rate?item={item}&subject={subject}#value"
    assert sendable(scale, definition, right, "4", {"rate"}) == ""
    assert sendable(scale, definition, right, "4", {"write"})
    assert sendable(scale, definition, right, "99", {"rate"})
    assert sendable(scale, definition, right, "många", {"rate"})
    assert sendable(scale, definition, "rate?item=gone#value", "4", {"rate"})
    assert sendable(scale, definition, "rating", "4", {"rate"})


def texts_of_others(exercise: Exercise, example: Example) -> list[str]:
    return [
        text
        for event in example.events
        if isinstance(event, Envelope) and event.author != example.first_author and event.kind in exercise.card.hideable
        for text in msgspec.to_builtins(event.data).values()
        if isinstance(text, str) and len(text) > 12
    ]


def test_words_of_others_could_be_seen():
    cards = next(one for one in TYPES if one.card.slug == "cards")
    example = next(example for type_, example in EXAMPLES if type_ is cards and example.name == "thirty-one")
    html = drawn(cards, example.in_phase("plenary"), "projector")
    assert any(text in html for text in texts_of_others(cards, example))


@every_example
def test_a_phone_shows_nothing_of_others_before_the_reveal(exercise, example):
    """What somebody else wrote is in no face of phone or wall while the phase does not show it."""
    others = texts_of_others(exercise, example)
    is_live = getattr(example.definition, "live", False)
    for phase in exercise.phases(example.definition):
        if not phase.shows and not (phase.live and is_live):
            for face in ("participant", "projector"):
                html = drawn(exercise, example.in_phase(phase.key), face, plain=True)
                assert [text for text in others if text in html] == []
