"""Pictures in the data folder: whole or not there, names that tell nothing, and a disk that has had enough."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from mellanrum.core.picture_files import ADDRESS_PATTERN, FOLDER, NotStored, is_picture_name, picture_address, remove_picture, store_picture
from mellanrum.core.pictures import Picture

PICTURE = Picture(b"RIFF-and-so-on", "image/webp", 2, 1)


def test_a_picture_is_stored_for_us_alone(tmp_path: Path) -> None:
    name = store_picture(tmp_path, PICTURE)
    path = tmp_path / FOLDER / name
    assert path.read_bytes() == PICTURE.content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert is_picture_name(name)
    assert [one.name for one in path.parent.iterdir()] == [name]  # nothing half-made stays


def test_the_same_picture_has_two_names_and_one_can_go(tmp_path: Path) -> None:
    first, second = store_picture(tmp_path, PICTURE), store_picture(tmp_path, PICTURE)
    assert first != second
    remove_picture(tmp_path, first)
    remove_picture(tmp_path, first)
    assert [one.name for one in (tmp_path / FOLDER).iterdir()] == [second]


@pytest.mark.parametrize(
    "name", ["../secret.key", "a.webp", "", "A" * 26 + ".webp", "a" * 26 + ".svg", "a" * 26 + ".webp\n", "a" * 26 + ".webp/.."]
)
def test_no_other_name_is_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.key").write_text("x")
    (tmp_path / FOLDER).mkdir()
    assert not is_picture_name(name)
    assert not re.search(ADDRESS_PATTERN, picture_address(name))
    remove_picture(tmp_path, name)
    assert (tmp_path / "secret.key").exists()


@pytest.mark.parametrize(("code", "told"), [(errno.ENOSPC, "full"), (errno.EDQUOT, "full"), (errno.EIO, "Försök igen")])
def test_a_disk_that_refuses_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: str) -> None:
    store_picture(tmp_path, PICTURE)

    def refuse(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NotStored) as failed:
        store_picture(tmp_path, PICTURE)
    assert told in str(failed.value.reason)
    assert len(list((tmp_path / FOLDER).iterdir())) == 1


def test_the_last_megabytes_are_left_for_the_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage: Any = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1_000_000))
    with pytest.raises(NotStored):
        store_picture(tmp_path, PICTURE)
