"""Signing out takes the room tickets back at once, also from screens that are already listening."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.conformance.client import Holder, call, post_json
from tests.running import environment, free_port, start_serve

CSRF = "x" * 32


def test_signing_out_ends_the_cockpit_at_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    line = [sys.executable, "-m", "tests.access.populate", str(data)]
    told = json.loads(subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=60, check=True).stdout)
    running = start_serve(data, port=free_port())
    signed_in = {"Cookie": f"csrftoken={CSRF}; sessionid={told['sessions']['owner']}", "X-CSRFToken": CSRF}
    try:
        page = call(running.base, "GET", f"/rooms/{told['room']}/cockpit", headers=signed_in)
        ticket = re.search(rf"mr-{told['room']}-crew=([^;]+)", " ".join(page.headers.get_all("Set-Cookie") or []))
        assert ticket
        owner, colleague = (Holder(running.base, told["room"], token) for token in (ticket[1], told["crew"]))
        with owner.events() as cockpit, colleague.events() as another:
            cockpit.until("hello")
            another.until("hello")
            begun = time.monotonic()
            assert call(running.base, "POST", "/sign-out/", headers=signed_in).status == 302
            assert cockpit.until("bye").data["reason"] == "revoked"
            assert time.monotonic() - begun < 3  # told at once, not with the beat of five seconds
            assert owner.get("state").status == 401
            another.until("beat")  # nobody else's screen goes dark
    finally:
        running.stop()


def test_a_paired_screen_stays_when_its_facilitator_signs_out_and_ends_with_their_role(tmp_path: Path) -> None:
    data = tmp_path / "data"
    line = [sys.executable, "-m", "tests.access.populate", str(data)]
    told = json.loads(subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=60, check=True).stdout)
    running = start_serve(data, port=free_port())

    def post(path: str, role: str, body: str = "") -> int:
        cookie = f"csrftoken={CSRF}; sessionid={told['sessions'][role]}"
        headers = {"Cookie": cookie, "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
        return call(running.base, "POST", path, body=body.encode(), headers=headers).status

    try:
        begun = post_json(running.base, "/api/v1/projectors", {}).json
        assert post(f"/rooms/{told['room']}/pair", "facilitator", f"code={begun['code']}") == 302
        paired = call(running.base, "GET", "/api/v1/projectors/me", headers={"Authorization": f"Bearer {begun['pairing']}"})
        cookie = paired.header("Set-Cookie").partition(";")[0]

        def screen() -> int:
            return call(running.base, "GET", f"/rooms/{told['room']}/screen", headers={"Cookie": cookie}).status

        own = Holder(running.base, told["room"], told["projector"])  # the facilitator's own window, not paired
        with Holder(running.base, told["room"], cookie.partition("=")[2]).events() as wall:
            wall.until("hello")
            assert (screen(), own.get("state").status) == (200, 200)
            assert post("/sign-out/", "facilitator") == 302
            assert (screen(), own.get("state").status) == (200, 401)
            wall.until("beat")
            assert post(f"/programmes/{told['programme']}/people/{told['facilitator']}/remove", "owner") == 302
            assert wall.until("bye").data["reason"] == "revoked"
        assert screen() == 404
    finally:
        running.stop()
