"""Django's name card of this package, and what it offers to packages that cannot import it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mellanrum.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mellanrum.accounts import housekeeping, letters  # the models are there only now
        from mellanrum.core.housekeeping import sweep

        sweep(housekeeping.outlived)
        sweep(letters.outlived)
