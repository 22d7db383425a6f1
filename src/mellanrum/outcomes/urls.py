"""Addresses of what came out."""

from django.urls import path

from mellanrum.outcomes.views.documentation import documentation, documentation_api, finalise

urlpatterns = [
    path("gatherings/<int:gathering_id>/documentation", documentation, name="documentation"),
    path("gatherings/<int:gathering_id>/finalise", finalise, name="finalise"),
    path("api/v1/gatherings/<int:gathering_id>/documentation.html", documentation_api, name="documentation-api"),
]
