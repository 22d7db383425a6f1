"""What a rating leaves to the documentation. Texts come in the language that is active."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mellanrum.exercise_kit.charts.distribution import ChartRow, decimal, distribution, read
from mellanrum.exercise_kit.contract import CLOSED
from mellanrum.exercise_kit.document import Block, Bullets, Figure, Passage, Quote, Table, Text
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.scale.audiences import open_answers, result
from mellanrum.exercises.scale.definition import Definition
from mellanrum.exercises.scale.findings import finding, largest_gap
from mellanrum.exercises.scale.groups import group_table
from mellanrum.exercises.scale.state import State, answered
from mellanrum.exercises.scale.views import ItemResult, Result


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """Passages in reading order; none when nobody gave anything, or before the room has seen it or it is closed."""
    is_over = state.shown is not None or state.phase == CLOSED
    if not is_over or not (answered(state) or state.counts):
        return ()
    found = result(definition, state)
    people = ngettext("en har svarat", "%(people)s har svarat", found.people) % {"people": found.people}
    source = source_of(exercise, people)
    if found.too_few:
        return (_too_few(definition, exercise, source),)
    said = finding(definition, found.items)
    groups = group_table(definition, state)
    is_many = len(found.items) > 1
    extra: list[Block] = [groups] if groups else []
    return (
        *([_overview(definition, found, said, extra, f"{exercise}/overview", source)] if is_many else []),
        *(_item(definition, item, said, [] if is_many else extra, exercise, source) for item in found.items),
        *_texts(definition, state, exercise),
        _about(definition, found, exercise, source),
    )


def _too_few(definition: Definition, exercise: str, source: str) -> Passage:
    said = _("Färre än %(minimum)s har svarat, så inga svar visas. Det skyddar den som svarat.") % {"minimum": definition.minimum}
    return Passage(f"{exercise}/too-few", definition.instrument.title, source, (Text(said),))


def _overview(definition: Definition, found: Result, said: str, extra: list[Block], key: str, source: str) -> Passage:
    """All statements in one table, under what they say together."""
    gap = largest_gap(definition, found)
    blocks: list[Block] = [*([Text(gap)] if gap else []), _means(definition, found), *extra]
    return Passage(key, said or definition.instrument.title, source, tuple(blocks))


def _means(definition: Definition, found: Result) -> Table:
    subjects = tuple(subject.text for subject in definition.instrument.subjects)
    rows = tuple((item.text, *(_mean(bar.mean) for bar in item.bars)) for item in found.items)
    return Table(_("Medelvärden, %(title)s") % {"title": definition.instrument.title}, (_("Påstående"), *subjects), rows)


def _item(definition: Definition, item: ItemResult, said: str, extra: list[Block], exercise: str, source: str) -> Passage:
    """One statement. Alone it takes the finding as its heading; among others it says what is not already said of all."""
    scale = definition.instrument
    rows = [ChartRow(bar.text, bar.counts, bar.mean, bar.too_few) for bar in item.bars]
    svg = distribution(rows, scale.low, scale.high, scale.low_label, scale.high_label)
    shows = any(sum(bar.counts) and not bar.too_few for bar in item.bars)
    figure: Block = Figure(svg, read(rows), _numbers(definition, item)) if shows else Text(read(rows))
    key = f"{exercise}/{scale.id}-{scale.version}/{item.item}"
    if said and len(scale.items) == 1:
        return Passage(key, said, source, (Text(item.text), figure, *extra))
    own = finding(definition, [item])
    lead: list[Block] = [Text(f"{own}.")] if own and own != said else []
    return Passage(key, item.text.rstrip("."), source, (*lead, figure, *extra))


def _numbers(definition: Definition, item: ItemResult) -> Table:
    scale = definition.instrument
    ends = {scale.low: f"{scale.low} {scale.low_label}".strip(), scale.high: f"{scale.high} {scale.high_label}".strip()}
    steps = tuple(ends.get(step, str(step)) for step in range(scale.low, scale.high + 1))
    header = (_("Om"), *steps, _("Vet inte"), _("Medel"), _("Spridning"))
    hidden = _("för få")
    rows = tuple(
        (
            bar.text,
            *(hidden if bar.too_few else str(count) for count in bar.counts),
            hidden if bar.too_few else str(bar.dont_know),
            _mean(bar.mean),
            _mean(bar.spread),
        )
        for bar in item.bars
    )
    return Table(item.text, header, rows)


def _texts(definition: Definition, state: State, exercise: str) -> Iterator[Passage]:
    """Open answers in nobody's order; hidden ones are absent."""
    for part, answers in open_answers(definition, state):
        source = ngettext("ett svar", "%(answers)s svar", len(answers)) % {"answers": len(answers)}
        yield Passage(f"{exercise}/{part.id}", part.text, source, tuple(Quote(answer) for answer in answers))


def _about(definition: Definition, found: Result, exercise: str, source: str) -> Passage:
    """What makes it possible to ask the same again and compare."""
    scale = definition.instrument
    facts = [
        _("Mätverktyg: %(title)s, version %(version)s (%(id)s).") % {"title": scale.title, "version": scale.version, "id": scale.id},
        _("Skala: %(low)s till %(high)s.")
        % {"low": f"{scale.low} {scale.low_label}".strip(), "high": f"{scale.high} {scale.high_label}".strip()},
        ngettext("En har svarat.", "%(people)s har svarat.", found.people) % {"people": found.people},
        _("Inget visas som färre än %(minimum)s har svarat.") % {"minimum": definition.minimum},
    ]
    if found.uncounted:
        said = ngettext(
            "En till har svarat eller ändrat sig efteråt. Det räknas inte, för då skulle det gå att se vad den personen svarade.",
            "%(people)s till har svarat eller ändrat sig efteråt. Det räknas inte, för då skulle det gå att se vad de svarade.",
            found.uncounted,
        )
        facts.append(said % {"people": found.uncounted})
    reversed_items = [item.text.rstrip(".") for item in scale.items if item.reverse]
    if reversed_items:
        facts.append(_("Vänds när påståendena läggs ihop: %(items)s.") % {"items": "; ".join(reversed_items)})
    return Passage(f"{exercise}/about", _("Om skattningen"), source, (Bullets(tuple(facts)),))


def _mean(value: float | None) -> str:
    return "–" if value is None else decimal(value)
