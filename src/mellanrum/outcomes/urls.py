"""Addresses of what came out."""

from django.urls import path

from mellanrum.outcomes.views.documentation import documentation, documentation_api, documentation_markdown, documentation_pdf

urlpatterns = [
    path("gatherings/<int:gathering_id>/documentation", documentation, name="documentation"),
    path("gatherings/<int:gathering_id>/documentation.pdf", documentation_pdf, name="documentation-pdf"),
    path("gatherings/<int:gathering_id>/documentation.md", documentation_markdown, name="documentation-markdown"),
    path("api/v1/gatherings/<int:gathering_id>/documentation.html", documentation_api, name="documentation-api"),
]
