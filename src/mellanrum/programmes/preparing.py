"""The exercise of a block: giving it one, preparing it, taking it away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Exercise
from mellanrum.exercise_kit.editing import NotReady, new_definition, read_editor
from mellanrum.exercise_kit.editing import Problem as ExerciseProblem
from mellanrum.exercise_kit.registry import choosable, registry
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.planning import block_of, check_open, keepsake
from mellanrum.programmes.refusals import Refused

MOST_DIFFERENCES = 30


class NotPrepared(Refused):
    """The exercise cannot be run as it is written."""

    status = 400
    reason = "exercise"

    def __init__(self, problems: tuple[ExerciseProblem, ...]) -> None:
        super().__init__(_("Övningen är inte sparad ännu. Se vad som saknas i den."))
        self.exercise_problems = problems


class ExerciseConflict(Refused):
    """Somebody else has prepared it meanwhile; `differences` is what they have where it is not what the person wrote."""

    reason = "exercise"

    def __init__(self, differences: tuple[str, ...]) -> None:
        super().__init__(_("Någon annan har ändrat övningen medan du skrev. Välj vad som ska gälla."))
        self.differences = differences


def definition_of(exercise: Exercise, block: Block) -> Any:
    """Raises ValueError for one that this version cannot read."""
    version = block.definition.get("version")
    if not isinstance(version, int):
        raise ValueError("no version")  # noqa: TRY004 -- stored data that is wrong, not a caller who is
    return msgspec.convert(exercise.upgrade_definition(version, dict(block.definition)), exercise.definition)


def can_last(block: Block) -> bool:
    """Whether people have something to give in its exercise, so that it can be open for days."""
    exercise = registry().get(block.exercise)
    try:
        return exercise is not None and exercise.lasting_phase(definition_of(exercise, block)) is not None
    except ValueError:  # nobody here can read it; that is told where it is edited
        return False


def takes_answers(exercise: Exercise, definition: Any) -> bool:
    """Whether people give something in it, each by themselves or a table together."""
    return any(phase.accepts or phase.table_accepts for phase in exercise.phases(definition))


def is_answered(block: Block) -> bool:
    """Whether people have something to give in the block's exercise, as it is prepared now."""
    exercise = registry().get(block.exercise)
    try:
        return exercise is not None and takes_answers(exercise, definition_of(exercise, block))
    except ValueError:
        return False


def digest_of(block: Block) -> str:
    """Tells whether the exercise is still the one a form started from."""
    content = msgspec.json.encode([block.exercise, block.definition], order="deterministic")
    return hashlib.sha256(content).hexdigest()[:16]


def give_exercise(gathering: Gathering, key: str, choice: str) -> Block:
    """Give the block a fresh exercise, `choice` being its slug and the way to begin: `slide:break`. Raises Locked, Gone, NotPrepared."""
    slug, _colon, start = choice.partition(":")
    with transaction.atomic():
        check_open(gathering)
        block = block_of(gathering, key)
        exercise = choosable().get(slug)
        if block.exercise:
            raise ExerciseConflict(())
        try:
            definition = new_definition(exercise, start) if exercise else None
        except LookupError:
            definition = None
        if exercise is None or definition is None:
            raise NotPrepared((ExerciseProblem("type", _("Välj en övning i listan.")),))
        block.exercise, block.definition = slug, _as_stored(definition)
        if takes_answers(exercise, definition):
            block.phones = True  # away, nobody could answer
            if block.kind == Block.Kind.LISTEN:
                block.kind = Block.Kind.ALONE  # who is to give something does not only listen
        block.save(update_fields=["exercise", "definition", "kind", "phones"])
    return block


def take_exercise(gathering: Gathering, key: str) -> str:
    """The block goes on without its exercise; returns what `restore_block` needs to undo it. Raises Locked, Gone."""
    with transaction.atomic():
        check_open(gathering)
        block = block_of(gathering, key)
        kept = keepsake(block)
        block.exercise, block.definition = "", {}
        block.save(update_fields=["exercise", "definition"])
    return kept


def prepare_exercise(gathering: Gathering, key: str, form: Mapping[str, Sequence[str]], *, was: str) -> Block:
    """Save what the editor carries; `was` is the digest it started from. Raises Locked, Gone, NotPrepared, ExerciseConflict."""
    with transaction.atomic():
        check_open(gathering)
        block = block_of(gathering, key)
        exercise = registry().get(block.exercise)
        if exercise is None:
            raise ExerciseConflict(())
        prepared = _read(exercise, block, form)
        if prepared == block.definition:
            return block
        if digest_of(block) != was:
            raise ExerciseConflict(tuple(_differences(block.definition, prepared))[:MOST_DIFFERENCES])
        block.definition = prepared
        block.save(update_fields=["definition"])
    return block


def _read(exercise: Exercise, block: Block, form: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    try:
        before = definition_of(exercise, block)
    except ValueError:
        before = new_definition(exercise)
    try:
        return _as_stored(read_editor(exercise, before, form))
    except NotReady as error:
        raise NotPrepared(error.problems) from error


def _as_stored(definition: Any) -> dict[str, Any]:
    """As the database gives it back: lists where the struct has tuples."""
    stored: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(definition))
    return stored


def _differences(theirs: Any, yours: Any) -> Iterator[str]:
    """The texts and numbers of theirs that yours does not have in the same place."""
    if isinstance(theirs, dict):
        for name, value in theirs.items():
            yield from _differences(value, yours.get(name) if isinstance(yours, dict) else None)
    elif isinstance(theirs, list | tuple):
        for place, value in enumerate(theirs):
            yield from _differences(value, yours[place] if isinstance(yours, list | tuple) and place < len(yours) else None)
    elif theirs != yours and not isinstance(theirs, bool) and theirs not in {None, ""}:
        yield str(theirs)
