"""A meeting from the door to the PDF while the server process may call nobody but this computer; and it tries to call nobody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.client import Holder, call, join, new_id
from tests.conformance.conftest import find_rating, stage
from tests.hostile.conftest import crew_of
from tests.running import Running, environment, poll, start_demo

FOLDER = Path(__file__).parent
A_NAME = "import socket; socket.getaddrinfo('stranger.example', 443)"
CALLS = {
    "a connection": "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
    "a name": A_NAME,
    "a datagram": "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "a page": "import urllib.request; urllib.request.urlopen('http://stranger.example/', timeout=1)",
    "mail": "import smtplib; smtplib.SMTP('192.0.2.1', 25, timeout=1)",
    "another process": f"import subprocess, sys; subprocess.run([sys.executable, '-c', {A_NAME!r}])",
}


def refusing(log: Path) -> dict[str, str]:
    paths = [str(FOLDER), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"PYTHONPATH": os.pathsep.join(paths), "TEST_CALLS_LOG": str(log)}


@pytest.mark.parametrize("code", CALLS.values(), ids=CALLS)
def test_whoever_calls_somebody_else_is_refused_and_written_down(tmp_path: Path, code: str) -> None:
    log = tmp_path / "calls"
    done = subprocess.run([sys.executable, "-c", code], env=environment(refusing(log)), capture_output=True, text=True, check=False)
    assert "nobody else is called here" in done.stderr
    assert re.search("192.0.2.1|stranger.example", log.read_text())


def test_this_computer_may_be_called(tmp_path: Path) -> None:
    code = "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(('localhost', s.getsockname()[1]))"
    subprocess.run([sys.executable, "-c", code], env=environment(refusing(tmp_path / "calls")), check=True)
    assert not (tmp_path / "calls").exists()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[tuple[Running, Path]]:
    log = tmp_path / "calls"
    running = start_demo(tmp_path / "data", participants=3, extra=refusing(log))
    yield running, log
    running.stop()


def test_a_meeting_from_the_door_to_the_pdf_calls_nobody(alone: tuple[Running, Path]) -> None:
    product, log = alone
    given = Path(f"/proc/{product.pid}/environ").read_text()
    assert str(log) in given  # it does run under the hook
    crew = crew_of(product)
    for path in ("/", "/join", "/privacy", "/accessibility", product.phone, product.cockpit, product.projector):
        assert call(product.base, "GET", path.removeprefix(product.base).partition("#")[0]).status == 200, path
    answer(product, crew)
    ask_for_a_code(product)
    assert crew.act("close")["status"] == "stored"
    assert stage(crew)["status"] == "closed"
    read(product, crew)
    assert not log.exists(), log.read_text()
    assert "Traceback" not in product.output


def answer(product: Running, crew: Holder) -> None:
    exercise = find_rating(crew)[1]
    person = join(product.base, product.code)
    item = {"id": new_id(), "exercise": exercise, "type": "rate", "data": {"item": "notice", "subject": "me", "value": 4}}
    assert person.send(item)[0]["status"] == "stored"
    poll(lambda: person.state()["mine"], what="the answer is there")


def ask_for_a_code(product: Running) -> None:
    """What would be sent by mail lies in the demo's inbox."""
    csrf = "x" * 32
    headers = {"Cookie": f"csrftoken={csrf}", "X-CSRFToken": csrf, "Content-Type": "application/x-www-form-urlencoded"}
    assert call(product.base, "POST", "/sign-in/", body=b"email=elin%40fabela.example", headers=headers).status in {200, 302}


def read(product: Running, crew: Holder) -> None:
    cockpit = call(product.base, "GET", f"/rooms/{crew.room}/cockpit").body.decode()
    found = re.search(r"/gatherings/\d+", cockpit)
    assert found
    for path, begins in (
        ("documentation", b"<!doctype html>"),
        ("documentation.md", b"#"),
        ("documentation.pdf", b"%PDF-"),
        ("paper", b"<!doctype html>"),
    ):
        got = call(product.base, "GET", f"{found[0]}/{path}")
        assert got.status == 200, path
        assert got.body.lstrip()[: len(begins)] == begins
