"""`GET state`: all current cells, what can be given now, and one's own contributions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from django.utils import translation

from mellanrum import __version__
from mellanrum.core.clock import moment_of
from mellanrum.rooms.live.audience import audience_of_table
from mellanrum.rooms.live.http import chosen_coding, pressed, send_empty, send_json
from mellanrum.rooms.live.items import Mine
from mellanrum.rooms.live.render import encode
from mellanrum.rooms.live.streams import StreamKey
from mellanrum.rooms.live.tickets import Holder, anonymous_author
from mellanrum.rooms.plan import LOBBY, STAGE
from mellanrum.rooms.stage import contributions as acts
from mellanrum.rooms.stage.gate import PARTICIPANTS, taken_of

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.request import Request
    from mellanrum.rooms.live.room import LiveRoom
    from mellanrum.rooms.live.stage_room import StageRoom
    from mellanrum.rooms.stage.room_fold import ExerciseSnapshot, RoomSnapshot


async def tell_state(engine: Engine, room: LiveRoom, holder: Holder, token: str, key: StreamKey, request: Request) -> None:
    """Answer the state with an ETag; 304 when the client has it already. `?part=own` asks for the own part alone."""
    if not (holder.is_crew or holder.looks.take()):
        return await request.refuse("too-fast", retry=holder.looks.retry())
    own_only = request.asked.get("part") == "own"
    stage_room = engine.stage.rooms[room.id]
    known = request.headers.get(b"if-none-match")
    coding = chosen_coding(request.headers.get(b"accept-encoding", b""))

    def look() -> tuple[bytes, bytes | None]:
        """On the stage thread, where nothing changes between the tag and what it names; nothing is drawn for who has it."""
        tag = tag_of(stage_room, holder, key, own_only, coding)
        return tag, None if tag == known else _state(engine, stage_room, holder, token, key, own_only)

    tag, body = await engine.ask(look)
    if body is None:
        return await send_empty(request.send, 304, [(b"etag", tag)])
    return await send_json(request.send, 200, *pressed(body, coding, [(b"etag", tag), (b"vary", b"Accept-Encoding")]))


def tag_of(stage_room: StageRoom, holder: Holder, key: StreamKey, own_only: bool, coding: bytes) -> bytes:
    """Changes whenever the answer to this ticket does: with the ledger, who is here, what was erased (a new epoch), and with what no
    ledger has: the tables that have a phone, and the moved time of a rehearsal.
    """
    room = stage_room.room
    people = f"{room.people.here}.{len(room.people.organisations)}.{len(room.people.tables)}.{len(room.tables)}"
    moved = f"{room.ahead_ms}.{room.is_walking:d}"
    seen = f"{room.epoch}-{room.snapshot.v}-{people}-{moved}-{key.audience}-{key.language}-{key.form}-{own_only:d}{coding.decode()}"
    return f'"{__version__}-{seen}-{holder.hash[:16]}"'.encode()


def _state(engine: Engine, stage_room: StageRoom, holder: Holder, token: str, key: StreamKey, own_only: bool) -> bytes:
    """On the stage thread: the body."""
    snapshot = stage_room.room.snapshot
    authors = authors_of(engine, snapshot, holder, token)
    mine = [one for author in authors for one in stage_room.fold.mine(author)]
    own = [Mine(one.id, one.exercise, one.kind, one.data) for one in mine]
    hidden = snapshot.hidden_from(authors)
    common: dict[str, Any] = {"version": snapshot.v, "mine": own, "hidden": [{"id": name, "reason": why} for name, why in hidden]}
    if own_only:
        return encode(common | {"own": _own_views(engine, stage_room, holder, token)})
    now = stage_room.room.now_ms()
    with translation.override(key.language):
        full = common | {
            "server_time": moment_of(now).isoformat(timespec="milliseconds"),
            "now": now,
            "audience": key.audience,
            "cells": {name: msgspec.Raw(value) for name, value in stage_room.values(key).items()},
            "exercises": offers(snapshot, holder.kind),
        }
        return encode(full)


def _own_views(engine: Engine, stage_room: StageRoom, holder: Holder, token: str) -> dict[str, msgspec.Struct]:
    """This person's part of every open exercise."""
    snapshot = stage_room.room.snapshot
    theirs = ((one, reader_of(engine, one, holder, token)) for one in snapshot.exercises.values() if one.is_open and not one.is_companion)
    return {one.id: one.placed.type.own(one.definition, one.state, author) for one, author in theirs}


def author_in(engine: Engine, one: ExerciseSnapshot, holder: Holder, token: str) -> str:
    """The name this ticket writes under in the exercise."""
    is_anonymous = one.definition.anonymous and holder.kind in PARTICIPANTS
    return anonymous_author(engine.server_key, token, one.id) if is_anonymous else holder.name


def reader_of(engine: Engine, one: ExerciseSnapshot, holder: Holder, token: str) -> str:
    """Whose part of the exercise this ticket reads: its table's where the type lets a table's phone speak for it, else its own."""
    return audience_of_table(holder.table) if holder.table and one.placed.type.by_table else author_in(engine, one, holder, token)


def authors_of(engine: Engine, snapshot: RoomSnapshot, holder: Holder, token: str) -> list[str]:
    """The names this ticket writes under: its own, and one per anonymous exercise."""
    if holder.kind not in PARTICIPANTS:
        return [holder.name]
    anonymous = (name for name, one in snapshot.exercises.items() if one.definition.anonymous)
    return [holder.name, *(anonymous_author(engine.server_key, token, name) for name in anonymous)]


def offers(snapshot: RoomSnapshot, role: str) -> list[dict[str, Any]]:
    """What may be sent now, with JSON Schemas and an example, so that a stranger's client can take part."""
    open_now = [_offer(one, role) for one in snapshot.exercises.values() if one.is_open and not one.is_companion]
    open_now += [_offer(one, role) for one in snapshot.companions if taken_of(one.placed.phases[0], role)]
    return [*open_now, _stage_offer(snapshot)] if role == "crew" else open_now


def _offer(one: ExerciseSnapshot, role: str) -> dict[str, Any]:
    phase, kind_of = one.placed.card.phase(one.phase), one.placed.type
    allowed = sorted(taken_of(phase, role)) if phase else []
    examples = {kind: found for kind in allowed if (found := kind_of.example(one.definition, kind))}
    example = next(iter(examples.values()), None)
    return {
        "id": one.id,
        "slug": one.slug,
        "phase": one.phase,
        "anonymous": one.definition.anonymous,
        "accepts": {kind: kind_of.schema(one.definition, kind) for kind in examples},
        "example": {"type": example[0], "data": example[1]} if example else None,
    }


def _stage_offer(snapshot: RoomSnapshot) -> dict[str, Any]:
    step = snapshot.stage.step or LOBBY
    return {
        "id": STAGE,
        "slug": STAGE,
        "phase": snapshot.stage.status,
        "anonymous": False,
        "accepts": {kind: msgspec.json.schema(shape) for kind, shape in acts.KINDS.items()},
        "example": {"type": "next", "data": {"from": step}},
    }
