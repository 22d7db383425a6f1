"""Django's name card of this package."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "mellanrum.outcomes"
    default_auto_field = "django.db.models.BigAutoField"
