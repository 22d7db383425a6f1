"""What a made-up person answers, out of nothing but the JSON Schemas that an open exercise publishes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from mellanrum.commands.simulate.phrases import SENTENCES, phrases

MOST_ANSWERS = 40
_NOT_ANSWERS = {"withdraw"}


@dataclass(frozen=True)
class Temper:
    """How a person answers: `lean` from 0 (low) to 1 (high), `spread` around it, `silence` the share of things left out.

    Those who are `brief` leave out most of the further things they could write.
    """

    lean: float
    spread: float
    silence: float
    language: str = "sv"
    brief: float = 0.0


def answers(
    accepts: Mapping[str, Mapping[str, Any]], *, chance: Random, temper: Temper, slug: str = ""
) -> list[tuple[str, dict[str, Any]]]:
    """(type, data) of everything this person wants to say to an exercise of that type; the same chance gives the same answers."""
    said: list[tuple[str, dict[str, Any]]] = []
    for kind in sorted(set(accepts) - _NOT_ANSWERS):
        schema = accepts[kind]
        if _points(schema):
            continue
        words = _Words(slug, kind, schema, temper)
        wanted = itertools.islice(_wanted(schema, schema, chance, temper), MOST_ANSWERS)
        for data in wanted:
            if not words.fields or not said or chance.random() >= temper.brief:
                said.append((kind, words.written(data, chance)))
    return said


def _points(schema: Any) -> bool:
    """Whether it names something by a pattern, as a vote names what somebody wrote: nobody can make that up."""
    properties = _resolved(schema, schema).get("properties", {})
    return any("pattern" in _resolved(part, schema) for part in properties.values())


class _Words:
    """The fields of one kind that people write in, and what they have written there already."""

    def __init__(self, slug: str, kind: str, schema: Any, temper: Temper) -> None:
        properties = {name: _resolved(part, schema) for name, part in _resolved(schema, schema).get("properties", {}).items()}
        self.fields = {
            name: phrases(slug, kind, name, language=temper.language, longest=int(part.get("maxLength", 4000)))
            for name, part in properties.items()
            if part.get("type") == "string" and not _choices(part) and "pattern" not in part
        }
        self._used: set[str] = set()

    def written(self, data: dict[str, Any], chance: Random) -> dict[str, Any]:
        """The same with fitting words; nobody says the same thing twice while they have another to say."""
        for name, texts in self.fields.items():
            fresh = [text for text in texts if text not in self._used] or texts
            if fresh:
                data[name] = chance.choice(fresh)
                self._used.add(data[name])
        return data


def _wanted(schema: Any, root: Any, chance: Random, temper: Temper) -> Iterator[dict[str, Any]]:
    """One answer for each thing that can be answered: each combination of the named properties, the rest drawn."""
    properties: dict[str, Any] = {name: _resolved(part, root) for name, part in _resolved(schema, root).get("properties", {}).items()}
    named = {name: _choices(part) for name, part in properties.items() if _names_things(part)}
    if len(named) == len(properties):  # nothing but names: one choice, as a group
        named = {}
    for combination in itertools.product(*named.values()):
        if chance.random() < temper.silence:
            continue
        drawn = {name: draw(part, root, chance, temper) for name, part in properties.items() if name not in named}
        yield dict(zip(named, combination, strict=True)) | drawn


def _names_things(schema: Mapping[str, Any]) -> bool:
    choices = _choices(schema)
    return bool(choices) and all(isinstance(choice, str) for choice in choices)


def _choices(schema: Mapping[str, Any]) -> list[Any]:
    return [schema["const"]] if "const" in schema else list(schema.get("enum", ()))


def _resolved(schema: Any, root: Any) -> dict[str, Any]:
    """Follow a `$ref` within the same document."""
    for _step in range(10):
        if "$ref" not in schema:
            break
        found = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return dict(schema)


def draw(schema: Any, root: Any, chance: Random, temper: Temper) -> Any:
    """A value that the schema allows."""
    schema = _resolved(schema, root)
    if choices := _choices(schema):
        return _leaning(choices, chance, temper)
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        return draw(_usual(options, root, chance), root, chance, temper)
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), "null")
    return _DRAWERS.get(kind, _nothing)(schema, root, chance, temper)


def _usual(options: list[Any], root: Any, chance: Random) -> Any:
    """Mostly the first real option; now and then another, as *don't know*. Never null: that takes an answer back."""
    real = [option for option in options if _resolved(option, root).get("type") != "null"] or options
    return real[0] if chance.random() < 0.93 else chance.choice(real)


def _leaning(choices: list[Any], chance: Random, temper: Temper) -> Any:
    """Numbers around the person's lean; other things evenly."""
    numbers = sorted(choice for choice in choices if isinstance(choice, int) and not isinstance(choice, bool))
    others = [choice for choice in choices if choice is not None and choice not in numbers]
    if numbers and (not others or chance.random() < 0.93):
        return numbers[round(_lean(chance, temper) * (len(numbers) - 1))]
    return chance.choice(others or choices)


def _lean(chance: Random, temper: Temper) -> float:
    return min(1.0, max(0.0, chance.gauss(temper.lean, temper.spread)))


def _integer(schema: Any, root: Any, chance: Random, temper: Temper) -> int:
    low, high = int(schema.get("minimum", 1)), int(schema.get("maximum", 5))
    return round(low + _lean(chance, temper) * (high - low))


def _string(schema: Any, root: Any, chance: Random, temper: Temper) -> str:
    sentence = chance.choice(SENTENCES.get(temper.language, SENTENCES["sv"]))
    return sentence[: int(schema.get("maxLength", 4000))].ljust(int(schema.get("minLength", 0)), ".")


def _array(schema: Any, root: Any, chance: Random, temper: Temper) -> list[Any]:
    count = max(int(schema.get("minItems", 0)), min(1, int(schema.get("maxItems", 1))))
    return [draw(schema.get("items", {}), root, chance, temper) for _number in range(count)]


def _object(schema: Any, root: Any, chance: Random, temper: Temper) -> dict[str, Any]:
    return {name: draw(part, root, chance, temper) for name, part in schema.get("properties", {}).items()}


def _boolean(schema: Any, root: Any, chance: Random, temper: Temper) -> bool:
    return chance.random() < temper.lean


def _nothing(schema: Any, root: Any, chance: Random, temper: Temper) -> None:
    return None


_DRAWERS = {"integer": _integer, "number": _integer, "string": _string, "array": _array, "object": _object, "boolean": _boolean}
