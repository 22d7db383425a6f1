"""What table talks leave to the documentation: the question, and the sheets with what may be shared."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mellanrum.core.picture_files import picture_address
from mellanrum.exercise_kit.document import Block, Bullets, Passage, Photo, Picture, Quote, Terms, Text
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.discussion.audiences import sheet_of, table_name, written_sheets
from mellanrum.exercises.discussion.definition import Definition
from mellanrum.exercises.discussion.tables import BLANK, State, handle_of
from mellanrum.exercises.discussion.views import Shown


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """The question with its prompts once somebody sat down, and a passage for each sheet; who sat where is told nowhere."""
    written = written_sheets(definition, state)
    if not written and not any(one.table for one in state.people.values()):
        return ()
    sheets = ngettext("%(n)s blad", "%(n)s blad", len(written)) % {"n": len(written)} if written else ""
    asked: list[Block] = [Bullets(definition.prompts)] if definition.prompts else []
    told = (
        _("Borden pratade. Varje blad här under är ett bords.")
        if written
        else _("Borden pratade. Det som antecknades står i anteckningarna.")
    )
    first = Passage(f"{exercise}/question", definition.question, source_of(exercise, sheets), (Text(told), *asked))
    return (first, *(_sheet(definition, state, exercise, key) for key in written))


def _sheet(definition: Definition, state: State, exercise: str, key: str) -> Passage:
    shown, name = sheet_of(definition, state, key), table_name(state, key)
    entered = any(one.entered for versions in state.sheets.get(key, BLANK).fields.values() for one in versions)
    source = _("%(table)s, infört från papper") % {"table": name} if entered else name
    # A unit's name may have any letters; the key of a passage is its address on the page.
    place = key if key.isdecimal() else handle_of(key)
    return Passage(f"{exercise}/table-{place}", shown.title, source_of(exercise, source), (*_blocks(shown), *_photos(shown, name)))


def _blocks(shown: Shown) -> list[Block]:
    blocks: list[Block] = []
    for told in shown.fields:
        if told.field == "quotes":
            blocks += [Quote(line.strip()) for text in told.texts for line in text.splitlines() if line.strip()]
        elif told.field == "box":
            blocks += [Text(paragraph.strip()) for text in told.texts for paragraph in text.split("\n\n") if paragraph.strip()]
        else:
            blocks.append(Terms(tuple((told.label, text) for text in told.texts)))
    return blocks


def _photos(shown: Shown, name: str) -> list[Block]:
    alt = _("Foto av bladet från %(table)s") % {"table": name}
    return [Photo(Picture(picture_address(photo), caption or alt), caption, name) for photo, caption in shown.photos]
