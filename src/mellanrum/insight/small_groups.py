"""Which groups may be shown apart so that neither a group nor what is left without it is too small."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Split(msgspec.Struct, frozen=True):
    """`shown` groups stand for themselves, `others` are counted together; with nothing in both there is no split."""

    shown: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        return bool(self.shown)


NO_SPLIT = Split()


def split_groups(sizes: Mapping[str, int], minimum: int) -> Split:
    """Merge groups smaller than `minimum` into one; is that still too small, the next smallest joins it.

    Whoever belongs nowhere is a group of its own in `sizes`. Without at least two parts there is nothing to compare and
    nothing is shown: the whole minus one part would tell the other. The answer depends on sizes and names alone.
    """
    ordered = sorted((name for name, size in sizes.items() if size > 0), key=lambda name: (-sizes[name], name))
    shown = [name for name in ordered if sizes[name] >= minimum]
    others = [name for name in ordered if sizes[name] < minimum]
    while others and shown and sum(sizes[name] for name in others) < minimum:
        others.insert(0, shown.pop())
    parts = len(shown) + bool(others)
    return Split(tuple(shown), tuple(others)) if parts > 1 and shown else NO_SPLIT
