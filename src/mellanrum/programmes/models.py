"""The plan: a programme's gatherings and their run sheets."""

from django.conf import settings
from django.db import models


class Programme(models.Model):
    """A learning programme: the whole series with goals, members, meetings and results."""

    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="sv")
    template = models.CharField(max_length=120, blank=True, help_text="Name and version of the template file it was made from.")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """What a person may do in a programme."""

    class Role(models.TextChoices):
        OWNER = "owner"
        FACILITATOR = "facilitator"
        HELPER = "helper"
        VIEWER = "viewer"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "user"], name="one_role_per_person")]


class Gathering(models.Model):
    """One meeting of a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="gatherings")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=40, default="learning-meeting")
    title = models.CharField(max_length=200)
    theme = models.CharField(max_length=200, blank=True)
    purpose = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    changes = models.TextField(blank=True, help_text="What the team changes since the gathering before.")
    shows_changes = models.BooleanField(default=False, help_text="True: it stands on the wall when the gathering opens.")
    expected = models.PositiveSmallIntegerField(null=True, help_text="How many participants to count on; null: nobody knows.")

    class Meta:
        ordering = ["programme", "position"]

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """One row of the run sheet; only the team sees it."""

    class Kind(models.TextChoices):
        """What people's attention is asked for."""

        LISTEN = "listen"
        ALONE = "alone"
        TABLE = "table"
        ALL = "all"

    class Part(models.TextChoices):
        """When the team does it: before people come, with them, or when they have left."""

        BEFORE = "before"
        MEETING = "meeting"
        AFTER = "after"

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="blocks")
    key = models.CharField(max_length=40, help_text="Stable name within the gathering, as `block-3`.")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    agenda = models.CharField(max_length=200, blank=True, help_text="What participants see; empty: nothing.")
    shown = models.BooleanField(default=True, help_text="False: participants do not see the heading now.")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.LISTEN)
    icon = models.CharField(max_length=40, default="circle-notch")
    minutes = models.PositiveSmallIntegerField(default=5, help_text="As long as it should be.")
    least = models.PositiveSmallIntegerField(null=True, help_text="Minutes it needs to be worth doing; null: nobody has said.")
    most = models.PositiveSmallIntegerField(null=True, help_text="Minutes after which it drags; null: nobody has said.")
    fixed_at = models.TimeField(null=True, help_text="The clock time it begins at whatever came before: lunch, a train, a booked speaker.")
    part = models.CharField(max_length=8, choices=Part.choices, default=Part.MEETING)
    section = models.CharField(max_length=120, blank=True, help_text="A heading for the team that stands above this block.")
    why = models.CharField(max_length=200, blank=True, help_text="What it is for, said to whoever shortens it.")
    tracks = models.JSONField(default=list, help_text="What goes on side by side in it, as `programmes.tracks` reads it.")
    responsible = models.CharField(max_length=120, blank=True)
    say = models.TextField(blank=True)
    do = models.JSONField(default=list, help_text="Check list, one short sentence each.")
    material = models.JSONField(default=list)
    phones = models.BooleanField(default=True, help_text="False: phones away.")
    exercise = models.CharField(max_length=40, blank=True, help_text="Slug of the exercise type.")
    definition = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["gathering", "position"]
        constraints = [models.UniqueConstraint(fields=["gathering", "key"], name="block_key_once")]

    @property
    def heading(self) -> str:
        """What participants see of it; empty: nothing. What the team does before and after is never theirs."""
        return self.agenda if self.shown and self.part == self.Part.MEETING else ""


class Deck(models.Model):
    """Pictures of a programme's own for exercises that set out from one."""

    class Licence(models.TextChoices):
        CC0 = "cc0"
        CC_BY = "cc-by"
        CC_BY_SA = "cc-by-sa"
        OWN = "own"
        OTHER = "other"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="decks")
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=120, help_text="Who made the pictures.")
    licence = models.CharField(max_length=16, choices=Licence.choices)
    licence_note = models.CharField(max_length=120, blank=True, help_text="More about what may be done; for `other` all of it.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["programme", "title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """What a definition calls it."""
        return f"deck-{self.pk}"


class DeckPicture(models.Model):
    """One picture of a deck. Without a name it is not in the deck yet: somebody will hear the name instead of seeing it."""

    deck = models.ForeignKey(Deck, on_delete=models.CASCADE, related_name="pictures")
    file = models.CharField(max_length=40, unique=True, help_text="Name in the folder of pictures.")
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["deck", "pk"]


class PlanChange(models.Model):
    """One change of a gathering's plan, so that whoever made it can undo it; gone after a day."""

    id = models.CharField(primary_key=True, max_length=40, help_text="Made by the browser, so that a change sent twice is one.")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="plan_changes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plan_changes")
    text = models.CharField(max_length=300, help_text="What undoing it undoes, in the language of the person.")
    difference = models.JSONField(help_text="What was and what became of it, as `programmes.differences` tells it.")
    told = models.JSONField(default=dict, help_text="What the browser was answered.")
    is_undone = models.BooleanField(default=False)
    at = models.DateTimeField(db_index=True)


class SavedBlock(models.Model):
    """A block put by in the programme's library, to be used in its gatherings."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="saved_blocks")
    title = models.CharField(max_length=200)
    content = models.JSONField(help_text="What a block holds, by column.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["programme", "title", "pk"]

    def __str__(self) -> str:
        return self.title
