"""The command line: help, exit codes and one sentence for whatever an operator can mend."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from mellanrum.cli import VERBS, parser
from mellanrum.core.tests.mail_servers import Letterbox, serving
from tests.running import free_port

WITHIN = 60


def run(*arguments: object, code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; it must end with that code and without a traceback."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MELLANRUM_", "DJANGO_", "LC_", "LANG", "PORT"))}
    line = [sys.executable, "-m", "mellanrum", *map(str, arguments)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=WITHIN, env=own | environment, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that has been brought up to this version."""
    data = tmp_path_factory.mktemp("cli") / "data"
    run("migrate", "--data", data)
    return data


def ends(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as caught:
        parser().parse_args(arguments)
    return int(str(caught.value.code))


def test_help_tells_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"    {verb}" in said for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends([verb, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: mellanrum {verb}")


@pytest.mark.parametrize("arguments", [[], ["fly"], ["serve", "--port", "x"], ["token"], ["template"], ["simulate"]])
def test_asked_wrongly_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(arguments) == 2
    assert capsys.readouterr().err.startswith("usage: mellanrum")


def test_the_version_is_told() -> None:
    assert run("--version").stdout.startswith("mellanrum ")


def test_a_token_is_a_link_with_its_key_in_the_fragment(ready: Path) -> None:
    link = urlsplit(run("token", "--owner", "elin@fabela.example", "--data", ready, PORT="8123").stdout.strip())
    assert (link.netloc, link.path, link.query) == ("127.0.0.1:8123", "/sign-in/", "")
    assert len(link.fragment) >= 43
    beyond = run("token", "--owner", "elin@fabela.example", "--data", ready, "--base-url", "https://rum.example/").stdout
    assert beyond.startswith("https://rum.example/sign-in/#k=")


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (2, ["token", "--owner", "elin", "--data", "{ready}"]),
        (1, ["migrate", "--data", "{other}/file"]),
        (2, ["template", "load", "nope", "--data", "{ready}"]),
        (2, ["template", "load", "{other}/bad.toml", "--data", "{ready}"]),
        (2, ["template", "load", "{other}", "--data", "{ready}"]),
        (2, ["template", "load", "prova-pa", "--programme", "programmes/999", "--data", "{ready}"]),
        (2, ["template", "load", "prova-pa", "--day", "9999-12-31", "--data", "{ready}"]),
        (2, ["template", "export", "gatherings/999", "--data", "{ready}"]),
        (2, ["template", "export", "gatherings/999999999999999999", "--data", "{ready}"]),
        (2, ["template", "export", "../../etc/passwd", "--data", "{ready}"]),
        (1, ["template", "load", "prova-pa", "--owner", "nobody@fabela.example", "--data", "{ready}"]),
        (2, ["serve", "--base-url", "https://rum.example/here", "--data", "{ready}"]),
        (2, ["serve", "--owner", "elin", "--port", "0", "--data", "{ready}"]),
        (1, ["serve", "--host", "192.0.2.1", "--port", "0", "--base-url", "http://192.0.2.1", "--data", "{ready}"]),
        (2, ["simulate", "12345678", "--participants", "0"]),
        (2, ["simulate", "12345678", "--base", "nowhere"]),
    ],
)
def test_a_problem_is_one_sentence(ready: Path, tmp_path: Path, code: int, arguments: list[str]) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "bad.toml").write_text("format = 1\n[[")
    said = run(*(argument.format(ready=ready, other=tmp_path) for argument in arguments), code=code)
    assert said.stdout == ""
    assert len(said.stderr.strip().splitlines()) == 1, said.stderr


def test_nothing_is_made_before_it_is_known_to_be_well(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("serve", "--host", "0.0.0.0", "--data", data, code=2)
    run("token", "--owner", "elin@fabela.example", "--data", data, code=1)
    run("template", "list", "--data", data)
    run("check", "--data", data)
    assert not data.exists()


def test_a_port_in_use(ready: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert str(port) in run("serve", "--port", port, "--data", ready, code=1).stderr
        assert str(port) in run("demo", "--json", "--port", port, code=1).stderr


def test_templates_are_listed_and_loaded(ready: Path, tmp_path: Path) -> None:
    listed = run("template", "list").stdout
    assert re.search(r"^larandetraff +sv +1 +2 h 30 min +Leda tillsammans i mellanrummet$", listed, re.MULTILINE)
    assert re.search(r"^prova-pa +sv +1 +15 min +Modet att mötas$", listed, re.MULTILINE)
    run("token", "--owner", "elin@fabela.example", "--data", ready)
    run("template", "load", "larandetraff", "--day", "2030-04-16", "--data", ready)
    run("template", "load", "learning-meeting", "--day", "2030-02-31", "--data", ready, code=2)
    with closing(sqlite3.connect(ready / "mellanrum.sqlite3")) as database:
        rows = database.execute("SELECT title, starts_at FROM programmes_gathering").fetchall()
    assert rows == [("Lärandeträff 1", "2030-04-16 11:00:00")]


def test_a_plan_is_exported_and_loaded_again(ready: Path, tmp_path: Path) -> None:
    run("token", "--owner", "elin@fabela.example", "--data", ready)
    run("template", "load", "prova-pa", "--data", ready)
    with closing(sqlite3.connect(ready / "mellanrum.sqlite3")) as database:
        gathering, programme = database.execute("SELECT max(id), max(programme_id) FROM programmes_gathering").fetchone()
    file = tmp_path / "min.toml"
    address = f"https://rum.example/gatherings/{gathering}?view=agenda"
    assert str(file) in run("template", "export", address, file, "--data", ready).stdout
    first = file.read_text()
    run("template", "export", address, file, "--data", ready, code=2)  # nothing is written over
    run("template", "export", address, tmp_path / "no" / "min.toml", "--data", ready, code=2)
    assert file.read_text() == first
    run("template", "load", file, "--programme", f"programmes/{programme}", "--data", ready)
    run("template", "export", f"programmes/{programme}", tmp_path / "both.toml", "--data", ready)
    assert (tmp_path / "both.toml").read_text().count("[[gatherings]]") == 2
    with closing(sqlite3.connect(ready / "mellanrum.sqlite3")) as database:
        plans = [
            database.execute(
                f"SELECT title, minutes, say, do, definition FROM programmes_block WHERE gathering_id = {one} ORDER BY position"
            )
            for one in (gathering, gathering + 1)
        ]
        before, after = (plan.fetchall() for plan in plans)
    assert before == after != []


def test_check_finds_what_is_wrong(ready: Path, tmp_path: Path) -> None:
    def states(data: Path, code: int = 0, **environment: str) -> dict[str, str]:
        found = json.loads(run("check", "--json", "--data", data, code=code, **environment).stdout)
        assert all(len(finding["message"]) > 5 for finding in found)
        return {finding["name"]: finding["state"] for finding in found}

    well = states(ready)
    assert set(well.values()) <= {"ok", "warning"}
    assert well["database"] == well["version"] == "ok"
    (tmp_path / "file").write_text("x")
    assert states(tmp_path / "file", 1)["folder"] == "problem"
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "mellanrum.sqlite3").write_bytes(b"nothing" * 1000)
    assert states(broken, 1)["database"] == "problem"
    assert states(ready, MELLANRUM_BASE_URL="http://rum.example")["address"] == "warning"
    assert states(ready, MELLANRUM_BASE_URL="https://rum.example")["address"] == "ok"


def test_check_knows_newer_and_older_databases(tmp_path: Path) -> None:
    run("migrate", "--data", tmp_path)
    with closing(sqlite3.connect(tmp_path / "mellanrum.sqlite3")) as database, database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('rooms', '9999_later', '2099-01-01')")
    assert "problem " in run("check", "--data", tmp_path, code=1).stdout
    with closing(sqlite3.connect(tmp_path / "mellanrum.sqlite3")) as database, database:
        database.execute("DELETE FROM django_migrations WHERE name = '9999_later' OR app = 'sessions'")
    assert "warning " in run("check", "--data", tmp_path).stdout
    assert "mellanrum serve" in run("token", "--owner", "e@f.example", "--data", tmp_path, code=1).stderr


def test_english_where_the_system_says_so(tmp_path: Path) -> None:
    swedish, english = (run("check", "--data", tmp_path, LANG=language).stdout for language in ("sv_SE.UTF-8", "en_GB.UTF-8"))
    assert "Datamappen" in swedish
    assert english.count("\n") == swedish.count("\n")


def test_check_tells_about_mail_and_keeps_its_password(tmp_path: Path) -> None:
    def told(environment: dict[str, str], code: int = 0) -> tuple[str, str]:
        done = run("check", "--data", tmp_path / "data", code=code, **environment)
        return done.stdout, done.stderr

    assert "ok      Inga mejl skickas." in told({})[0]
    assert "warning Inga mejl skickas." in told({"MELLANRUM_BASE_URL": "https://rum.example"})[0]
    server = {"MELLANRUM_SMTP_URL": f"smtp://rum:secret@127.0.0.1:{free_port()}?tls=0", "MELLANRUM_MAIL_FROM": "rum@fabela.example"}
    out, _err = told(server, 1)
    assert "svarar inte" in out
    assert "secret" not in out
    with serving(Letterbox()) as port:
        out, _err = told(server | {"MELLANRUM_SMTP_URL": f"smtp://127.0.0.1:{port}"})
        assert f"127.0.0.1:{port} utan kryptering" in out
        for wish in ("rum:secret@127.0.0.1:{}?tls=0", "127.0.0.1:{}?tls=1"):
            out, _err = told(server | {"MELLANRUM_SMTP_URL": f"smtp://{wish.format(port)}"}, 1)
            assert "kan inte kryptera eller inte logga in" in out
            assert "secret" not in out
    out, err = told(server | {"MELLANRUM_SMTP_URL": "smtp://rum:secret@smtp.example:x"}, 2)
    assert "MELLANRUM_SMTP_URL" in err
    assert "secret" not in out + err
    assert "MELLANRUM_MAIL_FROM" in told(server | {"MELLANRUM_MAIL_FROM": ""}, 2)[1]
