"""Django's name card of this package."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "mellanrum.programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mellanrum.core.housekeeping import sweep  # the models are there only now
        from mellanrum.programmes.undoing import outlived

        sweep(outlived)
