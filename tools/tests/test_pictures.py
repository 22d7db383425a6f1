"""Contact sheets: every address in them is a page, a sheet is labelled and small, and what looks the same is left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from mellanrum.exercise_kit.registry import choosable
from mellanrum.gallery.tests.looking import look
from tools.pictures import FOLDER, GAP, LABEL, MOST_BYTES, contact_sheet, keep, looks_the_same
from tools.shots import Surface, surfaces

SURFACES = surfaces(
    {"gathering": "/gatherings/1", "planned": "/gatherings/2", "cockpit": "/rooms/x/cockpit", "entry": "/rooms/x/paper/scale-2"}
)


def picture(width: int = 400, height: int = 200, *, dot: int = 0) -> Image.Image:
    made = Image.new("RGB", (width, height), "#EFF1EB")
    ImageDraw.Draw(made).rectangle((20, 20, 20 + dot, 20 + dot), fill="#14606D")
    return made


@pytest.mark.parametrize("surface", SURFACES, ids=lambda one: one.name)
def test_every_gallery_address_is_a_page(settings: Any, surface: Surface) -> None:
    settings.DEMO = True
    named = [shot.path for shot in surface.shots if shot.path.startswith("/gallery/")]
    assert all(look(path).status_code == 200 for path in named)


def test_every_type_is_on_phone_wall_and_cockpit() -> None:
    for surface in SURFACES[:3]:
        assert {shot.label.split()[0] for shot in surface.shots} >= set(choosable())


def test_a_sheet_has_every_picture_with_room_for_its_label() -> None:
    surface = Surface("some", 2, 100, ())
    sheet = contact_sheet(surface, [("one", picture()), ("two", picture(100)), ("three", picture())])
    assert sheet.size == (200 + 50 + 3 * GAP, 2 * (100 + LABEL + GAP) + GAP)


def test_what_looks_the_same_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "sheet.webp"
    assert "quality" in keep(file, picture())
    before = file.read_bytes()
    assert keep(file, picture()) == "sheet.webp: as it was"
    assert file.read_bytes() == before
    assert "quality" in keep(file, picture(dot=80))
    assert file.read_bytes() != before


def test_a_digit_is_noise_and_a_block_is_not() -> None:
    assert looks_the_same(picture(), picture(dot=2))
    assert not looks_the_same(picture(), picture(dot=60))
    assert not looks_the_same(picture(), picture(401))


def test_the_sheets_of_the_project_are_there_and_small() -> None:
    for surface in SURFACES:
        assert 0 < (FOLDER / f"{surface.name}.webp").stat().st_size <= MOST_BYTES
