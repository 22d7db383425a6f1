"""Photos that were printed before: the same on paper again, and nowhere once they are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from mellanrum.outcomes.print.photos import PrintedPhotos
from mellanrum.outcomes.print.worker import printed_name


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "brought.webp"
    path.write_bytes(b"as it was brought")
    return path


def place(folder: Path, source: Path, size: str = "913x707") -> Path:
    """Where it is laid to be printed that large."""
    target = folder / size / source.name
    target.parent.mkdir(parents=True)
    return target


def printed(photos: PrintedPhotos, folder: Path, source: Path, content: bytes = b"as it is printed") -> None:
    target = place(folder, source)
    printed_name(target).write_bytes(content)
    photos.keep(source, target)


def test_what_was_printed_is_laid_again_in_the_same_size_alone(tmp_path: Path, source: Path) -> None:
    photos = PrintedPhotos()
    printed(photos, tmp_path / "first", source)
    again, larger = place(tmp_path / "again", source), place(tmp_path / "larger", source, "1370x1004")

    assert photos.lay(source, again)
    assert printed_name(again).read_bytes() == b"as it is printed"
    assert not photos.lay(source, larger)
    assert not printed_name(larger).exists()


def test_a_photo_that_was_removed_is_laid_no_more(tmp_path: Path, source: Path) -> None:
    photos = PrintedPhotos()
    printed(photos, tmp_path / "first", source)
    source.unlink()

    assert not photos.lay(source, place(tmp_path / "again", source))


def test_nothing_is_kept_once_something_was_erased(tmp_path: Path, source: Path) -> None:
    photos = PrintedPhotos()
    printed(photos, tmp_path / "first", source)
    photos.forget()

    assert not photos.lay(source, place(tmp_path / "again", source))


def test_no_more_is_kept_than_there_is_room_for(tmp_path: Path, source: Path) -> None:
    photos, other = PrintedPhotos(most=30), source.with_name("other.webp")
    other.write_bytes(b"as it was brought, too")
    printed(photos, tmp_path / "first", source, b"x" * 20)
    printed(photos, tmp_path / "second", other, b"y" * 20)

    assert not photos.lay(source, place(tmp_path / "again", source))
    assert photos.lay(other, place(tmp_path / "other", other))
