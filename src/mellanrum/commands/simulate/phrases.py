"""What people say in words: the samples in an exercise type's `examples.json`, and sentences of our own where it has none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "exercises"
ODD = {"empty", "long-text", "right-to-left", "odd", "own-deck"}  # samples of what is hard to show, not of what people say
LONGEST = 140
SHORT = 100  # where so few characters fit, one says a word or two
ENOUGH = 5
WORDS = {
    "sv": ("Mod", "Tillit", "Lugn", "Nyfikenhet", "Samtal", "Tid", "Tvivel", "Hopp", "Envishet", "Att våga fråga", "Öppenhet", "Fikat"),
    "en": ("Courage", "Trust", "Calm", "Curiosity", "Talking", "Time", "Doubt", "Hope", "Patience", "Daring to ask", "Openness", "Coffee"),
}
SENTENCES = {
    "sv": (
        "Vi hinner aldrig prata klart innan nästa möte börjar.",
        "Alla vill, men ingen har det i sin budget.",
        "När vi åt lunch ihop löste det sig på tio minuter.",
        "Chefen bytte jobb och då fick vi börja om.",
        "Vi är bra på att ringa i stället för att skriva.",
        "Det är svårt att säga nej till sådant som redan är bestämt.",
        "Vi lånar folk av varandra. Det borde vi göra oftare.",
        "Ingen vet riktigt vem som får säga ja.",
        "Vi skrattar åt samma saker, det hjälper.",
        "Det tar tid att förstå hur ni räknar.",
    ),
    "en": (
        "We never finish talking before the next meeting begins.",
        "Everyone wants to, but nobody has it in their budget.",
        "When we had lunch together it was solved in ten minutes.",
        "The manager left and we had to start over.",
        "We are good at calling instead of writing.",
        "Nobody really knows who may say yes.",
        "We borrow people from each other. We should do it more.",
        "It takes time to understand how you count.",
    ),
}
SAMPLED = "sv"  # the language of the samples


def phrases(slug: str, kind: str, key: str, *, language: str, longest: int) -> tuple[str, ...]:
    """What a person might write in that field, at most so long."""
    found = _samples(slug).get((kind, key), ()) if language == SAMPLED else ()
    if len(found) < ENOUGH:
        own = WORDS if longest <= SHORT else SENTENCES
        found = (*found, *own.get(language, own[SAMPLED]))
    return tuple(text for text in found if len(text) <= longest)


@cache
def _samples(slug: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The texts in a type's samples, by kind and field; empty for a type that is not here."""
    try:
        told = json.loads((FOLDER / slug / "examples.json").read_bytes())
    except (OSError, ValueError):
        return {}
    found: dict[tuple[str, str], dict[str, None]] = {}
    for kind, key, text in _texts(told):
        found.setdefault((kind, key), {})[text] = None
    return {place: tuple(texts) for place, texts in found.items()}


def _texts(told: Any) -> Iterator[tuple[str, str, str]]:
    for example in told.get("examples", ()):
        rows = [] if example.get("name") in ODD else example.get("rows", ())
        for row in rows:
            if isinstance(row, list):
                yield from ((row[1], key, text) for key, text in row[3].items() if isinstance(text, str) and _is_said(text))


def _is_said(text: str) -> bool:
    return 2 <= len(text) <= LONGEST and "<" not in text and any(letter.isalpha() for letter in text)
