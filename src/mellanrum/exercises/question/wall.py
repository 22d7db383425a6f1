"""What the state amounts to: texts with their votes and how they stand, and the crew's themes with theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from mellanrum.exercises.question.contributions import Drop, Order, Rename, Sort, Theme, Turn
from mellanrum.exercises.question.definition import Definition
from mellanrum.exercises.question.state import Act, State
from mellanrum.exercises.question.wording import tidy


class Said(msgspec.Struct, frozen=True):
    """One text. `ref` stays the same when its words change, `words` does not: it is what a vote is for.

    `since` says since when it is to be seen, so that later ones come after it; None while it waits to be let through.
    """

    id: str
    ref: str
    words: str
    text: str
    votes: int
    since: int | None
    theme: str = ""
    standing: str = ""
    on_paper: bool = False


class Wall(msgspec.Struct, frozen=True):
    """`shown` in the order in which they came to the room, `waiting` in the order in which they were written.

    `themes` are (ref, name) in the crew's order; `now` is the text being answered; `people` have written what is shown.
    """

    shown: tuple[Said, ...]
    waiting: tuple[Said, ...]
    themes: tuple[tuple[str, str], ...]
    people: int

    @property
    def now(self) -> Said | None:
        return next((said for said in self.shown if said.standing == "now"), None)

    def of(self, theme: str) -> tuple[Said, ...]:
        """The shown texts of that theme; of none when it is empty."""
        return tuple(said for said in self.shown if said.theme == theme)


class Rulings:
    """What the crew has done, in ledger order: later acts win, and an act about what is not there changes nothing."""

    def __init__(self, acts: Iterable[tuple[int, Act]]) -> None:
        self.names: dict[str, str] = {}
        self.order: list[str] = []
        self.themes: dict[str, str] = {}
        self.standing: dict[str, str] = {}
        self.now = ""
        for seq, act in acts:
            self._rule(str(seq), act)

    def _rule(self, ref: str, act: Act) -> None:
        match act:
            case Theme(name=name):
                self._name(ref, name)
                self.order.append(ref)
            case Rename(theme=theme, name=name) if theme in self.names:
                self._name(theme, name)
            case Sort(ref=text, theme=theme) if not theme or theme in self.names:
                self.themes[text] = theme
            case Order(theme=theme, before=before) if theme in self.names:
                self._move(theme, before)
            case Drop(theme=theme) if theme in self.names:
                del self.names[theme]
                self.order.remove(theme)
            case Turn():
                self._turn(act)

    def _name(self, theme: str, name: str) -> None:
        self.names[theme] = tidy(name) or self.names.get(theme, "–")

    def _move(self, theme: str, before: str) -> None:
        if before == theme:
            return
        self.order.remove(theme)
        self.order.insert(self.order.index(before) if before in self.names else len(self.order), theme)

    def _turn(self, act: Turn) -> None:
        self.standing.pop(act.ref, None)
        if act.to == "now":
            if self.now and self.now != act.ref:
                self.standing[self.now] = "answered"
            self.now = act.ref
        elif self.now == act.ref:
            self.now = ""
        if act.to == "answered":
            self.standing[act.ref] = "answered"

    def standing_of(self, ref: str) -> str:
        return "now" if ref == self.now else self.standing.get(ref, "")

    def theme_of(self, ref: str) -> str:
        theme = self.themes.get(ref, "")
        return theme if theme in self.names else ""


def wall(definition: Definition, state: State) -> Wall:
    """What everything written and done comes to."""
    rulings, votes = Rulings(sorted(state.acts.items())), votes_of(state)
    said, people = [], set()
    for author, mine in state.texts.items():
        for one in mine.values():
            ref, words = str(one.place), str(one.seq)
            since = state.approved.get(one.seq) if definition.moderated else one.place
            said.append(
                Said(one.id, ref, words, one.text, votes[words], since, rulings.theme_of(ref), rulings.standing_of(ref), one.on_paper)
            )
            people |= {author} if since is not None else set()
    shown = sorted((one for one in said if one.since is not None), key=lambda one: (one.since or 0, int(one.ref)))
    waiting = sorted((one for one in said if one.since is None), key=lambda one: int(one.ref))
    return Wall(tuple(shown), tuple(waiting), tuple((ref, rulings.names[ref]) for ref in rulings.order), len(people))


def votes_of(state: State) -> Counter[str]:
    """How many others say *me too*, by the words they said it to. A vote for one's own counts for nothing."""
    authors = authors_of(state)
    return Counter(ref for voter, mine in state.votes.items() for ref in mine if authors.get(ref, voter) != voter)


def authors_of(state: State) -> dict[str, str]:
    """Who wrote which words, as they stand now."""
    return {str(one.seq): author for author, mine in state.texts.items() for one in mine.values()}
