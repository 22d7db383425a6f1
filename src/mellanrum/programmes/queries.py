"""Reading the plan: run sheets, programmes of a person."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from django.db.models import Prefetch, QuerySet

from mellanrum.accounts.models import User
from mellanrum.insight.timing import shares, spans
from mellanrum.programmes.models import Block, Gathering, Membership, Programme


class RunSheetRow(msgspec.Struct, frozen=True):
    """A block with its planned time; `starts_at` is None while the gathering has no time, `offset` is minutes from its start."""

    block: Block
    offset: int
    starts_at: datetime | None
    ends_at: datetime | None


class RunSheet(msgspec.Struct, frozen=True):
    """The team's minute plan; `minutes` in total, `phone_minutes` with the phones out, `kinds` by what is asked of people."""

    rows: tuple[RunSheetRow, ...]
    minutes: int
    phone_minutes: int
    starts_at: datetime | None
    ends_at: datetime | None
    kinds: tuple[tuple[str, int], ...] = ()


class ProgrammeRow(msgspec.Struct, frozen=True):
    """A programme with the person's role in it and its gatherings in order."""

    programme: Programme
    role: str
    gatherings: tuple[Gathering, ...]


def run_sheet(gathering: Gathering) -> RunSheet:
    """One query."""
    blocks = list(gathering.blocks.all())
    times = spans((block.minutes for block in blocks), gathering.starts_at)
    return RunSheet(
        rows=tuple(
            RunSheetRow(block=block, offset=span.offset, starts_at=span.starts_at, ends_at=span.ends_at)
            for block, span in zip(blocks, times, strict=True)
        ),
        minutes=sum(block.minutes for block in blocks),
        phone_minutes=sum(block.minutes for block in blocks if block.phones),
        starts_at=gathering.starts_at,
        ends_at=times[-1].ends_at if times else gathering.starts_at,
        kinds=tuple(shares((block.kind, block.minutes) for block in blocks).items()),
    )


def programmes_for(user: User) -> tuple[ProgrammeRow, ...]:
    """The person's programmes, newest first, in three queries however many they are; an owner of the installation sees all."""
    roles = dict(Membership.objects.filter(user=user).values_list("programme_id", "role"))
    programmes = Programme.objects.order_by("-created_at", "-pk")
    if not user.is_owner:
        programmes = programmes.filter(pk__in=roles)
    programmes = programmes.prefetch_related(Prefetch("gatherings", queryset=Gathering.objects.order_by("position")))
    return tuple(
        ProgrammeRow(
            programme=programme,
            role="owner" if user.is_owner else roles[programme.pk],
            gatherings=tuple(programme.gatherings.all()),
        )
        for programme in programmes
    )


def next_gathering(rows: tuple[ProgrammeRow, ...], *, moment: datetime) -> Gathering | None:
    """The soonest gathering that has not passed; else the first without a time. No query."""
    gatherings = [gathering for row in rows for gathering in row.gatherings]
    coming = [found for found in gatherings if found.starts_at is not None and found.starts_at + timedelta(hours=8) > moment]
    if coming:
        return min(coming, key=lambda found: found.starts_at or moment)
    return next((found for found in gatherings if found.starts_at is None), None)


def gatherings_with_programme() -> QuerySet[Gathering]:
    return Gathering.objects.select_related("programme")
