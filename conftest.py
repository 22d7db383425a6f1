"""Makes every test run in its own data folder, and decides which tests and how many examples a run has."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from hypothesis import HealthCheck, settings

# Before Django reads its settings: no test ever touches the developer's own data folder.
DATA = Path(tempfile.mkdtemp(prefix="mellanrum-test-"))
os.environ["MELLANRUM_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "mellanrum.settings"
for name in ("BASE_URL", "SECRET_KEY", "DEBUG", "DEMO", "SMTP_URL", "SMTP_URL_FILE", "MAIL_FROM", "ORGANISATION", "CONTACT"):
    os.environ.pop(f"MELLANRUM_{name}", None)
django.setup()  # here already, so that a folder's own conftest may import models

from mellanrum.core.database.writelock import take_long_holds  # noqa: E402 – after the data folder is chosen

LONGEST_HOLD = 1.0  # seconds; far more than what is warned about, since a crowded machine may rest a thread for long

# Shared machines are slow now and then: time is no failure of a property.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("ci", PATIENT, max_examples=40)
settings.register_profile("long", PATIENT, max_examples=400)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests marked `long`, and ten times the generated examples")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "ci")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out `long` tests unless they were asked for."""
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    items[:] = [item for item in items if not item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)


@pytest.fixture(autouse=True)
def nobody_holds_the_write_lock_for_long() -> Iterator[None]:
    """Mail, network or templates inside `atomic()` make every answer in the room wait (decision 0002)."""
    take_long_holds()
    yield
    if held := [hold for hold in take_long_holds() if hold.seconds > LONGEST_HOLD]:
        pytest.fail(f"The write lock was held for {held[0].seconds:.2f} s:\n{held[0].where}")


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA, ignore_errors=True)
