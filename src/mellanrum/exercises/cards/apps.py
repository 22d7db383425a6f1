"""Django's name card of this exercise."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "mellanrum.exercises.cards"
    label = "exercise_cards"
