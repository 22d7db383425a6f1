"""What happens to the plan: a programme made from a template, a gathering given its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mellanrum.accounts.models import User
from mellanrum.programmes.models import Block, Gathering, Membership, Programme
from mellanrum.programmes.templates import Template, TemplateBlock, TemplateGathering
from mellanrum.programmes.tracks import as_stored


def create_programme_from_template(template: Template, *, owner: User, first_day: date | None = None) -> Programme:
    """Save the template's programme with its gatherings and run sheets; `owner` owns it.

    The first gathering is on `first_day` at the template's clock time; without a day it has no time yet.
    """
    with transaction.atomic():
        programme = Programme.objects.create(
            title=template.title,
            purpose=template.purpose,
            language=template.language,
            template=f"{template.name} {template.version}",
        )
        Membership.objects.create(programme=programme, user=owner, role=Membership.Role.OWNER)
        add_gatherings_from_template(template, programme=programme, first_day=first_day)
    return programme


def create_empty_programme(*, owner: User, language: str) -> Programme:
    """Save a programme with one gathering and nothing in it; `owner` owns it."""
    with transaction.atomic(), translation.override(language):
        programme = Programme.objects.create(title=_("Nytt program"), language=language)
        Membership.objects.create(programme=programme, user=owner, role=Membership.Role.OWNER)
        Gathering.objects.create(programme=programme, position=1, title=_("Ny träff"))
    return programme


def add_gatherings_from_template(template: Template, *, programme: Programme, first_day: date | None = None) -> tuple[Gathering, ...]:
    """Put the template's gatherings last in the programme, all or none; what is there already is left as it is."""
    with transaction.atomic():
        last = programme.gatherings.aggregate(Max("position"))["position__max"] or 0
        days = (first_day, *(None for _later in template.gatherings[1:]))
        return tuple(
            _create_gathering(gathering, programme=programme, position=position, day=day)
            for position, (gathering, day) in enumerate(zip(template.gatherings, days, strict=True), last + 1)
        )


def _create_gathering(template: TemplateGathering, *, programme: Programme, position: int, day: date | None) -> Gathering:
    starts_at = None
    if day is not None and template.starts is not None:
        starts_at = timezone.make_aware(datetime.combine(day, template.starts))
    gathering = Gathering.objects.create(
        programme=programme,
        position=position,
        kind=template.kind,
        title=template.title,
        theme=template.theme,
        purpose=template.purpose,
        place=template.place,
        starts_at=starts_at,
        expected=template.expected,
    )
    keys = _keys(template.blocks)
    Block.objects.bulk_create(
        block_from_template(block, gathering=gathering, position=row, key=keys[row - 1]) for row, block in enumerate(template.blocks, 1)
    )
    return gathering


def _keys(blocks: Sequence[TemplateBlock]) -> list[str]:
    """The meeting's blocks are numbered first, so that their keys tell their number, whatever the team does before it."""
    order = sorted(range(len(blocks)), key=lambda place: blocks[place].part != "meeting")
    numbers = {place: number for number, place in enumerate(order, 1)}
    return [f"block-{numbers[place]}" for place in range(len(blocks))]


def block_from_template(template: TemplateBlock, *, gathering: Gathering, position: int, key: str = "") -> Block:
    """Not saved yet."""
    values: dict[str, Any] = {name: getattr(template, name) for name in template.__struct_fields__}
    values["do"] = list(template.do)
    values["material"] = list(template.material)
    values["tracks"] = as_stored(template.tracks)
    values["kind"] = template.attention
    values["shown"] = bool(template.agenda and template.shown)
    return Block(gathering=gathering, key=key, position=position, **values)


def plan_start(gathering: Gathering, *, starts_at: datetime | None) -> None:
    """Give the gathering its time, or take it away."""
    gathering.starts_at = starts_at
    gathering.save(update_fields=["starts_at"])
