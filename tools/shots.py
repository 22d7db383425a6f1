"""What stands on the contact sheets: which face of which example, or which page, on which screen."""

from __future__ import annotations

from typing import NamedTuple


class Shot(NamedTuple):
    """One picture: what stands under it, its address, and the screen."""

    label: str
    path: str
    width: int
    height: int
    theme: str = "light"


class Surface(NamedTuple):
    """A contact sheet: so many shots in a row, each shown so many pixels high."""

    name: str
    columns: int
    height: int
    shots: tuple[Shot, ...]


def faces(place: str, width: int, height: int, wishes: str, theme: str = "light") -> tuple[Shot, ...]:
    """Shots of one face: lines of `type example phase [query]`."""
    rows = (line.split() for line in wishes.strip().splitlines())
    return tuple(Shot(" · ".join(row[:3]), _address(place, theme, *row), width, height, theme) for row in rows)


def _address(place: str, theme: str, slug: str, example: str, phase: str, query: str = "") -> str:
    return f"/gallery/face/{slug}/{example}/{phase}/{place}?theme={theme}&lang=sv{query}"


PHONES = """
scale thirty-one-whole rate &step=1
scale thirty-one result
scale four result
cards empty choose
cards thirty-one alone
cards thirty-one plenary
words do-and-stop write
words thirty-one result
round thirty-one round
round circles round
slide four second
question four write
question thirty-one look
discussion four talk
evaluation four answer
"""
ROOM_PHONES = ("not-found", "not-open", "offline", "waiting", "looking-up", "away", "closed")
ROOM_WALLS = ("join", "block", "paused", "time", "frozen", "message", "closed")
WALLS = """
scale thirty-one-whole rate
scale thirty-one-whole result
scale thirty-one result
scale four result
cards empty choose
cards thirty-one table
cards thirty-one plenary
words empty write
words thirty-one-writing write
words do-and-stop result
round thirty-one round
round thirty-one done
round tables round
slide four second
slide panel voice2
slide break break
question thirty-one look
question with-themes themes
question questions answers
discussion thirty-one gather
discussion four talk
discussion four share
evaluation thirty-one result
"""
CREW = """
scale thirty-one rate
scale thirty-one-whole result
cards thirty-one plenary
words thirty-one write
round tables round
slide four second
notes thirty-one open
question moderated write
question with-themes themes
discussion thirty-one talk
evaluation thirty-one result
"""
SHEETS = """
scale thirty-one-whole rate
words do-and-stop write
cards empty choose
round thirty-one round
question four write
discussion four talk
evaluation four answer
"""


def surfaces(places: dict[str, str]) -> tuple[Surface, ...]:
    """Everything there is to take; `places` are the demo's own addresses by name."""
    dark = faces("phone", 390, 844, "\n".join(PHONES.strip().splitlines()[:5]), "dark")
    doors = tuple(Shot(f"room · {name}", f"/gallery/room/phone-{name}?lang=sv", 390, 844) for name in ROOM_PHONES)
    walls = tuple(Shot(f"room · {name}", f"/gallery/room/projector-{name}?lang=sv", 1920, 1080, "dark") for name in ROOM_WALLS)
    pages = (
        Shot("start", "/", 1440, 900),
        Shot("join", "/join", 390, 844),
        Shot("sign-in", "/sign-in/", 390, 844),
        Shot("planner", f"{places['planned']}?block=block-7", 1440, 900),
        Shot("plan paper", f"{places['planned']}/paper", 1000, 1300),
        Shot("editing", f"{places['gathering']}/documentation/edit", 1440, 900),
        Shot("documentation", f"{places['gathering']}/documentation", 1000, 1300),
        Shot("paper entry", places["entry"], 1000, 1300),
    )
    gallery = (
        Shot("scale", "/gallery/types/scale/thirty-one/result?lang=sv", 1440, 1500),
        Shot("cards", "/gallery/types/cards/thirty-one/plenary?lang=sv", 1440, 1500),
        Shot("components", "/gallery/components?lang=sv", 1440, 1500),
        *(
            Shot(name, f"/gallery/components/{name}?lang=sv", 1440, 1500)
            for name in ("rating", "block-row", "phase-stepper", "connection", "notice", "code-field")
        ),
    )
    return (
        Surface("phone", 5, 562, (*faces("phone", 390, 844, PHONES), *dark, *doors)),
        Surface("projector", 3, 315, (*faces("projector", 1920, 1080, WALLS, "dark"), *walls)),
        Surface("cockpit", 2, 500, (Shot("cockpit", places["cockpit"], 1440, 900), *faces("cockpit", 1440, 900, CREW), *_dark_cockpit())),
        Surface("pages", 3, 520, pages),
        Surface("paper", 4, 550, faces("paper", 850, 1170, SHEETS)),
        Surface("gallery", 3, 625, gallery),
    )


def _dark_cockpit() -> tuple[Shot, ...]:
    return faces("cockpit", 1440, 900, "words thirty-one result", "dark")
