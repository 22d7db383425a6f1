"""Somebody with a keyboard and no screen, who does what a script says and hears what it says is heard."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.conformance.client import Holder
from tests.conformance.conftest import stage
from tests.journeys.browsing import accessible
from tests.journeys.walks.listening import focused, heard, no_chatter, tab_through, tab_to
from tests.journeys.walks.script import Step, steps_of
from tests.running import Running, poll


@dataclass
class Walker:
    page: Page
    product: Running
    crew: Holder
    names: dict[str, str] = field(default_factory=dict)

    def walk(self, script: str) -> None:
        """Raises AssertionError naming the line of the script that does not hold."""
        steps = steps_of(script)
        assert steps, script
        for step in steps:
            try:
                self.verbs[step.verb](self, self.told(step))
            except (AssertionError, KeyError) as error:
                raise AssertionError(f"{step.where}: {step.verb} {step.rest}\n{error}") from error
        no_chatter(self.page)

    def told(self, step: Step) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: self.names[found[1]], step.rest)

    def open(self, path: str) -> None:
        self.page.goto(self.product.base + path)

    def press(self, keys: str) -> None:
        for key in keys.split(", "):
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, what: str) -> None:
        tab_to(self.page, what)

    def stand_on(self, what: str) -> None:
        poll(lambda: focused(self.page).startswith(what), within=20, what=f"the focus on {what}, not on {focused(self.page)}")

    def find(self, what: str) -> None:
        expect(self.page.locator("body")).to_match_aria_snapshot(f"- {what}", timeout=20_000)

    def hear(self, what: str) -> None:
        heard(self.page, what)

    def go_around(self, _all: str) -> None:
        tab_through(self.page)
        accessible(self.page, self.page.url)

    def lead(self, act: str) -> None:
        """Whoever leads does something meanwhile: `next`, `close`, `go` and the step, or `say` and the words."""
        kind, _, rest = act.partition(" ")
        before = stage(self.crew)
        data = {"say": {"text": rest}, "go": {"to": rest}}.get(kind, {})
        assert self.crew.act({"say": "message"}.get(kind, kind), **data)["status"] == "stored"
        poll(lambda: stage(self.crew) != before, within=20, what=f"the room after {act}")

    def contact(self, state: str) -> None:
        """A server that says nothing is what no network is like from here, for streams that are open too."""
        os.kill(self.product.pid, signal.SIGSTOP if state == "gone" else signal.SIGCONT)

    verbs: dict[str, Callable[[Walker, str], None]] = field(
        default_factory=lambda: {
            "Open": Walker.open,
            "Press": Walker.press,
            "Type": Walker.type,
            "Tab to": Walker.tab_to,
            "Stand on": Walker.stand_on,
            "Find": Walker.find,
            "Hear": Walker.hear,
            "Go around": Walker.go_around,
            "The room": Walker.lead,
            "Contact": Walker.contact,
        }
    )
