"""What the facilitator prepares: the question. The answers to choose from are the same for every room."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Definition as Base

CHOICES = {"up": _("Tummen upp"), "aside": _("Åt sidan"), "down": _("Tummen ner")}


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    question: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
