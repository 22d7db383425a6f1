"""Django's name card of this exercise."""

from django.apps import AppConfig


class SlideConfig(AppConfig):
    name = "mellanrum.exercises.slide"
    label = "exercise_slide"
