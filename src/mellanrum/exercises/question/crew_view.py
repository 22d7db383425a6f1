"""What the crew sees of an open question: what waits, what is shown, and where it may go."""

from __future__ import annotations

from mellanrum.exercises.question.audiences import by_wish, is_seen
from mellanrum.exercises.question.definition import Definition
from mellanrum.exercises.question.state import State
from mellanrum.exercises.question.views import CrewText, CrewTheme, CrewView
from mellanrum.exercises.question.wall import Said, Wall, wall

MOST, MOST_WAITING, MOST_IN_THEME, MOST_ANSWERED = 40, 30, 40, 20


def crew(definition: Definition, state: State, phase: str) -> CrewView:
    found = wall(definition, state)
    loose = [said for said in by_wish(found.shown) if not said.standing] if definition.is_qa else list(found.of(""))
    answered = [said for said in found.shown if said.standing == "answered"]
    return CrewView(
        title=definition.question,
        phase=phase,
        preset=definition.preset,
        moderated=definition.moderated,
        votes=definition.votes,
        is_seen=is_seen(definition, state, phase),
        given=len(found.shown),
        people=found.people,
        waits=len(found.waiting),
        waiting=tuple(_text(said) for said in found.waiting[:MOST_WAITING]),
        themes=() if definition.is_qa else _themes(found),
        now=_text(found.now) if found.now and definition.is_qa else None,
        loose=tuple(_text(said) for said in loose[:MOST]),
        answered=tuple(_text(said) for said in answered[-MOST_ANSWERED:]) if definition.is_qa else (),
        more=max(0, len(loose) - MOST),
    )


def _text(said: Said) -> CrewText:
    return CrewText(said.id, said.ref, said.text, said.votes, said.standing, said.on_paper)


def _themes(found: Wall) -> tuple[CrewTheme, ...]:
    refs = [ref for ref, _name in found.themes]
    themes = []
    for number, (ref, name) in enumerate(found.themes):
        texts = found.of(ref)
        earlier = refs[number - 1] if number else None
        later = (refs[number + 2] if number + 2 < len(refs) else "") if number + 1 < len(refs) else None
        listed = tuple(_text(said) for said in texts[:MOST_IN_THEME])
        themes.append(CrewTheme(ref, name, listed, len(texts) - len(listed), earlier, later))
    return tuple(themes)
