"""Django's name card of this exercise."""

from django.apps import AppConfig


class ScaleConfig(AppConfig):
    name = "mellanrum.exercises.scale"
    label = "exercise_scale"
