"""What `mellanrum check` says of realistic faults: a sentence with what to do, beside the same folder before it was broken."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mellanrum.commands.examining_folder import clock, kind_of_disk, owner
from mellanrum.commands.tests.test_cli import run
from mellanrum.core.backup import DATABASE
from tests.hostile.test_data_folder import ReadOnly, unprivileged
from tests.running import command, environment, free_port, start_serve

NAME = "a" * 26 + ".webp"
ROW = "r" * 26


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a person, a programme, a room with a row in it, and a backup."""
    data = tmp_path_factory.mktemp("check") / "data"
    run("migrate", "--data", data)
    run("token", "--owner", "elin@fabela.example", "--data", data)
    run("template", "load", "prova-pa", "--data", data)
    change(
        data,
        "INSERT INTO rooms_room (id, gathering_id, kind, key_hash, key, language, plan, last_seq, created_at)"
        f" SELECT '{ROW}', id, 'meeting', '', '', 'sv', '{{}}', 1, '2026-05-14' FROM programmes_gathering LIMIT 1",
        "INSERT INTO rooms_contribution (room_id, seq, id, exercise, kind, version, author, role, origin, data, late, digest)"
        f" VALUES ('{ROW}', 1, 'one', 'notes-1', 'note', 1, 'a', 'crew', 'phone', '{{}}', 0, x'')",
    )
    run("backup", "--data", data)
    return data


@pytest.fixture
def data(well: Path, tmp_path: Path) -> Path:
    shutil.copytree(well, tmp_path / "data")
    (tmp_path / "data").chmod(0o700)
    return tmp_path / "data"


def change(data: Path, *statements: str) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        for statement in statements:
            database.execute(statement)


def found(data: Path, code: int = 0, **setting: str) -> dict[str, tuple[str, str]]:
    told = json.loads(run("check", "--json", "--data", data, code=code, **setting).stdout)
    assert all(one["message"].endswith((".", "?")) or ":" in one["message"] for one in told if one["state"] != "ok")
    return {one["name"]: (one["state"], one["message"]) for one in told}


def test_well_is_well(data: Path) -> None:
    states = {name: state for name, (state, _message) in found(data).items() if state != "ok"}
    assert states == {"backup-place": "warning"}


def age(path: Path, by: timedelta) -> None:
    os.utime(path, ((datetime.now(UTC) - by).timestamp(),) * 2)


def break_pictures(data: Path) -> None:
    change(data, f'UPDATE rooms_contribution SET data = \'{{"picture": "{NAME}"}}\'')


def break_letters(data: Path) -> None:
    columns = '"to", subject, text, html, about, made_at, next_try_at, tries, is_given_up, is_dropped, leaves_no_trace'
    change(
        data, f"INSERT INTO accounts_letter ({columns}) VALUES ('e@f.example', 'x', 'x', '', '', '2026-05-14', '2026-05-14', 4, 0, 0, 0)"
    )


def break_erasures(data: Path) -> None:
    (data / "erasures.jsonl").write_text(json.dumps({"room": ROW, "id": "one"}) + "\n")


def break_note(data: Path) -> None:
    (data / "erasures.jsonl").write_text('{"room":\n')


def break_key(data: Path) -> None:
    (data / "secret.key").unlink()


def open_key(data: Path) -> None:
    (data / "secret.key").chmod(0o644)


def age_backups(data: Path) -> None:
    for path in (data / "backups").iterdir():
        age(path, timedelta(days=3))


def drop_backups(data: Path) -> None:
    shutil.rmtree(data / "backups")
    age(data / "secret.key", timedelta(days=3))


def cut_backup(data: Path) -> None:
    newest = next((data / "backups").glob("*.tar.gz"))
    newest.write_bytes(newest.read_bytes()[:-200])


def put_clock_back(data: Path) -> None:
    age(data / DATABASE, timedelta(days=-2))


FAULTS = [
    (break_pictures, "pictures", "problem", NAME),
    (break_letters, "letters", "warning", "försöka igen"),
    (break_erasures, "erasures", "problem", "mellanrum restore"),
    (break_note, "erasures", "problem", "Lägg tillbaka den"),
    (break_key, "key", "problem", "Lägg tillbaka den"),
    (open_key, "key", "warning", "chmod 600"),
    (age_backups, "backup", "warning", "mellanrum backup"),
    (drop_backups, "backup", "warning", "mellanrum backup"),
    (cut_backup, "backup", "problem", "mellanrum backup"),
    (put_clock_back, "clock", "problem", "timedatectl"),
]


@pytest.mark.parametrize(("fault", "name", "state", "words"), FAULTS, ids=[fault.__name__ for fault, *_rest in FAULTS])
def test_a_fault_is_told_with_what_to_do(data: Path, fault: object, name: str, state: str, words: str) -> None:
    assert callable(fault)
    fault(data)
    told = found(data, code=1 if state == "problem" else 0)
    assert told[name][0] == state
    assert words in told[name][1]


def test_switched_off_backups_are_told_as_such(data: Path) -> None:
    age_backups(data)
    assert "MELLANRUM_BACKUPS=0" in found(data, MELLANRUM_BACKUPS="0")["backup"][1]


def test_a_key_in_the_environment_is_enough(data: Path) -> None:
    break_key(data)
    assert "key" not in found(data, MELLANRUM_SECRET_KEY="k" * 50)
    assert not (data / "secret.key").exists()  # looking makes none


def test_who_serves_from_there_is_told(data: Path) -> None:
    with (data / "serve.lock").open("w") as lock:
        lock.write("4711")
        lock.flush()
        assert "inte just nu" in found(data)["server"][1]
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "4711" in found(data)["server"][1]


def test_a_folder_of_somebody_else(data: Path) -> None:
    assert list(owner(data, os.geteuid())) == []
    theirs, *_more = owner(data, os.geteuid() + 4711)
    assert (theirs.name, theirs.state) == ("owner", "problem")
    assert f"chown -R {os.geteuid() + 4711} {data}" in theirs.message


@pytest.mark.parametrize("folder", ["data", "data/new"])
def test_a_folder_that_cannot_be_written(data: Path, folder: str) -> None:
    line = [*unprivileged(), *command("check", "--json", "--data", data.parent / folder)]
    with ReadOnly(data):
        done = subprocess.run(line, capture_output=True, text=True, timeout=60, env=environment(), check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "skrivrätt" in done.stdout


def test_a_disk_in_another_computer_is_recognised() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\nnas:/x /srv nfs4 rw 0 0\n/dev/sdb1 /srv/local ext4 rw 0 0\nbroken\n"
    kinds = [kind_of_disk(Path(place), mounts) for place in ("/srv/mellanrum", "/srv/local/mellanrum", "/srvx", "/")]
    assert kinds == ["nfs4", "ext4", "ext4", "ext4"]


def test_a_clock_a_little_off_is_none_of_our_business(data: Path) -> None:
    written = datetime.fromtimestamp((data / DATABASE).stat().st_mtime, UTC)
    assert clock(data, written - timedelta(minutes=50)).state == "ok"
    assert clock(data, written - timedelta(days=1)).state == "problem"


def test_what_came_back_by_hand_is_erased_at_the_next_start(data: Path) -> None:
    break_erasures(data)
    assert found(data, code=1)["erasures"][0] == "problem"
    running = start_serve(data, port=free_port())
    assert running.stop() == 0
    assert "erasures" not in found(data)
    with closing(sqlite3.connect(data / DATABASE)) as database:
        assert database.execute("SELECT data FROM rooms_contribution").fetchall() == [(None,)]
