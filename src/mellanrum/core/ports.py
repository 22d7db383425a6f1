"""Ports: how a package uses what a package further to the left gives, without importing it.

The giver says `provide("open_initiatives", function)` in its `AppConfig.ready`; the user asks `provided("open_initiatives")`
and copes with None, so that a package works without the ones that lean on it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_providers: dict[str, Callable[..., Any]] = {}


def provide(name: str, function: Callable[..., Any]) -> None:
    """Offer a function under a name. Raises ValueError when another function already has it."""
    if _providers.get(name, function) is not function:
        raise ValueError(f"{name} is already provided by {_providers[name].__module__}")
    _providers[name] = function


def provided(name: str) -> Callable[..., Any] | None:
    """The function offered under that name; None when nobody gives it in this installation."""
    return _providers.get(name)


def withdraw(name: str) -> None:
    """Take an offer back (tests)."""
    _providers.pop(name, None)
