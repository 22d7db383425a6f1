"""A whole meeting in a moment: made-up people who answer everything there is, what tables noted, and photos of the walls."""

from __future__ import annotations

import functools
import io
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

from PIL import Image

from mellanrum.commands.simulate.answers import Temper, answers
from tests.conformance.client import Holder, call, join, new_id
from tests.running import Running

MOST_STEPS = 80
LINES = (
    "Mandatet måste gälla mellan förvaltningarna, inte i dem.",
    "Gruset blev lättare när det fick ett namn.",
    "Vem får säga ja? Vi vet inte, och det är själva frågan.",
    "Vi prövar gemensamma timmar på torsdagar fram till jul.",
)


def hold_meeting(running: Running, crew: Holder, *, people: int, contributions: int, photos: int) -> int:
    """Go through the run sheet while people give what is asked for. How many contributions of theirs were stored."""
    each = contributions // people
    crowd = [join(running.base, running.code) for _ in range(people)]
    given = dict.fromkeys(range(people), 0)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(MOST_STEPS):
            asked = _asked(crowd[0])
            give = functools.partial(_answer, crowd, asked, given, each)
            list(pool.map(give, range(people)))
            if crew.act("next")["status"] != "stored":
                break
    _take_notes(crew, photos)
    return sum(given.values())


def _asked(person: Holder) -> list[dict[str, Any]]:
    return [one for one in person.state()["exercises"] if one["accepts"]]


def _answer(crowd: list[Holder], asked: list[dict[str, Any]], given: dict[int, int], most: int, number: int) -> None:
    for exercise in asked:
        chance = Random(f"{number} {exercise['id']}")
        said = answers(exercise["accepts"], chance=chance, temper=Temper(lean=chance.uniform(0.3, 0.8), spread=0.18, silence=0.0))
        chance.shuffle(said)
        items = [{"id": new_id(), "exercise": exercise["id"], "type": kind, "data": data} for kind, data in said[: most - given[number]]]
        if items:
            given[number] += sum(result["status"] == "stored" for result in crowd[number].send(*items))


def _take_notes(crew: Holder, photos: int) -> None:
    for number, line in enumerate(LINES, 1):
        take_note(crew, "note", {"text": line, "who": str(number)})
    for number in range(1, photos + 1):
        take_note(crew, "photo", {"picture": _brought(crew, number), "caption": f"Vägg {number}"})


def take_note(crew: Holder, kind: str, data: dict[str, Any]) -> None:
    """Into the notes of the block that goes on."""
    notes = next(one["id"] for one in crew.state("?audience=crew")["exercises"] if kind in one["accepts"])
    [result] = crew.send({"id": new_id(), "exercise": notes, "type": kind, "data": data})
    assert result["status"] == "stored", result


def _brought(crew: Holder, number: int) -> str:
    """The name of an uploaded photo: an unevenly lit wall with notes on it, a little grainy, larger than the product keeps it."""
    chance, light = Random(number), Image.radial_gradient("L").resize((2400, 1800))
    wall = Image.merge("RGB", [Image.blend(light, Image.effect_noise(light.size, 12), 0.15)] * 3)
    for _ in range(40):
        colour = tuple(chance.randrange(120, 256) for _ in range(3))
        wall.paste(colour, (left := chance.randrange(2200), top := chance.randrange(1600), left + 180, top + 150))
    content = io.BytesIO()
    wall.save(content, "JPEG", quality=85)
    answer = call(crew.base, "POST", crew.path("pictures"), body=content.getvalue(), headers={**crew.headers, "Content-Type": "image/jpeg"})
    assert answer.status == 200, answer.body
    return str(answer.json["picture"])
