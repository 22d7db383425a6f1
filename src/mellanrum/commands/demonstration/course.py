"""What the demo does once the server answers: open the first exercise, tell where everything is, let people in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from typing import Any

from mellanrum.commands.demonstration.room import Demo
from mellanrum.commands.problems import _
from mellanrum.core.ids import random_id

SECONDS = 30


class Course:
    """`begin` returns at once and goes on in a thread of its own, as a client of the server like any other."""

    def __init__(self, demo: Demo, *, participants: int, as_json: bool) -> None:
        self.demo = demo
        self.participants = participants
        self.as_json = as_json
        self.failure = ""
        self._crowd: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._is_over = False

    def begin(self) -> None:
        threading.Thread(target=self._run, name="demo", daemon=True).start()

    def end(self) -> None:
        """Send the made-up people home."""
        with self._lock:
            self._is_over = True
            crowd = self._crowd
        if crowd is None:
            return
        crowd.terminate()
        try:
            crowd.wait(5)
        except subprocess.TimeoutExpired:
            crowd.kill()
            crowd.wait()

    def _run(self) -> None:
        try:
            self._open_first()
            self._let_in()
            self._tell()  # last: who reads it finds everything it says
        except Exception as error:  # noqa: BLE001 - whatever it is, the demo ends and says so
            self.failure = _("Demon kom inte igång: %(error)s") % {"error": error}
            os.kill(os.getpid(), signal.SIGTERM)

    def _open_first(self) -> None:
        """Only from the beginning: a demo that is started again on its folder goes on where it was."""
        if self._ask("state?audience=crew")["cells"]["stage"]["step"] != "lobby":
            return
        act = {"id": random_id(), "exercise": "stage", "type": "go", "data": {"to": self.demo.step}}
        result = self._ask("contributions", [act])["results"][0]
        if result["status"] != "stored":
            why = result.get("detail") or result.get("reason") or result["status"]
            raise RuntimeError(_("Det första momentet gick inte att öppna (%(why)s).") % {"why": why})
        if self.participants:
            self._note()

    def _note(self) -> None:
        """What two tables have said, so that the place for it is not empty."""
        notes = next(one["id"] for one in self._ask("state?audience=crew")["exercises"] if "note" in one["accepts"])
        said = {"1": _("Mandatet måste gälla mellan förvaltningarna, inte i dem."), "3": _("Gruset blev lättare när det fick ett namn.")}
        lines = [{"id": random_id(), "exercise": notes, "type": "note", "data": {"text": text, "who": who}} for who, text in said.items()]
        self._ask("contributions", lines)

    def _tell(self) -> None:
        if self.as_json:
            print(json.dumps(self.demo.facts()), flush=True)
            return
        demo = self.demo
        print(
            _("Demon är igång. Allt öppnas utan att logga in, på den här datorn."),
            "",
            _("  Telefon   %(address)s") % {"address": demo.phone},
            _("  Duk       %(address)s") % {"address": demo.projector},
            _("  Cockpit   %(address)s") % {"address": demo.cockpit},
            _("  Start     %(address)s") % {"address": demo.base + "/"},
            "",
            _("Koden är %(code)s. %(count)s påhittade personer är på väg in. Avsluta med Ctrl+C.")
            % {"code": f"{demo.code[:4]} {demo.code[4:]}", "count": self.participants},
            sep="\n",
            flush=True,
        )

    def _let_in(self) -> None:
        """In a process of their own: they speak the protocol and share nothing with the server."""
        if self.participants < 1:
            return
        command = [sys.executable, "-m", "mellanrum", "simulate", self.demo.code, "--base", self.demo.base]
        command += ["--participants", str(self.participants), "--seconds", "0"]
        with self._lock:
            if not self._is_over:
                nothing = subprocess.DEVNULL
                self._crowd = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)

    def _ask(self, path: str, body: object = None) -> Any:
        request = urllib.request.Request(  # noqa: S310 - our own address
            f"{self.demo.base}/api/v1/rooms/{self.demo.room}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.demo.ticket}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return json.load(answer)
