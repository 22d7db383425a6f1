"""Addresses of the rooms' pages."""

from django.urls import path

from mellanrum.rooms.views import door, opening, pairing, paper, plain, plain_photo, room_pages, tables

urlpatterns = [
    path("join", door.join, name="join"),
    path("privacy", door.privacy, name="privacy"),
    path("accessibility", door.accessibility, name="accessibility"),
    path("r/<str:code>/plain", plain.plain, name="plain"),
    path("r/<str:code>/plain/photo", plain_photo.photo, name="plain-photo"),
    path("gatherings/<int:gathering_id>/room", opening.open_gathering, name="open-room"),
    path("rooms/<str:room_id>/cockpit", room_pages.cockpit, name="cockpit"),
    path("rooms/<str:room_id>/projector", room_pages.projector, name="projector"),
    path("projector", pairing.waiting, name="pairing"),
    path("rooms/<str:room_id>/pair", pairing.pair, name="pair"),
    path("rooms/<str:room_id>/screen", room_pages.screen, name="screen"),
    path("rooms/<str:room_id>/tables", tables.tables, name="tables"),
    path("rooms/<str:room_id>/paper", paper.paper, name="paper"),
    path("rooms/<str:room_id>/paper/<str:exercise>", paper.entry, name="paper-entry"),
]
