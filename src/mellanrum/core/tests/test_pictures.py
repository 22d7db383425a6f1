"""Pictures drawn anew: upright, in their colours, with nothing else of the file; and files that are refused with what to do."""

from __future__ import annotations

import io
import sys
import threading
import time
from typing import Any

import pytest
from django.utils import translation
from PIL import Image, ImageCms

from mellanrum.core import pictures
from mellanrum.core.picture_kinds import BROKEN, EMPTY, HEAVY, HEIC, MOST_BYTES, WIDE
from mellanrum.core.pictures import NotAPicture, Picture, reencoded
from mellanrum.core.tests.picture_cases import HTML, SECRET, SVG, heic, landscape, packed, png_of, saved, told_all, webp_of

RED, BLUE = (200, 20, 20), (20, 20, 200)


def opened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.content))
    image.load()
    return image


def pixel(picture: Picture, x: float, y: float) -> tuple[int, ...]:
    found = opened(picture).convert("RGB").getpixel((int(x * picture.width), int(y * picture.height)))
    assert isinstance(found, tuple)
    return tuple(int(value) for value in found)


def near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 24) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def chunks(webp: bytes) -> list[bytes]:
    found, at = [], 12
    while at < len(webp):
        found.append(webp[at : at + 4])
        at += 8 + int.from_bytes(webp[at + 4 : at + 8], "little") // 2 * 2
    return found


def reason(data: bytes, **options: Any) -> str:
    with pytest.raises(NotAPicture) as refused:
        reencoded(data, **options)
    return str(refused.value.reason)


def test_nothing_but_pixels_comes_along() -> None:
    data = told_all()
    assert data.count(SECRET) == 4  # place, maker, comment, xmp: it could leak
    picture = reencoded(data)
    assert SECRET not in picture.content
    assert chunks(picture.content) == [b"VP8 "]
    assert not opened(picture).getexif()
    assert set(opened(picture).info) <= {"loop", "background", "timestamp", "duration"}


def test_a_picture_stands_upright() -> None:
    picture = reencoded(told_all())
    assert (picture.width, picture.height, picture.media_type) == (40, 60, "image/webp")
    assert opened(picture).size == (40, 60)
    assert near(pixel(picture, 0.5, 0.1), RED)
    assert near(pixel(picture, 0.5, 0.9), BLUE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_longest_side_is_kept_and_nothing_grows(kind: str) -> None:
    picture = reencoded(saved(landscape(900, 600), kind), longest=300)
    assert (picture.width, picture.height) == (300, 200)
    small = reencoded(saved(landscape(), kind), longest=300)
    assert (small.width, small.height) == (60, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_of_a_png_can_be_seen(mode: str) -> None:
    picture = reencoded(saved(landscape(mode=mode)))
    assert opened(picture).mode == "RGB"
    assert pixel(picture, 0.1, 0.5) != pixel(picture, 0.9, 0.5) or mode == "1"


def test_print_colours_become_screen_colours() -> None:
    picture = reencoded(saved(landscape(mode="CMYK"), "JPEG"))
    assert near(pixel(picture, 0.1, 0.5), RED, by=40)
    assert near(pixel(picture, 0.9, 0.5), BLUE, by=40)


def test_sixteen_bits_keep_their_shades() -> None:
    row = b"\x00\x40" * 20 + b"\x00\xc0" * 20
    picture = reencoded(saved(Image.frombytes("I;16", (40, 20), row * 20)))
    assert near(pixel(picture, 0.2, 0.5), (0x40,) * 3, by=6)
    assert near(pixel(picture, 0.8, 0.5), (0xC0,) * 3, by=6)


def test_what_is_transparent_becomes_white_and_hides_nothing() -> None:
    image = Image.new("RGBA", (40, 20), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (20, 0, 40, 20))
    picture = reencoded(saved(image))
    assert near(pixel(picture, 0.2, 0.5), (255, 255, 255))
    assert near(pixel(picture, 0.8, 0.5), (0, 0, 255))
    indexed = landscape().quantize(4)
    assert near(pixel(reencoded(saved(indexed, transparency=indexed.getpixel((5, 5)))), 0.1, 0.5), (255, 255, 255))


def test_a_profile_is_carried_out_and_a_broken_one_is_none() -> None:
    grey = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (grey, b"no profile at all"):
        assert near(pixel(reencoded(saved(landscape(), "JPEG", icc_profile=profile)), 0.1, 0.5), RED)


def test_of_a_moving_picture_the_first_one_is_kept() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in (RED, BLUE)]
    data = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)
    assert b"ANIM" in data
    picture = reencoded(data)
    assert chunks(picture.content) == [b"VP8 "]
    assert near(pixel(picture, 0.5, 0.5), RED)


def test_a_file_that_is_two_things_is_a_picture_afterwards() -> None:
    data = saved(landscape(), "JPEG") + HTML + packed()
    assert HTML in data
    assert HTML not in reencoded(data).content
    assert b"PK\x03\x04" not in reencoded(data).content


def test_what_phones_take_is_taken_without_what_it_tells() -> None:
    data = heic()
    assert data.count(SECRET) >= 2  # place, maker, xmp: it could leak
    picture = reencoded(data)
    assert SECRET not in picture.content
    assert chunks(picture.content) == [b"VP8 "]
    assert (picture.width, picture.height) == (48, 64)  # upright
    assert near(pixel(picture, 0.5, 0.1), RED, by=40)
    assert near(pixel(picture, 0.5, 0.9), BLUE, by=40)


def test_a_photo_of_a_phone_that_is_cut_off_says_how_to_send_it() -> None:
    for left in (len(heic()) // 2, len(heic()) - 40, 40):
        assert reason(heic()[:left]) == str(HEIC)


def test_a_photo_of_a_phone_that_promises_too_much_is_refused() -> None:
    size = heic().index(b"ispe") + 8
    bomb = heic()[:size] + (30_000).to_bytes(4, "big") * 2 + heic()[size + 8 :]
    assert reason(bomb) in (str(WIDE), str(HEIC))


def test_without_the_library_it_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    pictures._can_read_heic.cache_clear()
    try:
        assert "Mest kompatibelt" in reason(heic())
    finally:
        monkeypatch.undo()
        pictures._can_read_heic.cache_clear()


def test_quality_gives_way_to_size() -> None:
    noise = saved(Image.effect_noise((640, 480), 60), "JPEG", quality=95)
    free, tight = reencoded(noise, longest=640), reencoded(noise, longest=640, at_most=25_000)
    assert len(tight.content) < len(free.content) / 2
    assert max(tight.width, tight.height) == 400
    smooth = saved(landscape(640, 480), "JPEG")
    assert reencoded(smooth, at_most=25_000).content == reencoded(smooth).content


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "tom"),
        (SVG, "SVG"),
        (b"\xef\xbb\xbf  <!-- x -->" + SVG, "SVG"),
        (HTML, "text"),
        (b"bara ord", "text"),
        (packed(), "packad"),
        (b"GIF89a" + b"\0" * 40, "GIF"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "film"),
        (b"II*\0" + b"\0" * 20, "TIFF"),
        (bytes(range(256)) * 20, "ingen bild"),
        (b"BM" + b"\0" * 60, "ingen bild"),
    ],
)
def test_what_is_no_picture_is_told_what_to_do(data: bytes, told: str) -> None:
    assert told in reason(data)


def test_too_heavy_is_refused_before_it_is_opened() -> None:
    assert reason(b"\xff\xd8\xff" + b"\0" * MOST_BYTES) == str(HEAVY)
    assert reason(b"") == str(EMPTY)


@pytest.mark.parametrize(
    "data", [png_of(50_000, 50_000), png_of(5_000, 5_000), webp_of(16_383, 16_383), webp_of(4_100, 4_100), webp_of(1 << 24, 1 << 24)]
)
def test_a_bomb_is_refused_at_once(data: bytes) -> None:
    begun = time.monotonic()
    assert reason(data) == str(WIDE)
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_cut_off_is_broken(kind: str) -> None:
    whole = saved(Image.effect_noise((200, 200), 60).convert("RGB"), kind)
    assert reencoded(whole).width == 200
    for left in (len(whole) // 2, 40, 13):
        assert reason(whole[:left]) == str(BROKEN)


@pytest.mark.parametrize(
    "start", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"RIFF\0\0\0\0WEBPVP8X", b"RIFF\0\0\0\0WEBPVP8L"]
)
def test_rubbish_after_a_true_beginning_is_broken(start: bytes) -> None:
    for tail in (b"", b"\0" * 100, HTML, bytes(range(256))):
        assert reason(start + tail) in (str(BROKEN), str(WIDE))


def test_a_jpeg_drawn_a_thousand_times_is_not_drawn() -> None:
    assert reason(saved(landscape(), "JPEG", progressive=True) + b"\xff\xda" * 1000) == str(BROKEN)


def test_the_reason_follows_the_language_of_whoever_reads_it() -> None:
    with pytest.raises(NotAPicture) as refused:
        reencoded(b"")
    with translation.override("en"):
        assert str(refused.value.reason).startswith("The file is empty")


def test_many_at_once_each_get_their_own() -> None:
    found: dict[int, tuple[int, int]] = {}

    def take(width: int) -> None:
        picture = reencoded(saved(landscape(width, 40)))
        found[width] = (picture.width, picture.height)

    threads = [threading.Thread(target=take, args=(width,)) for width in range(40, 56)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert found == {width: (width, 40) for width in range(40, 56)}
