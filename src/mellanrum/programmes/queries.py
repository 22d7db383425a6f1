"""Reading the plan: run sheets, programmes of a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import msgspec
from django.db.models import Count, Prefetch, QuerySet
from django.utils.timezone import localtime

from mellanrum.accounts.models import User
from mellanrum.insight.timing import ORDER, Length, When, fixed_offset, minutes_out, placed, shares
from mellanrum.programmes.models import Block, Gathering, Membership, Programme

LONGEST = timedelta(hours=8)  # a gathering that began longer ago than this has passed


class RunSheetRow(msgspec.Struct, frozen=True):
    """A block with its planned time; `starts_at` is None while the gathering has no time, `offset` is minutes from its start."""

    block: Block
    offset: int
    starts_at: datetime | None
    ends_at: datetime | None
    slack: int = 0

    @property
    def is_meeting(self) -> bool:
        return self.block.part == Block.Part.MEETING

    @property
    def begins(self) -> str:
        """`+30`, for a day that has no time; before the start `−30`."""
        return f"+{self.offset}" if self.offset >= 0 else f"−{-self.offset}"


class RunSheet(msgspec.Struct, frozen=True):
    """The team's minute plan, with what is done before and after the meeting; all else is about the meeting alone.

    `minutes` in total, `phone_minutes` with the phones out, `kinds` by what is asked of people.
    """

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


class Stone(msgspec.Struct, frozen=True):
    """A gathering on its programme's line: `state` is held, next or coming."""

    gathering: Gathering
    state: str


def run_sheet(gathering: Gathering) -> RunSheet:
    """One query."""
    return sheet_of(gathering, gathering.blocks.all())


def sheet_of(gathering: Gathering, blocks: Iterable[Block]) -> RunSheet:
    """The run sheet of blocks that have been read. No query."""
    blocks = sorted(blocks, key=lambda block: ORDER.index(_when(block)))
    times = placed([length_of(gathering, block) for block in blocks], gathering.starts_at)
    meeting = [(block, span) for block, span in zip(blocks, times, strict=True) if block.part == Block.Part.MEETING]
    phone_minutes, minutes = minutes_out((block.minutes, block.phones) for block, _span in meeting)
    return RunSheet(
        rows=tuple(
            RunSheetRow(block, span.offset, span.starts_at, span.ends_at, span.slack) for block, span in zip(blocks, times, strict=True)
        ),
        minutes=minutes,
        phone_minutes=phone_minutes,
        starts_at=gathering.starts_at,
        ends_at=max((span.ends_at for _block, span in meeting if span.ends_at), default=gathering.starts_at),
        kinds=tuple(shares((block.kind, block.minutes) for block, _span in meeting).items()),
    )


def length_of(gathering: Gathering, block: Block) -> Length:
    """The block as the arithmetic of a day takes it; without a start no clock time can be placed."""
    fixed = None
    if gathering.starts_at is not None and block.fixed_at is not None:
        fixed = fixed_offset(localtime(gathering.starts_at), block.fixed_at, _when(block))
    return Length(block.minutes, fixed, _when(block))


def _when(block: Block) -> When:
    return "before" if block.part == "before" else "after" if block.part == "after" else "meeting"


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


def unassigned_blocks(gatherings: Collection[int]) -> dict[int, int]:
    """How many blocks of each gathering have nobody responsible, in one query; those with none are absent."""
    blocks = Block.objects.filter(gathering__in=gatherings, responsible="").order_by()
    return dict(blocks.values_list("gathering_id").annotate(Count("pk")))


def next_gathering(rows: tuple[ProgrammeRow, ...], *, moment: datetime, held: Collection[int] = ()) -> Gathering | None:
    """The soonest gathering that has not passed; else the first without a time. No query.

    `held` are those whose room has been closed, also when their planned day is still to come.
    """
    gatherings = [gathering for row in rows for gathering in row.gatherings if gathering.pk not in held]
    coming = [found for found in gatherings if found.starts_at is not None and found.starts_at + LONGEST > moment]
    if coming:
        return min(coming, key=lambda found: found.starts_at or moment)
    return next((found for found in gatherings if found.starts_at is None), None)


def stones_of(row: ProgrammeRow, *, moment: datetime, held: Collection[int] = ()) -> tuple[Stone, ...]:
    """The programme's line: what has passed or is in `held` is held, the first that has not is next. No query."""
    stones: list[Stone] = []
    has_next = False
    for gathering in row.gatherings:
        is_held = gathering.pk in held or (gathering.starts_at is not None and gathering.starts_at + LONGEST < moment)
        state = "held" if is_held else "coming" if has_next else "next"
        has_next = has_next or not is_held
        stones.append(Stone(gathering, state))
    return tuple(stones)


def gatherings_with_programme() -> QuerySet[Gathering]:
    return Gathering.objects.select_related("programme")
