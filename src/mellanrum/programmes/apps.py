"""Django's name card of this package."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "mellanrum.programmes"
    default_auto_field = "django.db.models.BigAutoField"
