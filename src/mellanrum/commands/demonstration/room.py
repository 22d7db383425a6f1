"""The demo's facilitator, programme and open room."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.utils.timezone import localdate

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.middleware import DEMO_EMAIL
from mellanrum.accounts.models import User
from mellanrum.accounts.queries import has_others_than
from mellanrum.commands.problems import Problem, _
from mellanrum.core.clock import now
from mellanrum.programmes.actions import create_programme_from_template, plan_start
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.templates import Template, library_template
from mellanrum.rooms.actions import mint_ticket, open_room
from mellanrum.rooms.models import Ticket
from mellanrum.rooms.plan import Block, read_plan
from mellanrum.rooms.playable import NotPlayable

TEMPLATE, COMING = "prova-pa", "larandetraff"
AHEAD = timedelta(days=7)
FIRST = "scale"  # the exercise the demo begins with, where there is one


@dataclass(frozen=True)
class Demo:
    """What the line of JSON tells; and the room's id, and the key of the block to begin with."""

    base: str
    code: str
    phone: str
    projector: str
    cockpit: str
    ticket: str
    room: str
    step: str

    def facts(self) -> dict[str, str]:
        facts = asdict(self)
        del facts["room"], facts["step"]
        return facts


def open_demo_room(base: str, template: Template | None = None) -> Demo:
    """Make what is missing and open the room. Raises Problem where real people have accounts, and for what cannot be played."""
    if has_others_than(DEMO_EMAIL):
        raise Problem(_("Mappen hör till en riktig installation, och demon öppnar allt för vem som helst här. Välj en annan --data."))
    facilitator = create_person(DEMO_EMAIL, name="Elin Fors")
    try:
        room = open_room(_gathering(facilitator, template))
    except NotPlayable as error:
        raise Problem(" ".join(one.sentence for one in error.hindrances)) from error
    return Demo(
        base=base,
        code=room.code or "",
        phone=f"{base}/r/{room.code}",
        projector=f"{base}/rooms/{room.id}/projector",
        cockpit=f"{base}/rooms/{room.id}/cockpit",
        ticket=mint_ticket(room, Ticket.Kind.CREW, user=facilitator),
        room=room.id,
        step=min(read_plan(room.plan).blocks, key=_rank).key,
    )


def _rank(block: Block) -> int:
    """The first rating comes before the first of any exercise, and that before the first block."""
    if block.exercise is None:
        return 2
    return 0 if block.exercise.slug == FIRST else 1


def _gathering(facilitator: User, template: Template | None) -> Gathering:
    """The demo's gathering, planned to begin now when it is new; without a template the one that the folder has."""
    there = Gathering.objects.filter(programme__memberships__user=facilitator).select_related("programme")
    found = (there.filter(programme__template=f"{template.name} {template.version}") if template else there).first()
    if found is not None:
        return found
    programme = create_programme_from_template(template or library_template(TEMPLATE), owner=facilitator)
    gathering = programme.gatherings.select_related("programme").get(position=1)
    plan_start(gathering, starts_at=now().replace(second=0, microsecond=0))
    if template is None:
        _plan_ahead(facilitator)
    return gathering


def _plan_ahead(facilitator: User) -> None:
    """A meeting next week whose room is not open, so that there is something to plan."""
    coming = create_programme_from_template(library_template(COMING), owner=facilitator, first_day=localdate() + AHEAD)
    Gathering.objects.filter(programme=coming).update(place="Gamla tryckeriet, Fabelå")
