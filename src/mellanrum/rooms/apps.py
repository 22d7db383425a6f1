"""Django's name card of this package."""

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "mellanrum.rooms"
    default_auto_field = "django.db.models.BigAutoField"
