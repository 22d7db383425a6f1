"""What a form carries, as a tree of its dotted names, and the shape (`msgspec.inspect`) that says what each name means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import inspect

from mellanrum.exercise_kit.sentences import is_blank

Form = Mapping[str, Sequence[str]]
Lists = inspect.VarTupleType | inspect.ListType
# A row's stable name, and where it is wanted; the latter is a name no struct has.
IDENTITY, PLACE = "id", "_place"
LONGEST_NAME = 200
# More rows than any list may have, and few enough to draw again with what is wrong.
_ROW = re.compile(r"0|[1-9][0-9]{0,2}")


@dataclass
class Node:
    """A place in the form's tree of names: what stands there, and what stands below."""

    text: str | None = None
    below: dict[str, Node] = field(default_factory=dict)

    def rows(self) -> list[tuple[int, Node]]:
        return sorted((int(name), node) for name, node in self.below.items() if _ROW.fullmatch(name))

    def said(self, key: str) -> str:
        """The text below that key, empty without one."""
        return (self.below[key].text or "") if key in self.below else ""

    def without(self, key: str) -> Node:
        return Node(self.text, {name: node for name, node in self.below.items() if name != key})


def tree_of(form: Form) -> Node:
    """Of several values of a name the last counts, so that a hidden "no" may stand before a box."""
    root = Node()
    for name, values in form.items():
        if not values or len(name) > LONGEST_NAME:
            continue
        node = root
        for part in name.split("."):
            node = node.below.setdefault(part, Node())
        node.text = values if isinstance(values, str) else values[-1]
    return root


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


def is_optional(info: inspect.Type) -> bool:
    while isinstance(info, inspect.Metadata):
        info = info.type
    return isinstance(info, inspect.UnionType) and any(isinstance(kind, inspect.NoneType) for kind in info.types)


def has_identity(info: inspect.Type) -> bool:
    """Whether rows of this shape have a name of their own that contributions may point at."""
    kind = bare(info)
    return isinstance(kind, inspect.StructType) and any(one.encode_name == IDENTITY for one in kind.fields)


def has_words(info: inspect.Type, node: Node) -> bool:
    """Whether anybody wrote in the row: a box or a choice alone is no row, nor are its name and place."""
    match bare(info):
        case inspect.StructType(fields=fields):
            below = ((one.type, node.below.get(one.encode_name)) for one in fields if one.encode_name != IDENTITY)
            return any(has_words(kind, child) for kind, child in below if child)
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            return any(has_words(item, row) for _number, row in node.rows())
        case inspect.BoolType() | inspect.LiteralType() | inspect.EnumType():
            return False
    return node.text is not None and not is_blank(node.text)


def place_of(row: Node, otherwise: int) -> int:
    """Where the row is wanted, counted from one."""
    text = row.said(PLACE)
    return int(text) if re.fullmatch(r"[0-9]{1,5}", text) else otherwise
