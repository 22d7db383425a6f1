"""Preparing a word cloud: the pair of questions is at hand and keeps its names."""

from __future__ import annotations

from mellanrum.exercise_kit.editing import draw_editor, new_definition, read_editor
from mellanrum.exercise_kit.tests.contract.posted import posted
from mellanrum.exercises.words.definition import Prompt, do_and_stop
from mellanrum.exercises.words.exercise import EXERCISE


def test_the_pair_is_a_start_and_can_be_ticked_in_the_editor():
    assert new_definition(EXERCISE, "do-and-stop") == do_and_stop()
    start = new_definition(EXERCISE)
    form = dict(posted(draw_editor(EXERCISE, start)))
    offered = {
        name: form[f"{name[:-5]}.id"] for name in form if name.endswith(".text") and form.get(f"{name[:-5]}.id") in (["do"], ["stop"])
    }
    assert len(offered) == 2
    ticked = {name: ["", "Vad ska vi göra?" if identity == ["do"] else "Vad ska vi sluta göra?"] for name, identity in offered.items()}
    pair = read_editor(EXERCISE, start, {**form, **ticked, "d.prompts.0.text": [""]})
    assert pair.prompts == (Prompt("do", "Vad ska vi göra?"), Prompt("stop", "Vad ska vi sluta göra?"))
    assert "offer" not in draw_editor(EXERCISE, pair)
    assert posted(draw_editor(EXERCISE, pair))["d.prompts.0.text"] == ["Vad ska vi göra?"]
