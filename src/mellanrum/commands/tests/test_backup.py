"""Backup and restore as an operator runs them: beside a room in use, into a new folder, over the present one."""

from __future__ import annotations

import gzip
import json
import os
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mellanrum.commands.tests.test_cli import run
from mellanrum.outcomes.tests.test_documentation import answer_everything, crew_of
from tests.conformance.client import call, join
from tests.faults.ledgers import ledger
from tests.running import Running, command, demo, environment, free_port, start_serve

LEAVING = "Det här tar jag tillbaka 4711"
STAYING = "Det här får stå kvar"


def backed_up(running: Running, to: Path) -> Path:
    return Path(json.loads(run("backup", "--data", running.data, "--to", to, "--json").stdout)["path"])


def everything_in(data: Path) -> bytes:
    return b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())


def test_a_meeting_comes_back_and_what_was_taken_back_does_not(tmp_path: Path) -> None:
    with demo(tmp_path / "data") as running:
        leaving, staying = join(running.base, running.code, name="Ada", organisation="Fabelå kommun"), join(running.base, running.code)
        answer_everything(leaving, LEAVING)
        answer_everything(staying, STAYING)
        archive = backed_up(running, tmp_path / "to")
        gone = call(running.base, "DELETE", leaving.path("participants/me"), headers={"Authorization": f"Bearer {leaving.ticket}"})
        assert gone.status == 204
        said = run("restore", archive, "--data", running.data, code=1)
        assert "körs redan" in said.stderr  # somebody is being served from there
        room = crew_of(running).room
    run("restore", archive, "--data", tmp_path / "elsewhere")
    assert LEAVING.encode() in everything_in(tmp_path / "elsewhere")  # the control: that folder knows of no erasure
    run("restore", archive, "--data", running.data)
    found = everything_in(running.data)
    assert STAYING.encode() in found
    assert LEAVING.encode() not in found
    assert "Fabelå kommun".encode() not in found
    rows = ledger(running.data)
    assert [seq for seq, _id, _exercise in rows] == list(range(1, len(rows) + 1))
    again = start_serve(running.data, port=free_port())
    try:
        assert call(again.base, "GET", f"/api/v1/rooms/{room}/state", headers={"Authorization": f"Bearer {staying.ticket}"}).status == 200
    finally:
        assert again.stop() == 0


def test_what_was_there_is_kept_beside(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("migrate", "--data", data)
    archive = run("backup", "--data", data).stdout.strip()
    (data / "mine.txt").write_text("x")
    run("restore", archive, "--data", data)
    kept = [path for path in tmp_path.iterdir() if path.name.startswith("data-before-")]
    assert [(path / "mine.txt").read_text() for path in kept] == ["x"]
    assert not (data / "mine.txt").exists()
    run("check", "--data", data)


def test_a_backup_of_a_later_release_leaves_everything_as_it_is(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("migrate", "--data", data)
    with closing(sqlite3.connect(data / "mellanrum.sqlite3")) as database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('rooms', '9999_later', '2030-01-01')")
        database.commit()
    archive = run("backup", "--data", data).stdout.strip()
    said = run("restore", archive, "--data", tmp_path / "other", code=1)
    assert "nyare version" in said.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


@pytest.mark.parametrize("content", [b"", b"nothing of ours"])
def test_what_is_no_backup_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.tar.gz").write_bytes(content)
    said = run("restore", tmp_path / "a.tar.gz", "--data", tmp_path / "data", code=1)
    assert "ingen säkerhetskopia från Mellanrum" in said.stderr
    assert not (tmp_path / "data").exists()
    said = run("restore", tmp_path / "missing.tar.gz", "--data", tmp_path / "data", code=1)
    assert "finns inte" in said.stderr
    said = run("backup", "--data", tmp_path / "missing", code=1)
    assert "finns inte" in said.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of an installation with one person, and beside it the folder."""
    data = tmp_path_factory.mktemp("made") / "data"
    run("migrate", "--data", data)
    run("token", "--owner", "elin@fabela.example", "--data", data)
    return Path(run("backup", "--data", data, "--to", data.parent).stdout.strip())


def people_in(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / "mellanrum.sqlite3")) as database:
        return [email for (email,) in database.execute("SELECT email FROM accounts_user")]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The folder of another installation, into which a backup is about to be laid."""
    data = tmp_path / "here" / "data"
    run("migrate", "--data", data)
    run("token", "--owner", "astrid@fabela.example", "--data", data)
    return data


@pytest.mark.parametrize("harm", ["cut", "altered", "tail", "half"])
def test_a_damaged_one_leaves_everything_as_it_is(made: Path, mine: Path, tmp_path: Path, harm: str) -> None:
    content = made.read_bytes()
    if harm == "altered":  # within the database: a bit of the packed file may turn one way to write zeros into another
        unpacked = bytearray(gzip.decompress(content))
        unpacked[unpacked.index(b"elin@fabela.example")] ^= 0x04
        content = gzip.compress(unpacked)
    left = {"cut": len(content) - 200, "half": len(content) // 2, "tail": 60}.get(harm, len(content))
    (tmp_path / "harmed.tar.gz").write_bytes(content[:left])
    said = run("restore", tmp_path / "harmed.tar.gz", "--data", mine, code=1)
    assert len(said.stderr.strip().splitlines()) == 1
    assert "skadad" in said.stderr or "ingen säkerhetskopia" in said.stderr
    assert people_in(mine) == ["astrid@fabela.example"]
    assert [path.name for path in mine.parent.iterdir()] == ["data"]


def test_one_of_another_installation_takes_its_key_along_and_keeps_what_was_there(made: Path, mine: Path) -> None:
    key = (mine / "secret.key").read_text()
    run("restore", made, "--data", mine)
    assert people_in(mine) == ["elin@fabela.example"]
    assert (mine / "secret.key").read_text() != key  # with the one it had, nobody could take an anonymous answer back
    kept = next(path for path in mine.parent.iterdir() if path.name.startswith("data-before-"))
    assert people_in(kept) == ["astrid@fabela.example"]
    run("check", "--data", mine)


def test_an_older_one_is_brought_up(made: Path, mine: Path, tmp_path: Path) -> None:
    older = tmp_path / "older"
    run("restore", made, "--data", older)
    with closing(sqlite3.connect(older / "mellanrum.sqlite3")) as database, database:
        database.execute("DROP TABLE django_session")
        database.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    archive = run("backup", "--data", older, "--to", tmp_path).stdout.strip()
    run("restore", archive, "--data", mine)
    told = {one["name"]: one["state"] for one in json.loads(run("check", "--json", "--data", mine).stdout)}
    assert (told["version"], told["database"]) == ("ok", "ok")


@pytest.mark.fault
def test_a_disk_that_is_full_leaves_everything_as_it_is(made: Path, tmp_path: Path) -> None:
    """The place is a file system of its own with too little left in it."""
    place = tmp_path / "small"
    place.mkdir()
    own = ("unshare", "--mount") if os.getuid() == 0 else ("unshare", "--map-root-user", "--mount")
    line = " ".join(shlex.quote(word) for word in command("restore", made, "--data", place / "data"))
    script = f'mount -t tmpfs -o size=12m none "$0"; {line}; code=$?; ls -A "$0"; exit $code'
    done = subprocess.run(
        [*own, "sh", "-c", script, str(place)], capture_output=True, text=True, env=environment(), check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Disken är full" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_backup_steps_back_for_those_who_answer(tmp_path: Path) -> None:
    run("migrate", "--data", tmp_path / "data")
    code = "import os, sys; from mellanrum.cli import main; main(sys.argv[1:]); print(os.getpriority(os.PRIO_PROCESS, 0))"
    line = [sys.executable, "-c", code, "backup", "--data", str(tmp_path / "data")]
    before = os.getpriority(os.PRIO_PROCESS, 0)
    done = subprocess.run(line, capture_output=True, text=True, check=True, env=environment())
    assert int(done.stdout.splitlines()[-1]) >= max(before, 10)
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
