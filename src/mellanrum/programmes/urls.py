"""Addresses of the plan."""

from django.urls import path

from mellanrum.programmes.views import building, csv_sheet, decks, marking, planning, reshaping
from mellanrum.programmes.views.following import day
from mellanrum.programmes.views.gathering import gathering
from mellanrum.programmes.views.paper import paper
from mellanrum.programmes.views.people import again, change, link, people, remove
from mellanrum.programmes.views.start import empty, from_template

urlpatterns = [
    path("gatherings/<int:gathering_id>", gathering, name="gathering"),
    path("gatherings/<int:gathering_id>/paper", paper, name="plan-paper"),
    path("gatherings/<int:gathering_id>/details", planning.details, name="gathering-details"),
    path("gatherings/<int:gathering_id>/blocks", planning.add, name="add-block"),
    path("gatherings/<int:gathering_id>/restore", planning.restore, name="restore-block"),
    path("gatherings/<int:gathering_id>/blocks/<str:key>", planning.block, name="block"),
    path("gatherings/<int:gathering_id>/blocks/<str:key>/move", planning.move, name="move-block"),
    path("gatherings/<int:gathering_id>/blocks/<str:key>/remove", planning.remove, name="remove-block"),
    path("gatherings/<int:gathering_id>/blocks/<str:key>/exercise", planning.exercise, name="block-exercise"),
    path("gatherings/<int:gathering_id>/blocks/<str:key>/duplicate", reshaping.duplicate, name="duplicate-block"),
    path("gatherings/<int:gathering_id>/blocks/<str:key>/split", reshaping.split, name="split-block"),
    path("gatherings/<int:gathering_id>/blocks/<str:key>/join", reshaping.join, name="join-block"),
    path("gatherings/<int:gathering_id>/day", day, name="gathering-day"),
    path("gatherings/<int:gathering_id>/library", building.blocks, name="gathering-blocks"),
    path("gatherings/<int:gathering_id>/library/save", building.save, name="save-blocks"),
    path("gatherings/<int:gathering_id>/library/<int:number>/remove", building.drop, name="drop-block"),
    path("programmes/<int:programme_id>/gatherings", building.add_gathering, name="add-gathering"),
    path("gatherings/<int:gathering_id>/plan.csv", csv_sheet.csv_out, name="csv-out"),
    path("gatherings/<int:gathering_id>/table", csv_sheet.csv_in, name="csv-in"),
    path("gatherings/<int:gathering_id>/marked", marking.marked, name="marked-blocks"),
    path("gatherings/<int:gathering_id>/undo", reshaping.undo_change, name="undo-change"),
    path("programmes/empty", empty, name="empty-programme"),
    path("programmes/from-template", from_template, name="from-template"),
    path("programmes/<int:programme_id>/people", people, name="people"),
    path("programmes/<int:programme_id>/people/<int:person_id>/role", change, name="change-role"),
    path("programmes/<int:programme_id>/people/<int:person_id>/invitation", again, name="invite-again"),
    path("programmes/<int:programme_id>/people/<int:person_id>/link", link, name="hand-link"),
    path("programmes/<int:programme_id>/people/<int:person_id>/remove", remove, name="remove-person"),
    path("programmes/<int:programme_id>/decks", decks.decks, name="decks"),
    path("programmes/<int:programme_id>/decks/<int:deck_id>", decks.deck, name="deck"),
    path("programmes/<int:programme_id>/decks/<int:deck_id>/pictures", decks.pictures, name="deck-pictures"),
    path("programmes/<int:programme_id>/decks/<int:deck_id>/names", decks.names, name="deck-names"),
    path("programmes/<int:programme_id>/decks/<int:deck_id>/pictures/<int:picture_id>/remove", decks.remove_one, name="remove-picture"),
    path("programmes/<int:programme_id>/decks/<int:deck_id>/use", decks.use, name="use-deck"),
    path("programmes/<int:programme_id>/decks/<int:deck_id>/remove", decks.remove_all, name="remove-deck"),
]
