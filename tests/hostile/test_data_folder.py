"""A data folder that is read-only, full, newer, in use; a port in use: one clear sentence, an exit code, nothing half-done."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.client import Holder, example_item, join, open_exercises
from tests.conformance.conftest import find_rating
from tests.hostile.conftest import crew_of
from tests.running import Running, command, demo, environment, free_port, is_healthy, poll, start_demo, start_serve

pytestmark = pytest.mark.fault
STRANGER = 65534  # nobody


class SmallDisk:
    """A file system of its own, seen by the product alone and filled by writing another file there."""

    def __init__(self, data: Path) -> None:
        data.mkdir()
        self.data = data
        mount = 'mount -t tmpfs -o size=64m none "$0" && exec "$@"'
        own = ("unshare", "--mount") if os.getuid() == 0 else ("unshare", "--map-root-user", "--mount")
        self.prefix: tuple[str, ...] = (*own, "sh", "-c", mount, str(data))

    def _filler(self, pid: int) -> Path:
        return Path(f"/proc/{pid}/root{self.data}/filler")

    def fill(self, pid: int) -> None:
        with self._filler(pid).open("wb") as file, suppress(OSError):
            while file.write(b"x" * 65_536):
                file.flush()

    def empty(self, running: Running) -> None:
        self._filler(running.pid).unlink()


class BrokenDisk:
    """A write fails. Nobody knows what such a disk holds: the product reads on, and stores again after a new start."""

    prefix: tuple[str, ...] = ()

    def __init__(self, data: Path) -> None:
        self.data = data

    def fill(self, pid: int) -> None:
        largest = max(path.stat().st_size for path in self.data.glob("mellanrum.sqlite3*"))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))

    def empty(self, running: Running) -> None:
        running.kill()
        running.process = start_serve(self.data, port=running.port).process


def _fails(*arguments: object, data: Path, prefix: tuple[str, ...] = ()) -> str:
    """What it says when it cannot start: a sentence, not a traceback, and soon."""
    line = [*prefix, *command("serve", "--data", data, *map(str, arguments))]
    done = subprocess.run(line, capture_output=True, text=True, timeout=40, env=environment(), check=False)
    said = done.stdout + done.stderr
    assert done.returncode not in {0, -9, -15}, said
    assert "Traceback" not in said, said
    assert len(said.strip().splitlines()) <= 6, said
    return said


def _files(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert str(port) in _fails("--port", port, data=tmp_path / "data")


def test_a_second_serve_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    with demo(tmp_path / "data") as running:
        before = ledger_length(running.data)
        said = _fails("--port", free_port(), data=running.data)
        assert str(running.data) in said
        assert is_healthy(running.base)
        assert join(running.base, running.code).participant
        assert ledger_length(running.data) == before


def ledger_length(data: Path) -> int:
    with closing(sqlite3.connect(f"file:{data / 'mellanrum.sqlite3'}?mode=ro", uri=True)) as database:
        return int(database.execute("SELECT count(*) FROM rooms_contribution").fetchone()[0])


def test_a_folder_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    start_demo(tmp_path / "data").stop()
    file = tmp_path / "data" / "mellanrum.sqlite3"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('rooms', '9999_from_the_future', '2099-01-01')")
    before = file.read_bytes()
    said = _fails("--port", free_port(), data=tmp_path / "data")
    assert "9999_from_the_future" in said or "version" in said.lower()
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "mellanrum.sqlite3").write_bytes(b"not a database at all" * 1000)
    said = _fails("--port", free_port(), data=data)
    assert "mellanrum.sqlite3" in said
    assert (data / "mellanrum.sqlite3").read_bytes() == b"not a database at all" * 1000


@pytest.mark.parametrize("used", [False, True], ids=["empty", "used"])
def test_a_folder_nobody_may_write_in(tmp_path: Path, used: bool) -> None:
    data = tmp_path / "data"
    if used:
        start_demo(data).stop()
    data.mkdir(exist_ok=True)
    with ReadOnly(data):
        before = _files(data)
        assert str(data) in _fails("--port", free_port(), data=data, prefix=unprivileged())
        assert _files(data) == before


class ReadOnly:
    def __init__(self, folder: Path) -> None:
        self.paths = [folder, *folder.rglob("*")]

    def __enter__(self) -> None:
        for path in self.paths:
            path.chmod(0o555 if path.is_dir() else 0o444)
        for parent in self.paths[0].parents:
            if parent.stat().st_uid == os.getuid() and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o055)

    def __exit__(self, *_: object) -> None:
        for path in self.paths:
            path.chmod(0o755 if path.is_dir() else 0o644)


def unprivileged() -> tuple[str, ...]:
    """Root may write everywhere: as root the product runs as somebody else."""
    return ("setpriv", f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups") if os.getuid() == 0 else ()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    assert str(tmp_path / "data") in _fails("--port", free_port(), data=tmp_path / "data")


@pytest.mark.slow  # fills a disk and empties it again
@pytest.mark.parametrize("kind", [SmallDisk, BrokenDisk])
def test_a_full_or_broken_disk_refuses_politely_and_keeps_its_promises(tmp_path: Path, kind: type[SmallDisk | BrokenDisk]) -> None:
    """Nothing is acknowledged that is not on the disk; reading goes on; with room again answers are taken."""
    disk = kind(tmp_path / "data")
    with demo(tmp_path / "data", prefix=disk.prefix) as running:
        find_rating(crew_of(running))
        person = join(running.base, running.code)
        exercise = next(open_exercises(person.state()))
        kept = [example_item(exercise)]
        assert person.send(kept[0])[0]["status"] == "stored"
        disk.fill(running.pid)
        kept += _answer_until_full(person, exercise)
        assert person.get("state").status == 200
        disk.empty(running)
        poll(lambda: person.post(example_item(exercise)).status == 200, within=15, every=0.5, what="answers again")
        for start in range(0, len(kept), 100):
            assert {result["status"] for result in person.send(*kept[start : start + 100])} == {"duplicate"}


def _answer_until_full(person: Holder, exercise: dict[str, Any]) -> list[dict[str, Any]]:
    """What was acknowledged before the product said that the disk is full."""
    kept: list[dict[str, Any]] = []
    for _ in range(18):
        items = [example_item(exercise) for _ in range(100)]
        answer = person.post(items)
        if answer.status != 200:
            assert answer.status in {503, 507}, answer.body
            assert answer.header("Retry-After")
            return kept
        assert {result["status"] for result in answer.json["results"]} == {"stored"}
        kept += items
    raise AssertionError("the disk never got full")


def test_an_empty_folder_on_loopback_needs_no_configuration(tmp_path: Path) -> None:
    running = start_serve(tmp_path / "new" / "folder", port=free_port())
    assert running.stop() == 0
    assert (tmp_path / "new" / "folder" / "secret.key").stat().st_mode & 0o077 == 0
    shutil.rmtree(tmp_path / "new")


def test_beyond_loopback_an_address_is_required(tmp_path: Path) -> None:
    assert "MELLANRUM_BASE_URL" in _fails("--host", "0.0.0.0", "--port", free_port(), data=tmp_path / "data")
