"""Addresses of the rooms' pages."""

from django.urls import path

from mellanrum.rooms.views import (
    door,
    lasting,
    open_link,
    opening,
    pairing,
    paper,
    plain,
    plain_photo,
    rehearsing,
    room_pages,
    tables,
    take_home,
)

urlpatterns = [
    path("join", door.join, name="join"),
    path("privacy", door.privacy, name="privacy"),
    path("r/<str:code>/plain", plain.plain, name="plain"),
    path("r/<str:code>/plain/photo", plain_photo.photo, name="plain-photo"),
    path("r/<str:code>/mine", take_home.by_code, name="mine-by-code"),
    path("mine", take_home.by_link, name="mine-link"),
    path("rooms/<str:room_id>/mine", take_home.mine, name="mine"),
    path("rooms/<str:room_id>/mine/link", take_home.link, name="mine-new-link"),
    path("rooms/<str:room_id>/mine/mail", take_home.mail, name="mine-mail"),
    path("rooms/<str:room_id>/mine/leave", take_home.leave, name="mine-leave"),
    path("gatherings/<int:gathering_id>/room", opening.open_gathering, name="open-room"),
    path("gatherings/<int:gathering_id>/rehearsal", rehearsing.rehearse, name="rehearse"),
    path("rooms/<str:room_id>/rehearsal/forward", rehearsing.forward_rehearsal, name="forward-rehearsal"),
    path("rooms/<str:room_id>/rehearsal/walk", rehearsing.walk_rehearsal, name="walk-rehearsal"),
    path("rooms/<str:room_id>/rehearsal/end", rehearsing.end_rehearsal, name="end-rehearsal"),
    path("gatherings/<int:gathering_id>/blocks/<str:key>/lasting", lasting.open_lasting, name="open-lasting"),
    path("rooms/<str:room_id>/lasting", lasting.lasting, name="lasting"),
    path("rooms/<str:room_id>/lasting/until", lasting.move_lasting, name="move-lasting"),
    path("rooms/<str:room_id>/lasting/close", lasting.close_lasting, name="close-lasting"),
    path("o/<str:key>", open_link.open_link, name="open-link"),
    path("rooms/<str:room_id>/cockpit", room_pages.cockpit, name="cockpit"),
    path("rooms/<str:room_id>/projector", room_pages.projector, name="projector"),
    path("projector", pairing.waiting, name="pairing"),
    path("rooms/<str:room_id>/pair", pairing.pair, name="pair"),
    path("rooms/<str:room_id>/screen", room_pages.screen, name="screen"),
    path("rooms/<str:room_id>/tables", tables.tables, name="tables"),
    path("rooms/<str:room_id>/paper", paper.paper, name="paper"),
    path("rooms/<str:room_id>/paper/<str:exercise>", paper.entry, name="paper-entry"),
]
