"""Exercises in the planner: chosen, prepared, lost and given back, by two people too."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.exercise_kit.editing import starts_of
from mellanrum.exercise_kit.registry import choosable, registry
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.preparing import definition_of
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.actions import open_room

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
CHOICES = [f"{slug}:{start}" for slug, exercise in choosable().items() for start, _name in starts_of(exercise)]


@pytest.fixture
def gathering(client: Client) -> Gathering:
    elin = create_person("elin@fabela.example", name="Elin")
    client.force_login(elin)
    return create_programme_from_template(library_template("larandetraff"), owner=elin).gatherings.get()


def path(gathering: Gathering, key: str) -> str:
    return f"/gatherings/{gathering.pk}/blocks/{key}/exercise"


def editor_of(client: Client, gathering: Gathering, key: str) -> dict[str, list[str]]:
    """What a browser would send of the editor as it stands."""
    html = client.get(f"/gatherings/{gathering.pk}?block={key}").content.decode()
    form = html.partition('class="editor"')[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if told.get("name") and (told.get("type") not in {"checkbox", "radio"} or " checked" in tag):
            found.setdefault(told["name"], []).append(unescape(told.get("value", "on")))
    for name, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        found.setdefault(name, []).append(unescape(text))
    return found


def block(gathering: Gathering, key: str) -> Any:
    return gathering.blocks.get(key=key)


@pytest.mark.parametrize("choice", CHOICES)
def test_a_block_is_given_any_exercise_there_is(client: Client, gathering: Gathering, choice: str) -> None:
    assert client.post(path(gathering, "block-8"), {"type": choice}).status_code == 302
    given = block(gathering, "block-8")
    exercise = registry()[given.exercise]
    assert given.exercise == choice.partition(":")[0]
    assert definition_of(exercise, given) is not None
    form = editor_of(client, gathering, "block-8")
    assert any(name.startswith("d.") for name in form)
    before = given.definition
    assert client.post(path(gathering, "block-8"), form).status_code == 302
    assert block(gathering, "block-8").definition == before  # saved as it stood, nothing changes
    assert open_room(gathering).plan["blocks"][7]["exercise"]["slug"] == given.exercise


@pytest.mark.parametrize(("choice", "are_out"), [("words:", True), ("scale:", True), ("slide:break", False)])
def test_an_exercise_people_answer_takes_the_phones_out(client: Client, gathering: Gathering, choice: str, are_out: bool) -> None:
    gathering.blocks.filter(key="block-8").update(phones=False, exercise="")
    told = client.post(path(gathering, "block-8"), {"type": choice}, headers=JSON).json()
    assert block(gathering, "block-8").phones is are_out
    assert ("Telefonerna är framme" in told.get("text", "")) is are_out


def test_a_page_without_scripts_tells_that_the_phones_are_out_at_the_editor(client: Client, gathering: Gathering) -> None:
    gathering.blocks.filter(key="block-8").update(phones=False)
    where = client.post(path(gathering, "block-8"), {"type": "words:"})["Location"]
    assert where.endswith("?block=block-8&saved=phones#exercise-h")
    assert "Telefonerna är framme i momentet nu" in client.get(where).content.decode()
    again = client.get(f"/gatherings/{gathering.pk}?block=block-8&saved=1").content.decode()
    assert "Telefonerna är framme i momentet nu" not in again


def test_phones_away_is_explained_where_people_are_to_answer(client: Client, gathering: Gathering) -> None:
    def explained() -> bool:
        return 'id="away-means"' in client.get(f"/gatherings/{gathering.pk}?block=block-8").content.decode()

    assert not explained()
    client.post(path(gathering, "block-8"), {"type": "words:"})
    assert explained()
    gathering.blocks.filter(key="block-8").update(exercise="slide", definition={})
    assert not explained()


def test_the_exercises_to_choose_from_stand_on_the_page(client: Client, gathering: Gathering) -> None:
    html = client.get(f"/gatherings/{gathering.pk}?block=block-8").content.decode()
    assert [choice for choice in CHOICES if f'<option value="{choice}">' not in html] == []


@pytest.mark.parametrize("choice", ["nope:", "scale:nope", ":", "x" * 5000, "../scale", "\0", "<script>"])
def test_an_exercise_that_is_none_is_told(client: Client, gathering: Gathering, choice: str) -> None:
    answer = client.post(path(gathering, "block-8"), {"type": choice})
    assert answer.status_code == 400
    assert "Välj en övning i listan." in answer.content.decode()
    assert block(gathering, "block-8").exercise == ""


def test_an_exercise_is_prepared_in_the_inspector(client: Client, gathering: Gathering) -> None:
    form = editor_of(client, gathering, "block-7") | {"d.instrument.items.0.text": ["Vi märker tidigt när något skaver."]}
    assert client.post(path(gathering, "block-7"), form).status_code == 302
    definition = block(gathering, "block-7").definition
    assert definition["instrument"]["items"][0]["text"] == "Vi märker tidigt när något skaver."
    assert len(definition["instrument"]["items"]) == 4


@pytest.mark.parametrize("headers", [{}, JSON], ids=["form", "script"])
def test_what_is_missing_is_told_and_what_was_written_stays(client: Client, gathering: Gathering, headers: dict[str, str]) -> None:
    before = block(gathering, "block-7").definition
    form = editor_of(client, gathering, "block-7") | {"d.instrument.title": [""], "d.instrument.items.1.text": ["Det jag just skrev"]}
    answer = client.post(path(gathering, "block-7"), form, headers=headers)
    assert answer.status_code == 400
    html = answer.json()["html"] if headers else answer.content.decode()
    assert "Det jag just skrev" in html
    assert 'href="#d.instrument.title"' in html
    assert block(gathering, "block-7").definition == before


@pytest.mark.parametrize("headers", [{}, JSON], ids=["form", "script"])
def test_two_people_preparing_one_exercise_meet(client: Client, gathering: Gathering, headers: dict[str, str]) -> None:
    form = editor_of(client, gathering, "block-7")
    client.post(path(gathering, "block-7"), form | {"d.instrument.items.0.text": ["Tariqs påstående"]})
    answer = client.post(path(gathering, "block-7"), form | {"d.instrument.items.0.text": ["Elins påstående"]}, headers=headers)
    assert answer.status_code == 409
    html = answer.json()["html"] if headers else answer.content.decode()
    assert "Elins påstående" in html
    assert "<bdi>Tariqs påstående</bdi>" in html
    assert block(gathering, "block-7").definition["instrument"]["items"][0]["text"] == "Tariqs påstående"
    again = form | {"d.instrument.items.0.text": ["Elins påstående"], "was": [re.findall(r'name="was" value="(\w{16})"', html)[0]]}
    assert client.post(path(gathering, "block-7"), again).status_code == 302
    assert block(gathering, "block-7").definition["instrument"]["items"][0]["text"] == "Elins påstående"


def test_an_exercise_is_taken_away_and_given_back(client: Client, gathering: Gathering) -> None:
    before = block(gathering, "block-7").definition
    told = client.post(path(gathering, "block-7"), {"type": ""}, headers=JSON).json()
    assert (block(gathering, "block-7").exercise, block(gathering, "block-7").definition) == ("", {})
    assert client.post(f"/gatherings/{gathering.pk}/restore", {"undo": told["undo"]}, headers=JSON).status_code == 200
    assert (block(gathering, "block-7").exercise, block(gathering, "block-7").definition) == ("scale", before)


def test_an_exercise_is_not_given_over_another(client: Client, gathering: Gathering) -> None:
    assert client.post(path(gathering, "block-7"), {"type": "words:"}).status_code == 409
    assert block(gathering, "block-7").exercise == "scale"


@pytest.mark.parametrize("definition", [{}, {"version": 99}, {"version": "1"}, {"version": 1, "x": 1}])
@pytest.mark.parametrize("slug", ["scale", "from-the-future"])
def test_an_exercise_nobody_here_can_read_breaks_nothing(
    client: Client, gathering: Gathering, slug: str, definition: dict[str, Any]
) -> None:
    gathering.blocks.filter(key="block-7").update(exercise=slug, definition=definition)
    answer = client.get(f"/gatherings/{gathering.pk}?block=block-7")
    assert answer.status_code == 200
    assert "Ta bort övningen" in answer.content.decode()
    assert client.post(path(gathering, "block-7"), {"type": ""}).status_code == 302


def test_an_opened_room_keeps_its_exercises(client: Client, gathering: Gathering) -> None:
    form = editor_of(client, gathering, "block-7")
    open_room(gathering)
    for fields in ({"type": ""}, form, {"type": "words:"}):
        assert client.post(path(gathering, "block-7"), fields, headers=JSON).status_code == 409
    assert block(gathering, "block-7").exercise == "scale"
