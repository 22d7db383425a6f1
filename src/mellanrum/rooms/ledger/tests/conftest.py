"""Every test of the ledger runs on every engine there is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.ledger.tests.factory import add_rooms, make_tables, sqlite_database

ENGINES = ["sqlite"]


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A database file with tables and the rooms `hall` and `annex`, to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    with django_db_blocker.unblock():
        make_tables(sqlite_database(folder))
        add_rooms(sqlite_database(folder), "hall", "annex")
    return folder


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """An entry of DATABASES: empty rooms `hall` and `annex`, of this test alone."""
    shutil.copytree(request.getfixturevalue(f"prepared_{request.param}"), tmp_path, dirs_exist_ok=True)
    with django_db_blocker.unblock():
        yield sqlite_database(tmp_path)


@pytest.fixture
def ledger(database: dict[str, Any]) -> Iterator[Ledger]:
    ledger = Ledger(database)
    yield ledger
    ledger.close()
