"""Lengths, fixed times, parts and sections of blocks: what is taken, what is told, what is refused and in which words."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.dateparse import parse_datetime

from mellanrum.accounts.actions import create_person
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.block_lengths import reason_for
from mellanrum.programmes.fields import BLOCK_FIELDS, texts_of
from mellanrum.programmes.models import Block, Gathering, Membership
from mellanrum.programmes.planning import remove_block, restore_block, save_block, save_gathering
from mellanrum.programmes.queries import run_sheet
from mellanrum.programmes.refusals import NotReadable
from mellanrum.programmes.templates import library_template
from mellanrum.programmes.tests.plans import meeting_only

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def gathering() -> Gathering:
    elin = create_person("elin@fabela.example", name="Elin")
    found = create_programme_from_template(library_template("larandetraff"), owner=elin, first_day=date(2030, 4, 16)).gatherings.get()
    found.blocks.update(least=None, most=None, section="", why="")
    return meeting_only(found)


@pytest.fixture
def planner(client: Client, gathering: Gathering) -> Client:
    client.force_login(gathering.programme.memberships.get().user)
    return client


def save(gathering: Gathering, key: str, name: str, text: str) -> Block:
    was = texts_of(gathering.blocks.get(key=key), BLOCK_FIELDS, name)
    return save_block(gathering, key, given={name: text}, was=was)


def refused(gathering: Gathering, key: str, name: str, text: str) -> str:
    with pytest.raises(NotReadable) as caught:
        save(gathering, key, name, text)
    assert [problem.field for problem in caught.value.problems] == [name]
    return str(caught.value)


@pytest.mark.parametrize(("text", "minutes"), [("10", 10), ("10 min", 10), ("1 h", 60), ("", None), ("  ", None)])
def test_a_shortest_and_a_longest_time_are_written_as_lengths_are(gathering: Gathering, text: str, minutes: int | None) -> None:
    gathering.blocks.filter(key="block-2").update(minutes=60, least=1, most=600)
    assert save(gathering, "block-2", "least", text).least == minutes
    gathering.blocks.filter(key="block-2").update(minutes=10)
    assert save(gathering, "block-2", "most", text).most == minutes


@pytest.mark.parametrize("text", ["0", "-5", "601", "en stund", "1.5", "٣", "10 min 10", "x" * 5000, "\u202e10", "<script>"])
@pytest.mark.parametrize("name", ["least", "most"])
def test_what_is_no_length_is_told(gathering: Gathering, name: str, text: str) -> None:
    assert "från 1 till 600" in refused(gathering, "block-2", name, text)


def test_lengths_that_contradict_are_told(gathering: Gathering) -> None:
    assert "högst" not in refused(gathering, "block-2", "least", "24")
    assert "momentet, 23 min" in refused(gathering, "block-2", "least", "24")
    assert "momentet, 23 min" in refused(gathering, "block-2", "most", "22")
    assert save(gathering, "block-2", "least", "23").least == 23


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("12.00", time(12)),
        ("12:00", time(12)),
        ("9", time(9)),
        ("kl 12", time(12)),
        ("Kl. 9.05", time(9, 5)),
        ("23:59:00", time(23, 59)),
        ("", None),
    ],
)
def test_a_fixed_time_is_a_clock_time(gathering: Gathering, text: str, at: time | None) -> None:
    gathering.blocks.filter(key="block-2").update(fixed_at=time(1))
    assert save(gathering, "block-2", "fixed", text).fixed_at == at


@pytest.mark.parametrize("text", ["24:00", "12:60", "-1", "lunch", "12.0", "1200", "12:00 PM", "x" * 5000, "٣:00", "12:00\n13:00"])
def test_a_time_that_is_none_is_told(gathering: Gathering, text: str) -> None:
    assert "klockslag" in refused(gathering, "block-2", "fixed", text)


@pytest.mark.parametrize("text", ["", "nope", "MEETING", "before\n", "meeting,after"])
def test_a_part_that_is_none_is_told(gathering: Gathering, text: str) -> None:
    assert "före, under eller efter" in refused(gathering, "block-2", "part", text)


@pytest.mark.parametrize(("text", "people"), [("36", 36), ("1", 1), ("5000", 5000), ("", None), ("007", 7)])
def test_how_many_are_expected(gathering: Gathering, text: str, people: int | None) -> None:
    save_gathering(gathering, given={"expected": text}, was={"expected": "" if text else "x"})
    gathering.refresh_from_db()
    assert gathering.expected == people


@pytest.mark.parametrize("text", ["0", "-3", "5001", "många", "3.5", "9" * 5000, "٣"])
def test_a_number_of_people_that_is_none_is_told(gathering: Gathering, text: str) -> None:
    with pytest.raises(NotReadable, match="från 1 till 5000"):
        save_gathering(gathering, given={"expected": text}, was={"expected": ""})


def test_the_day_goes_around_what_is_fixed(planner: Client, gathering: Gathering) -> None:
    save(gathering, "block-3", "fixed", "13.45")
    save(gathering, "block-5", "fixed", "14.20")
    sheet = run_sheet(Gathering.objects.get())
    assert [(row.block.key, row.slack) for row in sheet.rows if row.slack] == [("block-3", 15), ("block-5", -10)]
    html = planner.get(f"/gatherings/{gathering.pk}").content.decode()
    assert "15 min luft</p>" in html
    assert "Krockar 10 min med föregående</p>" in html
    assert "alltid 13.45</p>" in html
    save(gathering, "block-4", "fixed", "14.00")
    assert "Krockar 10 min med föregående, som också har fast tid" in planner.get(f"/gatherings/{gathering.pk}").content.decode()


def test_what_the_team_does_around_the_meeting_stands_around_it(planner: Client, gathering: Gathering) -> None:
    save(gathering, "block-4", "part", "before")
    save(gathering, "block-1", "part", "after")
    sheet = run_sheet(Gathering.objects.get())
    assert [row.block.key for row in sheet.rows][::9] == ["block-4", "block-1"]
    assert [sheet.rows[place].offset for place in (0, 1, -1)] == [-20, 0, 123]
    assert sheet.minutes == 123
    gathering.starts_at = None
    gathering.save()
    html = planner.get(f"/gatherings/{gathering.pk}").content.decode()
    assert "−20</span>" in html
    assert 'data-part-name="Före mötet"' in html


@pytest.mark.parametrize(
    ("starts", "minutes", "said"),
    [("2030-04-16T13:00:00Z", 5, ""), ("2030-04-16T20:00:00Z", 300, "över midnatt"), ("2030-04-16T11:00:00Z", 600, "ett dygn")],
)
def test_a_day_that_is_too_long_is_told_and_never_refused(
    planner: Client, gathering: Gathering, starts: str, minutes: int, said: str
) -> None:
    gathering.starts_at = parse_datetime(starts)
    gathering.save()
    for key in ("block-1", "block-2", "block-3") if said == "ett dygn" else ("block-1",):
        save(gathering, key, "minutes", str(minutes))
    html = planner.get(f"/gatherings/{gathering.pk}").content.decode()
    past = html.partition('class="past"')[2].partition("</p>")[0].partition(">")[2]
    assert (said in past) if said else not past


def test_whoever_shortens_is_told_what_it_is_for(planner: Client, gathering: Gathering) -> None:
    path = f"/gatherings/{gathering.pk}/blocks"
    gathering.blocks.filter(key="block-5").update(least=20, why="Här blir det ni har hört till något eget.")

    def told(key: str, was: str, minutes: str) -> str:
        answer = planner.post(f"{path}/{key}", {"minutes": minutes, "was": json.dumps({"minutes": was})}, headers=JSON)
        assert answer.status_code == 200  # never refused
        return str(answer.json().get("why", ""))

    assert told("block-5", "30 min", "20") == ""
    assert told("block-5", "20 min", "15") == (
        "Kortare än 20 min, som ni har skrivit som kortast. Momentet är till för: Här blir det ni har hört till något eget."
    )
    assert told("block-5", "15 min", "16") == ""  # it got longer
    assert "Incheckningen blev kortare. Momentet är till för: Landa i rummet" in told("block-2", "23 min", "20")
    assert told("block-2", "20 min", "25") == ""
    assert told("block-3", "25 min", "5") == ""


def test_without_scripts_it_is_told_once(planner: Client, gathering: Gathering) -> None:
    answer = planner.post(f"/gatherings/{gathering.pk}/blocks/block-2", {"minutes": "5", "was": '{"minutes": "23 min"}'})
    assert "Incheckningen blev kortare" in planner.get(answer["Location"].partition("#")[0]).content.decode()
    assert "Incheckningen blev kortare" not in planner.get(f"/gatherings/{gathering.pk}?block=block-2").content.decode()


def test_the_teams_own_rows_are_not_the_meeting(gathering: Gathering) -> None:
    block = Block(title="Incheckning", part="before", minutes=1, least=5)
    assert reason_for(block, 10) == ""
    block.part = Block.Part.MEETING
    assert "Kortare än 5 min" in reason_for(block, 10)
    with translation.override("en"):
        assert "Kortare" not in reason_for(block, 10)


def test_everything_comes_back_after_removing(gathering: Gathering) -> None:
    for name, text in {"least": "5", "most": "50", "fixed": "13.30", "part": "after", "section": "Sist", "why": "För vilan"}.items():
        save(gathering, "block-5", name, text)
    save(gathering, "block-5", "track-b-title", "Verkstad")
    before = gathering.blocks.filter(key="block-5").values("least", "most", "fixed_at", "part", "section", "why", "tracks").get()
    restore_block(gathering, remove_block(gathering, "block-5"))
    assert gathering.blocks.filter(key="block-5").values(*before).get() == before


SECRETS: dict[str, Any] = {
    "least": 4717,
    "most": 4719,
    "fixed_at": time(23, 47),
    "section": "zq-rubrik",
    "why": "zq-varför",
    "tracks": [
        {"key": "a", "title": "zq-spår", "place": "zq-sal", "responsible": "zq-vem", "rows": [{"title": "zq-rad", "minutes": 597}]},
        {"key": "b", "title": "zq-andra"},
    ],
}


def test_participants_get_none_of_it(client: Client, planner: Client, gathering: Gathering) -> None:
    path = f"/gatherings/{gathering.pk}"
    gathering.blocks.filter(key="block-5").update(agenda="zq-synlig", **{**SECRETS, "tracks": json.loads(json.dumps(SECRETS["tracks"]))})
    gathering.blocks.filter(key="block-1").update(part="before", shown=True, agenda="zq-före", title="zq-ställa")
    hidden = ("4717 min", "4719 min", "23.47", "597 min", "zq-rubrik", "zq-varför", "zq-spår", "zq-sal", "zq-vem", "zq-rad", "zq-andra")
    team = planner.get(f"{path}?block=block-5").content.decode()
    assert [secret for secret in (*hidden, "zq-ställa") if secret not in team] == []  # it could leak
    user = create_person("viewer@fabela.example")
    Membership.objects.create(programme=gathering.programme, user=user, role="viewer")
    client.force_login(user)
    for address in (path, f"{path}?block=block-5", f"{path}?part=inspector&block=block-5", f"{path}/documentation"):
        read = client.get(address).content.decode()
        assert "zq-synlig" in read
        assert [secret for secret in (*hidden, "zq-före", "zq-ställa") if secret in read] == []
