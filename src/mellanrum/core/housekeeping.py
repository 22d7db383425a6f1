"""What nobody needs any more is taken away: at every start and once a day, in a thread of its own, a little at a time.

A package says `sweep(function)` in its `AppConfig.ready`. The function gets the moment and gives what may go: querysets of rows
whose time is over; what is more than deleting it does itself. How long something is kept is said beside it, in `<package>/housekeeping.py`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import connections
from django.db.models import Model, QuerySet

from mellanrum.core.clock import now

logger = logging.getLogger(__name__)

PAUSE = timedelta(days=1)
AT_ONCE = 200  # rows in one transaction: answers wait behind it

Sweep = Callable[[datetime], Iterable[QuerySet[Model]]]
_sweeps: list[Sweep] = []


def sweep(function: Sweep) -> None:
    """Let this be asked what may go."""
    if function not in _sweeps:
        _sweeps.append(function)


def keep_house(moment: datetime, sweeps: Iterable[Sweep] | None = None) -> int:
    """Delete what may go by then; how many rows that was. What fails is told to the operator and holds up nothing else."""
    gone = 0
    for function in list(_sweeps if sweeps is None else sweeps):
        try:
            gone += sum(_take_away(rows) for rows in function(moment))
        except Exception:
            logger.exception("Housekeeping failed in %s.", function.__module__)
    return gone


def _take_away(rows: QuerySet[Model]) -> int:
    """In transactions so short that nobody notices."""
    gone = 0
    while some := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        gone += rows.model._base_manager.filter(pk__in=some).delete()[0]  # noqa: SLF001 - documented by Django
    return gone


class Housekeeper(threading.Thread):
    """Keeps house at once and then whenever `rest` has waited a day; `rest(seconds)` is true when it is time to end."""

    def __init__(self, clock: Callable[[], datetime] = now, rest: Callable[[float], bool] | None = None) -> None:
        super().__init__(name="housekeeping", daemon=True)
        self._ended = threading.Event()
        self._clock = clock
        self._rest = rest or self._ended.wait

    def run(self) -> None:
        is_over = False
        while not is_over:
            keep_house(self._clock())
            connections.close_all()
            is_over = self._rest(PAUSE.total_seconds())

    def stop(self) -> None:
        self._ended.set()
        if self.is_alive():
            self.join(5)
