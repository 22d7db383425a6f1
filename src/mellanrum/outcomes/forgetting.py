"""What editors have written over somebody's words, or quoted of them, goes when those words are erased."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from mellanrum.outcomes.documentation import passages_of
from mellanrum.outcomes.models import OwnPassage, PassageEdit
from mellanrum.outcomes.overlay import mark_of, texts_of
from mellanrum.outcomes.print.photos import PHOTOS
from mellanrum.outcomes.print.queue import PRESS
from mellanrum.programmes.models import Gathering

IN_ITS_PLACE = "[…]"


def forget_words(room_id: str, words: frozenset[str]) -> None:
    """Take the words, where they stand as they were written, out of everything editors wrote about that room's gathering."""
    longest_first = sorted(words, key=len, reverse=True)
    with transaction.atomic():
        for edit in PassageEdit.objects.select_for_update().filter(gathering__rooms=room_id):
            texts = {mark: _without(text, longest_first) for mark, text in edit.texts.items()}
            new = {"heading": _without(edit.heading, longest_first), "note": _without(edit.note, longest_first), "texts": texts}
            _change(edit, new)
        for own in OwnPassage.objects.select_for_update().filter(gathering__rooms=room_id):
            _change(own, {"heading": _without(own.heading, longest_first), "text": _without(own.text, longest_first)})
        for later in Gathering.objects.select_for_update().filter(programme__gatherings__rooms=room_id).exclude(changes=""):
            changes = _without(later.changes, longest_first)  # what they change may repeat what somebody wrote
            if changes != later.changes:
                Gathering.objects.filter(pk=later.pk).update(changes=changes)


def forget_gone_in(room_id: str) -> None:
    """Drop the edits of that room's texts that nobody can show again, and what is kept of paper that was set with them."""
    PRESS.forget()
    PHOTOS.forget()
    for gathering in Gathering.objects.select_related("programme").filter(rooms=room_id):
        forget_gone(gathering)


def forget_gone(gathering: Gathering) -> None:
    """Drop edits of texts that were taken back, changed or erased: an edit repeats their words. What crew has hidden only rests."""
    edits = [edit for edit in PassageEdit.objects.filter(gathering=gathering) if edit.texts]
    if not edits:
        return
    there = {passage.key: {mark_of(text) for text in texts_of(passage)} for passage in passages_of(gathering, with_hidden=True)}
    for edit in edits:
        _change(edit, {"texts": {mark: text for mark, text in edit.texts.items() if mark in there.get(edit.passage, ())}})


def _without(text: str, words: list[str]) -> str:
    for word in words:
        text = text.replace(word, IN_ITS_PLACE)
    return text


def _change(row: PassageEdit | OwnPassage, new: Mapping[str, object]) -> None:
    """Its version goes up: a form that still holds the words is not saved over it."""
    if any(getattr(row, name) != value for name, value in new.items()):
        type(row).objects.filter(pk=row.pk).update(**new, version=F("version") + 1)
