"""The roles in a team that an answer may be told by."""

from __future__ import annotations

from django.utils.translation import gettext as _


def role_name(role: str) -> str:
    """Empty for no role."""
    return roles().get(role, "")


def roles() -> dict[str, str]:
    return {"lead": _("Samtalsledare"), "host": _("Värd"), "notes": _("Antecknare"), "technology": _("Teknik")}
