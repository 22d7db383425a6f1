"""A backup is one file: the database of one moment, the key and the pictures, with what each must look like. Needs no Django.

The database is copied by SQLite's own backup, which reads one state while others go on writing. Nothing has its final name
before it has been read back and compared.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mellanrum
from mellanrum.core.clock import now
from mellanrum.core.datafolder import LEAST_FREE, MEGABYTE, BackupProblem, DataFolderProblem, read_only

FORMAT = 1
DATABASE, KEY, ERASURES, PICTURES, MANIFEST = "mellanrum.sqlite3", "secret.key", "erasures.jsonl", "pictures", "manifest.json"
PICTURE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,150}")
DAILY = "daily"
DAILY_NAME = re.compile(DAILY + r"-\d{8}T\d{12}Z\.tar\.gz")
BROKEN = (tarfile.TarError, EOFError, OSError, ValueError, zlib.error)
PIECE = 1024 * 1024
LARGEST_MANIFEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `members` maps names to (size in bytes, SHA-256 in hex)."""

    made_at: str
    release: str
    members: dict[str, tuple[int, str]]


def newest_daily(target: Path) -> Path | None:
    """The newest of the backups that were made by themselves there."""
    return max(_dailies(target), default=None)


def drop_old_dailies(target: Path, keep: int) -> None:
    """Remove all but the newest of those; a backup that somebody asked for is never touched."""
    for path in sorted(_dailies(target), reverse=True)[keep:]:
        path.unlink(missing_ok=True)


def _dailies(target: Path) -> Iterator[Path]:
    return (path for path in target.glob("*") if DAILY_NAME.fullmatch(path.name))


def back_up(folder: Path, target: Path, name: str = "mellanrum") -> Path:
    """Write a backup of the data folder into the folder `target` and read it back. Gives its path, which begins with `name`.

    Raises DataFolderProblem `full`, or BackupProblem `not_there` when there is no database.
    """
    if not (folder / DATABASE).exists():
        raise BackupProblem("not_there", path=folder / DATABASE)
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check_space(folder, target)
    final = target / f"{name}-{now():%Y%m%dT%H%M%S%fZ}.tar.gz"
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target) as made:
        copy, partial = Path(made) / DATABASE, Path(made) / final.name
        with closing(read_only(folder / DATABASE)) as source, closing(sqlite3.connect(copy)) as snapshot:
            snapshot.execute("PRAGMA synchronous=OFF")  # a copy to pack: what it syncs, the room's next answer waits for
            source.backup(snapshot)
        _write(partial, [(DATABASE, copy), *_files(folder)])
        verify(partial)
        partial.replace(final)
        _sync_folder(target)
    return final


def verify(archive: Path) -> Manifest:
    """Read the whole backup and compare it with what it says of itself. Raises BackupProblem."""
    with _opened(archive) as tar:
        manifest = _manifest(tar)
        found = {member.name: _summed(tar, member) for member in tar if member.name != MANIFEST}
    if found != manifest.members or DATABASE not in found:
        raise BackupProblem("damaged", path=archive)
    return manifest


def unpack(archive: Path, folder: Path) -> Manifest:
    """Lay the backup into an empty or missing folder, after it has been verified. Raises BackupProblem and leaves nothing then."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupProblem("not_empty", path=folder)
    manifest = verify(archive)
    _check_room_for(manifest, folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _opened(archive) as tar:
        for member in tar:
            if member.name in manifest.members:
                _lay(tar, member, folder / member.name)
    _check_database(folder / DATABASE, archive)
    _sync_folder(folder)
    return manifest


def _check_room_for(manifest: Manifest, folder: Path) -> None:
    """Before anything is laid out; bringing it up to this version copies the database once more."""
    needed = sum(size for size, _digest in manifest.members.values()) + manifest.members[DATABASE][0] + LEAST_FREE
    if shutil.disk_usage(folder.parent).free < needed:
        raise DataFolderProblem("full", folder=folder.parent, least=needed // MEGABYTE)


def space_needed(folder: Path) -> int:
    """Bytes that have to be free where a backup of that folder is made."""
    return 2 * (folder / DATABASE).stat().st_size + sum(path.stat().st_size for _name, path in _files(folder)) + LEAST_FREE


def _check_space(folder: Path, target: Path) -> None:
    """The copy and the packed copy beside each other."""
    needed = space_needed(folder)
    if shutil.disk_usage(target).free < needed:
        raise DataFolderProblem("full", folder=target, least=needed // MEGABYTE)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for name in (KEY, ERASURES):
        if (folder / name).is_file():
            yield name, folder / name
    for path in sorted((folder / PICTURES).glob("*")):
        if path.is_file() and PICTURE.fullmatch(path.name):
            yield f"{PICTURES}/{path.name}", path


def _write(partial: Path, files: list[tuple[str, Path]]) -> None:
    members: dict[str, tuple[int, str]] = {}
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3, format=tarfile.PAX_FORMAT) as tar:
            for name, path in files:
                if (content := _content(path)) is not None:
                    with content as file:
                        members[name] = _add(tar, name, file)
            told = {"format": FORMAT, "made_at": now().isoformat(), "release": mellanrum.__version__, "members": members}
            body = json.dumps(told).encode()
            _add(tar, MANIFEST, io.BytesIO(body), len(body))
        raw.flush()
        os.fsync(raw.fileno())


def _content(path: Path) -> io.BufferedReader | None:
    """The opened file; None when it was removed in between, as an erased picture is."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        return None


def _add(tar: tarfile.TarFile, name: str, file: Any, size: int | None = None) -> tuple[int, str]:
    info = tarfile.TarInfo(name)
    info.size = os.fstat(file.fileno()).st_size if size is None else size
    info.mode = 0o600
    reader = _Summing(file)
    tar.addfile(info, reader)
    return info.size, reader.digest.hexdigest()


class _Summing:
    """A file that adds up what is read of it."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece: bytes = self._file.read(size)
        self.digest.update(piece)
        return piece


def _opened(archive: Path) -> Any:
    """The archive as a context; whatever is wrong with its packing, now or while it is read, is BackupProblem."""
    if not archive.is_file():
        raise BackupProblem("not_there", path=archive)
    return _Reading(archive)


class _Reading:
    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._tar: tarfile.TarFile | None = None

    def __enter__(self) -> tarfile.TarFile:
        try:
            self._tar = tarfile.open(self._archive, mode="r:gz")
        except BROKEN as error:
            raise BackupProblem("not_a_backup", path=self._archive) from error
        return self._tar

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if self._tar is not None:
            self._tar.close()
        if kind is not None and issubclass(kind, BROKEN) and not _is_full(error):
            raise BackupProblem("damaged", path=self._archive) from error


def _is_full(error: BaseException | None) -> bool:
    return isinstance(error, OSError) and error.errno == 28


def _manifest(tar: tarfile.TarFile) -> Manifest:
    """What it says of itself. Raises BackupProblem not_a_backup or newer."""
    try:
        member = tar.getmember(MANIFEST)
        file = tar.extractfile(member)
        told = json.loads(file.read(LARGEST_MANIFEST)) if file else {}
        if told.get("format", 0) > FORMAT:
            raise BackupProblem("newer", path=tar.name, release=str(told.get("release", "")))
        members = {str(name): (int(size), str(digest)) for name, (size, digest) in told["members"].items()}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BackupProblem("not_a_backup", path=tar.name) from error
    if not all(_is_ours(name) for name in members):
        raise BackupProblem("not_a_backup", path=tar.name)
    return Manifest(str(told.get("made_at", "")), str(told.get("release", "")), members)


def _is_ours(name: str) -> bool:
    """Only names that a backup has: nothing is ever laid outside the folder."""
    folder, _slash, rest = name.partition("/")
    return name in {DATABASE, KEY, ERASURES} or (folder == PICTURES and bool(PICTURE.fullmatch(rest)))


def _summed(tar: tarfile.TarFile, member: tarfile.TarInfo) -> tuple[int, str]:
    file = tar.extractfile(member) if member.isreg() else None
    if file is None:
        return -1, ""
    reader = _Summing(file)
    while reader.read(PIECE):
        pass
    return member.size, reader.digest.hexdigest()


def _lay(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    file = tar.extractfile(member)
    if file is None:
        raise BackupProblem("damaged", path=tar.name)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        shutil.copyfileobj(file, target, PIECE)
        target.flush()
        os.fsync(target.fileno())


def _check_database(database: Path, archive: Path) -> None:
    try:
        with closing(read_only(database)) as connection:
            is_whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        is_whole = False
    if not is_whole:
        raise BackupProblem("damaged", path=archive)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
