"""A definition as the fields of its editor: what stands in each, its limits, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import msgspec
from msgspec import inspect

from mellanrum.core.ids import random_id
from mellanrum.exercise_kit.drafts import IDENTITY, PLACE, Form, Lists, Node, bare, has_identity, tree_of
from mellanrum.exercise_kit.preparing import Problem
from mellanrum.exercise_kit.sentences import limits


@dataclass(frozen=True)
class Field:
    """One field. `kind` is text, number or yes; `least` and `most` its limits, of length for a text."""

    name: str
    value: Any
    problem: str
    kind: str
    least: int | None = None
    most: int | None = None

    @property
    def is_on(self) -> bool:
        return self.value in {True, "1", "on", "true"}


@dataclass(frozen=True)
class Row:
    """One row of a list. `identity` is its stable name, empty where rows have none; `before` is how it stood, None for a new one."""

    name: str
    number: int
    identity: str
    place: str
    node: Node | None
    before: Any

    @property
    def is_spare(self) -> bool:
        return self.node is None and self.before is None


class Fields:
    """All fields of one editor. What the form carries stands in them; else what the definition says."""

    def __init__(self, kind: type[msgspec.Struct], definition: Any, problems: Sequence[Problem], form: Form) -> None:
        self._info = inspect.type_info(kind)
        self._data = msgspec.to_builtins(definition)
        self._node = tree_of(form).below.get("d")
        self._problems = {problem.field: str(problem.text) for problem in reversed(problems)}

    def problem(self, path: str) -> str:
        """What is wrong with the field or the list as such."""
        return self._problems.get(f"d.{path}", "")

    def field(self, path: str) -> Field:
        """The field at a path without row numbers, `instrument.title`."""
        info, data, node = self._at(path)
        return self._field(f"d.{path}", info, data, node)

    def rows(self, path: str, spare: int) -> list[Row]:
        """The rows of the list, and spare ones as long as there is room."""
        info, data, node = self._at(path)
        name, old, most = f"d.{path}", list(data or ()), self.most_rows(path)
        stored = (_stored(name, at, row) for at, row in enumerate(old))
        rows = list(self._written(name, cast("Lists", info), old, node) if node and node.rows() else stored)
        free = next((row.number for row in reversed(rows)), -1) + 1
        room = spare if most is None else max(0, min(spare, most - len(rows)))
        # A new row has its id before it is written, so that a form sent twice makes one row of it.
        ids = [random_id() if has_identity(cast("Lists", info).item_type) else "" for _spare in range(room)]
        return [*rows, *(Row(f"{name}.{n}", n, identity, str(n + 1), None, None) for n, identity in enumerate(ids, free))]

    def most_rows(self, path: str) -> int | None:
        """How many rows the list may have, None where the type sets no limit."""
        most: int | None = getattr(self._at(path)[0], "max_length", None)
        return most

    def cell(self, path: str, row: Row, key: str) -> Field:
        """One field of a row; `key` is empty where the rows are plain texts."""
        item = self._at(path)[0].item_type  # type: ignore[attr-defined]
        if not key:
            return self._field(row.name, item, row.before, row.node)
        before = row.before.get(key) if isinstance(row.before, dict) else None
        node = row.node.below.get(key) if row.node else None
        return self._field(f"{row.name}.{key}", _member(item, key), before, node)

    def _at(self, path: str) -> tuple[inspect.Type, Any, Node | None]:
        info, data, node = self._info, self._data, self._node
        for part in path.split("."):
            info = _member(info, part)
            data = _step(data, part)
            node = node.below.get(part) if node else None
        return bare(info), data, node

    def _field(self, name: str, info: inspect.Type, data: Any, node: Node | None) -> Field:
        value = data if node is None or node.text is None else node.text
        value = "" if value is None else value
        problem = self._problems.get(name, "")
        match bare(info):
            case inspect.StrType(max_length=most):
                return Field(name, value, problem, "text", most=most)
            case inspect.IntType() | inspect.FloatType() as number:
                least, highest = limits(number)
                return Field(name, value, problem, "number", least, highest)
            case inspect.BoolType():
                return Field(name, value, problem, "yes")
        return Field(name, value, problem, "choice")

    def _written(self, name: str, info: Lists, old: list[Any], node: Node) -> Iterator[Row]:
        """The rows of the form, and after them those it did not carry."""
        is_named = has_identity(info.item_type)
        left: dict[Any, int] = {row[IDENTITY]: at for at, row in enumerate(old)} if is_named else {at: at for at in range(len(old))}
        number = -1
        for number, row in node.rows():
            at = left.pop(row.said(IDENTITY) if is_named else number, None)
            before = None if at is None else old[at]
            yield Row(f"{name}.{number}", number, row.said(IDENTITY), row.said(PLACE) or str(number + 1), row, before)
        yield from (_stored(name, more, old[at]) for more, at in enumerate(left.values(), number + 1))


def _stored(name: str, number: int, row: Any) -> Row:
    return Row(
        f"{name}.{number}", number, str(row[IDENTITY]) if isinstance(row, Mapping) and IDENTITY in row else "", str(number + 1), None, row
    )


def _member(info: inspect.Type, key: str) -> inspect.Type:
    """The shape below `key`. Raises LookupError: a template names what its definition does not have."""
    match bare(info):
        case inspect.StructType(fields=fields):
            return next(one.type for one in fields if one.encode_name == key)
        case inspect.TupleType(item_types=types):
            return types[int(key)]
    raise LookupError(key)


def _step(data: Any, key: str) -> Any:
    if isinstance(data, dict):
        return data.get(key)
    return data[int(key)] if isinstance(data, list | tuple) and int(key) < len(data) else None
