"""Where the words of a cloud stand. In a cloud that grows a word never moves: all shrink a little when one needs more room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import cos, pi, sin, sqrt
from typing import NamedTuple
from zlib import crc32

from mellanrum.insight.board import Board

LINE = 1.08
"""Height of a line in ems: from the top of å to the bottom of g."""
BASELINE = 0.27
"""How far below the middle of a line its baseline lies."""
HOMES, SETTLED, SPREAD = 60, 20, 0.3
"""So many homes; after so many they lie as far out as they may; how far that is, as a part of the picture."""
FIRST, SHARE = 0.7, 0.1
"""Room reserved for a word: never more than for letters of this part of the largest, or for this part of what is free."""
FULLEST, SHRINK = 0.62, 0.96


class Sized(NamedTuple):
    """A word to place. `width` is that of its longest line in ems; `people` is how many gave it, at least one."""

    key: str
    width: float
    lines: int
    people: int


class Place(NamedTuple):
    """What a place in the order was made for: a key and its size, whatever form of it is shown."""

    key: str
    width: float
    lines: int


class Frame(NamedTuple):
    """The picture, and the smallest and largest letters in it, all in the same unit."""

    width: float
    height: float
    smallest: float
    largest: float

    @property
    def cell(self) -> float:
        return self.smallest / 4


class Spot(NamedTuple):
    """The middle of a word, and the size of its letters."""

    x: float
    y: float
    size: float


class Home(NamedTuple):
    """A word's place for good: its middle, and how wide a line of smallest letters may be there, in ems."""

    x: float
    y: float
    width: float


@lru_cache(maxsize=32)
def growing(words: tuple[Sized, ...], order: tuple[Place, ...], frame: Frame) -> tuple[Spot | None, ...]:
    """Spots for words, None where there is no room. `order` is everything that has got a place so far, as it first appeared.

    Sizes follow the square root of the counts, between the smallest and the largest letters. Homes depend on keys and their order
    alone, so more of the same moves nobody. When all homes are taken, a word that more gave takes the home of one that fewer gave.
    """
    if not words:
        return ()
    known = dict(zip((place.key for place in order), _homes(order[: 2 * HOMES], frame), strict=False))
    homes = _shared(words, [known.get(word.key) for word in words])
    housed = [(word, home) for word, home in zip(words, homes, strict=True) if home]
    scale = _scale(housed, _start(words, frame), frame)
    return tuple(home and _spot(word, home, scale, frame) for word, home in zip(words, homes, strict=True))


@lru_cache(maxsize=32)
def packed(words: tuple[Sized, ...], frame: Frame) -> tuple[Spot | None, ...]:
    """Spots for words that will not change any more: the largest in the middle, the others around them as close as they can be."""
    ranked = sorted(range(len(words)), key=lambda place: (-words[place].people, place))
    spots: dict[int, Spot] = {}
    for scale in _scales(words, frame) if words else ():
        board, spots = Board(frame.width, frame.height, frame.cell), {}
        for place in ranked:
            word, size = words[place], _size(words[place], scale, frame)
            middle = board.take(word.width * size, word.lines * LINE * size, (frame.width / 2, frame.height / 2))
            if middle:
                spots[place] = Spot(*middle, size)
            elif board.free < 0.1 * frame.width * frame.height:
                break
        if len(spots) == len(words):
            break
    return tuple(spots.get(place) for place in range(len(words)))


@lru_cache(maxsize=32)
def _homes(order: tuple[Place, ...], frame: Frame) -> tuple[Home | None, ...]:
    """Early words get more room to grow in, and stand in the middle; the direction is the word's own."""
    roomy, tight = (Board(frame.width, frame.height, frame.cell) for _ in range(2))
    homes = list[Home | None]()
    for key, width, lines in order:
        taken = sum(home is not None for home in homes)
        radius, angle = SPREAD * min(1.0, sqrt(taken / SETTLED)), crc32(key.encode()) / 2**32 * 2 * pi
        target = (frame.width * (0.5 + radius * cos(angle)), frame.height * (0.5 + radius * sin(angle)))
        small = (min(width * frame.smallest, frame.width * 0.9), lines * LINE * frame.smallest)
        middle = _roomy(roomy, (width, lines * LINE), target, frame) if taken < HOMES else None
        if middle:
            tight.mark(*small, middle)
        elif taken < HOMES:
            middle = tight.take(*small, target)
        homes.append(Home(*middle, width * lines) if middle else None)
    return tuple(homes)


def _roomy(board: Board, em: tuple[float, float], target: tuple[float, float], frame: Frame) -> tuple[float, float] | None:
    """A place with room to grow in: a share of what is left. None when such places are gone."""
    for size in _rooms(frame, sqrt(SHARE * board.free / (em[0] * em[1]))):
        middle = board.take(min(em[0] * size, frame.width * 0.9), em[1] * size, target)
        if middle:
            return middle
    return None


def _rooms(frame: Frame, wanted: float) -> Iterator[float]:
    """Sizes of letters to reserve room for, while they are worth it."""
    size = min(frame.largest * FIRST, max(frame.smallest * 1.2, wanted))
    while size >= frame.smallest * 1.1:
        yield size
        size *= 0.85


def _shared(words: Sequence[Sized], homes: Sequence[Home | None]) -> list[Home | None]:
    """Homes for all the words: those without one take over from those that fewer people gave, the latest first."""
    found = [*homes]
    yielding = sorted((place for place, home in enumerate(found) if home), key=lambda place: (words[place].people, -place))
    for place in sorted((place for place, home in enumerate(found) if not home), key=lambda place: (-words[place].people, place)):
        word = words[place]
        giver = next((one for one in yielding if _takes(word, words[one], found[one])), None)
        if giver is not None:
            yielding.remove(giver)
            found[place], found[giver] = found[giver], None
        elif word.people == 1:
            break
    return found


def _takes(word: Sized, other: Sized, home: Home | None) -> bool:
    return home is not None and other.people < word.people and word.width * word.lines <= home.width * 1.2


def _start(words: Sequence[Sized], frame: Frame) -> float:
    """The size of a word that one person gave, if there is room for all."""
    most = max(word.people for word in words)
    widest = max(word.width * sqrt(word.people) for word in words)
    return min(frame.largest * 0.45, frame.largest / sqrt(most), frame.width * 0.96 / widest)


def _scale(housed: Sequence[tuple[Sized, Home]], scale: float, frame: Frame) -> float:
    """The largest scale, not above that one, at which every word is in the picture and none touches another."""
    for one in housed:
        scale = _within(one, scale, frame)
    halves = [_half(*one, scale, frame) for one in housed]
    for place, one in enumerate(housed):
        home = one[1]
        for earlier in range(place):
            other = housed[earlier][1]
            (across, down), (across_too, down_too) = halves[place], halves[earlier]
            if abs(home.x - other.x) < across + across_too + frame.cell and abs(home.y - other.y) < down + down_too:
                scale = _apart(one, housed[earlier], scale, frame)
                halves = [_half(*every, scale, frame) for every in housed]
    return scale


def _within(one: tuple[Sized, Home], scale: float, frame: Frame) -> float:
    """The scale at which the word stays in the picture."""
    word, home = one
    while True:
        across, down = _half(word, home, scale, frame)
        is_in = across <= min(home.x, frame.width - home.x) and down <= min(home.y, frame.height - home.y)
        if is_in or scale * sqrt(word.people) <= frame.smallest:
            return scale
        scale *= SHRINK


def _apart(one: tuple[Sized, Home], other: tuple[Sized, Home], scale: float, frame: Frame) -> float:
    """The scale at which the two do not touch."""
    aside, above = abs(one[1].x - other[1].x), abs(one[1].y - other[1].y)
    most = sqrt(max(one[0].people, other[0].people))
    while True:
        (across, down), (across_too, down_too) = _half(*one, scale, frame), _half(*other, scale, frame)
        if aside >= across + across_too + frame.cell or above >= down + down_too or scale * most <= frame.smallest:
            return scale
        scale *= SHRINK


def _half(word: Sized, home: Home, scale: float, frame: Frame) -> tuple[float, float]:
    size = _housed(word, home, scale, frame)
    return word.width * size / 2, word.lines * LINE * size / 2


def _housed(word: Sized, home: Home, scale: float, frame: Frame) -> float:
    """The size of its letters at home. A form of the word that is wider than the home was made for is set as much smaller."""
    return min(_size(word, scale, frame), max(scale * sqrt(word.people), frame.smallest * min(1.0, 1.25 * home.width / word.width)))


def _spot(word: Sized, home: Home, scale: float, frame: Frame) -> Spot:
    return Spot(home.x, home.y, _housed(word, home, scale, frame))


def _size(word: Sized, scale: float, frame: Frame) -> float:
    size = min(frame.largest, max(frame.smallest, scale * sqrt(word.people)))
    return min(size, frame.width * 0.98 / word.width, frame.height * 0.98 / (word.lines * LINE))


def _scales(words: Sequence[Sized], frame: Frame) -> Iterator[float]:
    """Scales to try, from the largest worth trying to where every word is smallest."""
    scale, most = _start(words, frame), sqrt(max(word.people for word in words))
    room = FULLEST * frame.width * frame.height
    while scale * most > frame.smallest and sum(_area(word, scale, frame) for word in words) > room:
        scale *= SHRINK
    while scale * most > frame.smallest:
        yield scale
        scale *= SHRINK**2
    yield scale


def _area(word: Sized, scale: float, frame: Frame) -> float:
    size = _size(word, scale, frame)
    return (word.width * size + frame.cell) * word.lines * LINE * size
