"""The live room: its tickets, its people and the ledger of everything anyone gave."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from mellanrum.programmes.models import Gathering


class Room(models.Model):
    """One gathering while it is live, and its ledger for years after."""

    class Kind(models.TextChoices):
        """What it is for: the gathering itself, trying it out with nobody there, or one exercise that is open for days by link."""

        MEETING = "meeting"
        REHEARSAL = "rehearsal"
        LASTING = "lasting"

    id = models.CharField(max_length=26, primary_key=True, help_text="128 random bits, base32.")
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="rooms")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MEETING)
    code = models.CharField(max_length=8, null=True, unique=True, help_text="Opens the door; empty once it is given to another room.")
    key_hash = models.CharField(max_length=64, help_text="Hash of the key in the QR code.")
    key = models.CharField(max_length=32, help_text="The key itself, shown on the projector to everyone in the room.")
    language = models.CharField(max_length=8, default="sv")
    plan = models.JSONField(help_text="The run sheet as it was when the room opened: list of blocks.")
    last_seq = models.BigIntegerField(default=0, help_text="Gapless sequence of the ledger; written by the ledger only.")
    created_at = models.DateTimeField(auto_now_add=True)
    opens_at = models.DateTimeField(null=True, help_text="The door is shut before; empty: open at once.")
    closes_at = models.DateTimeField(null=True, help_text="It closes by itself then; empty: when its crew closes it.")
    closed_at = models.DateTimeField(null=True, help_text="Mirror of the ledger's close act, for lists; the fold is truth.")
    finalised_at = models.DateTimeField(null=True, help_text="From then on it takes nothing more, for good.")
    authors_cut_at = models.DateTimeField(null=True, help_text="Finalising is complete: nobody can tell who gave what anonymously.")


class FrozenHarvest(models.Model):
    """What an anonymous exercise of a finalised room yields: its people can no longer be counted from the ledger."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="frozen")
    exercise = models.CharField(max_length=40)
    passages = models.TextField(help_text="JSON of the document's passages.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "exercise"], name="one_harvest_per_exercise")]


class Participant(models.Model):
    """Someone in a room, without account. Name and organisation only if they chose to say."""

    id = models.CharField(max_length=26, primary_key=True)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=160, blank=True)
    group = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, default="sv")


class Ticket(models.Model):
    """What opens one room for one holder; stored as a hash so that the database cannot open it."""

    class Kind(models.TextChoices):
        PARTICIPANT = "participant"
        TABLE = "table"
        PROJECTOR = "projector"
        CREW = "crew"
        HELPER = "helper"

    hash = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the token, hex.")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="tickets")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    participant = models.ForeignKey(Participant, null=True, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE)
    expires_at = models.BigIntegerField(help_text="Unix seconds.")
    table = models.PositiveSmallIntegerField(null=True, help_text="The number of the table that shares it.")
    stands_for = models.PositiveSmallIntegerField(default=1, help_text="How many people share it: one, or those at a table.")
    is_paired = models.BooleanField(default=False, help_text="On a screen that showed a code; nobody signs in there.")


class TakeHomeLink(models.Model):
    """A secret address of one person's own page, for another device. It only shows; what it shows goes when the person does.

    `sealed` holds the names they wrote under in anonymous exercises, locked with the link itself: the database cannot open it.
    """

    hash = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the token, hex.")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="take_home_links")
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    is_mailed = models.BooleanField(default=False)


class LedgerIsAppendOnly(Exception):
    """The ledger is written by `rooms.ledger` alone."""


class Contribution(models.Model):
    """One row of the ledger. Written by `rooms.ledger`, read anywhere; never saved through this class."""

    pk = models.CompositePrimaryKey("room", "seq")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="ledger", db_index=False)  # both keys begin with it
    seq = models.BigIntegerField()
    id = models.CharField(max_length=64, help_text="Made by the client: 128 random bits.")
    exercise = models.CharField(max_length=40)
    kind = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField()
    author = models.CharField(
        max_length=64, null=True, help_text="Participant, crew:<user>, sheet:<n> or an HMAC; empty once erased or finalised."
    )
    role = models.CharField(max_length=16)
    origin = models.CharField(max_length=12, default="phone", help_text="phone, plain, paper, room.")
    data = models.TextField(null=True, help_text="JSON as received, NFC; empty once erased.")
    at = models.BigIntegerField(null=True, help_text="Server time, Unix milliseconds; empty in anonymous exercises.")
    late = models.BooleanField(default=False)
    digest = models.BinaryField(max_length=8, help_text="Of the canonical body: tells a retry from a reused id.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "id"], name="one_row_per_id")]

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerIsAppendOnly

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerIsAppendOnly
