"""What happens to a programme's own decks: made, filled with pictures, given names, used in blocks, removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mellanrum.core.picture_files import NotStored, remove_picture, store_picture
from mellanrum.core.picture_kinds import MOST_BYTES
from mellanrum.core.pictures import NotAPicture, reencoded
from mellanrum.core.ports import provided
from mellanrum.exercise_kit.decks import MOST
from mellanrum.exercise_kit.registry import exercise_type
from mellanrum.programmes.deck_queries import HOUSE, LICENCES, blocks_with_deck, deck_value, opened_in
from mellanrum.programmes.models import Block, Deck, DeckPicture, Programme

# What a phone shows of a card is some 350 pixels wide; a deck of 24 shall be light on a weak net.
LONGEST: Final = 640
QUALITY: Final = 74
AT_MOST_BYTES: Final = 25_000
LINE: Final = 120

_FULL = _("Leken har redan 60 bilder. Ta bort någon först, eller gör en lek till.")
_NO_TITLE = _("Skriv vad leken heter.")
_NO_SOURCE = _("Skriv vem som har gjort bilderna. Det står under dem överallt där de visas.")
_NO_LICENCE = _("Välj vad som får göras med bilderna.")
_NO_NOTE = _("Skriv vad som gäller för bilderna, till exempel vem som har gett lov till vad.")
_TOO_LONG = _("Det är för långt. Skriv högst 120 tecken på varje rad.")
_NEEDED = _("Leken används i ett moment som inte har börjat, och behöver minst två bilder med namn. Byt bilder i momentet först.")
_IN_USE = _("Leken används i ett moment som inte har börjat. Byt bilder i momentet först, sedan kan leken tas bort.")
_NOT_READY = _("Leken behöver minst två bilder med namn innan den kan användas.")
_BEGUN = _("Rummet är redan öppnat, så momentets bilder kan inte bytas.")


class DeckProblem(Exception):
    """It was not done; `reason` says why and what to do. `field` is the form's field, if it is one's fault."""

    def __init__(self, reason: Promise, field: str = "") -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field


class Refused(msgspec.Struct, frozen=True):
    """A file that was not taken, by the name it came with."""

    name: str
    reason: Promise


def create_deck(programme: Programme, facts: Mapping[str, str]) -> Deck:
    """`facts` has title, source, licence and licence_note. Raises DeckProblem."""
    return Deck.objects.create(programme=programme, **_checked(facts))


def change_deck(deck: Deck, facts: Mapping[str, str]) -> None:
    """New facts, also in the blocks that use the deck. Raises DeckProblem."""
    for name, value in _checked(facts).items():
        setattr(deck, name, value)
    with transaction.atomic():
        deck.save()
        _refresh(deck)


def _checked(facts: Mapping[str, str]) -> dict[str, str]:
    said = {name: _line(facts.get(name, "")) for name in ("title", "source", "licence", "licence_note")}
    if any(len(value) > LINE for value in said.values()):
        raise DeckProblem(_TOO_LONG, next(name for name, value in said.items() if len(value) > LINE))
    for field, problem in (("title", _NO_TITLE), ("source", _NO_SOURCE)):
        if not said[field]:
            raise DeckProblem(problem, field)
    if said["licence"] not in LICENCES:
        raise DeckProblem(_NO_LICENCE, "licence")
    if said["licence"] == Deck.Licence.OTHER and not said["licence_note"]:
        raise DeckProblem(_NO_NOTE, "licence_note")
    return said


def _line(text: str) -> str:
    """One line of what can be seen: no line breaks, no signs that turn the text around."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def add_pictures(deck: Deck, files: Iterable[UploadedFile[Any]]) -> tuple[int, tuple[Refused, ...]]:
    """Take what can be taken: how many came in, and each file that did not with its reason."""
    taken, refused = 0, []
    for file in files:
        try:
            _add(deck, file)
            taken += 1
        except (DeckProblem, NotAPicture, NotStored) as problem:
            refused.append(Refused(_line(file.name or "")[:80], problem.reason))
    return taken, tuple(refused)


def _add(deck: Deck, file: UploadedFile[Any]) -> None:
    if deck.pictures.count() >= MOST:
        raise DeckProblem(_FULL)
    content = file.read(MOST_BYTES + 1)
    picture = reencoded(content, longest=LONGEST, quality=QUALITY, at_most=AT_MOST_BYTES)
    name = store_picture(settings.CONFIG.data, picture)
    try:
        DeckPicture.objects.create(deck=deck, file=name)
    except BaseException:
        remove_picture(settings.CONFIG.data, name)
        raise


def name_pictures(deck: Deck, names: Mapping[int, str]) -> None:
    """What the pictures show, by picture id; an empty name changes nothing. Raises DeckProblem."""
    said = {key: name for key, text in names.items() if (name := _line(text))}
    if any(len(name) > LINE for name in said.values()):
        raise DeckProblem(_TOO_LONG, "names")
    with transaction.atomic():
        for picture in deck.pictures.filter(pk__in=said):
            picture.name = said[picture.pk]
            picture.save(update_fields=["name"])
        _refresh(deck)


def remove_from_deck(picture: DeckPicture) -> None:
    """Out of the deck, and from the disk unless a room or a block still shows it. Raises DeckProblem."""
    deck, file = picture.deck, picture.file
    with transaction.atomic():
        picture.delete()
        _refresh(deck)
    _forget(file)


def remove_deck(deck: Deck) -> None:
    """The deck with its pictures; rooms that were opened with it keep theirs. Raises DeckProblem."""
    files = list(deck.pictures.values_list("file", flat=True))
    with transaction.atomic():
        if _waiting_blocks(deck):
            raise DeckProblem(_IN_USE)
        deck.delete()
    for file in files:
        _forget(file)


def use_deck(block: Block, deck: Deck | None) -> None:
    """Let the block set out from that deck; None: from the house's. Raises DeckProblem."""
    with transaction.atomic():
        if block.gathering_id in opened_in(block.gathering.programme):
            raise DeckProblem(_BEGUN)
        value = deck_value(deck) if deck else HOUSE
        if value is None:
            raise DeckProblem(_NOT_READY)
        _carry(block, value)


def _refresh(deck: Deck) -> None:
    """Blocks that wait show the deck as it is now."""
    blocks = _waiting_blocks(deck)
    value = deck_value(Deck.objects.get(pk=deck.pk)) if blocks else None
    if blocks and value is None:
        raise DeckProblem(_NEEDED)
    for block in blocks:
        _carry(block, value)


def _waiting_blocks(deck: Deck) -> list[Block]:
    opened = opened_in(deck.programme)
    used = blocks_with_deck().filter(gathering__programme=deck.programme, definition__deck__id=deck.key)
    return [block for block in used if block.gathering_id not in opened]


def _carry(block: Block, value: Any) -> None:
    """Into the definition, which is brought to today's version and read once, as the room will read it."""
    found = exercise_type(block.exercise)
    data = found.upgrade_definition(block.definition["version"], dict(block.definition)) | {"deck": value}
    msgspec.convert(data, found.definition)
    block.definition = data
    block.save(update_fields=["definition"])


def _forget(file: str) -> None:
    in_a_room = provided("is_in_a_room")
    planned = Block.objects.annotate(text=Cast("definition", TextField())).filter(text__contains=file)
    if not planned.exists() and not (in_a_room and in_a_room(file)):
        remove_picture(settings.CONFIG.data, file)
