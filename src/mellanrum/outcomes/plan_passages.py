"""The passages that the plan tells rather than an exercise: how it went, earlier gatherings, the agenda, links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import msgspec
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Card
from mellanrum.exercise_kit.document import Block, Bullets, Link, Links, Passage, Terms
from mellanrum.exercise_kit.registry import registry
from mellanrum.outcomes.models import MaterialLink, Publication
from mellanrum.programmes.models import Block as PlanBlock
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.models import Room
from mellanrum.rooms.plan import Block as HeldBlock
from mellanrum.rooms.queries import BlockHarvest

OF_THE_PLAN = "plan/"  # how their keys begin


def format_passage(blocks: Iterable[BlockHarvest]) -> tuple[Passage, ...]:
    """Each type of exercise that left something, once, and how it goes; in the order they came."""
    cards = {block.exercise.slug: block.exercise.card for block in blocks}
    told = tuple((str(card.name), str(card.how or card.purpose)) for card in sorted(cards.values(), key=_beside))
    return _passage("format", _("Så gick det till"), Terms(told)) if told else ()


def _beside(card: Card) -> bool:
    """What every block carries is told last."""
    return registry()[card.slug].companion is not None


class _Row(msgspec.Struct, frozen=True):
    title: str
    began: int | None


def agenda_passage(blocks: Iterable[PlanBlock | HeldBlock], began: Mapping[str, int]) -> tuple[Passage, ...]:
    """What participants saw; with the time each heading began, when that is known of any. Neighbours alike are one row."""
    rows: list[_Row] = []
    for block in blocks:
        title = block.heading.strip()
        if title and (not rows or rows[-1].title != title):
            rows.append(_Row(title, began.get(block.key)))
    if not rows:
        return ()
    if not any(row.began for row in rows):
        return _passage("agenda", _("Dagordningen"), Bullets(tuple(row.title for row in rows)))
    return _passage("agenda", _("Dagordningen"), Terms(tuple((_clock(row.began), row.title) for row in rows)))


def earlier_passage(gathering: Gathering, *, for_members: bool) -> tuple[Passage, ...]:
    """The programme's gatherings before this one that were held: all for members, for the public those that are published."""
    before = gathering.programme.gatherings.filter(position__lt=gathering.position).order_by("position")
    public = dict(Publication.objects.filter(gathering__in=before, is_public=True).values_list("gathering_id", "slug"))
    held = set(Room.objects.filter(gathering__in=before).exclude(kind=Room.Kind.REHEARSAL).values_list("gathering_id", flat=True))
    links = tuple(
        _earlier(one, public.get(one.pk), for_members=for_members) for one in before if one.pk in (held if for_members else public)
    )
    return _passage("earlier", _("Träffarna före den här"), Links(links)) if links else ()


def links_passage(gathering: Gathering) -> tuple[Passage, ...]:
    """Material and recordings, as the editors put them there."""
    links = tuple(Link(one.title, one.address, one.about) for one in MaterialLink.objects.filter(gathering=gathering))
    return _passage("links", _("Länkar och material"), Links(links)) if links else ()


def _earlier(gathering: Gathering, slug: str | None, *, for_members: bool) -> Link:
    address = reverse("documentation", args=[gathering.pk]) if for_members else reverse("public-documentation", args=[slug])
    title = f"{gathering.title}: {gathering.theme}" if gathering.theme else gathering.title
    day = date_format(timezone.localtime(gathering.starts_at), "j F Y") if gathering.starts_at else ""
    return Link(title, address, " · ".join(part for part in (day, _tools(gathering)) if part))


def _tools(gathering: Gathering) -> str:
    """The names of the exercises it had, each once."""
    blocks = gathering.blocks.filter(part="meeting").exclude(exercise="").order_by("position")
    slugs = dict.fromkeys(blocks.values_list("exercise", flat=True))
    return ", ".join(str(registry()[slug].card.name).lower() for slug in slugs if slug in registry())


def _clock(moment: int | None) -> str:
    return date_format(timezone.localtime(datetime.fromtimestamp(moment / 1000, UTC)), "H.i") if moment else ""


def _passage(name: str, heading: str, block: Block) -> tuple[Passage, ...]:
    return (Passage(f"{OF_THE_PLAN}{name}", heading, "", (block,)),)
