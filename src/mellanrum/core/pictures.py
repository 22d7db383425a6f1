"""Pictures people bring: drawn anew from their pixels, so that nothing else in the file comes along."""

from __future__ import annotations

import io
import logging
import threading
from functools import cache
from importlib import import_module
from typing import Final

import msgspec
from django.utils.functional import Promise
from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from mellanrum.core.picture_kinds import (
    BROKEN,
    EMPTY,
    HEAVY,
    HEIC,
    MOST_BYTES,
    MOST_PIXELS,
    WIDE,
    is_endless,
    kind_of,
    webp_pixels,
    why_not,
)

_PLUGINS: Final = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)  # imported here, Pillow does not look for its other forty
_LOWEST_QUALITY: Final = 50
_SHORTEST: Final = 400
_one_at_a_time = threading.Lock()  # an opened picture is a hundred megabytes and more

_log = logging.getLogger(__name__)


class NotAPicture(Exception):
    """The file is not taken; `reason` is a sentence that says what to do, in the language it is read in."""

    def __init__(self, reason: Promise) -> None:
        super().__init__(reason)
        self.reason = reason


class Picture(msgspec.Struct, frozen=True):
    """A picture without any metadata. `width` and `height` are pixels, as it is seen."""

    content: bytes
    media_type: str
    width: int
    height: int


def reencoded(data: bytes, *, longest: int = 2048, quality: int = 80, at_most: int | None = None) -> Picture:
    """The first picture of a JPEG, PNG, WebP or HEIC file as WebP: upright, sRGB, on white, its longest side at most `longest` pixels.

    With `at_most` bytes it gives up quality first, then pixels, down to what one still can look at: a very busy picture stays
    larger than asked. Only one picture is opened at a time, whoever asks. Raises NotAPicture.
    """
    if not data:
        raise NotAPicture(EMPTY)
    if len(data) > MOST_BYTES:
        raise NotAPicture(HEAVY)
    kind = kind_of(data)
    if kind is None or (kind == "HEIF" and not _can_read_heic()):
        raise NotAPicture(why_not(data))
    with _one_at_a_time:
        try:
            return _encoded(_drawn(data, kind, longest), quality, at_most)
        except NotAPicture:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise NotAPicture(WIDE) from error
        except Exception as error:  # a file made to hurt can make a decoder raise anything
            _log.info("A picture could not be read: %s", error.__class__.__name__)
            raise NotAPicture(HEIC if kind == "HEIF" else BROKEN) from error


@cache
def _can_read_heic() -> bool:
    """Let Pillow read what phones take. Some machines have no such library ready: there it is refused with what to do instead."""
    try:
        heif = import_module("pi_heif")
    except ImportError:
        return False
    heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    return True


def _drawn(data: bytes, kind: str, longest: int) -> Image.Image:
    if kind == "JPEG" and is_endless(data):
        raise NotAPicture(BROKEN)
    if kind == "WEBP" and webp_pixels(data) > MOST_PIXELS[kind]:
        raise NotAPicture(WIDE)
    with Image.open(io.BytesIO(data), formats=(kind,)) as opened:
        if opened.width * opened.height > MOST_PIXELS[kind]:
            raise NotAPicture(WIDE)
        opened.draft(None, (longest, longest))  # a JPEG is read at an eighth, a quarter or half its size
        image = _scalable(opened)
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        return _on_white(_in_srgb(ImageOps.exif_transpose(image)))


def _scalable(opened: Image.Image) -> Image.Image:
    """In a mode that can be made smaller without jagged edges and without losing the upper half of 16 bits."""
    if opened.mode.startswith("I"):
        return opened.point(lambda value: value * (1 / 256)).convert("L")
    if opened.mode in ("1", "P", "PA"):
        return opened.convert("RGBA")
    return opened


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours as they were meant; a profile that cannot be read counts as none."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, _srgb(), outputMode=wanted) or image
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _on_white(image: Image.Image) -> Image.Image:
    """Nothing but pixels: a new picture, so that neither metadata nor what was hidden behind full transparency follows."""
    has_alpha = image.has_transparency_data
    pixels = image.convert("RGBA" if has_alpha else "RGB")
    clean = Image.new("RGB", image.size, "white")
    clean.paste(pixels, mask=pixels.getchannel("A") if has_alpha else None)
    return clean


def _encoded(image: Image.Image, quality: int, at_most: int | None) -> Picture:
    content = _webp(image, quality)
    while at_most and len(content) > at_most and (quality > _LOWEST_QUALITY or max(image.size) > _SHORTEST):
        if quality > _LOWEST_QUALITY:
            quality = max(_LOWEST_QUALITY, quality - 12)
        else:
            side = max(_SHORTEST, max(image.size) * 5 // 6)
            image.thumbnail((side, side), Image.Resampling.LANCZOS)
        content = _webp(image, quality)
    return Picture(content, "image/webp", image.width, image.height)


def _webp(image: Image.Image, quality: int) -> bytes:
    into = io.BytesIO()
    image.save(into, "WEBP", quality=quality, method=4)
    return into.getvalue()
