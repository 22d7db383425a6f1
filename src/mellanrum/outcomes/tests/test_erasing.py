"""Somebody wants to be erased after everything has been published: pages, files, what editors made of it, and every backup."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import pypdf

from mellanrum.commands.tests.test_cli import run
from mellanrum.outcomes.tests.test_documentation import answer_everything, crew_of
from mellanrum.outcomes.tests.test_editing import EDIT, ask, passage_with, save
from mellanrum.outcomes.tests.test_finalising import ask as rows
from mellanrum.outcomes.tests.test_finalising import authors, let_time_pass, press
from tests.conformance.client import Holder, call, join
from tests.running import Running, demo, start_serve

WORDS, EDITED, STAYING = "Min chef lyssnar aldrig på oss", "Chefer lyssnar sällan", "Vi möts för sällan i vardagen"
PAGES = ("/gatherings/1/documentation", "/gatherings/1/documentation.md", EDIT)


def filled(running: Running) -> list[Holder]:
    """Shown, edited, quoted and published."""
    people = [join(running.base, running.code, organisation="Fabelå kommun" if not number else "") for number in range(6)]
    for number, person in enumerate(people):
        answer_everything(person, *{0: [WORDS], 1: [STAYING]}.get(number, []))
    assert crew_of(running).act("reveal")["status"] == "stored"
    fields = passage_with(running, WORDS)
    mark = next(name for name, text in fields.items() if text == WORDS)
    assert save(running, **fields | {mark: EDITED, "note": f"Någon sade: ”{WORDS}”."}).status == 302
    own = {"heading": "Så gick det", "text": f"Det som fastnade: {WORDS}, sade en.", "place": "first"}
    assert ask(running, "POST", "/gatherings/1/documentation/own", **own).status == 302
    assert ask(running, "POST", "/gatherings/1/documentation/publish", publish="1").status == 302
    return people


def everything_shown(running: Running) -> str:
    """Every way in which somebody can read the documentation, one after the other."""
    public = re.search(r'href="(/documentation/[a-z0-9]{26})"', ask(running, "GET", EDIT).body.decode())
    assert public
    pages = "".join(ask(running, "GET", path).body.decode() for path in (*PAGES, public[1]))
    pdf = pypdf.PdfReader(BytesIO(ask(running, "GET", "/gatherings/1/documentation.pdf").body))
    return pages + " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def stored(data: Path) -> str:
    """The database with what it has not yet written into its file."""
    return "".join(path.read_bytes().decode("utf-8", "ignore") for path in data.glob("mellanrum.sqlite3*"))


def words_in(running: Running) -> str:
    """Every row that could hold them, as one reads it and not as it lies on free pages."""
    tables = ("rooms_contribution", "outcomes_passageedit", "outcomes_ownpassage", "rooms_frozenharvest", "rooms_participant")
    return json.dumps([rows(running, f"SELECT * FROM {table}") for table in tables], default=str, ensure_ascii=False)


def test_after_publishing_after_printing_and_from_an_old_backup(tmp_path: Path) -> None:
    with demo(tmp_path / "data") as running:
        leaving = filled(running)[0]
        shown = everything_shown(running)
        assert EDITED in shown  # the controls: all of it could leak
        assert WORDS in shown
        assert WORDS in words_in(running)
        archive = Path(json.loads(run("backup", "--data", running.data, "--to", tmp_path, "--json").stdout)["path"])
        gone = call(running.base, "DELETE", leaving.path("participants/me"), headers=leaving.headers)
        assert gone.status == 204
        for found in (everything_shown(running), words_in(running)):
            assert WORDS not in found
            assert EDITED not in found
            assert STAYING in found
        assert "Det som fastnade: […], sade en." in everything_shown(running)
        crew_of(running).act("close")
        let_time_pass(running)
        assert press(running).status == 302
        assert authors(running) == {None}
    again_from(archive, tmp_path, running)


def again_from(archive: Path, tmp_path: Path, running: Running) -> None:
    run("restore", archive, "--data", tmp_path / "elsewhere")
    assert WORDS in stored(tmp_path / "elsewhere")  # the control: that folder knows neither of the erasing nor of the finalising
    run("restore", archive, "--data", running.data)
    found = stored(running.data)
    assert all(words not in found for words in (WORDS, EDITED, "Fabelå kommun"))
    assert STAYING in found
    assert authors(running) == {None}
    second = start_serve(running.data, port=running.port)
    try:
        page = call(second.base, "GET", "/api/v1/gatherings/1/documentation.html", headers={"Authorization": f"Bearer {running.ticket}"})
        assert STAYING in page.body.decode()
    finally:
        assert second.stop() == 0
