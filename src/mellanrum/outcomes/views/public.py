"""The public page of a documentation: for everybody who has the address, as long as it is public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mellanrum.outcomes.finality import known_of
from mellanrum.outcomes.models import Publication
from mellanrum.outcomes.views.documentation import WaysOn, documentation_page


@never_cache
@require_safe
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """Harvested for every reader, so that what is hidden or erased is gone here at once."""
    found = get_object_or_404(Publication.objects.select_related("gathering__programme"), slug=slug, is_public=True)
    return documentation_page(request, found.gathering, WaysOn(is_preliminary=not known_of(found.gathering).is_final))
