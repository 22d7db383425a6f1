"""Made-up views of one meeting, as the folds would give them: what the markup tests draw."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

from mellanrum.exercise_kit.contract import Envelope, PhaseChanged
from mellanrum.exercises.notes.views import NoteLine, TableView
from mellanrum.exercises.scale.definition import Group, Item, Part, Subject
from mellanrum.exercises.scale.views import Bar, CrewView, ItemResult, OwnView, PhoneView, ProjectorView, Result, WrittenText
from mellanrum.exercises.words import audiences as word_views
from mellanrum.exercises.words.contributions import Correct, Word
from mellanrum.exercises.words.definition import Definition as Words
from mellanrum.exercises.words.definition import Prompt, do_and_stop
from mellanrum.exercises.words.state import EMPTY as NO_WORDS
from mellanrum.exercises.words.state import State as WordState
from mellanrum.exercises.words.state import fold as fold_words
from mellanrum.exercises.words.views import CrewView as WordsCrewView
from mellanrum.exercises.words.views import OwnView as OwnWords
from mellanrum.exercises.words.views import PhoneView as WordsPhoneView
from mellanrum.exercises.words.views import ProjectorView as WordsProjectorView
from mellanrum.programmes.models import Gathering, Programme
from mellanrum.rooms.live.tables import TableRow, TablesView
from mellanrum.rooms.models import Room
from mellanrum.rooms.stage.views import ActDone, Clock, CrewStage, Now, PhoneStage, ProjectorStage, Row, StepOption

NOON = 1_776_340_800_000
DAY = datetime(2026, 4, 16, 11, tzinfo=UTC)
PROGRAMME = Programme(pk=1, title="Modet att mötas")
GATHERING = Gathering(pk=3, programme=PROGRAMME, title="Grus i skon", theme="Lärandeträff 3", place="Gamla tryckeriet", starts_at=DAY)
ROOM = Room(id="room3", gathering=GATHERING, code="47190326")
PEOPLE = SimpleNamespace(here=31, organisations=9)

HOSTILE = "<script>alert(1)</script> \"quoted' & \u202ebakvänt"
ITEMS = (Item("i1", "Vi märker tidigt när något skaver."), Item("i&2", HOSTILE))
SUBJECTS = (Subject("me", "Jag"), Subject("us", "Vi tillsammans"))
PARTS = (Part("hard", "Vad är svårt?"),)
GROUPS = (Group("a", "Projektgruppen"), Group("b", "Styrgruppen"))
OWN = OwnView(ratings=(("i1", "me", 4), ("i1", "us", "dk")), texts=(("hard", HOSTILE),), group="b")


def now(phase: str | None = "rate", *, phones: bool = True) -> Now:
    exercise, slug = ("scale-3", "scale") if phase else (None, None)
    return Now(step="block-7:rate", block="block-7", title="Självskattning", exercise=exercise, slug=slug, phase=phase, phones=phones)


def clock(*, is_paused: bool = False) -> Clock:
    return Clock(NOON, None if is_paused else NOON + 600_000, 600_000, 400_000 if is_paused else None)


def phone_stage(status: str = "running", at: Now | None = None, message: str = "") -> PhoneStage:
    return PhoneStage(status, "Modet att mötas", "Grus i skon", "Lärandeträff 3", at, message, NOON if status == "closed" else None)


def projector_stage(status: str = "running", at: Now | None = None, *, showing: str = "step", is_frozen: bool = False) -> ProjectorStage:
    return ProjectorStage(
        status, "Modet att mötas", "Grus i skon", "Lärandeträff 3", "mellanrum.example", "47190326", is_frozen, showing, at, clock()
    )


def crew_stage(status: str = "running", *, is_paused: bool = False) -> CrewStage:
    rows = (
        Row("block-1", "Öppning", "hand-waving", NOON, 7, "done", 9 * 60_000),
        Row("block-7", HOSTILE, "no-such-icon", NOON + 600_000, 10, "current", None, "Elin"),
        Row("block-8", "Mingel", "door-open", None, 0, "coming"),
    )
    return CrewStage(
        status=status,
        programme="Modet att mötas",
        title="Grus i skon",
        theme="",
        code="47190326",
        step="block-7:rate",
        rows=rows,
        frozen=is_paused,
        paused=is_paused,
        showing="step",
        now=now() if status == "running" else None,
        clock=clock(is_paused=is_paused),
        phases=(("block-7:rate", "Svara"), ("block-7:result", "Summan visas")),
        say=HOSTILE,
        do=("Visa koden",),
        wait="De flesta är klara.",
        next=StepOption("block-7:result", "Summan visas", "phase"),
        back=StepOption("block-1", "Öppning", "block"),
        acts=(ActDone(9, "next", HOSTILE, NOON),),
        message=HOSTILE,
        planned_end=NOON,
        projected_end=NOON + 240_000,
    )


def result(*, people: int = 31, is_hushed: bool = False) -> Result:
    if people < 5:
        return Result(people=people, too_few=True)
    bar = Bar("me", "Jag", (1, 3, 8, 14, 5), 31, 2, 3.6, 0.9)
    other = Bar("us", "Vi tillsammans", (), 0, 0, None, None, is_hushed)
    return Result(people=people, too_few=False, items=tuple(ItemResult(item.id, item.text, (bar, other)) for item in ITEMS))


def scale_phone(phase: str = "rate", sum_of: Result | None = None, *, high: int = 5) -> PhoneView:
    return PhoneView("Självskattning", phase, 1, high, "inte alls", "helt", ITEMS, SUBJECTS, PARTS, GROUPS, 5, True, sum_of)


def scale_projector(phase: str = "rate", sum_of: Result | None = None) -> ProjectorView:
    return ProjectorView("Hur är vi på det här?", phase, 1, 5, "inte alls", "helt", ITEMS, SUBJECTS, 5, sum_of)


def scale_crew(phase: str = "rate", sum_of: Result | None = None) -> CrewView:
    return CrewView("Självskattning", phase, 24, ITEMS, SUBJECTS, 1, 5, (WrittenText("t1", "hard", HOSTILE),), sum_of)


TRUST = Words(version=1, prompts=(Prompt("do", HOSTILE),), per_person=5)
PAIR = do_and_stop()
HIDDEN_WORDS = Words(version=1, prompts=(Prompt("do", "Vad?"), Prompt("stop", "Vad mer?")), live=False, anonymous=False)
OWN_WORDS = OwnWords(words=(("do", "2", HOSTILE),))
GIVEN = ("tid", "Tiden", "mod", HOSTILE, "lyssna klart")


def word_state(given: tuple[str, ...], phase: str) -> WordState:
    state = NO_WORDS
    for seq, text in enumerate(given, 1):
        word = Word("do", "1", text)
        state = fold_words(TRUST, state, Envelope(seq, f"id-{seq}", f"p{seq}", "participant", "word", word))
    act = Envelope(90, "id-90", "crew:1", "crew", "correct", Correct("mod", "modet"))
    state = fold_words(TRUST, state, act) if given else state
    return fold_words(TRUST, state, PhaseChanged(91, phase, 91))


def words_phone(definition: Words = TRUST, phase: str = "write", given: tuple[str, ...] = GIVEN) -> WordsPhoneView:
    return word_views.phone(definition, word_state(given, phase), phase)


def words_projector(definition: Words = TRUST, phase: str = "write", given: tuple[str, ...] = GIVEN) -> WordsProjectorView:
    return word_views.projector(definition, word_state(given, phase), phase)


def words_crew(definition: Words = TRUST, phase: str = "write", given: tuple[str, ...] = GIVEN) -> WordsCrewView:
    return word_views.crew(definition, word_state(given, phase), phase)


TABLES = TablesView((TableRow("1", 4, 0, False), TableRow("3", 0, 1, True), TableRow("5", 0, 0, False), TableRow("7", 2, 3, True)))


def table_notes(phase: str) -> TableView:
    lines = (NoteLine("n1", HOSTILE), NoteLine("n2", HOSTILE, f"{'k' * 26}.webp"), NoteLine("n3", "", f"{'m' * 26}.webp"))
    return TableView(HOSTILE, "7", phase, lines, done=True)
