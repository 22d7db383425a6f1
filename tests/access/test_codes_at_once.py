"""Signing in by code through a real server and a real mail server, and many tries at the same instant."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from mellanrum.core.tests.mail_servers import Letterbox, serving
from tests.running import Running, command, environment, free_port, poll, start_serve

CSRF = "x" * 32
ADDRESS = "elin@fabela.example"


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def running(tmp_path: Path, letterbox: Letterbox) -> Iterator[Running]:
    with serving(letterbox) as port:
        mail = {"MELLANRUM_SMTP_URL": f"smtp://127.0.0.1:{port}", "MELLANRUM_MAIL_FROM": "rum@fabela.example"}
        started = start_serve(tmp_path / "data", port=free_port(), extra=mail)
        line = command("token", "--owner", ADDRESS, "--data", started.data)
        subprocess.run(line, capture_output=True, env=environment(), timeout=60, check=True)
        yield started
        started.stop()


def post(running: Running, path: str, cookie: str = "", **fields: str) -> tuple[int, dict[str, str]]:
    """Status, and the cookies that were set."""
    connection = HTTPConnection("127.0.0.1", running.port, timeout=15)
    try:
        headers = {"Cookie": f"csrftoken={CSRF}; {cookie}", "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", path, body=urlencode(fields), headers=headers)
        answer = connection.getresponse()
        answer.read()
        pairs = [value.partition(";")[0].partition("=") for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        return answer.status, {name: value for name, _equals, value in pairs}
    finally:
        connection.close()


def ask(running: Running, letterbox: Letterbox) -> tuple[str, str]:
    """The browser's cookie and the code of the letter."""
    status, cookies = post(running, "/sign-in/", email=ADDRESS)
    assert status == 302
    letter: Any = poll(lambda: letterbox.letters and letterbox.letters[-1], what="a letter")
    code = re.search(r"^\d{6}$", letter.get_content().replace("\r", ""), re.MULTILINE)
    assert code
    return f"mellanrum-sign-in={cookies['mellanrum-sign-in']}", code[0]


def test_thirty_tries_at_once_are_three(running: Running, letterbox: Letterbox) -> None:
    cookie, code = ask(running, letterbox)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    with ThreadPoolExecutor(10) as hands:
        found = list(hands.map(lambda _number: post(running, "/sign-in/code", cookie, code=wrong)[0], range(30)))
    assert set(found) == {400}
    assert post(running, "/sign-in/code", cookie, code=code)[0] == 400
    with closing(sqlite3.connect(f"file:{running.data / 'mellanrum.sqlite3'}?mode=ro", uri=True)) as database:
        assert database.execute("SELECT tries, used_at FROM accounts_signincode").fetchall() == [(3, None)]


def test_one_of_many_at_once_is_signed_in(running: Running, letterbox: Letterbox) -> None:
    cookie, code = ask(running, letterbox)
    with ThreadPoolExecutor(3) as hands:
        found = list(hands.map(lambda _number: post(running, "/sign-in/code", cookie, code=code), range(3)))
    assert sorted(status for status, _cookies in found) == [302, 400, 400]
    assert [bool(cookies.get("sessionid")) for status, cookies in found if status == 302] == [True]
    assert code not in running.output
    assert ADDRESS not in running.output
