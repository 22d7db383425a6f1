"""The few SVG elements our charts are made of, with class names for the screen and attributes for everything else.

CSS overrides the attributes on screen, so that themes work; renderers that know no stylesheet read the attributes.
"""

from __future__ import annotations

from html import escape

SANS = "Atkinson Hyperlegible Next, Segoe UI, sans-serif"
SERIF = "Hedvig Letters Serif, Georgia, serif"
INK, INK_2, CONTROL, AXIS = "#14262B", "#405257", "#6E7F82", "#6E7F82"
STEPS = (("step-a", "#C9D9D6"), ("step-b", "#9CC0C2"), ("step-c", "#5E9AA3"), ("step-d", "#2A7484"), ("step-e", "#0F4A55"))


def number(value: float) -> str:
    """At most one decimal, no trailing zero: coordinates stay short and the same everywhere."""
    return f"{round(value, 1):g}"


def step_colour(place: int, steps: int) -> tuple[str, str]:
    """Class and colour of a step of the scale: five colours, low to high, spread over as many steps as there are."""
    return STEPS[round(place * (len(STEPS) - 1) / max(1, steps - 1))]


def rect(x: float, y: float, width: float, height: float, *, place: int, steps: int, radius: float = 1.5) -> str:
    name, colour = step_colour(place, steps)
    size = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect class="{name}" {size} rx="{number(radius)}" fill="{colour}"/>'


def dashed(x: float, y: float, width: float, height: float, *, line: float) -> str:
    """Where a bar would stand."""
    size = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    dash = f'stroke-dasharray="{number(line * 3)} {number(line * 2.6)}"'
    return f'<rect class="none" {size} fill="none" stroke="{CONTROL}" stroke-width="{number(line)}" {dash}/>'


def axis(x: float, y: float, width: float, *, line: float = 1) -> str:
    return f'<path class="axis" d="M{number(x)} {number(y)}h{number(width)}" stroke="{AXIS}" stroke-width="{number(line)}"/>'


def marker(x: float, y: float, size: float) -> str:
    """A triangle that points up at y."""
    path = f"M{number(x)} {number(y)}l{number(size)} {number(size * 1.4)}h{number(-2 * size)}Z"
    return f'<path class="mark" d="{path}" fill="{INK}"/>'


def text(
    x: float,
    y: float,
    words: str,
    kind: str,
    size: float,
    *,
    anchor: str = "start",
    weight: int = 500,
    colour: str = INK,
    family: str = SANS,
) -> str:
    """One line of text; `kind` is its class. Its anchor follows the chart, not the direction of the words."""
    font = f'font-family="{family}" font-size="{number(size)}" font-weight="{weight}"'
    place = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place} {font} fill="{colour}" direction="ltr" unicode-bidi="plaintext">{escape(visible(words))}</text>'


def lines(words: str, width: int, most: int) -> list[str]:
    """Words broken into at most so many lines of about that many characters; what does not fit ends in an ellipsis."""
    found = [""]
    for word in visible(words).split():
        joined = f"{found[-1]} {word}".strip()
        if len(joined) <= width or not found[-1]:
            found[-1] = joined
        else:
            found.append(word)
    found = [line if len(line) <= width + 1 else line[: width - 1] + "…" for line in found]
    return found if len(found) <= most else [*found[: most - 1], found[most - 1].removesuffix("…") + " …"]


def visible(words: str) -> str:
    """Without control characters, which XML does not allow."""
    return "".join(char for char in words if char >= " " and char not in "\x7f\ufffe\uffff")


def picture(width: float, height: float, reading: str, parts: list[str], kind: str) -> str:
    """The whole SVG; `reading` is what it says to somebody who does not see it."""
    said = escape(visible(reading))
    head = f'<svg class="chart {kind}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}"'
    return f'{head} role="img" aria-label="{said}"><title>{said}</title>{"".join(parts)}</svg>'
