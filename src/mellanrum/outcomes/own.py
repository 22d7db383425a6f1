"""The editors' own passages, and where they stand: first, after a harvested passage, or last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from mellanrum.exercise_kit.document import Passage, Text
from mellanrum.outcomes.models import OwnPassage
from mellanrum.programmes.models import Gathering


class Own(msgspec.Struct, frozen=True):
    """`after` holds, by the key of a harvested passage, what follows it."""

    first: tuple[Passage, ...] = ()
    after: Mapping[str, tuple[Passage, ...]] = {}
    last: tuple[Passage, ...] = ()


def own_passages_of(gathering: Gathering) -> Own:
    first: list[Passage] = []
    last: list[Passage] = []
    after: dict[str, tuple[Passage, ...]] = {}
    for row in OwnPassage.objects.filter(gathering=gathering):
        passage = Passage(f"own/{row.pk}", row.heading, "", paragraphs(row.text))
        if row.after:
            after[row.after] = (*after.get(row.after, ()), passage)
        else:
            (first if row.is_first else last).append(passage)
    return Own(tuple(first), after, tuple(last))


def paragraphs(text: str) -> tuple[Text, ...]:
    return tuple(Text(part.strip()) for part in text.split("\n\n") if part.strip())


def with_own(
    keys: Iterable[str], told: Iterable[Passage], under: Mapping[str, str], own: Own
) -> tuple[tuple[Passage, ...], dict[str, str]]:
    """The harvest in its order with what follows its passages, then what stands last; and the headings they all stand under.

    `keys` is everything harvested, `told` what is shown of it: what follows a passage that is left out keeps its place, what
    follows one that has gone stands last.
    """
    shown = {passage.key: passage for passage in told}
    passages: list[Passage] = []
    headings, following = dict(under), dict(own.after)
    for key in keys:
        passages += [shown[key]] if key in shown else []
        for one in following.pop(key, ()):
            headings[one.key] = under.get(key, "")
            passages.append(one)
    left = (one for several in following.values() for one in several)
    return (*passages, *left, *own.last), headings
