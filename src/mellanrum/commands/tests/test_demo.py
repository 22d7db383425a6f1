"""The demo and serve as somebody types them: ready when they say so, and nothing left behind."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from mellanrum.commands.demonstration.programme import slugs, template_of
from mellanrum.commands.demonstration.room import open_demo_room
from mellanrum.rooms.models import Room

WITHIN = 40.0


@contextmanager
def running(*arguments: object, tmp: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """The command, with TMPDIR as given; it must end by itself after SIGTERM, with exit code 0."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MELLANRUM_", "DJANGO_", "LC_", "LANG", "PORT"))}
    line = [sys.executable, "-m", "mellanrum", *map(str, arguments)]
    with (tmp / "words").open("w") as words:
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=words, text=True, env=own | environment | {"TMPDIR": str(tmp)})
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert process.wait(WITHIN) == 0, (tmp / "words").read_text()
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def fetch(url: str, ticket: str = "") -> Any:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {ticket}"} if ticket else {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def made_up_people() -> set[str]:
    """The command lines of simulated crowds that this machine runs now."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if "mellanrum simulate" in line:
            found.add(line)
    return found


def eventually(check: Any) -> Any:
    """The first true answer; a condition of another process has no event to wait for."""
    deadline = time.monotonic() + WITHIN
    while not (found := check()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


@pytest.mark.slow  # made-up people take their time to walk in and think
def test_the_demo_is_ready_when_it_says_so(tmp_path: Path) -> None:
    with running("demo", "--json", "--port", 0, "--participants", 3, tmp=tmp_path) as process:
        facts = json.loads(line_of(process))
        assert set(facts) == {"base", "code", "phone", "projector", "cockpit", "ticket"}
        assert re.fullmatch(r"\d{8}", facts["code"])
        assert facts["phone"] == f"{facts['base']}/r/{facts['code']}"
        room = facts["cockpit"].removeprefix(f"{facts['base']}/rooms/").removesuffix("/cockpit")
        state = f"{facts['base']}/api/v1/rooms/{room}/state"
        cells = fetch(state, facts["ticket"])["cells"]
        assert cells["stage"]["step"] == "block-2:rate"
        assert any(facts["code"] in line for line in made_up_people())
        eventually(lambda: fetch(state, facts["ticket"])["cells"]["exercise-scale-2"]["answered"] > 0)
        assert list(tmp_path.glob("mellanrum-demo-*"))
    assert not any(facts["code"] in line for line in made_up_people())
    assert [path.name for path in tmp_path.iterdir()] == ["words"]


ONE_TEMPLATE = """
format = 1
name = "ett-prov"
version = 1
language = "sv"
title = "Ett prov"
[[gatherings]]
title = "Träff 1"
[[gatherings.blocks]]
title = "Välkommen"
minutes = 5
[[gatherings.blocks]]
title = "Runda"
minutes = 5
phones = true
exercise = "round"
definition = {{ version = 1, question = "Vad tar du med dig?" }}
{more}
"""
RATING = """
[[gatherings.blocks]]
title = "Skattning"
minutes = 5
phones = true
exercise = "scale"
[gatherings.blocks.definition]
version = 1
[gatherings.blocks.definition.instrument]
id = "prov"
version = 1
title = "Prov"
items = [{ id = "a", text = "Vi hinner prata klart." }]
subjects = [{ id = "me", text = "Jag" }]
"""


@pytest.mark.slow
@pytest.mark.parametrize(("more", "step"), [("", "block-2:round"), (RATING, "block-3:rate")])
def test_a_demo_of_a_template_begins_with_its_rating_or_else_its_first_exercise(tmp_path: Path, more: str, step: str) -> None:
    file = tmp_path / "ett-prov.sv.toml"
    file.write_text(ONE_TEMPLATE.format(more=more))
    with running("demo", "--json", "--port", 0, "--participants", 0, "--template", file, tmp=tmp_path) as process:
        facts = json.loads(line_of(process))
        room = facts["cockpit"].removeprefix(f"{facts['base']}/rooms/").removesuffix("/cockpit")
        assert fetch(f"{facts['base']}/api/v1/rooms/{room}/state", facts["ticket"])["cells"]["stage"]["step"] == step


@pytest.mark.django_db
@pytest.mark.parametrize("slug", slugs())
def test_every_exercise_can_be_shown_alone_as_it_is_when_it_is_new(slug: str) -> None:
    demo = open_demo_room("http://127.0.0.1:8000", template_of(slug))
    blocks = Room.objects.get(pk=demo.room).plan["blocks"]
    assert [(block["key"], block["exercise"]["slug"]) for block in blocks] == [(demo.step, slug)]
    assert open_demo_room("http://127.0.0.1:8000", template_of(slug)).room == demo.room


@pytest.mark.parametrize(("option", "said"), [("--template", "prova-pa"), ("--exercise", "scale")])
def test_what_there_is_not_is_said_with_what_there_is(tmp_path: Path, option: str, said: str) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MELLANRUM_", "DJANGO_"))}
    line = [sys.executable, "-m", "mellanrum", "demo", "--port", "0", option, "finnsinte", "--data", str(tmp_path / "data")]
    done = subprocess.run(line, capture_output=True, text=True, env=own, timeout=WITHIN, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "finnsinte" in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_demo_on_its_folder_goes_on_where_it_was(tmp_path: Path) -> None:
    seen = []
    for _start in range(2):
        with running("demo", "--json", "--port", 0, "--participants", 0, "--data", tmp_path / "data", tmp=tmp_path) as process:
            seen.append(json.loads(line_of(process)))
    assert seen[0]["code"] == seen[1]["code"]
    assert seen[0]["ticket"] != seen[1]["ticket"]


def test_a_demo_leaves_a_real_installation_alone(tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MELLANRUM_", "DJANGO_"))}
    for arguments, code in ((["migrate"], 0), (["token", "--owner", "elin@fabela.example"], 0), (["demo", "--port", "0"], 1)):
        line = [sys.executable, "-m", "mellanrum", *arguments, "--data", str(tmp_path / "data")]
        done = subprocess.run(line, capture_output=True, text=True, env=own, timeout=WITHIN, check=False)
        assert done.returncode == code, done.stderr
    assert "riktig installation" in done.stderr
    assert "Traceback" not in done.stderr


def test_interrupting_the_demo_before_it_is_ready_leaves_nothing(tmp_path: Path) -> None:
    with running("demo", "--json", "--port", 0, tmp=tmp_path):
        eventually(lambda: list(tmp_path.glob("mellanrum-demo-*/serve.lock")))
    assert [path.name for path in tmp_path.iterdir()] == ["words"]


def test_the_first_start_gives_the_owner_a_link(tmp_path: Path) -> None:
    with running("serve", "--port", 0, "--data", tmp_path / "data", tmp=tmp_path) as process:
        base = line_of(process).strip().rpartition(" ")[2]
        link = line_of(process).strip().rpartition(" ")[2]
        assert link.startswith(f"{base}/sign-in/#k=")
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        form = browser.open(f"{base}/sign-in/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "key": link.partition("#k=")[2]}).encode()
        page = browser.open(f"{base}/sign-in/", data).read().decode()
        assert "larandetraff.sv" in page
        assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    with running("serve", "--port", 0, "--data", tmp_path / "data", tmp=tmp_path) as process:
        assert line_of(process).startswith("Mellanrum är igång: http://127.0.0.1:")
    assert "sign-in" not in (tmp_path / "words").read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_demos_door_is_shut_when_others_can_come(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    here = f"http://127.0.0.1:{port}"
    with running("demo", "--json", "--port", port, "--participants", 0, "--data", data, tmp=tmp_path) as process:
        line_of(process)
        assert "Prova på" in urllib.request.urlopen(here).read().decode()  # the control: the demo's door is open
    beyond = ("serve", "--host", "0.0.0.0", "--port", port, "--base-url", here, "--data", data)
    with running(*beyond, tmp=tmp_path, MELLANRUM_DEMO="1") as process:
        assert line_of(process).strip() == f"Mellanrum är igång: {here}"
        assert "Prova på" not in urllib.request.urlopen(here).read().decode()
