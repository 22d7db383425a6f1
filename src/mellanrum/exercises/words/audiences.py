"""What each audience may see of a word cloud: phones nothing before the result, the projector nothing unless it is live."""

from __future__ import annotations

from mellanrum.exercise_kit.contract import CLOSED
from mellanrum.exercises.words.definition import Definition, Prompt
from mellanrum.exercises.words.groups import Answers, Group, answers
from mellanrum.exercises.words.state import NOTHING, RESULT, State
from mellanrum.exercises.words.views import Cloud, CrewCloud, CrewView, CrewWord, OwnView, PhoneView, ProjectorView, ShownWord
from mellanrum.insight.layout import HOMES

MOST, MOST_FOR_CREW, MOST_OF_A_WORD = 80, 30, 2


def phone(definition: Definition, state: State, phase: str) -> PhoneView:
    return PhoneView(
        title=definition.heading,
        phase=phase,
        prompts=definition.prompts,
        per_person=definition.per_person,
        live=definition.live,
        anonymous=definition.anonymous,
        clouds=clouds(definition, state) if _is_over(state, phase) else (),
    )


def projector(definition: Definition, state: State, phase: str) -> ProjectorView:
    is_seen = _is_over(state, phase) or (definition.live and phase != "")
    return ProjectorView(
        title=definition.heading,
        phase=phase,
        prompts=definition.prompts,
        per_person=definition.per_person,
        live=definition.live,
        anonymous=definition.anonymous,
        clouds=clouds(definition, state) if is_seen else (),
    )


def crew(definition: Definition, state: State, phase: str) -> CrewView:
    found = answers(definition, state)
    return CrewView(
        title=definition.heading,
        phase=phase,
        live=definition.live,
        clouds=tuple(_crew_cloud(prompt, found[prompt.id]) for prompt in definition.prompts),
    )


def own(definition: Definition, state: State, author: str) -> OwnView:
    """One person's words, in the order of the form."""
    mine = state.words.get(author, NOTHING)
    places = ((prompt.id, str(place)) for prompt in definition.prompts for place in range(1, definition.per_person + 1))
    return OwnView(tuple((*place, mine[place].text) for place in places if place in mine))


def clouds(definition: Definition, state: State) -> tuple[Cloud, ...]:
    """One per question, also for those nobody has answered."""
    found = answers(definition, state)
    return tuple(_cloud(prompt, found[prompt.id]) for prompt in definition.prompts)


def _is_over(state: State, phase: str) -> bool:
    """What has been shown stays to be seen when it is closed."""
    return phase == RESULT or (phase == CLOSED and state.shown)


def _cloud(prompt: Prompt, found: Answers) -> Cloud:
    words = tuple(ShownWord(one.key, one.text, one.people, one.place, one.is_new) for one in found.groups[:MOST])
    return Cloud(prompt.id, prompt.text, found.given, found.people, words, max(0, len(found.groups) - MOST), found.order[: 2 * HOMES])


def _crew_cloud(prompt: Prompt, found: Answers) -> CrewCloud:
    """Most given first; what is new is there however few gave it."""
    listed = [*found.groups[:MOST_FOR_CREW], *(one for one in found.groups[MOST_FOR_CREW:] if one.is_new)]
    words = tuple(_crew_word(group) for group in listed)
    return CrewCloud(prompt.id, prompt.text, found.given, found.people, words, len(found.groups) - len(listed))


def _crew_word(group: Group) -> CrewWord:
    latest = tuple((one.id, one.text) for one in reversed(group.written[-MOST_OF_A_WORD:]))
    forms = tuple(dict.fromkeys(" ".join(one.text.split()) for one in group.written))[:MOST_OF_A_WORD]
    return CrewWord(group.key, group.text, group.people, forms, latest, group.is_merged, group.is_new)
