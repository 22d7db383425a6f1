"""Options of the tests that look at the product from outside."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("mellanrum")
    group.addoption("--base", help="address of a running room server; without it the tests start their own")
    group.addoption("--code", help="join code of an open room there")
    group.addoption("--ticket", help="crew ticket for that room")
