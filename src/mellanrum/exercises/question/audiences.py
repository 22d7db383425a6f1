"""What each audience may see of an open question: the room nothing that waits, is hidden or comes later; nobody who wrote what."""

from __future__ import annotations

from collections.abc import Sequence

from mellanrum.exercise_kit.contract import CLOSED
from mellanrum.exercises.question.definition import Definition
from mellanrum.exercises.question.layout import first_that_fit, in_columns
from mellanrum.exercises.question.phases import LIVE, SHOWING, THEMES, VOTING, WRITING
from mellanrum.exercises.question.state import NO_TEXTS, NO_VOTES, State
from mellanrum.exercises.question.views import OwnView, PhoneView, ProjectorView, ShownText, ShownTheme
from mellanrum.exercises.question.wall import Said, Wall, authors_of, wall

ON_PHONES, IN_QUEUE, FRESH, THEMES_ON_WALL = 80, 5, 3, 9
THEME_ROOM = {3: (440, 5, 28), 4: (150, 2, 40), 6: (150, 2, 28), 9: (40, 1, 28)}
"""By how many themes there are at most: the height each has, the lines of a text, the letters of a line."""


def is_seen(definition: Definition, state: State, phase: str) -> bool:
    """Whether the room sees texts; what it has been shown stays to be seen when it is closed."""
    return phase in SHOWING or (phase in LIVE and definition.live) or (phase == CLOSED and state.shown)


def phone(definition: Definition, state: State, phase: str) -> PhoneView:
    is_voting = definition.votes and phase in VOTING
    is_read = is_seen(definition, state, phase) and (definition.is_qa or phase not in LIVE)
    found = wall(definition, state) if is_read else None
    has_themes = found is not None and bool(found.themes) and _sorts(phase)
    return PhoneView(
        title=definition.question,
        phase=phase,
        preset=definition.preset,
        per_person=definition.per_person,
        anonymous=definition.anonymous,
        moderated=definition.moderated,
        can_write=phase in WRITING,
        can_vote=is_voting,
        texts=tuple(_shown(said, votes=not is_voting) for said in found.shown[:ON_PHONES]) if found and not has_themes else (),
        themes=_themes(found, ON_PHONES) if found and has_themes else (),
        more=max(0, len(found.shown) - ON_PHONES) if found else 0,
    )


def projector(definition: Definition, state: State, phase: str) -> ProjectorView:
    view = ProjectorView(
        title=definition.question,
        phase=phase,
        preset=definition.preset,
        live=definition.live,
        anonymous=definition.anonymous,
        moderated=definition.moderated,
        votes=definition.votes,
    )
    if not is_seen(definition, state, phase):
        return view
    found = wall(definition, state)
    return _asked(view, found) if definition.is_qa else _walled(view, found)


def own(definition: Definition, state: State, author: str) -> OwnView:
    """One person's part, in the order of the form."""
    mine, found = state.texts.get(author, NO_TEXTS), state.votes.get(author, NO_VOTES)
    slots = [slot for number in range(1, definition.per_person + 1) if (slot := str(number)) in mine]
    authors = authors_of(state) if found else {}
    return OwnView(
        texts=tuple((slot, mine[slot].text) for slot in slots),
        waiting=tuple(mine[slot].text for slot in slots if definition.moderated and mine[slot].seq not in state.approved),
        voted=tuple(sorted((ref for ref in found if authors.get(ref, author) != author), key=int)),
    )


def by_wish(texts: Sequence[Said]) -> list[Said]:
    """Most wanted first; of equals the one that came first, so that the row moves no more than it must."""
    return sorted(texts, key=lambda said: (-said.votes, said.since or 0, int(said.ref)))


def _sorts(phase: str) -> bool:
    return phase in {THEMES.key, CLOSED}


def _shown(said: Said, *, votes: bool = True, is_new: bool = False) -> ShownText:
    return ShownText(said.words, said.text, said.votes if votes else 0, said.standing, is_new)


def _themes(found: Wall, most: int) -> tuple[ShownTheme, ...]:
    """Themes in the crew's order, then what is in none; so many texts in all."""
    themes: list[ShownTheme] = []
    for ref, name in [*found.themes, ("", "")]:
        texts = found.of(ref)
        listed, most = texts[:most], max(0, most - len(texts))
        if texts or ref:
            themes.append(ShownTheme(ref, name, tuple(_shown(said) for said in listed), len(texts) - len(listed)))
    return tuple(themes)


def _walled(view: ProjectorView, found: Wall) -> ProjectorView:
    is_open = view.phase in WRITING
    fresh = {said.ref for said in found.shown[-FRESH:]} if is_open and len(found.shown) > FRESH else set()
    themes = _themes_on_wall(found) if _sorts(view.phase) else ()
    columns = () if themes else in_columns(found.shown, lambda said: said.text)
    seen = sum(len(texts) for texts in columns)
    return _with(
        view,
        given=len(found.shown),
        people=found.people,
        columns=tuple(tuple(_shown(said, is_new=said.ref in fresh) for said in texts) for texts in columns) if seen else (),
        themes=themes,
        more=0 if themes else len(found.shown) - seen,
    )


def _themes_on_wall(found: Wall) -> tuple[ShownTheme, ...]:
    """Up to three beside each other, more in two or three rows with fewer texts each; the phones have them all."""
    drawn = found.themes[:THEMES_ON_WALL]
    room, most, letters = THEME_ROOM[next(many for many in THEME_ROOM if len(drawn) <= many)]
    themes = []
    for ref, name in drawn:
        texts = found.of(ref)
        listed = first_that_fit(texts, lambda said: said.text, room, letters, most)
        themes.append(ShownTheme(ref, name, tuple(_shown(said) for said in listed), len(texts) - len(listed)))
    return tuple(themes)


def _asked(view: ProjectorView, found: Wall) -> ProjectorView:
    queue = [said for said in by_wish(found.shown) if not said.standing]
    now = found.now
    return _with(
        view,
        given=len(found.shown),
        people=found.people,
        answered=sum(said.standing == "answered" for said in found.shown),
        now=_shown(now) if now else None,
        queue=tuple(_shown(said) for said in queue[: IN_QUEUE - (2 if now else 0)]),
        more=max(0, len(queue) - (IN_QUEUE - (2 if now else 0))),
    )


def _with(view: ProjectorView, **more: object) -> ProjectorView:
    return ProjectorView(**{name: getattr(view, name) for name in view.__struct_fields__} | more)
