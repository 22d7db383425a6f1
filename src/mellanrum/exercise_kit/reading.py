"""Lays what a form carries upon a definition's plain values, along the shape of its struct.

Limits stand once, in `definition.py`. What the form does not carry is kept, and names that the shape does not know are
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import UNSET, inspect

from mellanrum.exercise_kit import sentences
from mellanrum.exercise_kit.drafts import IDENTITY, Lists, Node, bare, has_identity, has_words, is_optional, place_of, unnumbered
from mellanrum.exercise_kit.preparing import Problem

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
Placed = tuple[tuple[int, int, int], Any]


@dataclass
class Reading:
    """One form being read; `problems` fills while it goes on. `ask` and `fresh` as in `Preparing`."""

    ask: Mapping[str, Any]
    fresh: Callable[[], str]
    problems: list[Problem] = field(default_factory=list)

    def value(self, info: inspect.Type, node: Node | None, before: Any, name: str) -> Any:
        """The plain value at `name`, UNSET where there is neither a word in the form nor anything before."""
        if node is None:
            return before
        match bare(info):
            case inspect.StructType() as struct:
                return self._struct(struct, node, before, name)
            case inspect.VarTupleType() | inspect.ListType() as rows:
                return self._rows(rows, node, before, name) if node.rows() else before
            case inspect.TupleType(item_types=types):
                old = before if isinstance(before, list | tuple) else [UNSET] * len(types)
                return [self.value(one, node.below.get(str(n)), old[n], f"{name}.{n}") for n, one in enumerate(types)]
        return before if node.text is None else self._leaf(info, node.text, before, name)

    def _struct(self, struct: inspect.StructType, node: Node, before: Any, name: str) -> Any:
        old, read = before if isinstance(before, dict) else {}, {}
        for one in struct.fields:
            key = one.encode_name
            value = self.value(one.type, node.below.get(key), old.get(key, UNSET), f"{name}.{key}")
            if value is not UNSET:
                read[key] = value
            elif one.required and key != IDENTITY:
                self._tell(f"{name}.{key}", self._ask(f"{name}.{key}") or sentences.nothing_there())
        return read

    def _leaf(self, info: inspect.Type, text: str, before: Any, name: str) -> Any:
        if isinstance(before, str) and sentences.plain_text(text) == sentences.plain_text(before):
            return before  # an edge of space that was there before is no change
        if is_optional(info) and sentences.is_blank(text):
            return None
        read = sentences.read_leaf(bare(info), text, self._ask(name))
        if read is None:
            return before
        value, wrong = read
        self._tell(name, wrong)
        return value

    def _rows(self, info: Lists, node: Node, before: Any, name: str) -> Any:
        old = list(before) if isinstance(before, list | tuple) else []
        rows = [value for _at, value in sorted(self._placed(info, node, old, name), key=lambda one: one[0])]
        if info.min_length and len(rows) < info.min_length:
            self._tell(name, self._ask(name) or sentences.too_few(info.min_length))
        if info.max_length is not None and len(rows) > info.max_length:
            self._tell(name, sentences.too_many(info.max_length, len(rows)))
        return rows

    def _placed(self, info: Lists, node: Node, old: list[Any], name: str) -> Iterator[Placed]:
        """The rows with where they belong; a row stays itself by its id, or by its number where rows have none.

        A row that was moved goes before the one that holds its new place, or after it when it comes from above.
        """
        is_named = has_identity(info.item_type)
        known = {row[IDENTITY]: at for at, row in enumerate(old)} if is_named else {at: at for at in range(len(old))}
        taken, left = set(known), dict(known)
        for number, row in node.rows():
            at = left.pop(row.said(IDENTITY) if is_named else number, None)
            if not has_words(info.item_type, row):
                continue
            value = self.value(info.item_type, row.without(IDENTITY), UNSET if at is None else old[at], f"{name}.{number}")
            if is_named and isinstance(value, dict) and at is None:
                value[IDENTITY] = self._new_id(row.said(IDENTITY), taken)
                taken.add(value[IDENTITY])
            was = number + 1
            wanted = place_of(row, was)
            yield (wanted, (wanted > was) - (wanted < was), number), value
        yield from (((at + 1, 0, at), old[at]) for at in left.values())

    def _new_id(self, given: str, taken: set[Any]) -> str:
        """A new row may bring its name: the one it was drawn with, or a subject's that everybody knows. Else it gets one."""
        return given if _ID.fullmatch(given) and given not in taken else self.fresh()

    def _ask(self, name: str) -> str:
        return str(self.ask.get(unnumbered(name), ""))

    def _tell(self, name: str, wrong: str) -> None:
        if wrong:
            self.problems.append(Problem(name, wrong))
