"""Addresses of what came out."""

from django.urls import path

from mellanrum.outcomes.views.documentation import documentation, documentation_api
from mellanrum.outcomes.views.editing import edit, publish
from mellanrum.outcomes.views.files import documentation_markdown, documentation_pdf
from mellanrum.outcomes.views.finalise import finalise
from mellanrum.outcomes.views.own import link, link_change, own, own_change
from mellanrum.outcomes.views.public import public
from mellanrum.outcomes.views.rehearsal import rehearsal_documentation

urlpatterns = [
    path("gatherings/<int:gathering_id>/documentation", documentation, name="documentation"),
    path("gatherings/<int:gathering_id>/documentation.pdf", documentation_pdf, name="documentation-pdf"),
    path("gatherings/<int:gathering_id>/documentation.md", documentation_markdown, name="documentation-markdown"),
    path("gatherings/<int:gathering_id>/documentation/edit", edit, name="edit-documentation"),
    path("gatherings/<int:gathering_id>/documentation/own", own, name="own-passage"),
    path("gatherings/<int:gathering_id>/documentation/own/<int:own_id>", own_change, name="change-own-passage"),
    path("gatherings/<int:gathering_id>/documentation/links", link, name="material-link"),
    path("gatherings/<int:gathering_id>/documentation/links/<int:link_id>", link_change, name="change-material-link"),
    path("gatherings/<int:gathering_id>/documentation/publish", publish, name="publish-documentation"),
    path("gatherings/<int:gathering_id>/finalise", finalise, name="finalise"),
    path("rooms/<str:room_id>/rehearsal/documentation", rehearsal_documentation, name="rehearsal-documentation"),
    path("documentation/<str:slug>", public, name="public-documentation"),
    path("api/v1/gatherings/<int:gathering_id>/documentation.html", documentation_api, name="documentation-api"),
]
