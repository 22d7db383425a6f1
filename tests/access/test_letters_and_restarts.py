"""Letters survive the end of the process: what was not sent goes out at the next start, except what is worth nothing by then."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from mellanrum.core.tests.mail_servers import Letterbox, serving
from tests.access.test_codes_at_once import CSRF
from tests.conformance.client import call
from tests.running import Running, environment, free_port, poll, start_serve

NEW = "kim@sagomark.example"


def ask_database(data: Path, question: str, *, writes: bool = False) -> list[Any]:
    with closing(sqlite3.connect(data / "mellanrum.sqlite3", timeout=10)) as database:
        found = database.execute(question).fetchall()
        if writes:
            database.commit()
        return found


def start(data: Path, mail_port: int) -> Running:
    mail = {"MELLANRUM_SMTP_URL": f"smtp://127.0.0.1:{mail_port}", "MELLANRUM_MAIL_FROM": "rum@fabela.example"}
    return start_serve(data, port=free_port(), extra=mail)


def post(running: Running, path: str, body: str, session: str) -> int:
    cookie = f"csrftoken={CSRF}; sessionid={session}"
    headers = {"Cookie": cookie, "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
    return call(running.base, "POST", path, body=body.encode(), headers=headers).status


def test_an_invitation_survives_a_killed_process_and_a_code_that_is_over_does_not(tmp_path: Path) -> None:
    data = tmp_path / "data"
    line = [sys.executable, "-m", "tests.access.populate", str(data)]
    told = json.loads(subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=60, check=True).stdout)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        nobody = int(probe.getsockname()[1])
    first = start(data, nobody)
    assert post(first, f"/programmes/{told['programme']}/people", f"email={NEW}&role=viewer", told["sessions"]["owner"]) == 302
    assert post(first, "/sign-in/", f"email={NEW}", "") == 302
    first.kill()
    waiting = ask_database(data, "SELECT subject <> '', worth_until IS NULL, sent_at FROM accounts_letter ORDER BY id")
    assert waiting == [(1, 1, None), (1, 0, None)]
    ask_database(data, "UPDATE accounts_letter SET worth_until = made_at WHERE worth_until IS NOT NULL", writes=True)
    box = Letterbox()
    with serving(box) as port:
        second = start(data, port)
        try:
            poll(lambda: ask_database(data, "SELECT 1 FROM accounts_letter WHERE sent_at IS NOT NULL"), what="the invitation is sent")
        finally:
            second.stop()
    assert [str(letter["To"]) for letter in box.letters] == [NEW]
    assert "Din kod" not in str(box.letters[0]["Subject"])
    assert ask_database(data, "SELECT DISTINCT subject, text, html FROM accounts_letter") == [("", "", "")]
    assert ask_database(data, "SELECT count(*) FROM accounts_letter WHERE sent_at IS NULL AND is_given_up") == [(1,)]
