"""Django's name card of this package."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import AppConfig

from mellanrum.core.ports import provide

if TYPE_CHECKING:
    from mellanrum.programmes.models import Gathering


class OutcomesConfig(AppConfig):
    name = "mellanrum.outcomes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mellanrum.outcomes.forgetting import forget_gone_in, forget_words  # the models are there only now
        from mellanrum.outcomes.heard import heard_before

        provide("public_documentation", public_documentation)
        provide("published_among", published_among)
        provide("forget_words", forget_words)
        provide("forget_gone", forget_gone_in)
        provide("heard_before", heard_before)


def published_among(gatherings: Collection[int]) -> frozenset[int]:
    """Those of the gatherings whose documentation may be read by everybody; one query."""
    from mellanrum.outcomes.models import Publication  # the models are there only now

    return frozenset(Publication.objects.filter(gathering__in=gatherings, is_public=True).values_list("gathering_id", flat=True))


def public_documentation(gathering: Gathering) -> str:
    """The address of the gathering's documentation for everybody; empty while it is not public."""
    from django.urls import reverse

    from mellanrum.outcomes.models import Publication  # the models are there only now

    found = Publication.objects.filter(gathering=gathering, is_public=True).first()
    return reverse("public-documentation", args=[found.slug]) if found else ""
