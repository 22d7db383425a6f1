"""What one person takes home from a word cloud: their words, beside those that most people gave."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Keepsake, Kept
from mellanrum.exercises.words.audiences import clouds, own
from mellanrum.exercises.words.definition import Definition
from mellanrum.exercises.words.state import State

MOST = 3


def keepsake(definition: Definition, state: State, author: str) -> Keepsake:
    """Per question, in the order of the form. Texts come in the language that is active."""
    asked = {prompt.id: prompt.text for prompt in definition.prompts}
    said: dict[str, list[str]] = {}
    for prompt, _place, text in own(definition, state, author).words:
        said.setdefault(prompt, []).append(text)
    room = _room(definition, state)
    lines = (Kept(asked[prompt], ", ".join(words), is_written=True, room=room.get(prompt, "")) for prompt, words in said.items())
    return Keepsake(definition.heading, tuple(lines))


def _room(definition: Definition, state: State) -> dict[str, str]:
    """The words of more than one, once the room has seen them."""
    if not state.shown:
        return {}
    found = {cloud.prompt: [word for word in cloud.words if word.count > 1][:MOST] for cloud in clouds(definition, state)}
    told = {prompt: ", ".join(f"{word.text} ({word.count})" for word in words) for prompt, words in found.items() if words}
    return {prompt: _("Vanligast i rummet: %(words)s") % {"words": words} for prompt, words in told.items()}
