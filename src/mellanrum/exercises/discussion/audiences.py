"""What each audience may see of table talks: the room how people are spread, a table its own sheet, crew how far each has come."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from mellanrum.exercises.discussion.definition import ALLOW, Definition, fields_of, label_of
from mellanrum.exercises.discussion.sheets import pen_of
from mellanrum.exercises.discussion.tables import (
    BLANK,
    NOBODY,
    TABLE,
    Place,
    Sheet,
    State,
    handle_of,
    keys_in_order,
    table_of,
    text_in,
)
from mellanrum.exercises.discussion.views import (
    Choice,
    CrewTable,
    CrewView,
    Guest,
    Line,
    OwnField,
    OwnView,
    PhoneView,
    ProjectorView,
    Seats,
    Shown,
    Told,
)

SHARE = "share"
CLOSED = "closed"
MOST_READ, LONGEST_READ = 12, 600  # sheets in one cell, and characters of a text in them; the documentation has all


def phone(definition: Definition, state: State, phase: str) -> PhoneView:
    return PhoneView(
        question=definition.question,
        phase=phase,
        way=definition.way,
        formed=is_formed(definition, state),
        asks_names=definition.names,
        tables=seats(definition, state),
        subjects=_subjects(definition),
        prompt=prompt_of(definition, state),
        prompt_number=min(state.prompt, max(1, len(definition.prompts))),
        prompts=len(definition.prompts),
        fields=tuple(Choice(key, label_of(key)) for key in fields_of(definition)),
        quotes=definition.sheet and definition.quotes,
        shown=_read(definition, state) if phase in {SHARE, CLOSED} else (),
    )


def _read(definition: Definition, state: State) -> tuple[Shown, ...]:
    """The sheet the room reads; units were never in one room, so their people read those of all, the first so many."""
    if definition.way == "units":
        return tuple(_shortened(sheet_of(definition, state, key)) for key in written_sheets(definition, state)[:MOST_READ])
    shown = on_show(definition, state)
    return (shown,) if shown else ()


def _shortened(shown: Shown) -> Shown:
    told = (Told(one.field, one.label, tuple(Truncator(text).chars(LONGEST_READ) for text in one.texts)) for one in shown.fields)
    return Shown(shown.table, shown.title, tuple(told), shown.photos)


def projector(definition: Definition, state: State, phase: str) -> ProjectorView:
    written, shown = written_sheets(definition, state), on_show(definition, state) if phase in {SHARE, CLOSED} else None
    return ProjectorView(
        question=definition.question,
        phase=phase,
        way=definition.way,
        formed=is_formed(definition, state),
        waiting=sum(one.is_in and not one.table for one in state.people.values()),
        tables=seats(definition, state),
        subjects=_subjects(definition),
        prompt=prompt_of(definition, state),
        prompt_number=min(state.prompt, max(1, len(definition.prompts))),
        prompts=len(definition.prompts),
        shown=shown,
        place=written.index(shown.table) + 1 if shown else 0,
        sheets=len(written),
    )


def crew(definition: Definition, state: State, phase: str) -> CrewView:
    shown = on_show(definition, state)
    return CrewView(
        question=definition.question,
        phase=phase,
        way=definition.way,
        rounds=state.rounds,
        waiting=sum(one.is_in and not one.table for one in state.people.values()),
        seed=f"{state.stir or 'first'}-{state.rounds + 1}",
        undo=state.formed_by,
        tables=tuple(_crew_table(definition, state, key) for key in keys_in_order(definition, state)),
        prompts=definition.prompts,
        prompt_number=min(state.prompt, max(1, len(definition.prompts))),
        count=state.count or definition.tables,
        has_sheet=definition.sheet,
        showing=shown.table if shown else "",
    )


def own(definition: Definition, state: State, author: str) -> OwnView:
    one, key = state.people.get(author, NOBODY), table_of(state, author)
    place, sheet, pen = state.tables.get(key, Place(key)), state.sheets.get(key, BLANK), pen_of(state, key)
    others = (other.name for who, other in state.people.items() if key and who != author and other.table == key and other.name)
    stray = state.strays.get(author)
    return OwnView(
        table=key,
        title=place.title,
        subject=_text_of(definition, place.subject),
        others=tuple(sorted(others)),
        is_in=one.is_in,
        name=one.name,
        organisation=one.house,
        first=one.first,
        second=one.second,
        tag=f"{state.rounds}.{key}" if key and definition.way == "mixed" and state.rounds else "",
        pen="free" if not pen else "mine" if pen == author else "other",
        pen_at=sheet.pen_at,
        asked=bool(sheet.asks) and pen == author,
        asking=sheet.asks == author,
        fields=tuple(_own_field(sheet, field) for field in _all_fields(definition)) if key else (),
        photos=tuple((photo.name, photo.caption) for photo in sheet.photos) if key else (),
        astray=stray.text if stray else "",
        shared=author.startswith(TABLE),
    )


def is_formed(definition: Definition, state: State) -> bool:
    return bool(state.rounds) or not definition.is_formed


def prompt_of(definition: Definition, state: State) -> str:
    """The one that is on; empty without any."""
    return definition.prompts[min(state.prompt, len(definition.prompts)) - 1] if definition.prompts else ""


def seats(definition: Definition, state: State) -> tuple[Seats, ...]:
    sitting = Counter(one.table for one in state.people.values())
    found = ((key, state.tables.get(key, Place(key))) for key in keys_in_order(definition, state))
    return tuple(
        Seats(key, place.title, sitting[key], _text_of(definition, place.subject), state.sheets.get(key, BLANK).rev) for key, place in found
    )


def written_sheets(definition: Definition, state: State) -> list[str]:
    """The tables whose sheets have something to read, in order."""
    return [key for key in keys_in_order(definition, state) if _told(definition, state.sheets.get(key, BLANK)) or _photos(state, key)]


def on_show(definition: Definition, state: State) -> Shown | None:
    """The sheet that crew chose, else the first with something in it."""
    written = written_sheets(definition, state)
    key = state.showing if state.showing in written else next(iter(written), "")
    return sheet_of(definition, state, key) if key else None


def sheet_of(definition: Definition, state: State, key: str) -> Shown:
    """What may be read of a table's sheet: quotes only where the table said so."""
    sheet = state.sheets.get(key, BLANK)
    title = text_in(sheet, "title") or table_name(state, key)
    return Shown(key, title, _told(definition, sheet), _photos(state, key))


def table_name(state: State, key: str) -> str:
    title = state.tables.get(key, Place(key)).title
    return _("Bord %(number)s") % {"number": title} if title.isdecimal() else title


def may_share_quotes(sheet: Sheet) -> bool:
    return text_in(sheet, ALLOW) == "1"


def _told(definition: Definition, sheet: Sheet) -> tuple[Told, ...]:
    read = [field for field in fields_of(definition) if field != "title" and (field != "quotes" or may_share_quotes(sheet))]
    texts = {field: tuple(one.text.strip() for one in sheet.fields.get(field, ()) if one.text.strip()) for field in read}
    return tuple(Told(field, label_of(field), texts[field]) for field in read if texts[field])


def _photos(state: State, key: str) -> tuple[tuple[str, str], ...]:
    return tuple((photo.name, photo.caption) for photo in state.sheets.get(key, BLANK).photos)


def _subjects(definition: Definition) -> tuple[Choice, ...]:
    return tuple(Choice(subject.id, subject.text) for subject in definition.subjects) if definition.way == "interest" else ()


def _text_of(definition: Definition, subject: str) -> str:
    return next((one.text for one in definition.subjects if one.id == subject), "")


def _all_fields(definition: Definition) -> tuple[str, ...]:
    return (*fields_of(definition), *([ALLOW] if definition.sheet and definition.quotes else []))


def _own_field(sheet: Sheet, field: str) -> OwnField:
    versions = sheet.fields.get(field, ())
    if not versions:
        return OwnField(field, label_of(field), "", "", None, entered=False)
    main, *beside = versions
    return OwnField(
        field, label_of(field), main.text, str(main.seq), main.at, main.entered, tuple((str(one.seq), one.text) for one in beside)
    )


def _crew_table(definition: Definition, state: State, key: str) -> CrewTable:
    sheet, place = state.sheets.get(key, BLANK), state.tables.get(key, Place(key))
    guests = sorted((one.name, handle_of(author)) for author, one in state.people.items() if one.table == key)
    return CrewTable(
        key=key,
        title=place.title,
        subject=_text_of(definition, place.subject),
        guests=tuple(Guest(handle, name) for name, handle in guests),
        state=_progress(state, key),
        lines=_lines(definition, sheet),
    )


def _progress(state: State, key: str) -> Literal["none", "begun", "text"]:
    sheet = state.sheets.get(key, BLANK)
    if text_in(sheet, "box") or sheet.photos:
        return "text"
    has_begun = pen_of(state, key) or any(text_in(sheet, field) for field in sheet.fields)
    return "begun" if has_begun else "none"


def _lines(definition: Definition, sheet: Sheet) -> tuple[Line, ...]:
    written = [
        Line(one.id, label_of(field), one.text.strip(), beside=place > 0, entered=one.entered)
        for field in fields_of(definition)
        for place, one in enumerate(sheet.fields.get(field, ()))
        if one.text.strip()
    ]
    return (*written, *(Line(photo.id, _("Foto"), photo.caption, picture=photo.name) for photo in sheet.photos))
