"""Which pictures anything names: a name is 128 random bits, so finding it in any text of the database is having found who names it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from mellanrum.core.picture_files import FOLDER, is_picture_name, remove_picture

logger = logging.getLogger(__name__)

# A photo is brought first and named afterwards, by a phone that may have been without contact for weeks in between.
SAFE = timedelta(days=30)
HALF_WRITTEN = timedelta(days=1)
_NAME = re.compile(r"[a-z2-7]{26}\.webp")
_TEXTS = (models.CharField, models.TextField, models.JSONField)


def named_pictures() -> frozenset[str]:
    """The names of all pictures that anything in the database names, whatever table it is in."""
    return frozenset(name for text in _texts_with(".webp") for name in _NAME.findall(text))


def times_named(name: str) -> int:
    """In how many places of the database the picture is named."""
    return sum(1 for _text in _texts_with(name))


def missing_pictures(folder: Path) -> list[str]:
    """Pictures that something names and that are not on the disk."""
    return sorted(name for name in named_pictures() if not (folder / FOLDER / name).exists())


def sweep_pictures(moment: datetime) -> tuple[()]:
    """For housekeeping: remove files that nothing has named for long. Nothing that is named is ever removed."""
    folder = settings.CONFIG.data
    for path in _older(folder, moment - HALF_WRITTEN, ".new-*"):
        path.unlink(missing_ok=True)
    old = [path.name for path in _older(folder, moment - SAFE, "*.webp") if is_picture_name(path.name)]
    named = named_pictures() if old else frozenset()
    gone = [name for name in old if name not in named]
    for name in gone:
        remove_picture(folder, name)
    if gone:
        logger.warning("%d pictures that nothing names any more were removed.", len(gone))
    return ()


def _older(folder: Path, than: datetime, pattern: str) -> Iterable[Path]:
    found = (folder / FOLDER).glob(pattern)
    return [path for path in found if path.is_file() and path.stat().st_mtime < than.timestamp()]


def _texts_with(words: str) -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        columns = [field.column for field in model._meta.concrete_fields if isinstance(field, _TEXTS) and field.column]  # noqa: SLF001 - documented
        if columns and model._meta.managed:  # noqa: SLF001
            yield from _in_table(model._meta.db_table, columns, words)  # noqa: SLF001


def _in_table(table: str, columns: list[str], words: str) -> Iterator[str]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for column in columns:
            name = quote(column)
            cursor.execute(f"SELECT {name} FROM {quote(table)} WHERE CAST({name} AS TEXT) LIKE %s", [f"%{words}%"])  # noqa: S608 - names of ours
            while some := cursor.fetchmany(500):
                yield from (str(text) for (text,) in some)
