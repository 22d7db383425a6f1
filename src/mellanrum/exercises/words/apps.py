"""Django's name card of this exercise."""

from django.apps import AppConfig


class WordsConfig(AppConfig):
    name = "mellanrum.exercises.words"
    label = "exercise_words"
