"""Addresses of the plan."""

from django.urls import path

from mellanrum.programmes.views.gathering import gathering
from mellanrum.programmes.views.people import again, change, people, remove
from mellanrum.programmes.views.start import from_template

urlpatterns = [
    path("gatherings/<int:gathering_id>", gathering, name="gathering"),
    path("programmes/from-template", from_template, name="from-template"),
    path("programmes/<int:programme_id>/people", people, name="people"),
    path("programmes/<int:programme_id>/people/<int:person_id>/role", change, name="change-role"),
    path("programmes/<int:programme_id>/people/<int:person_id>/invitation", again, name="invite-again"),
    path("programmes/<int:programme_id>/people/<int:person_id>/remove", remove, name="remove-person"),
]
