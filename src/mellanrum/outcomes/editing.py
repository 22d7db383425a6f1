"""What editors do with a documentation: change a passage, write one of their own, publish."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from django.db import transaction

from mellanrum.accounts.audit import note
from mellanrum.accounts.models import User
from mellanrum.core.clock import now
from mellanrum.exercise_kit.document import Passage
from mellanrum.outcomes.models import OwnPassage, PassageEdit, Publication
from mellanrum.outcomes.overlay import mark_of, texts_of
from mellanrum.programmes.models import Gathering

LONGEST_HEADING = 200
LONGEST_TEXT = 20_000
MOST_OWN = 60


class NotSaved(Exception):
    """The edit cannot be kept as it is; `reason` is empty, long, many or both (somebody else has saved in between)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Written(msgspec.Struct, frozen=True):
    """What an editor wrote over a passage. `texts` maps marks to texts; `seen` is the version it was written on, 0 for none."""

    heading: str = ""
    note: str = ""
    is_left_out: bool = False
    texts: Mapping[str, str] = {}
    seen: int = 0


def edit_passage(gathering: Gathering, passage: Passage, written: Written, *, actor: User | None) -> None:
    """Keep the edit; only what differs from the harvest is kept. Raises NotSaved."""
    originals = {mark_of(text): text for text in texts_of(passage)}
    texts = {mark: text for mark, text in written.texts.items() if mark in originals and text != originals[mark]}
    heading = "" if written.heading == passage.heading else written.heading
    _check(heading, written.note, *texts.values())
    with transaction.atomic():
        edit, is_new = PassageEdit.objects.select_for_update().get_or_create(
            gathering=gathering, passage=passage.key, defaults={"changed_at": now(), "version": 1}
        )
        if written.seen != (0 if is_new else edit.version):
            raise NotSaved("both")
        resting = {mark: text for mark, text in edit.texts.items() if mark not in originals}  # crew may show it again
        edit.heading, edit.note, edit.is_left_out, edit.texts = heading, written.note, written.is_left_out, resting | texts
        edit.version += 0 if is_new else 1
        edit.changed_by, edit.changed_at = actor, now()
        edit.save()


def write_passage(gathering: Gathering, *, heading: str, text: str, is_first: bool, after: str = "") -> OwnPassage:
    """A passage of the editors' own; `after` is the key of the harvested passage it follows. Raises NotSaved."""
    if OwnPassage.objects.filter(gathering=gathering).count() >= MOST_OWN:
        raise NotSaved("many")
    _check_own(heading, text)
    return OwnPassage.objects.create(gathering=gathering, heading=heading, text=text, is_first=is_first, after=after)


def rewrite_passage(own: OwnPassage, *, heading: str, text: str, is_first: bool, seen: int, after: str = "") -> None:
    """Change it. Raises NotSaved."""
    _check_own(heading, text)
    values = {"heading": heading, "text": text, "is_first": is_first, "after": after, "version": seen + 1}
    if not OwnPassage.objects.filter(pk=own.pk, version=seen).update(**values):
        raise NotSaved("both")


def remove_passage(own: OwnPassage) -> None:
    own.delete()


def publish(gathering: Gathering, *, actor: User | None) -> Publication:
    """Let everybody who has the address read it; the address stays the same when it was public before."""
    with transaction.atomic():
        found, _is_new = Publication.objects.get_or_create(gathering=gathering, defaults={"published_at": now()})
        if not found.is_public:
            found.is_public, found.published_at = True, now()
            found.save(update_fields=["is_public", "published_at"])
        note("documentation-published", actor=actor, place=_place(gathering))
    return found


def unpublish(gathering: Gathering, *, actor: User | None) -> None:
    """Close the public page; the address answers that there is nothing."""
    with transaction.atomic():
        Publication.objects.filter(gathering=gathering).update(is_public=False)
        note("documentation-unpublished", actor=actor, place=_place(gathering))


def _place(gathering: Gathering) -> str:
    return f"gathering-{gathering.pk}"


def _check_own(heading: str, text: str) -> None:
    if not heading or not text:
        raise NotSaved("empty")
    _check(heading, text)


def _check(heading: str, *texts: str) -> None:
    if len(heading) > LONGEST_HEADING or any(len(text) > LONGEST_TEXT for text in texts):
        raise NotSaved("long")
