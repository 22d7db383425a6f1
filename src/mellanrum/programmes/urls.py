"""Addresses of the plan."""

from django.urls import path

from mellanrum.programmes.views.gathering import gathering
from mellanrum.programmes.views.start import from_template

urlpatterns = [
    path("gatherings/<int:gathering_id>", gathering, name="gathering"),
    path("programmes/from-template", from_template, name="from-template"),
]
