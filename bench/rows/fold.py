"""What one step of each type's fold costs at the 10,000th contribution, and folding them all again, beside a loop that decodes them."""

from __future__ import annotations

import functools
import itertools
import statistics
import time
from typing import Any, NamedTuple

import msgspec

from bench.frame import Measured, pinned, row
from mellanrum.exercise_kit.contract import Envelope, Exercise
from mellanrum.exercise_kit.examples import Row, definition_from, read_samples
from mellanrum.exercise_kit.registry import registry
from mellanrum.exercise_kit.runner import Runner

MANY, LAST = 10_000, 1_000
CROWDED = "thirty-one"


class Figures(NamedTuple):
    """Median seconds of a step and of decoding a row; seconds of folding all again and of decoding all."""

    step: float
    decode: float
    refold: float
    decode_all: float


class Gift(NamedTuple):
    """A contribution as it lies in the ledger: JSON still to be decoded."""

    author: str
    kind: str
    body: bytes


@functools.cache
def measure_fold(slug: str) -> Figures:
    with pinned():
        exercise = registry()[slug]
        definition, gifts = crowd(exercise, MANY)
        exercise.views["crew"](definition, exercise.empty(definition), "")  # what a type loads, it loads now
        decoding, events = zip(*(_timed_decode(exercise, seq, gift) for seq, gift in enumerate(gifts, 1)), strict=True)
        runner = Runner(exercise, definition)
        for event in events[:-LAST]:
            runner.apply(event)
        steps = [_timed_step(runner, event) for event in events[-LAST:]]
        return Figures(statistics.median(steps), statistics.median(decoding[-LAST:]), _refold(runner), sum(decoding))


def crowd(exercise: Exercise, many: int) -> tuple[Any, list[Gift]]:
    """The rows of the type's crowded example again and again, each round from other people; crew does what it does there once."""
    samples, rows = read_samples(exercise), rows_of(exercise)
    sample = next(one for one in samples.examples if one.name == CROWDED)
    given = [row for row in rows if not row[0].startswith("crew")] or rows
    again = ((row, turn) for turn in itertools.count(1) for row in given)
    gifts = [_gift(exercise, row, turn) for row, turn in itertools.islice(itertools.chain(((row, 0) for row in rows), again), many)]
    return definition_from(exercise, samples.definitions[sample.definition]), gifts


def rows_of(exercise: Exercise) -> list[Row]:
    """What people give in the crowded example; a phase that changes is no row."""
    sample = next(one for one in read_samples(exercise).examples if one.name == CROWDED)
    return [one for one in sample.rows if not isinstance(one, str)]


def _gift(exercise: Exercise, row: Row, turn: int) -> Gift:
    author, kind, version, data = row
    kind, data = exercise.upgrade(kind, version, data)
    return Gift(f"{author}-{turn}", kind, msgspec.json.encode(data))


def _timed_decode(exercise: Exercise, seq: int, gift: Gift) -> tuple[float, Envelope]:
    begun = time.perf_counter()
    data = msgspec.json.decode(gift.body, type=exercise.contributions[gift.kind])
    took = time.perf_counter() - begun
    role = "crew" if gift.author.startswith("crew") else "participant"
    return took, Envelope(seq, f"gift-{seq:022}", gift.author, role, gift.kind, data)


def _timed_step(runner: Runner, event: Envelope) -> float:
    begun = time.perf_counter()
    runner.apply(event)
    return time.perf_counter() - begun


def _refold(runner: Runner) -> float:
    """As when crew hides the first of them all."""
    begun = time.perf_counter()
    runner.void(1)
    assert runner.state is not None
    return time.perf_counter() - begun


def _step(slug: str) -> Measured:
    found = measure_fold(slug)
    return Measured(found.step * 1e6, found.decode * 1e6, is_yardstick=True)


def _again(slug: str) -> Measured:
    found = measure_fold(slug)
    return Measured(found.refold, found.decode_all, is_yardstick=True)


for _slug in (slug for slug, exercise in registry().items() if rows_of(exercise)):  # to a talk nothing is sent
    row(f"fold-{_slug}", unit="µs per step", goal="<= 20")(functools.partial(_step, _slug))
    row(f"fold-{_slug}-again", unit="s for 10,000", goal="<= 0.5")(functools.partial(_again, _slug))
