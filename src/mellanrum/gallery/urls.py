"""Addresses of the gallery."""

from django.urls import path

from mellanrum.gallery.views.components import component_list, component_page, specimen
from mellanrum.gallery.views.face import face
from mellanrum.gallery.views.room import room_page, room_state
from mellanrum.gallery.views.types import home, one_type

urlpatterns = [
    path("", home, name="gallery"),
    path("components", component_list, name="gallery-components"),
    path("components/<slug:name>", component_page, name="gallery-component"),
    path("components/<slug:name>/specimen", specimen, name="gallery-specimen"),
    path("room", room_page, name="gallery-room"),
    path("room/<slug:state>", room_state, name="gallery-room-state"),
    path("types/<slug:slug>", one_type, name="gallery-type"),
    path("types/<slug:slug>/<slug:example>", one_type, name="gallery-example"),
    path("types/<slug:slug>/<slug:example>/<slug:phase>", one_type, name="gallery-phase"),
    path("face/<slug:slug>/<slug:example>/<slug:phase>/<slug:place>", face, name="gallery-face"),
]
