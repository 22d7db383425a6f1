"""The named samples in an exercise's `examples.json`: for tests, gallery, demo and simulated participants."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from itertools import takewhile
from pathlib import Path
from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import Envelope, Event, Exercise, PhaseChanged

PACKAGE = Path(__file__).resolve().parent.parent
Row = tuple[str, str, int, dict[str, Any]]


class BadExamples(ValueError):
    """An `examples.json` that cannot be read; says which exercise, which example and which row."""


class Sample(msgspec.Struct, frozen=True):
    """One sample as it stands in the file.

    `definition` names one of the file's definitions. `rows` are in ledger order: a text is a phase the exercise moved to,
    a list is (author, kind, version, data); authors that begin with `crew` are crew.
    """

    name: str
    definition: str
    rows: tuple[str | Row, ...]


class Samples(msgspec.Struct, frozen=True):
    """A whole `examples.json`; every definition ever released keeps a sample here."""

    definitions: dict[str, dict[str, Any]]
    examples: tuple[Sample, ...]


class Example(msgspec.Struct, frozen=True):
    """A sample made ready: the decoded definition and the events as an exercise gets them. `phase` is where it ends."""

    name: str
    definition: Any
    events: tuple[Event, ...]
    phase: str

    def state(self, exercise: Exercise) -> Any:
        return reduce(lambda state, event: exercise.fold(self.definition, state, event), self.events, exercise.empty(self.definition))

    def in_phase(self, phase: str) -> Example:
        """The same sample when that phase was about to end; one it never came to follows after everything else."""
        moves = [number for number, event in enumerate(self.events) if isinstance(event, PhaseChanged) and event.phase == phase]
        if not moves:
            seq = len(self.events) + 1
            return msgspec.structs.replace(self, events=(*self.events, PhaseChanged(seq, phase, seq)), phase=phase)
        begun = moves[-1] + 1
        during = takewhile(lambda event: not isinstance(event, PhaseChanged), self.events[begun:])
        return msgspec.structs.replace(self, events=(*self.events[:begun], *during), phase=phase)

    @property
    def first_author(self) -> str:
        """A participant of the sample, to see it as; empty when nobody gave anything."""
        given = (event.author for event in self.events if isinstance(event, Envelope) and event.role == "participant")
        return next(given, "")


def read_samples(exercise: Exercise) -> Samples:
    """The file as it stands. Raises BadExamples."""
    with _naming(exercise, "the file"):
        return msgspec.json.decode((PACKAGE / exercise.folder / "examples.json").read_bytes(), type=Samples)


def examples_of(exercise: Exercise) -> tuple[Example, ...]:
    """All samples, brought to today's versions. Raises BadExamples."""
    samples = read_samples(exercise)
    return tuple(_example(exercise, samples, sample) for sample in samples.examples)


def definition_from(exercise: Exercise, data: dict[str, Any]) -> Any:
    """A definition of any version as today's struct."""
    return msgspec.convert(exercise.upgrade_definition(data["version"], dict(data)), exercise.definition)


def _example(exercise: Exercise, samples: Samples, sample: Sample) -> Example:
    events = tuple(_event(exercise, sample.name, seq, row) for seq, row in enumerate(sample.rows, 1))
    phases = [row for row in sample.rows if isinstance(row, str)]
    with _naming(exercise, f"example “{sample.name}”, definition “{sample.definition}”"):
        definition = definition_from(exercise, samples.definitions[sample.definition])
    return Example(sample.name, definition, events, phases[-1] if phases else "")


def _event(exercise: Exercise, sample: str, seq: int, row: str | Row) -> Event:
    if isinstance(row, str):
        return PhaseChanged(seq, row, seq)
    author, kind, version, data = row
    with _naming(exercise, f"example “{sample}”, row {seq} ({author}, {kind})"):
        kind, data = exercise.upgrade(kind, version, data)
        gift = msgspec.convert(data, exercise.contributions[kind])
    return Envelope(seq, f"sample-{seq:022}", author, "crew" if author.startswith("crew") else "participant", kind, gift)


@contextmanager
def _naming(exercise: Exercise, place: str) -> Iterator[None]:
    """Whatever goes wrong in there, said with its place in the file."""
    try:
        yield
    except KeyError as error:
        raise BadExamples(f"{exercise.folder}/examples.json: {place}: there is no {error}") from error
    except (ValueError, TypeError) as error:  # msgspec's are ValueErrors, too
        raise BadExamples(f"{exercise.folder}/examples.json: {place}: {error}") from error
