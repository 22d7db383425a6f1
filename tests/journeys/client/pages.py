"""The smallest pages and fragments that keep the contract between templates and scripts."""

from __future__ import annotations

from tests.journeys.client.fake_room import CODE, ROOM

NOTICES = """
<template data-notice="lost"><p>Ingen kontakt just nu. Skriv vidare.</p></template>
<template data-notice="arrived"><p><b data-one="Ditt svar är framme." data-many="Dina {n} svar är framme."></b></p></template>
<template data-notice="moved"><div>Rummet har gått vidare. Nu: <b data-text></b>.
  <button type="button" data-notice-act="go">Gå dit rummet är</button>
  <button type="button" data-notice-act="stay">Läs klart här</button></div></template>
<template data-notice="release"><div>Ny version. <button type="button" data-notice-act="reload">Ladda om</button></div></template>
<template data-notice="rests"><div><b data-one="En text du skrev vilar." data-many="{n} texter du skrev vilar."></b>
  <span data-detail></span><button type="button" data-notice-act="dismiss">Stäng</button></div></template>
<template data-notice="storage"><p>Telefonen sparar inget själv här.</p></template>
<template data-notice="refused"><div><b data-one="Ett svar togs inte emot." data-many="{n} svar togs inte emot."></b>
  <span data-detail></span><p data-text></p><button type="button" data-notice-act="copy">Kopiera</button>
  <button type="button" data-notice-act="dismiss">Stäng</button></div></template>
"""
CONNECTION = (
    '<span class="conn" data-connection role="status" data-saved="Sparat" data-waiting-one="Väntar · 1 svar"'
    ' data-waiting-many="Väntar · {n} svar" data-lost="Ingen kontakt" data-back="Åter i kontakt"></span>'
)
DOORS = "".join(
    f'<section data-door="{name}"{hidden}><h1 tabindex="-1">{text}</h1></section>'
    for name, hidden, text in (
        ("joining", "", "Du är på väg in"),
        ("not_found", " hidden", "Koden finns inte"),
        ("not_open", " hidden", "Inte öppen än"),
        ("closed", " hidden", "Tack för i dag"),
        ("offline", " hidden", "Ingen kontakt just nu"),
    )
)


def page(script: str, body: str) -> str:
    return (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Rummet</title>'
        f'<script type="module" src="/static/ui/js/{script}.js"></script></head><body>{body}</body></html>'
    )


PHONE = page(
    "phone",
    f"<header><span data-place-here></span>{CONNECTION}</header>"
    f'<main id="main" tabindex="-1"><div data-notices aria-live="polite"></div>{DOORS}'
    f'<p role="status" data-said></p><div data-cell="stage" id="stage"></div><div data-cells="exercise-"></div></main>{NOTICES}',
)
PROJECTOR = page(
    "projector",
    '<main class="screen"><div data-cell="stage"></div><div data-cells="exercise-"></div></main><p data-lost hidden>Ingen kontakt</p>',
)
COCKPIT = page(
    "cockpit",
    f'{CONNECTION}<div data-notices aria-live="polite"></div><main><div data-cell="stage"></div><div data-cells="exercise-"></div>'
    '<div data-cell="projector:stage"></div></main><div data-undo-toast role="status"></div>'
    '<template data-toast><div class="toast"><span data-text></span>'
    '<span class="timer" data-toast-timer><i></i><i></i><i></i></span><button type="button" data-toast-undo>Ångra</button></div></template>'
    '<template data-notice="first"><p>Någon annan hann före.</p></template>' + NOTICES,
)
PAGES = {
    f"/r/{CODE}": PHONE,
    "/r/00000000": PHONE,
    f"/rooms/{ROOM}/projector": PROJECTOR,
    f"/rooms/{ROOM}/screen": page("projector", '<main class="screen"><div data-cell="stage"></div></main>'),
    "/projector": page("join", "<h1>Skriv koden i cockpiten</h1>"),
    f"/rooms/{ROOM}/cockpit": COCKPIT,
}


def stage(status: str = "running", text: str = "", *, now: str = "Grus i skon") -> str:
    """`now` is what the room is at; a page to look up from is called by the meeting's name."""
    title = now if status == "running" else "Träffen"
    return f'<section data-stage="{status}" data-place="Träffen" data-page-title="{title}" data-now="{now}">{text}</section>'


def rating(exercise: str = "scale-1", *, items: str = "ab", is_anonymous: bool = True) -> str:
    """A rating with two statements, three steps and a text."""
    anonymous = " data-anonymous" if is_anonymous else ""
    questions = "".join(
        f"<fieldset><legend>Påstående {item}</legend>"
        + "".join(
            f'<label>{item}{step}<input type="radio" name="rate?item={item}&amp;subject=me#value" value="{step}" data-number></label>'
            for step in (1, 2, 3)
        )
        + "</fieldset>"
        for item in items
    )
    return (
        f'<form data-exercise="{exercise}" method="post"{anonymous}>{questions}'
        '<label>Med egna ord<textarea name="write?part=p1#text"></textarea></label></form>'
    )


def steps(exercise: str = "scale-1") -> str:
    """Two statements, one at a time, and a last page that asks nothing."""
    one = "".join(
        f"<section data-step><h1>Påstående {item}</h1><label>{item}1"
        f'<input type="radio" name="rate?item={item}#value" value="1" data-number></label></section>'
        for item in "ab"
    )
    return (
        f'<form data-exercise="{exercise}" method="post"><div data-steps>{one}'
        "<section data-step data-step-end hidden><h1>Det var allt</h1></section></div>"
        '<button type="button" data-step-next>Nästa</button></form>'
    )
