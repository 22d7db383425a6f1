"""What a change did to a plan, as plain values, and the plan without it: pure, and exact where nobody else has touched the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

Values = dict[str, Any]


class Overlap(Exception):
    """Somebody else has changed the same since; its argument is the key of a block, `order` or empty for the gathering."""


class Snapshot(msgspec.Struct, frozen=True):
    """A plan: the gathering's own fields, and its blocks by key in their order."""

    gathering: Values
    blocks: dict[str, Values]


class Difference(msgspec.Struct, frozen=True):
    """Each value as (before, after). A block that was not there has None before, one that was removed None after."""

    gathering: dict[str, tuple[Any, Any]] = {}
    blocks: dict[str, tuple[Values | None, Values | None]] = {}
    order: tuple[list[str], list[str]] | None = None

    def __bool__(self) -> bool:
        return bool(self.gathering or self.blocks or self.order)


def difference(before: Snapshot, after: Snapshot) -> Difference:
    keys = dict.fromkeys([*before.blocks, *after.blocks])
    blocks = {key: told for key in keys if (told := _block(before.blocks.get(key), after.blocks.get(key))) is not None}
    order = (list(before.blocks), list(after.blocks))
    changed = {name: (value, after.gathering[name]) for name, value in before.gathering.items() if value != after.gathering[name]}
    return Difference(changed, blocks, order if order[0] != order[1] else None)


def _block(before: Values | None, after: Values | None) -> tuple[Values | None, Values | None] | None:
    if before is None or after is None:
        return before, after
    names = [name for name in before if before[name] != after[name]]
    return ({name: before[name] for name in names}, {name: after[name] for name in names}) if names else None


def without(now: Snapshot, change: Difference) -> Snapshot:
    """The plan as it would be had the change not been made; what others have done beside it stays. Raises Overlap."""
    gathering = _back(now.gathering, *_parts(change.gathering), key="")
    blocks = dict(now.blocks)
    for key, (before, after) in change.blocks.items():
        found = _turned(now.blocks.get(key), before, after, key)
        if found is None:
            blocks.pop(key, None)
        else:
            blocks[key] = found
    keys = _order(list(now.blocks), blocks, change)
    return Snapshot(gathering, {key: blocks[key] for key in keys})


def _parts(changed: Mapping[str, tuple[Any, Any]]) -> tuple[Values, Values]:
    return {name: one[0] for name, one in changed.items()}, {name: one[1] for name, one in changed.items()}


def _turned(now: Values | None, before: Values | None, after: Values | None, key: str) -> Values | None:
    """One block without the change; None: it is not there."""
    if (now is None) != (after is None):
        raise Overlap(key)
    if before is None:
        _back(now or {}, {}, after or {}, key=key)
        return None
    return dict(before) if after is None else _back(now or {}, before, after, key=key)


def _back(now: Values, before: Values, after: Values, *, key: str) -> Values:
    if any(now[name] != value for name, value in after.items()):
        raise Overlap(key)
    return {**now, **before}


def _order(now: Sequence[str], there: Iterable[str], change: Difference) -> list[str]:
    wanted = set(there)
    if change.order is None:
        return [key for key in now if key in wanted]
    before, after = change.order
    both = set(before) & set(after)
    if _among(before, both) == _among(after, both):  # nothing was moved: what others moved since stays there
        return _filled([key for key in now if key in wanted], [key for key in before if key in wanted])
    standing = both & set(now)
    if _among(now, standing) != _among(after, standing):
        raise Overlap("order")
    return _beside([key for key in before if key in wanted], [key for key in now if key in wanted])


def _among(keys: Iterable[str], some: set[str]) -> list[str]:
    return [key for key in keys if key in some]


def _filled(keys: list[str], wanted: Sequence[str]) -> list[str]:
    """What is missing comes in front of what it stood in front of."""
    following: str | None = None
    for key in reversed(wanted):
        if key not in keys:
            keys.insert(len(keys) if following is None else keys.index(following), key)
        following = key
    return keys


def _beside(wanted: list[str], now: Sequence[str]) -> list[str]:
    """What others have added since stays behind what it stands behind."""
    leader: str | None = None
    for key in now:
        if key not in wanted:
            wanted.insert(0 if leader is None else wanted.index(leader) + 1, key)
        leader = key
    return wanted
