"""Pictures through a real server: taken from those who may, in one go, and seen by whoever knows the name."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from mellanrum.core.tests.picture_cases import SVG, landscape, saved
from mellanrum.rooms.live.uploads import DEFAULT_LIMIT
from tests.running import Running, environment, free_port, start_serve

CSRF, EDGE = "x" * 32, "edge"
LARGE = saved(landscape(1500, 1500), "PNG", compress_level=0)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    data = tmp_path_factory.mktemp("uploads") / "data"
    line = [sys.executable, "-m", "tests.access.populate", str(data)]
    told = subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=60, check=True)
    running = start_serve(data, port=free_port())
    yield json.loads(told.stdout) | {"running": running}
    running.stop()


def form(*files: tuple[str, bytes]) -> bytes:
    heads = (f'--{EDGE}\r\nContent-Disposition: form-data; name="pictures"; filename="{name}"\r\n\r\n' for name, _content in files)
    return (
        b"".join(head.encode() + content + b"\r\n" for head, (_name, content) in zip(heads, files, strict=True))
        + f"--{EDGE}--\r\n".encode()
    )


def send(running: Running, method: str, path: str, body: bytes = b"", session: str = "") -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", running.port, timeout=30)
    cookie = f"csrftoken={CSRF}" + (f"; sessionid={session}" if session else "")
    headers = {"Cookie": cookie, "X-CSRFToken": CSRF, "Content-Type": f"multipart/form-data; boundary={EDGE}"} if body else {}
    try:
        connection.request(method, path, body=body or None, headers=headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_pictures_are_taken_and_shown_to_whoever_knows_their_name(facts: dict[str, Any]) -> None:
    running, path = facts["running"], f"/programmes/{facts['programme']}/decks/{facts['deck']}/pictures"
    assert len(LARGE) > DEFAULT_LIMIT
    body = form(("one.png", LARGE), ("two.svg", SVG), ("three.png", LARGE))
    status, _headers, page = send(running, "POST", path, body, facts["sessions"]["facilitator"])
    assert (status, page.decode().count("two.svg")) == (200, 1)
    stored = {one.name for one in (running.data / "pictures").iterdir()}
    assert len(stored) == 2
    address = next(found for found in re.findall(r"/pictures/[a-z2-7]{26}\.webp", page.decode()) if found.rpartition("/")[2] in stored)
    status, headers, content = send(running, "GET", address)
    assert (status, content[:4], headers["x-content-type-options"]) == (200, b"RIFF", "nosniff")
    assert not list((running.data / "tmp").iterdir())


@pytest.mark.parametrize("who", ["nobody", "made up"])
def test_strangers_fill_no_disk(facts: dict[str, Any], who: str) -> None:
    running, path = facts["running"], f"/programmes/{facts['programme']}/decks/{facts['deck']}/pictures"
    session = "" if who == "nobody" else "m" * 32
    assert send(running, "POST", path, form(("one.png", LARGE)), session)[0] == 413
    assert send(running, "POST", path, form(("one.png", LARGE)), facts["sessions"]["stranger"])[0] == 404
    other = f"/programmes/{facts['programme']}/decks/{facts['deck']}/names"
    assert send(running, "POST", other, form(("one.png", LARGE)), facts["sessions"]["facilitator"])[0] == 413


@pytest.mark.parametrize("path", ["/pictures/../secret.key", "/pictures/%2e%2e/secret.key", "/pictures/", "/pictures/mellanrum.sqlite3"])
def test_pictures_are_no_way_into_the_data_folder(facts: dict[str, Any], path: str) -> None:
    running: Running = facts["running"]
    assert Path(running.data / "secret.key").is_file()
    assert send(running, "GET", path)[::2] == (404, b"404\n")
