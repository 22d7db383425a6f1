"""Power cuts: what is acknowledged lies on the disk and not only in its cache (FULL), and NORMAL would have lost it.

A power cut is more than a kill: what was written and not yet synced is gone. To have one without a power switch, a small
library in C (`power_cut.c`) stands between the process and libc and keeps, in a second folder, only what each `fsync`
made safe. After SIGKILL that folder is the disk as it would be found. It needs no root, no loop device and no FUSE, and
works in a plain container; it needs gcc, which `./dev test --long` installs where it may (`apt-get install gcc libc6-dev`).

The harder half of the same truth: a disk may also keep some of the unsynced writes. So each image is tried a second time
with a random part of them added, which must neither lose nor damage anything.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mellanrum.rooms.ledger.tests.factory import add_rooms, make_tables, sqlite_database
from tests.faults.burst import ROOM
from tests.faults.bursts import Promises, assert_kept, kill_in_a_burst, lost, rows_of

CUTS = 20
PAGE = 4096
NAMES = ("mellanrum.sqlite3", "mellanrum.sqlite3-wal")
pytestmark = [pytest.mark.fault, pytest.mark.long]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    gcc = shutil.which("gcc")
    assert gcc, "These tests need gcc: apt-get install gcc libc6-dev"
    built = tmp_path_factory.mktemp("library") / "power_cut.so"
    subprocess.run([gcc, "-O2", "-shared", "-fPIC", "-o", built, Path(__file__).with_name("power_cut.c"), "-ldl"], check=True)
    return built


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    entry = sqlite_database(folder)
    with django_db_blocker.unblock():
        make_tables(entry)
        add_rooms(entry, ROOM)
    return folder / NAMES[0]


def _cut(library: Path, prepared: Path, folder: Path, *, after: int, synchronous: str) -> Promises:
    """A burst from a prepared database, cut off; leaves `written` and `synced` in the folder."""
    for side in ("written", "synced"):
        (folder / side).mkdir(parents=True)
        shutil.copy(prepared, folder / side / NAMES[0])
    promises = Promises()
    code = kill_in_a_burst(
        folder / "written" / NAMES[0],
        promises,
        run=0,
        after=after,
        options=["--synchronous", synchronous],
        environment={"LD_PRELOAD": str(library), "SYNCED_FOLDER": str(folder / "synced")},
    )
    assert code == -9
    assert len(promises.seqs) >= after
    return promises


def _add_some_unsynced(folder: Path, chance: random.Random) -> Path:
    """A third folder: the synced image with a random half of the pages that differ from what was written."""
    torn = folder / "torn"
    torn.mkdir()
    for name in NAMES:
        synced = bytearray((folder / "synced" / name).read_bytes())
        written = (folder / "written" / name).read_bytes()
        synced.extend(bytes(max(0, len(written) - len(synced))))
        for start in range(0, len(written), PAGE):
            if chance.random() < 0.5:
                synced[start : start + PAGE] = written[start : start + PAGE]
        (torn / name).write_bytes(synced)
    return torn / NAMES[0]


@pytest.mark.slow  # twenty bursts
def test_full_loses_nothing_at_a_power_cut(library: Path, prepared: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    for number in range(CUTS):
        folder = tmp_path / str(number)
        promises = _cut(library, prepared, folder, after=chance.randrange(1, 8000), synchronous="FULL")
        torn = _add_some_unsynced(folder, chance)
        assert_kept(promises, rows_of(folder / "synced" / NAMES[0]))
        assert_kept(promises, rows_of(torn))


@pytest.mark.slow  # up to five bursts
def test_control_normal_loses(library: Path, prepared: Path, tmp_path: Path) -> None:
    chance = random.Random(2)
    missing = 0
    for number in range(5):
        promises = _cut(library, prepared, tmp_path / str(number), after=chance.randrange(100, 8000), synchronous="NORMAL")
        missing += len(lost(promises, rows_of(tmp_path / str(number) / "synced" / NAMES[0])))
    assert missing > 0


@pytest.mark.parametrize("number", [2, 5, 40])
def test_after_a_failed_sync_nothing_is_acknowledged(library: Path, prepared: Path, tmp_path: Path, number: int) -> None:
    """From the nth sync on the disk answers EIO: the process stops acknowledging, and what it did acknowledge is there."""
    for side in ("written", "synced"):
        (tmp_path / side).mkdir()
        shutil.copy(prepared, tmp_path / side / NAMES[0])
    promises = Promises()
    environment = {"LD_PRELOAD": str(library), "SYNCED_FOLDER": str(tmp_path / "synced"), "FAIL_SYNC": str(number)}
    assert kill_in_a_burst(tmp_path / "written" / NAMES[0], promises, run=0, after=1_000_000, environment=environment) == 3
    assert set(promises.refused) == {"failed"}
    assert lost(promises, rows_of(tmp_path / "synced" / NAMES[0])) == set()
    assert_kept(promises, rows_of(tmp_path / "written" / NAMES[0]))
