"""Every type's editor: unchanged it changes nothing, and whatever is sent to it is a definition or sentences that say what to write."""

from __future__ import annotations

from typing import Any

import html5lib
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.contract import AUDIENCES, CLOSED, Exercise
from mellanrum.exercise_kit.drafts import Form
from mellanrum.exercise_kit.editing import NotReady, Problem, draw_editor, draw_problems, new_definition, read_editor, starts_of
from mellanrum.exercise_kit.tests.contract.generated import CHOSEN, bytes_of, every_chosen_type, phases_of
from mellanrum.exercise_kit.tests.contract.posted import posted
from mellanrum.ui.tests.test_markup import inline, unlabelled

# Examples often share a definition; an editor sees the definition alone.
PREPARED = tuple({(type_.card.slug, one.definition): (type_, one) for type_, one in CHOSEN}.values())
every_prepared = pytest.mark.parametrize(("exercise", "example"), PREPARED, ids=lambda one: getattr(one, "name", ""))
HOSTILE = (
    "",
    " \u200b\n",
    "x" * 10_000,
    "a\x00b\x07c\x1b[31m\ud800",
    "<script>alert(1)</script>\"'&",
    "-1",
    "9" * 5_000,
    "1e999",
    "nan",
    "٣",
    "javascript:alert(1)",
    "{% now %}",
)


def tree(html: str) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)


def read_or_told(exercise: Exercise, definition: Any, form: Form) -> Any:
    """The definition, None when there are sentences instead. Everything else that happens is an error."""
    found: Any = None
    problems: tuple[Problem, ...] = ()
    try:
        found = read_editor(exercise, definition, form)
    except NotReady as error:
        problems = error.problems
    assert (found is None) == bool(problems)
    assert all(problem.field.startswith("d") and problem.text.strip() for problem in problems)
    assert found is None or msgspec.json.decode(msgspec.json.encode(found), type=exercise.definition) == found
    assert found is None or found.version == exercise.definition_version
    return found


@every_prepared
def test_posting_an_editor_back_unchanged_changes_nothing(exercise, example):
    assert read_editor(exercise, example.definition, posted(draw_editor(exercise, example.definition))) == example.definition


@every_chosen_type
def test_every_start_can_be_edited_and_seen_with_nothing_in_it(exercise):
    for key, name in starts_of(exercise):
        definition = new_definition(exercise, key)
        assert name
        assert read_editor(exercise, definition, posted(draw_editor(exercise, definition))) == definition
        state = exercise.empty(definition)
        for phase in [*phases_of(exercise), CLOSED]:
            assert all(bytes_of(exercise, definition, state, audience, phase) for audience in AUDIENCES)


@every_prepared
def test_every_field_is_labelled_and_named_and_nothing_sends_itself(exercise, example):
    root = tree(draw_editor(exercise, example.definition))
    controls = [one for one in root.iter() if one.tag in {"input", "textarea", "select"}]
    assert unlabelled(root) == []
    assert inline(root) == []
    assert controls
    assert all(one.get("name", "").startswith("d.") for one in controls)
    assert [one for one in root.iter() if one.tag in {"form", "button"} or one.get("type") == "submit"] == []
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(set(ids)) == len(ids)
    assert all({*one.get("aria-describedby", "").split()} <= {*ids} for one in root.iter())


@every_prepared
def test_each_field_takes_anything(exercise, example):
    form = posted(draw_editor(exercise, example.definition))
    for name in form:
        for text in HOSTILE:
            read_or_told(exercise, example.definition, {**form, name: [text]})


@every_prepared
def test_a_form_that_is_sent_twice_changes_the_definition_once(exercise, example):
    form = posted(draw_editor(exercise, example.definition))
    is_ours = (".id", "._place")
    written = {name: values if any(values) or name.endswith(is_ours) else ["https://b.example/"] for name, values in form.items()}
    once = read_editor(exercise, example.definition, written)
    assert (once == example.definition) == (written == form)
    assert read_editor(exercise, once, written) == once


@every_chosen_type
def test_an_editor_in_which_every_field_is_wrong_says_so_at_each_and_keeps_what_was_written(exercise):
    definition = new_definition(exercise)
    form = posted(draw_editor(exercise, definition))
    long = {
        name: values if values[-1] in {"", "0", "1"} or name.endswith((".id", "._place")) else ["y" * 9_999]
        for name, values in form.items()
    }
    with pytest.raises(NotReady) as told:
        read_editor(exercise, definition, long)
    root = tree(draw_editor(exercise, definition, problems=told.value.problems, form=long))
    by_id = {one.get("id"): one for one in root.iter() if one.get("id")}
    typed = [problem for problem in told.value.problems if by_id[problem.field].get("type") != "checkbox"]
    assert typed
    for problem in typed:
        control = by_id[problem.field]
        assert f"{problem.field}-err" in control.get("aria-describedby", "")
        assert problem.text in "".join(by_id[f"{problem.field}-err"].itertext())
        if control.tag in {"input", "textarea"}:
            assert control.get("aria-invalid") == "true"
            assert (control.get("value") or control.text or "").strip() == "y" * 9_999


@every_chosen_type
def test_what_a_form_does_not_carry_is_kept_and_names_nobody_knows_are_passed_over(exercise):
    definition = new_definition(exercise)
    foreign = {
        "d": ["x"],
        "d.": ["x"],
        "d.nobody": ["x"],
        "title": ["x"],
        "d.version": ["99"],
        "d." + "a." * 5_000: ["x"],
        "d.version.0": ["7"],
    }
    valueless: Form = {name: [] for name in posted(draw_editor(exercise, definition))}
    forms: tuple[Form, ...] = ({}, {"csrf": ["x"]}, foreign, valueless)
    for form in forms:
        assert read_editor(exercise, definition, form) == definition


@every_prepared
def test_ten_thousand_rows_are_too_many(exercise, example):
    form = dict(posted(draw_editor(exercise, example.definition)))
    lists = {name.rpartition(".0")[0] for name in form if ".0" in name}
    for path in lists:
        keys = {name.removeprefix(f"{path}.0") for name in form if name.startswith(f"{path}.0")}
        rows = {f"{path}.{n}{key}": ["https://a.example/"] for n in range(10_000) for key in keys if not key.startswith((".id", "._"))}
        found = read_or_told(exercise, example.definition, {**form, **rows})
        assert found is None or found == example.definition or path == "d.minutes"


NAMES = {
    slug: sorted({name for type_, one in CHOSEN if type_.card.slug == slug for name in posted(draw_editor(type_, one.definition))})
    for slug in {type_.card.slug for type_, _one in CHOSEN}
}


@every_chosen_type
@given(data=st.data())
def test_any_form_is_a_definition_or_sentences(exercise, data):
    example = data.draw(st.sampled_from([one for type_, one in CHOSEN if type_ is exercise]))
    form = dict(posted(draw_editor(exercise, example.definition)))
    names = st.sampled_from(NAMES[exercise.card.slug]) | st.from_regex(r"\Ad(\.[a-z_0-9]{1,6}){1,4}\Z")
    texts = st.sampled_from(HOSTILE) | st.text(max_size=12) | st.integers().map(str)
    form |= data.draw(st.dictionaries(names, st.lists(texts, max_size=2), max_size=8))
    for name in data.draw(st.lists(st.sampled_from(sorted(form)), max_size=4)):
        form.pop(name, None)
    if read_or_told(exercise, example.definition, form) is None:
        assert "<script" not in draw_editor(exercise, example.definition, form=form)


def test_a_problem_without_a_field_of_its_own_still_stands_in_the_summary():
    html = draw_problems((Problem("d", "Se över fälten."), Problem("d.title", "<b>")))
    assert 'href="#d"' in html
    assert "&lt;b&gt;" in html
    assert draw_problems(()).strip() == ""
