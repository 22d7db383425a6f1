"""Every page and fragment by name, drawn with the samples."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from mellanrum.accounts.models import User
from mellanrum.exercise_kit.charts.distribution import ChartRow, distribution
from mellanrum.exercise_kit.contract import Exercise
from mellanrum.exercise_kit.document import Bullets, Figure, Passage, Photo, Picture, Quote, Table, Text
from mellanrum.exercise_kit.examples import Example, examples_of
from mellanrum.exercise_kit.faces import draw_example
from mellanrum.exercise_kit.registry import exercise_type
from mellanrum.outcomes.html import passages_as_html
from mellanrum.programmes.agenda import AgendaRow
from mellanrum.programmes.models import Block
from mellanrum.programmes.needs import ORDER, Need
from mellanrum.programmes.queries import ProgrammeRow, RunSheet, RunSheetRow, stones_of
from mellanrum.programmes.templates import library
from mellanrum.rooms.live.qr import qr_path
from mellanrum.ui.tests import samples as made

AGENDA = (AgendaRow("Öppning", "hand-waving"),)
QR = qr_path("https://mellanrum.example/r/47190326")


def page(template: str, person: str = "", **context: Any) -> str:
    request = RequestFactory().get("/")
    request.user = User(pk=1, email="elin@fabela.example", name=person) if person else AnonymousUser()
    return get_template(template).render(context, request)


def stage(audience: str, view: Any, **context: Any) -> str:
    more = {"view": view, "room": "room3", "audience": audience, "qr_path": QR.path, "qr_size": QR.size, "plain": False, **context}
    return mark_safe(get_template(f"rooms/fragments/stage-{audience}.html").render(more))


def scale(face: str, view: Any, **context: Any) -> str:
    more = {"view": view, "exercise": "scale-3", "cell": "exercise-scale-3", "room": "room3", "own": None, "plain": False, **context}
    return mark_safe(get_template(f"exercises/scale/{face}.html").render(more, RequestFactory().get("/")))


def table_notes(phase: str, **context: Any) -> str:
    more = {"view": made.table_notes(phase), "exercise": "notes-block-3", "cell": "exercise-notes-block-3", "room": "room3", **context}
    return mark_safe(get_template("exercises/notes/table.html").render(more, RequestFactory().get("/")))


def example_face(exercise: Exercise, example: Example, face: str) -> str:
    return draw_example(exercise, example, face, request=RequestFactory().get("/"), plain=True)


def faces_of(slug: str, *faces: str) -> dict[str, Callable[[], str]]:
    """Every example in these faces."""
    exercise = exercise_type(slug)
    pairs = [(example, face) for example in examples_of(exercise) for face in faces]
    return {f"{slug}-{example.name}-{face}": partial(example_face, exercise, example, face) for example, face in pairs}


def words(face: str, view: Any, **context: Any) -> str:
    more = {"view": view, "exercise": "words-4", "cell": "exercise-words-4", "room": "room3", "own": None, "plain": False, **context}
    return mark_safe(get_template(f"exercises/words/{face}.html").render(more, RequestFactory().get("/")))


def people(audience: str) -> str:
    return mark_safe(get_template(f"rooms/fragments/people-{audience}.html").render({"view": made.PEOPLE}))


def cockpit(pairing: str = "") -> str:
    context: dict[str, Any] = {
        "pairing": pairing,
        "address": "mellanrum.example",
        "stage": stage("crew", made.crew_stage()),
        "people": people("crew"),
    }
    context["exercises"] = {"exercise-scale-3": scale("crew", made.scale_crew())}
    context["projector_stage"] = stage("projector", made.projector_stage(at=made.now()))
    context["projector_exercises"] = {"projector:exercise-scale-3": scale("projector", made.scale_projector())}
    return page("rooms/pages/cockpit.html", "Elin", room=made.ROOM, gathering=made.GATHERING, title="Grus i skon", **context)


def projector() -> str:
    drawn = {"exercise-scale-3": scale("projector", made.scale_projector("result", made.result()))}
    shown = stage("projector", made.projector_stage(at=made.now("result")))
    return page("rooms/pages/projector.html", room=made.ROOM, title="Grus i skon", stage=shown, people=people("projector"), exercises=drawn)


def plain() -> str:
    drawn = [scale("participant", made.scale_phone(), own=made.OWN, plain=True)]
    shown = stage("phone", made.phone_stage(at=made.now()), plain=True)
    return page("rooms/pages/plain.html", code="47190326", joined=True, room="room3", stage=shown, exercises=drawn, saved=2, refused=[])


def start(*, is_first: bool) -> str:
    row = ProgrammeRow(made.PROGRAMME, "facilitator", (made.GATHERING,))
    found = None if is_first else made.GATHERING
    rows = () if is_first else ((row, stones_of(row, moment=made.DAY)),)
    needs = [Need(kind, made.GATHERING, "room3", made.DAY, 2) for kind in ORDER]
    context = {"needs": needs, "run_sheet": None, "room": made.ROOM, "may_run": True}
    return page("programmes/pages/start.html", "Elin", programmes=rows, next_gathering=found, templates=library(), problem="", **context)


def gathering() -> str:
    block = Block(title="Öppning", minutes=7, icon="hand-waving", say=made.HOSTILE, do=["Hälsa"], material=["Namnlappar"])
    sheet = RunSheet((RunSheetRow(block, 0, made.DAY, made.DAY),), 7, 0, made.DAY, made.DAY)
    context = {"gathering": made.GATHERING, "programme": made.PROGRAMME, "run_sheet": sheet, "agenda": AGENDA, "may_run": True}
    return page("programmes/pages/gathering.html", "Elin", rooms=(made.ROOM,), **context)


def documentation(*, is_empty: bool = False) -> str:
    table = Table("Svar", ("Om", "1", "2"), (("Jag", "3", "4"),))
    figure = Figure(distribution([ChartRow("Jag", (1, 3, 8, 14, 5), 3.6)], 1, 5, "inte alls", "helt"), "Medel 3,6.", table)
    photo = Photo(Picture(f"/pictures/{'k' * 26}.webp", made.HOSTILE), made.HOSTILE, "Bord 7")
    blocks = (Text(made.HOSTILE), Quote(made.HOSTILE, by="B2"), Bullets((made.HOSTILE,)), table, figure, photo)
    passages = () if is_empty else passages_as_html([Passage("scale-3/i1", made.HOSTILE, "31 svar, moment 7", blocks)])
    head = SimpleNamespace(
        programme="Modet att mötas", title="Grus i skon", theme="", purpose="", place="Fabelå", language="sv", day=made.DAY, agenda=AGENDA
    )
    return page("outcomes/pages/documentation.html", gathering=made.GATHERING, head=head, passages=passages, is_final=not is_empty)


def entry() -> str:
    form = scale("entry", made.scale_phone(), sheet="7", submission="abc")
    return page(
        "rooms/pages/entry.html", "Elin", room=made.ROOM, gathering=made.GATHERING, exercise="scale-3", form=form, saved="7", refused=[]
    )


def paper() -> str:
    return page("rooms/pages/paper.html", "Elin", room=made.ROOM, gathering=made.GATHERING, sheets=[scale("paper", made.scale_phone())])


def tables_page(**context: Any) -> str:
    return page("rooms/pages/tables.html", "Elin", room=made.ROOM, gathering=made.GATHERING, **context)


PAGES: dict[str, Callable[[], str]] = {
    "join": lambda: page("rooms/pages/join.html", code="", error=""),
    "join-wrong": lambda: page("rooms/pages/join.html", code=made.HOSTILE, error="Ingen träff har den koden."),
    "shell": lambda: get_template("rooms/pages/shell.html").render({"plain_href": "?plain", "LANGUAGE_CODE": "sv"}),
    "plain": plain,
    "plain-door": lambda: page("rooms/pages/plain.html", code="47190326", joined=False, shut="", room="room3"),
    "cockpit": cockpit,
    "cockpit-paired": lambda: cockpit("paired"),
    "cockpit-pair-wrong": lambda: cockpit("wrong"),
    "cockpit-pair-too-fast": lambda: cockpit("too-fast"),
    "pairing": lambda: page("rooms/pages/pairing.html"),
    "projector": projector,
    "start": lambda: start(is_first=False),
    "start-first": lambda: start(is_first=True),
    "gathering": gathering,
    "documentation": documentation,
    "documentation-empty": lambda: documentation(is_empty=True),
    "entry": entry,
    "paper": paper,
    "tables": lambda: tables_page(is_wrong=True, given={"table": "x", "people": made.HOSTILE}, wrong=["people"], most=99),
    "tables-link": lambda: tables_page(link="https://x.example/r/1#t=a", table=7, people=6, qr=QR),
    "sign-in": lambda: page("accounts/pages/sign-in.html", failed=True),
    "privacy": lambda: page("rooms/pages/privacy.html"),
    "accessibility": lambda: page(
        "rooms/pages/accessibility.html", organisation=made.HOSTILE, contact=made.HOSTILE, reviewed=date(2026, 11, 20)
    ),
    "400": lambda: page("400.html"),
    "403": lambda: page("403.html"),
    "404": lambda: page("404.html"),
    "500": lambda: get_template("500.html").render(),
}
FRAGMENTS: dict[str, Callable[[], str]] = {
    "phone-waiting": lambda: stage("phone", made.phone_stage("waiting")),
    "phone-looking-up": lambda: stage("phone", made.phone_stage(at=made.now(None), message=made.HOSTILE)),
    "phone-away": lambda: stage("phone", made.phone_stage(at=made.now(phones=False))),
    "phone-rating": lambda: stage("phone", made.phone_stage(at=made.now())),
    "phone-closed": lambda: stage("phone", made.phone_stage("closed")),
    "projector-waiting": lambda: stage("projector", made.projector_stage("waiting")),
    "projector-block": lambda: stage("projector", made.projector_stage(at=made.now(None))),
    "projector-time": lambda: stage("projector", made.projector_stage(at=made.now(), showing="time")),
    "projector-frozen": lambda: stage("projector", made.projector_stage(at=made.now(), is_frozen=True)),
    "projector-closed": lambda: stage("projector", made.projector_stage("closed")),
    "crew-waiting": lambda: stage("crew", made.crew_stage("waiting")),
    "crew-paused": lambda: stage("crew", made.crew_stage(is_paused=True)),
    "crew-closed": lambda: stage("crew", made.crew_stage("closed")),
    "people-phone": lambda: people("phone"),
    "people-projector": lambda: people("projector"),
    "rate-5": lambda: scale("participant", made.scale_phone()),
    "rate-11": lambda: scale("participant", made.scale_phone(high=11)),
    "rate-result": lambda: scale("participant", made.scale_phone("result", made.result(is_hushed=True))),
    "rate-few": lambda: scale("participant", made.scale_phone("result", made.result(people=3))),
    "wall-result": lambda: scale("projector", made.scale_projector("result", made.result(is_hushed=True))),
    "wall-few": lambda: scale("projector", made.scale_projector("result", made.result(people=3))),
    **faces_of("slide", "participant", "projector", "crew", "editor"),
    **faces_of("round", "participant", "projector", "crew", "editor", "paper"),
    **faces_of("notes", "participant", "projector", "crew", "editor", "entry"),
    "notes-table": lambda: table_notes("open"),
    "notes-table-plain": lambda: table_notes("open", plain=True, code="47190326"),
    "tables-crew": lambda: get_template("rooms/fragments/tables-crew.html").render({"view": made.TABLES}),
    "crew-result": lambda: scale("crew", made.scale_crew("result", made.result())),
    "words-write": lambda: words("participant", made.words_phone()),
    "words-pair": lambda: words("participant", made.words_phone(made.PAIR), own=made.OWN_WORDS, plain=True),
    "words-result": lambda: words("participant", made.words_phone(phase="result")),
    "words-nothing": lambda: words("participant", made.words_phone(phase="closed", given=())),
    "words-wall-empty": lambda: words("projector", made.words_projector(given=())),
    "words-wall": lambda: words("projector", made.words_projector()),
    "words-wall-pair": lambda: words("projector", made.words_projector(made.PAIR, "result")),
    "words-wall-hidden": lambda: words("projector", made.words_projector(made.HIDDEN_WORDS)),
    "words-crew": lambda: words("crew", made.words_crew()),
    "words-crew-empty": lambda: words("crew", made.words_crew(made.PAIR, given=())),
    "words-paper": lambda: words("paper", made.words_phone(made.PAIR)),
    "words-entry": lambda: words("entry", made.words_phone(made.PAIR), sheet="7", submission="abc"),
    **faces_of("words", "editor"),
    **faces_of("cards", "editor"),
    **faces_of("scale", "editor"),
}
