"""What editors put over the harvest, and whether the public may read it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from mellanrum.core.ids import random_id
from mellanrum.programmes.models import Gathering


class PassageEdit(models.Model):
    """What lies over one harvested passage. The harvest itself is never changed, so a new harvest keeps the edit.

    `texts` maps the mark of a text as it was harvested (`overlay.mark_of`) to what stands instead; empty leaves it out.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="passage_edits")
    passage = models.CharField(max_length=200, help_text="The key of the harvested passage.")
    heading = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    is_left_out = models.BooleanField(default=False)
    texts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1, help_text="One more with every change, so that two editors notice each other.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "passage"], name="one_edit_per_passage")]


class OwnPassage(models.Model):
    """A passage that the editors have written themselves: first, after a harvested passage, or last (also when that one is gone)."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="own_passages")
    heading = models.CharField(max_length=200)
    text = models.TextField()
    is_first = models.BooleanField(default=False, help_text="Before everything else.")
    after = models.CharField(max_length=200, blank=True, help_text="The key of the harvested passage it follows; empty: first or last.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]


class MaterialLink(models.Model):
    """Where material or a recording lies; shown at the end of the documentation."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="material_links")
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=1000)
    about = models.CharField(max_length=200, blank=True, help_text="What it is, as `webinar, 54 minutes`.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]


class Publication(models.Model):
    """That a gathering's documentation may be read by everybody who has the address. It shows the harvest of the moment, never a copy:
    what is hidden or erased later is gone from it, too.
    """

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="publication")
    slug = models.CharField(max_length=32, unique=True, default=random_id)
    is_public = models.BooleanField(default=True)
    published_at = models.DateTimeField()
