"""Django's name card of this package."""

from django.apps import AppConfig

from mellanrum.core.ports import provide


class OutcomesConfig(AppConfig):
    name = "mellanrum.outcomes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mellanrum.outcomes.forgetting import forget_gone_in, forget_words  # the models are there only now

        provide("forget_words", forget_words)
        provide("forget_gone", forget_gone_in)
