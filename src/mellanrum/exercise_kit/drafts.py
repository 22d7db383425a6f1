"""What a form carries, laid upon a definition's plain values along the shape of its struct.

The shape (`msgspec.inspect`) says what each name means, so limits stand once, in `definition.py`. What the form does not
carry is kept; names that the shape does not know are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec import UNSET, inspect

from mellanrum.exercise_kit import sentences
from mellanrum.exercise_kit.preparing import Problem

Form = Mapping[str, Sequence[str]]
Lists = inspect.VarTupleType | inspect.ListType
# A row's stable name, and where it is wanted; the latter is a name no struct has.
IDENTITY, PLACE = "id", "_place"
LONGEST_NAME = 200
_ROW = re.compile(r"0|[1-9][0-9]{0,4}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass
class Node:
    """A place in the form's tree of names: what stands there, and what stands below."""

    text: str | None = None
    below: dict[str, Node] = field(default_factory=dict)

    def rows(self) -> list[tuple[int, Node]]:
        return sorted((int(name), node) for name, node in self.below.items() if _ROW.fullmatch(name))


def tree_of(form: Form) -> Node:
    """The form's dotted names as a tree. Of several values the last counts, so that a hidden "no" may stand before a box."""
    root = Node()
    for name, values in form.items():
        if not values or len(name) > LONGEST_NAME:
            continue
        node = root
        for part in name.split("."):
            node = node.below.setdefault(part, Node())
        node.text = values if isinstance(values, str) else values[-1]
    return root


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
                return self._rows(rows, node, before, name)
            case inspect.TupleType(item_types=types):
                old = before if isinstance(before, list | tuple) else [UNSET] * len(types)
                return [self.value(one, node.below.get(str(n)), old[n], f"{name}.{n}") for n, one in enumerate(types)]
        return before if node.text is None else self._leaf(info, node.text, before, name)

    def _struct(self, struct: inspect.StructType, node: Node, before: Any, name: str) -> Any:
        old = before if isinstance(before, dict) else {}
        read = {
            one.encode_name: self.value(
                one.type, node.below.get(one.encode_name), old.get(one.encode_name, UNSET), f"{name}.{one.encode_name}"
            )
            for one in struct.fields
        }
        return {key: value for key, value in read.items() if value is not UNSET}

    def _leaf(self, info: inspect.Type, text: str, before: Any, name: str) -> Any:
        if isinstance(before, str) and sentences.plain_text(text) == sentences.plain_text(before):
            return before  # an edge of space that was there before is no change
        ask = str(self.ask.get(unnumbered(name), ""))
        kind = bare(info)
        if bare is not info and isinstance(info, inspect.UnionType) and sentences.is_blank(text):
            return None
        match bare:
            case inspect.StrType():
                value, wrong = sentences.read_text(bare, text, ask)
            case inspect.IntType() | inspect.FloatType():
                value, wrong = sentences.read_number(bare, text, ask)
            case inspect.LiteralType() | inspect.EnumType():
                value, wrong = sentences.read_choice(bare, text)
            case inspect.BoolType():
                value, wrong = sentences.read_yes(text)
            case _:
                return before
        if wrong:
            self.problems.append(Problem(name, wrong))
        return value

    def _rows(self, info: Lists, node: Node, before: Any, name: str) -> Any:
        if not node.rows():
            return before
        old = list(before) if isinstance(before, list | tuple) else []
        placed = list(self._placed(info, node, old, name))
        rows = [value for _at, value in sorted(placed, key=lambda one: one[0])]
        if len(rows) < (info.min_length or 0):
            self.problems.append(Problem(name, sentences.too_few(info.min_length or 0, str(self.ask.get(unnumbered(name), "")))))
        if info.max_length is not None and len(rows) > info.max_length:
            self.problems.append(Problem(name, sentences.too_many(info.max_length, len(rows))))
        return rows

    def _placed(self, info: Lists, node: Node, old: list[Any], name: str) -> Iterator[tuple[tuple[int, int, int], Any]]:
        """The rows with where they belong. A row that was moved goes before the one that holds its new place, or after it
        when it comes from above.
        """
        known = {row[IDENTITY]: at for at, row in enumerate(old) if isinstance(row, dict) and IDENTITY in row}
        is_named, seen = has_identity(info.item_type), set()
        taken = set(known)
        for number, row in node.rows():
            given = (row.below[IDENTITY].text or "") if IDENTITY in row.below else ""
            at = known.get(given, len(old)) if is_named else number
            if at in seen:
                at = len(old)
            is_old = at < len(old)
            if is_old:
                seen.add(at)
            if not _has_words(info.item_type, row):
                continue
            written = Node(row.text, {key: child for key, child in row.below.items() if not (is_named and key == IDENTITY)})
            value = self.value(info.item_type, written, old[at] if is_old else UNSET, f"{name}.{number}")
            if is_named and isinstance(value, dict):
                value[IDENTITY] = given if is_old else self._new_id(given, taken)
                taken.add(value[IDENTITY])
            was = number + 1
            place = _place(row, was)
            yield (place, (place > was) - (place < was), number), value
        for at, value in enumerate(old):
            if at not in seen:
                yield (at + 1, 0, at), value

    def _new_id(self, given: str, taken: set[Any]) -> str:
        """A new row may bring its name (a subject everybody knows), else it gets one that nobody has."""
        return given if _ID.fullmatch(given) and given not in taken else self.fresh()


def unnumbered(name: str) -> str:
    """`d.links.3.url` as `links.url`."""
    return ".".join(part for part in name.split(".")[1:] if not part.isdigit())


def bare(info: inspect.Type) -> inspect.Type:
    """The type itself: out of its metadata, and the one that is not None of an optional."""
    while isinstance(info, inspect.Metadata):
        info = info.type
    if isinstance(info, inspect.UnionType):
        kinds = [kind for kind in info.types if not isinstance(kind, inspect.NoneType)]
        return bare(kinds[0]) if len(kinds) == 1 else info
    return info


def has_identity(info: inspect.Type) -> bool:
    kind = bare(info)
    return isinstance(bare, inspect.StructType) and any(one.encode_name == IDENTITY for one in bare.fields)


def _has_words(info: inspect.Type, node: Node) -> bool:
    """Whether anybody wrote in the row: a box or a choice alone is no row, nor are its name and place."""
    match bare(info):
        case inspect.StructType(fields=fields):
            below = ((one.type, node.below.get(one.encode_name)) for one in fields if one.encode_name != IDENTITY)
            return any(_has_words(kind, child) for kind, child in below if child)
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            return any(_has_words(item, row) for _number, row in node.rows())
        case inspect.BoolType() | inspect.LiteralType() | inspect.EnumType():
            return False
    return node.text is not None and not sentences.is_blank(node.text)


def _place(row: Node, otherwise: int) -> int:
    text = (row.below[PLACE].text or "") if PLACE in row.below else ""
    return int(text) if re.fullmatch(r"[0-9]{1,5}", text) else otherwise
