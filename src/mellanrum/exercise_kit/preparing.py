"""What a type adds so that its definition can be prepared in an editor: a start, sentences, and what hangs together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    Sentence = str | StrPromise


@dataclass(frozen=True)
class Problem:
    """One field that is not ready. `field` is its name in the form (`d.instrument.items.0.text`), `text` says what to write."""

    field: str
    text: str


class NotReady(Exception):
    """What was written is not a definition yet."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.text}" for problem in problems))
        self.problems = problems


def nothing_more(data: dict[str, Any]) -> Iterable[Problem]:
    """For types whose fields do not depend on each other."""
    return ()


def as_written(before: Any, after: Any) -> Any:
    """For types where nothing follows from a change."""
    return after


Start = Callable[[Callable[[], str]], Any]


@dataclass(frozen=True)
class Preparing:
    """How a type is prepared; with `editor.html` all that it needs to have an editor.

    `start(fresh)` is the definition of a new block, right as it stands; `fresh()` gives an id nobody else has.
    `ask` says what to write where a field or a list was left empty or is not in its form: names without `d.` and numbers of rows
    (`instrument.items.text`) to sentences. `across(data)` gives the problems between fields, each of them right by itself: `data` is
    the definition to be as plain values. `settle(before, after)` is what the change leads to, as a new version of an instrument.
    `more_starts` are other ways to begin, by key, with what each is called: a break is a start of its own.
    """

    start: Start
    ask: Mapping[str, Sentence] = field(default_factory=dict)
    across: Callable[[dict[str, Any]], Iterable[Problem]] = nothing_more
    settle: Callable[[Any, Any], Any] = as_written
    more_starts: Mapping[str, tuple[Sentence, Start]] = field(default_factory=dict)
