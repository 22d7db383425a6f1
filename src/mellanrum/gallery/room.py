"""The room's own states, which belong to no exercise: waiting, looking up, frozen, closed, and the doors of a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mellanrum.rooms.live.qr import qr_path
from mellanrum.rooms.stage.views import Clock, Now, PhoneStage, ProjectorStage

if TYPE_CHECKING:
    from mellanrum.exercise_kit.contract import Words

NOON = 1_776_340_800_000
BLOCK = Now(step="block-7", block="block-7", title="Bordssamtal med kaffe")
AWAY = Now(step="block-7", block="block-7", title="Bordssamtal med kaffe", exercise="round-1", slug="round", phase="round", phones=False)
RUNNING = Clock(NOON, NOON + 770_000, 770_000)
PAUSED = Clock(NOON, None, 770_000, 412_000)
ADDRESS, CODE = "mellanrum.example", "47190326"
SAID = "Kaffet är framme. Mikrofonen i salen sprakar, vi byter."
PEOPLE = {"here": 31, "organisations": 9}


@dataclass(frozen=True)
class RoomState:
    """`surface` is phone or projector; `stage` its cell, None for a phone that stands at the `door` of that name."""

    key: str
    title: Words
    surface: str
    stage: PhoneStage | ProjectorStage | None = None
    door: str = ""

    @property
    def context(self) -> dict[str, Any]:
        """What the fragments of the surface want."""
        qr = qr_path(f"https://{ADDRESS}/r/{CODE}")
        return {"view": self.stage, "qr_path": qr.path, "qr_size": qr.size, "people": PEOPLE, "door": self.door}


def _phone(status: str = "running", now: Now | None = None, message: str = "", closed_at: int | None = None) -> PhoneStage:
    return PhoneStage(status, "Modet att mötas", "Grus i skon", "Lärandeträff 3", now, message, closed_at)


def _wall(
    status: str = "running", *, showing: str = "step", frozen: bool = False, clock: Clock | None = RUNNING, say: str = ""
) -> ProjectorStage:
    return ProjectorStage(status, "Modet att mötas", "Grus i skon", "Lärandeträff 3", ADDRESS, CODE, frozen, showing, BLOCK, clock, say)


STATES: dict[str, RoomState] = {
    state.key: state
    for state in (
        RoomState("phone-not-found", _("Koden finns inte"), "phone", door="not_found"),
        RoomState("phone-not-open", _("Inte öppnat än"), "phone", door="not_open"),
        RoomState("phone-offline", _("Ingen kontakt"), "phone", door="offline"),
        RoomState("phone-waiting", _("Väntar på att börja"), "phone", _phone("waiting")),
        RoomState(
            "phone-looking-up",
            _("Titta upp"),
            "phone",
            _phone(now=BLOCK, message=SAID),
        ),
        RoomState("phone-away", _("Telefoner undan"), "phone", _phone(now=AWAY)),
        RoomState("phone-closed", _("Träffen är slut"), "phone", _phone("closed", closed_at=NOON)),
        RoomState("projector-join", _("Kliv in"), "projector", _wall("waiting")),
        RoomState("projector-block", _("Ett moment utan övning"), "projector", _wall()),
        RoomState("projector-paused", _("Pausad"), "projector", _wall(clock=PAUSED)),
        RoomState("projector-time", _("Bara tiden"), "projector", _wall(showing="time")),
        RoomState("projector-frozen", _("Vilande bild"), "projector", _wall(frozen=True)),
        RoomState("projector-message", _("Ett meddelande"), "projector", _wall(say=SAID)),
        RoomState("projector-closed", _("Stängt"), "projector", _wall("closed")),
    )
}
