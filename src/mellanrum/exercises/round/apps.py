"""Django's name card of this exercise."""

from django.apps import AppConfig


class RoundConfig(AppConfig):
    name = "mellanrum.exercises.round"
    label = "exercise_round"
