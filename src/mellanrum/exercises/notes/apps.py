"""Django's name card of this exercise."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "mellanrum.exercises.notes"
    label = "exercise_notes"
