"""Django's name card of this package."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "mellanrum.ui"
    default_auto_field = "django.db.models.BigAutoField"
