"""The room protocol as OpenAPI: a hand-written skeleton, and the shapes of everything that travels from the types themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from mellanrum import __version__
from mellanrum.exercise_kit.contract import Withdraw
from mellanrum.exercise_kit.registry import registry
from mellanrum.rooms.live.items import Brought, Join, Joined, NewPairing, Paired, PairingCode, Results
from mellanrum.rooms.stage import contributions as acts
from mellanrum.rooms.stage import views
from mellanrum.rooms.stage.gate import REASONS

REF = "#/components/schemas/{name}"


class Problem(msgspec.Struct):
    """RFC 9457: a stable type, a title, and a sentence that says what to do."""

    type: str
    title: str
    status: int
    detail: str


_SHAPES = (
    Join,
    Joined,
    NewPairing,
    Paired,
    PairingCode,
    Brought,
    Results,
    Problem,
    Withdraw,
    views.PhoneStage,
    views.ProjectorStage,
    views.CrewStage,
)


def openapi() -> bytes:
    """The document as JSON bytes."""
    shapes = [*_SHAPES, *acts.KINDS.values()]
    shapes += [shape for exercise in registry().values() for shape in exercise.contributions.values()]
    _, components = msgspec.json.schema_components(shapes, ref_template=REF)
    components["Result"]["properties"]["reason"] = {"enum": [None, *sorted(REASONS)]}
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Mellanrum room protocol",
            "version": "1.0",
            "summary": "Join a room, see it, give to it.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
            "x-release": __version__,
        },
        "servers": [{"url": "/"}],
        "security": [{"ticket": []}],
        "paths": _paths(),
        "components": {
            "schemas": {**components, "Item": _ITEM},
            "securitySchemes": {
                "ticket": {"type": "http", "scheme": "bearer", "description": "The ticket that join answered."},
                "pairing": _PAIRING,
            },
        },
    }
    return msgspec.json.encode(document)


_MADE_AT = "Server time: Unix milliseconds or ISO 8601. Advisory, but acts of the crew that are 20 seconds old by it are refused."
_ITEM: dict[str, Any] = {
    "type": "object",
    "required": ["id", "exercise", "type", "data"],
    "properties": {
        "id": {"type": "string", "pattern": "^[A-Za-z0-9_-]{22,64}$", "description": "Made by the client: 128 random bits."},
        "exercise": {"type": "string", "maxLength": 40, "description": "As `state` lists it, or `stage` for the crew."},
        "type": {"type": "string", "maxLength": 24, "description": "One of `accepts`, or `withdraw`."},
        "data": {"type": "object"},
        "made_at": {
            "type": ["number", "string", "null"],
            "description": _MADE_AT,
        },
        "replaces": {"type": ["string", "null"], "description": "An own contribution to the same exercise that this one takes back."},
        "on_behalf": {"type": ["string", "null"], "description": "Crew and helpers: the paper sheet this is entered from."},
    },
}


_PAIRING = {"type": "http", "scheme": "bearer", "description": "The `pairing` that a projector was answered."}


def _paths() -> dict[str, Any]:
    room = {"name": "room_id", "in": "path", "required": True, "schema": {"type": "string"}}
    asks = [
        {"name": "audience", "in": "query", "schema": {"enum": ["phone", "projector", "crew"]}},
        {"name": "language", "in": "query", "schema": {"enum": ["sv", "en"]}},
    ]
    return {
        "/api/v1/rooms/join": {
            "post": {**_call("Go in with a code or a key", "Join", "Joined", 409, 410, 413, 415, 429, 503), "security": []}
        },
        "/api/v1/rooms/{room_id}/state": {
            "parameters": [room, *asks, {"name": "part", "in": "query", "schema": {"const": "own"}}],
            "get": _state_call(),
        },
        "/api/v1/rooms/{room_id}/events": {"parameters": [room, *asks], "get": _events_call()},
        "/api/v1/rooms/{room_id}/contributions": {
            "parameters": [room],
            "post": _call("Give one or a list", None, "Results", 401, 403, 413, 415, 429, 503, 507),
        },
        "/api/v1/rooms/{room_id}/pictures": {"parameters": [room], "post": _picture_call()},
        "/api/v1/rooms/{room_id}/participants/me": {
            "parameters": [room],
            "delete": {"summary": "Leave no trace", "responses": {"204": {"description": "Erased"}, **_problems(401, 403, 429, 503)}},
        },
        "/api/v1/projectors": {
            "post": {**_call("Ask for a code to show on a projector", "NewPairing", "PairingCode", 413, 415, 429, 503), "security": []}
        },
        "/api/v1/projectors/me": {"get": _paired_call()},
        "/api/v1/gatherings/{gathering_id}/documentation.html": {
            "parameters": [{"name": "gathering_id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "get": {
                "summary": "The documentation of a gathering, for its crew",
                "responses": {
                    "200": {"description": "A page", "content": {"text/html": {}}},
                    "404": {"description": "Not for you, or not there"},
                },
            },
        },
    }


def _picture_call() -> dict[str, Any]:
    """For crew, helpers and tables."""
    words = "The file itself: JPEG, PNG or WebP, at most 15 MB. It is drawn anew; nothing but its pixels is kept."
    return {
        "summary": "Bring a photo, to be named in a contribution",
        "requestBody": {"required": True, "description": words, "content": {"image/*": {}, "application/octet-stream": {}}},
        "responses": {"200": _json("Brought", REF.format(name="Brought")), **_problems(401, 403, 404, 408, 413, 422, 429, 503, 507)},
    }


def _paired_call() -> dict[str, Any]:
    words = "The room once the crew has confirmed the code, with a ticket as cookie; ask every other second"
    return {
        "summary": "Which room to show",
        "security": [{"pairing": []}],
        "responses": {"200": _json(words, REF.format(name="Paired")), **_problems(404)},
    }


def _call(summary: str, body: str | None, answer: str, *statuses: int) -> dict[str, Any]:
    item = {"$ref": "#/components/schemas/Item"}
    sent = {"$ref": REF.format(name=body)} if body else {"oneOf": [item, {"type": "array", "items": item, "maxItems": 100}]}
    return {
        "summary": summary,
        "requestBody": {"required": True, "content": {"application/json": {"schema": sent}}},
        "responses": {"200": _json(answer, REF.format(name=answer)), **_problems(400, 404, *statuses)},
    }


def _state_call() -> dict[str, Any]:
    shape = {
        "type": "object",
        "required": ["version", "mine"],
        "properties": {
            "version": {"type": "integer", "description": "The room's ledger sequence, gapless."},
            "server_time": {"type": "string", "format": "date-time"},
            "now": {"type": "integer", "description": "Unix milliseconds."},
            "cells": {"type": "object", "description": "Cell name to what it holds now."},
            "exercises": {
                "type": "array",
                "items": {"type": "object", "description": "id, slug, phase, accepts (type to JSON Schema), example."},
            },
            "mine": {"type": "array", "items": {"type": "object", "description": "id, exercise, type, data."}},
        },
    }
    return {
        "summary": "Everything this ticket may see now",
        "responses": {
            "200": {"description": "The state", "content": {"application/json": {"schema": shape}}},
            "304": {"description": "Nothing has changed since the ETag"},
            **_problems(401, 403, 429),
        },
    }


def _events_call() -> dict[str, Any]:
    words = (
        "Server-sent events: `hello`, then `cell` {cell, v, value} for every current cell and every change, `beat` {now} every 5 s, `bye`."
    )
    return {
        "summary": "Follow the room",
        "responses": {"200": {"description": words, "content": {"text/event-stream": {}}}, **_problems(401, 403)},
    }


def _json(words: str, ref: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": {"$ref": ref}}}}


def _problems(*statuses: int) -> dict[str, Any]:
    refused = {"description": "Refused", "content": {"application/problem+json": {"schema": {"$ref": REF.format(name="Problem")}}}}
    return {str(status): refused for status in statuses}
