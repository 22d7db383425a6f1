"""Where pictures lie: one file each in the data folder, under a name nobody can guess."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mellanrum.core.datafolder import LEAST_FREE
from mellanrum.core.ids import random_id
from mellanrum.core.pictures import Picture

FOLDER: Final = "pictures"
ADDRESS: Final = "/pictures/"
# For whoever carries a picture's address as data: nothing else is ever shown as a picture.
ADDRESS_PATTERN: Final = r"^/pictures/[a-z2-7]{26}\.webp\Z"

_is_name = re.compile(r"[a-z2-7]{26}\.webp").fullmatch
_FULL = _("Disken på servern är full, så bilden sparades inte. Allt som var sparat finns kvar. Be den som sköter servern att ge plats.")
_FAILED = _("Bilden gick inte att spara på servern. Försök igen, och säg till den som sköter servern om det händer igen.")


class NotStored(Exception):
    """The disk did not take the picture; `reason` is a sentence that says what to do."""

    def __init__(self, reason: Promise) -> None:
        super().__init__(reason)
        self.reason = reason


def store_picture(folder: Path, picture: Picture) -> str:
    """Write the picture into `pictures/` of the data folder and return its name, `<128 random bits>.webp`.

    Whole and on disk before it has a name. The same picture twice gets two names: a name made from the content would tell
    who has the picture already whether it is here, and one could not be removed without the other. Raises NotStored.
    """
    place = folder / FOLDER
    name = f"{random_id()}.webp"
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        if shutil.disk_usage(place).free < LEAST_FREE + len(picture.content):
            raise NotStored(_FULL)  # the last megabytes belong to the ledger
        _write(place, name, picture.content)
    except OSError as error:
        raise NotStored(_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else _FAILED) from error
    return name


def remove_picture(folder: Path, name: str) -> None:
    """Remove the file of that name, if it is there."""
    if is_picture_name(name):
        (folder / FOLDER / name).unlink(missing_ok=True)


def is_picture_name(name: str) -> bool:
    """Whether it is a name as `store_picture` gives: no path, no other ending, nothing else."""
    return _is_name(name) is not None


def picture_address(name: str) -> str:
    """The picture's path on this server."""
    return f"{ADDRESS}{name}"


def _write(place: Path, name: str, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=place, prefix=".new-")  # 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, place / name)  # noqa: PTH105 -- the name of a descriptor's file is a string
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
    _sync(place)


def _sync(place: Path) -> None:
    """A file is safe when its folder is."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
