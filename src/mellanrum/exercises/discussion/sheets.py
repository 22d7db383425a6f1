"""A table's sheet: who has the pen, and what is written. Two who write by accident keep both texts."""

from __future__ import annotations

import msgspec

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.exercises.discussion.contributions import Enter, Pen, Photo, Write
from mellanrum.exercises.discussion.definition import Definition
from mellanrum.exercises.discussion.seats import seated
from mellanrum.exercises.discussion.tables import BLANK, TABLE, Picture, Place, Sheet, State, Stray, Version, is_there, key_of, table_of

SILENT_MS = 60_000  # who has not written for a minute hands over without being asked
PAPER = "sheet:"  # before the number of a paper sheet: the author of what is typed in from it
replace = msgspec.structs.replace


def pen_of(state: State, key: str) -> str:
    """Who writes; nobody when they have gone to another table."""
    pen = state.sheets.get(key, BLANK).pen
    return pen if pen and table_of(state, pen) == key else ""


def pen(definition: Definition, state: State, event: Envelope, data: Pen) -> State:
    state, key, writer = _admitted(definition, state, event, data.table)
    if not key:
        return state
    sheet, has = state.sheets.get(key, BLANK), pen_of(state, key)
    at = event.at or sheet.pen_at
    match data.do:
        case "take" if has in {"", writer} or at - sheet.pen_at >= SILENT_MS:
            sheet = replace(sheet, pen=writer, pen_at=at, asks="")
        case "take":
            sheet = replace(sheet, asks=writer)
        case "give" | "leave" if has == writer:
            sheet = replace(sheet, pen=sheet.asks, pen_at=at, asks="")
    return _kept(state, key, sheet)


def write(definition: Definition, state: State, event: Envelope, data: Write) -> State:
    state, key, writer = _admitted(definition, state, event, data.table)
    if not key:
        astray = Stray(data.table.strip(), data.text)
        return replace(state, strays=state.strays.set(event.author, astray)) if data.text.strip() else state
    sheet = state.sheets.get(key, BLANK)
    version = Version(event.seq, event.id, writer, data.text, event.at)
    sheet = replace(sheet, fields=sheet.fields.set(data.field, _written(sheet, version, data)))
    if pen_of(state, key) in {"", writer}:
        sheet = replace(sheet, pen=writer, pen_at=event.at or sheet.pen_at)
    return _kept(state, key, sheet)


def _written(sheet: Sheet, version: Version, data: Write) -> tuple[Version, ...]:
    """Upon what was there when it was written, or upon one's own, it takes its place; else both stand, each writer's last."""
    versions = sheet.fields.get(data.field, ())
    main = versions[0] if versions else None
    beside = [one for one in versions[1:] if str(one.seq) not in data.settles and one.author != version.author]
    if main is None or not main.text.strip() or data.base == str(main.seq) or main.author == version.author:
        return (version, *beside)
    is_new = version.text.strip() and version.text.strip() != main.text.strip()
    return (main, *beside, *([version] if is_new else []))


def enter(definition: Definition, state: State, event: Envelope, data: Enter) -> State:
    """From a paper sheet: the same rules, and a mark that it was typed in."""
    key = key_of(definition, event.author.removeprefix(PAPER).replace("_", " ")) if event.author.startswith(PAPER) else ""
    if not key:
        return state
    sheet = state.sheets.get(key, BLANK)
    version = Version(event.seq, event.id, PAPER, data.text, event.at, entered=True)
    fields = sheet.fields.set(data.field, _written(sheet, version, Write(key, data.field, data.text)))
    return _kept(_with_table(state, key), key, replace(sheet, fields=fields))


def photo(definition: Definition, state: State, event: Envelope, data: Photo) -> State:
    key = key_of(definition, data.table)
    if not key:
        return state
    sheet = state.sheets.get(key, BLANK)
    photos = (*sheet.photos, Picture(event.id, data.picture, data.caption.strip()))
    return _kept(_with_table(state, key), key, replace(sheet, photos=photos))


def _admitted(definition: Definition, state: State, event: Envelope, table: str) -> tuple[State, str, str]:
    """The state, the table and the writer; the table is empty when its sheet is not theirs.

    Who sits nowhere yet sits down by writing. Who was moved while words were on their way still reaches the sheet they were for.
    """
    key = key_of(definition, table)
    if event.role == "table":
        return (_with_table(state, key), key, f"{TABLE}{key}") if key else (state, "", "")
    one = state.people.get(event.author)
    if one is not None and (one.table == key or key in one.been):
        return state, key, event.author
    if (one is not None and one.table) or not is_there(definition, state, key):
        return state, "", ""
    title = " ".join(table.split()) if definition.way == "units" else key
    return seated(definition, state, event.author, key, title), key, event.author


def _with_table(state: State, key: str) -> State:
    return state if key in state.tables else replace(state, tables=state.tables.set(key, Place(key)))


def _kept(state: State, key: str, sheet: Sheet) -> State:
    return replace(state, sheets=state.sheets.set(key, replace(sheet, rev=sheet.rev + 1)))
