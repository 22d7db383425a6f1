"""Django's name card of this package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mellanrum.accounts"
    default_auto_field = "django.db.models.BigAutoField"
