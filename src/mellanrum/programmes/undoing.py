"""Every change of a plan is noted as it is made, so that whoever made it can take it back: exactly, or not at all."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mellanrum.accounts.models import User
from mellanrum.core.clock import now
from mellanrum.programmes.differences import Difference, Overlap, Snapshot, difference, without
from mellanrum.programmes.fields import GATHERING_FIELDS
from mellanrum.programmes.models import Block, Gathering, PlanChange
from mellanrum.programmes.planning import KEPT, MOST_BLOCKS, check_open
from mellanrum.programmes.refusals import Full, Gone, Overtaken
from mellanrum.programmes.reshaping import content_of

LIFETIME = timedelta(days=1)
OWN = tuple(field.attribute for field in GATHERING_FIELDS.values())
LONGEST_TEXT = 300
_IDENT = re.compile(r"[a-z0-9]{16,40}")
Told = dict[str, Any]


def snapshot(gathering: Gathering) -> Snapshot:
    """The plan as it is stored."""
    own = Gathering.objects.values(*OWN).get(pk=gathering.pk)
    blocks = {block.key: content_of(block) for block in gathering.blocks.order_by("position")}
    return Snapshot({name: msgspec.to_builtins(value) for name, value in own.items()}, blocks)


def noted(
    gathering: Gathering, step: Callable[[], Told], *, user: User, kind: str = "", about: Sequence[str] = (), ident: str = ""
) -> tuple[Told, PlanChange | None]:
    """Take the step and note what it changed; the same `ident` again is the same change. Raises what the step raises.

    `kind` and `about` (keys of blocks) are what its undo is called by.
    """
    ident = ident if _IDENT.fullmatch(ident) else secrets.token_hex(16)
    with transaction.atomic():
        there = PlanChange.objects.filter(pk=ident).first()
        if there is not None and (there.gathering_id, there.user_id) == (gathering.pk, user.pk):
            return there.told, there
        ident = ident if there is None else secrets.token_hex(16)  # somebody else's
        before = snapshot(gathering)
        told = step()
        after = snapshot(gathering)
        changed = difference(before, after)
        if not changed:
            return told, None
        return told, _note(gathering, user, ident, changed, words(kind, changed, before, after, about=about), told)


def _note(gathering: Gathering, user: User, ident: str, changed: Difference, text: str, told: Told) -> PlanChange:
    return PlanChange.objects.create(
        id=ident,
        gathering=gathering,
        user=user,
        text=text[:LONGEST_TEXT],
        difference=msgspec.to_builtins(changed),
        told=told,
        at=now(),
    )


def outlived(moment: datetime) -> Iterable[QuerySet[PlanChange]]:
    """For housekeeping: changes that nobody can undo any more."""
    yield PlanChange.objects.filter(at__lte=moment - LIFETIME)


def words(kind: str, changed: Difference, before: Snapshot, after: Snapshot, *, about: Sequence[str] = ()) -> str:
    """What undoing it undoes: `flytten av ”Kaffe”`."""
    if kind == "csv":
        return _("inläsningen av körschemat")
    if changed.gathering:
        return _("ändringen av träffen")
    keys = [key for key in about if key in {*before.blocks, *after.blocks}] or list(changed.blocks)
    return _named(kind) % {"what": _what(keys, after, before)}


def _named(kind: str) -> str:
    names = {
        "add": _("tillägget av %(what)s"),
        "move": _("flytten av %(what)s"),
        "remove": _("borttagningen av %(what)s"),
        "split": _("delningen av %(what)s"),
        "join": _("hopslagningen av %(what)s"),
        "duplicate": _("kopian av %(what)s"),
    }
    return names.get(kind, _("ändringen av %(what)s"))


def _what(keys: Sequence[str], *plans: Snapshot) -> str:
    if len(keys) != 1:
        return _("%(count)s moment") % {"count": len(keys)}
    title = next((plan.blocks[keys[0]]["title"] for plan in plans if keys[0] in plan.blocks), "")
    return f"”{title}”"


def undo(gathering: Gathering, ident: str, *, user: User) -> PlanChange:
    """The plan without that change; pressed twice it is undone once. Raises Locked, Gone, Overtaken, Full."""
    with transaction.atomic():
        check_open(gathering)
        kept = PlanChange.objects.filter(gathering=gathering, user=user, at__gt=now() - LIFETIME)
        change = kept.filter(pk=ident[:40]).first()
        if change is None:
            raise Gone(_("Det går inte att ångra längre."))
        if change.is_undone:
            return change
        before = snapshot(gathering)
        try:
            wanted = without(before, msgspec.convert(change.difference, Difference))
        except Overlap as overlap:
            raise Overtaken(_overtaken(before, str(overlap))) from overlap
        if len(wanted.blocks) > MOST_BLOCKS:
            raise Full(_("Körschemat rymmer %(most)s moment, och så många är det nu. Ta bort något först.") % {"most": MOST_BLOCKS})
        put(gathering, before, wanted)
        change.is_undone = True
        change.save(update_fields=["is_undone"])
    return change


def _overtaken(now_there: Snapshot, key: str) -> str:
    if key == "order":
        return _("Någon annan har flyttat momenten sedan dess. Inget har ändrats tillbaka.")
    if key and key not in now_there.blocks:
        return _("Någon annan har tagit bort momentet sedan dess. Inget har ändrats tillbaka.")
    title = now_there.blocks[key]["title"] if key else now_there.gathering["title"]
    return _("Någon annan har ändrat ”%(title)s” sedan dess. Inget har ändrats tillbaka.") % {"title": title}


def put(gathering: Gathering, before: Snapshot, wanted: Snapshot) -> None:
    """Store the plan as wanted; within the transaction that read `before`."""
    own = {name: value for name, value in wanted.gathering.items() if value != before.gathering[name]}
    if own:
        Gathering.objects.filter(pk=gathering.pk).update(**own)
        gathering.refresh_from_db(fields=list(own))
    gathering.blocks.filter(key__in=[key for key in before.blocks if key not in wanted.blocks]).delete()
    there = {block.key: block for block in gathering.blocks.all()}
    changed, new = [], []
    for place, (key, content) in enumerate(wanted.blocks.items(), 1):
        block = there.get(key)
        if block is None:
            new.append(Block(gathering=gathering, position=place, **content))
        elif content != before.blocks[key] or block.position != place:
            for name in KEPT:
                setattr(block, name, content[name])
            block.position = place
            changed.append(block)
    Block.objects.bulk_create(new)
    Block.objects.bulk_update(changed, [*KEPT, "position"], batch_size=20)
