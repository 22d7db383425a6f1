"""Django's name card of this package."""

from django.apps import AppConfig


class ExerciseKitConfig(AppConfig):
    name = "mellanrum.exercise_kit"
    default_auto_field = "django.db.models.BigAutoField"
