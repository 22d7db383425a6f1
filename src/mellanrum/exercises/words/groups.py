"""Which answers are the same word: forms that share a key, and what crew has merged, corrected or kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from mellanrum.exercises.words.contributions import Correct, Merge
from mellanrum.exercises.words.definition import Definition
from mellanrum.exercises.words.state import Act, State, Written
from mellanrum.insight.words import key_of, surface

FRESH = 6
"""A word is new until so many more have been written."""
REMEMBERED = 4


class Group(msgspec.Struct, frozen=True):
    """What counts as one word. `people` gave it; `written` is what they wrote, oldest first; `is_merged` by crew.

    `place` is its own key, or that of its oldest form where nobody wrote what it is called now: where it stands in a cloud.
    """

    key: str
    text: str
    people: int
    written: tuple[Written, ...]
    place: str
    is_merged: bool = False
    is_new: bool = False

    @property
    def first(self) -> int:
        """When it first appeared, as a number in the ledger."""
        return self.written[0].seq


class Answers(msgspec.Struct, frozen=True):
    """What one question has got: its groups, most given first, how many words they are and how many people wrote them.

    `order` is the keys of all that was written, as they first appeared, whatever crew has merged since.
    """

    groups: tuple[Group, ...]
    given: int
    people: int
    order: tuple[str, ...] = ()


class Rulings:
    """What crew has decided, in ledger order: later acts win."""

    def __init__(self, acts: Iterable[Act]) -> None:
        self.links: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        for act in acts:
            if isinstance(act, Merge):
                self._join(key_of(act.from_word), act.into)
            elif isinstance(act, Correct):
                self._join(key_of(act.key), act.text)
            else:
                self._part(key_of(act.key))

    @property
    def roots(self) -> frozenset[str]:
        """The keys crew has made something of."""
        return frozenset({*self.texts, *self.links.values()})

    def resolve(self, key: str) -> str:
        while key in self.links:
            key = self.links[key]
        return key

    def _join(self, key: str, text: str) -> None:
        """A word joined to one that itself leads to it turns the way round: there are no circles."""
        source, target = self.resolve(key), key_of(text)
        if self.resolve(target) == source:
            self.links.pop(target, None)
        target = self.resolve(target)
        if source != target:
            self.links[source] = target
        self.texts[target] = surface(text)

    def _part(self, key: str) -> None:
        root = self.resolve(key)
        self.links = {one: into for one, into in self.links.items() if self.resolve(one) != root}
        self.texts.pop(root, None)


_recent: list[tuple[Definition, State, dict[str, Answers]]] = []


def answers(definition: Definition, state: State) -> dict[str, Answers]:
    """By question. The last few states are remembered, since each is looked at by several audiences."""
    for known, seen, found in _recent:
        if known is definition and seen is state:
            return found
    found = _answers(definition, state)
    # Replaced as a whole: other threads may be reading it.
    _recent[:] = [*_recent[1 - REMEMBERED :], (definition, state, found)]
    return found


def _answers(definition: Definition, state: State) -> dict[str, Answers]:
    rulings = Rulings(act for _seq, act in sorted(state.acts.items()))
    found: dict[str, dict[str, list[tuple[str, Written]]]] = {prompt.id: {} for prompt in definition.prompts}
    for author, mine in state.words.items():
        for (prompt, _place), written in mine.items():
            if prompt in found:
                found[prompt].setdefault(rulings.resolve(key_of(written.text)), []).append((author, written))
    is_open = state.phase not in {"result", "closed"}
    return {prompt: _ranked(groups, rulings, is_open=is_open) for prompt, groups in found.items()}


def _ranked(found: dict[str, list[tuple[str, Written]]], rulings: Rulings, *, is_open: bool) -> Answers:
    everything = sorted((written.seq, key_of(written.text)) for pairs in found.values() for _author, written in pairs)
    order = tuple(dict.fromkeys(key for _seq, key in everything))
    known = frozenset(order)
    fresh = everything[-FRESH:][0][0] if everything and is_open else None
    roots = rulings.roots
    groups = [_group(key, pairs, rulings.texts.get(key, ""), fresh, known, is_merged=key in roots) for key, pairs in found.items()]
    groups.sort(key=lambda group: (-group.people, group.first, group.key))
    return Answers(tuple(groups), len(everything), len({author for pairs in found.values() for author, _written in pairs}), order)


def _group(key: str, pairs: list[tuple[str, Written]], ruled: str, fresh: int | None, known: frozenset[str], *, is_merged: bool) -> Group:
    written = tuple(sorted((one for _author, one in pairs), key=lambda one: (one.seq, one.id)))
    text = ruled or most_used(one.text for one in written)
    is_new = fresh is not None and written[0].seq >= fresh
    place = key if key in known else key_of(written[0].text)
    return Group(key, text, len({author for author, _one in pairs}), written, place, is_merged, is_new)


def most_used(texts: Iterable[str]) -> str:
    """The form most people wrote; of several the shortest, small letters first, then in the order of the alphabet."""
    counts = Counter(surface(text) for text in texts)
    return min(counts, key=lambda text: (-counts[text], len(text), text.swapcase()))
