"""A thousand Swedish answers to a word cloud: folded, told apart and seen by every audience, with nothing remembered from before."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from random import Random

from bench.frame import Measured, pinned, row
from mellanrum.exercise_kit.contract import AUDIENCES, Envelope
from mellanrum.exercise_kit.registry import registry
from mellanrum.exercises.words.contributions import Word
from mellanrum.exercises.words.definition import Definition, Prompt
from mellanrum.insight import words

PEOPLE, EACH, ROUNDS = 334, 3, 5
FORMS = Path(words.__file__).parent / "tests" / "word_families.txt"
BEGINNINGS = ("mera", "gemensam", "mindre", "vår egen", "att våga", "en tydlig")
PHRASES = ("att hålla det vi lovat", "lyssna klart", "öppna kalendrar", "säga som det är", "inte bara möten", "ett enda nästa steg")
DEFINITION = Definition(version=1, prompts=(Prompt("trust", "Vad bygger tillit?"),), per_person=EACH)


def answers(seed: int) -> list[str]:
    """As people write: inflected as it falls, sometimes with a capital or a full stop, some phrases; few words come often."""
    chance, forms = Random(seed), FORMS.read_text().replace("|", " ").split()
    return [_answer(chance, forms) for _ in range(1_000)]


def _answer(chance: Random, forms: list[str]) -> str:
    word = forms[int(len(forms) * chance.random() ** 2)]
    text = chance.choices((word, f"{chance.choice(BEGINNINGS)} {word}", chance.choice(PHRASES)), (7, 2, 1))[0]
    return chance.choice((text, text, text, text.capitalize(), f"{text}."))


@row("words", unit="ms for 1,000 answers", goal="<= 50")
def fold_and_view() -> Measured:
    """Beside splitting the same answers into words."""
    words.key_of("ord")  # the dictionary is loaded when a room opens
    with pinned():
        found = [_once(answers(seed)) for seed in range(ROUNDS)]
    took, counting = (statistics.median(column) * 1e3 for column in zip(*found, strict=True))
    return Measured(took, counting, is_yardstick=True)


def _once(texts: list[str]) -> tuple[float, float]:
    """Seconds to fold and show them, and to count the words in them."""
    words.key_of.cache_clear()
    words.surface.cache_clear()
    exercise = registry()["words"]
    events = [
        Envelope(number + 1, f"gift-{number}", f"p{number // EACH}", "participant", "word", Word("trust", str(number % EACH + 1), text))  # type: ignore[arg-type]
        for number, text in enumerate(texts)
    ]
    begun = time.perf_counter()
    state = exercise.empty(DEFINITION)
    for event in events:
        state = exercise.fold(DEFINITION, state, event)
    seen = [exercise.views[audience](DEFINITION, state, "result") for audience in AUDIENCES]
    took = time.perf_counter() - begun
    assert all(seen)
    begun = time.perf_counter()
    counted = sum(len(text.casefold().split()) for text in texts)
    assert counted >= len(texts)
    return took, time.perf_counter() - begun
