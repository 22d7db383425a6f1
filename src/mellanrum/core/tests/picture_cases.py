"""Pictures, and what pretends to be one, as bytes."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image, ImageCms

SECRET = b"LATITUDE-57.70887"


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    into = io.BytesIO()
    image.save(into, kind, **options)
    return into.getvalue()


def landscape(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), (200, 20, 20))
    image.paste((20, 20, 200), (width // 2, 0, width, height))
    return image.convert(mode)


def told_all() -> bytes:
    """A JPEG that says where it was taken, how it shall be turned, who made it and how its colours are meant."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(landscape(), "JPEG", exif=exif, comment=SECRET, icc_profile=profile, xmp=b"<x:xmpmeta>" + SECRET)


def png_of(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG whose header promises that many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(body)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def webp_of(width: int, height: int) -> bytes:
    """A WebP whose canvas promises that many pixels."""
    canvas = b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", len(canvas)) + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


def packed() -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("bild.jpg", b"x")
    return into.getvalue()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def heic() -> bytes:
    """A photo as phones take them, landscape as above, that says where it was taken. Nothing here could write one."""
    return base64.b85decode("".join(_HEIC.split()))


_HEIC = r"""
0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0006KZDn*}000000000XXk=`10000000000aA{+700000000000000000000MrmwsV*mgE07O6l
0{{U400002HUI$t00000004Rb0ssI200OW80RR9100000asUGW00003A^-sZ00000000~S003fXX>Mi!000000{{R36=`l}WdZ;I000310BCk&
F#rGn02OI&W@Q2Z00963002dJX=VTb001g!Zf0cy000310{{SRX>DZyVQ_G4X=7n@X>V>Xa%5&Jcx`L|000004sdC7Z2$lO00031009SSaB^?}
008D`aAR)(004Gqc4I>U18@KU0FVFx0000U@BsY%`1k+-4+CHT0RR|40Sp2E{{wIU00RJ!0009300RIXx&lC90096hLID8-Z~y=U0FVFx0{{R6
03M(qfd!W8<fgf}2xu@M00096AOHXZ03l)k0RRR>0l{;?i2wiq6Ju{|a&BX6cmM$a4FCp!0000KX>)L8000000000$0000$0000eV{Bn?0000$
000010000m000010000000002|NsB+000020000GaA|mH000000|*ER00009X>xCL0{{R38EJ5BVE_OC000000RRC8fdT^sgoXeB04Qm4Wo7^X
0000001jhhb7KGk009620000EV`Ot<00RI4009610T69uVRQfh0Cp$=uL<BeBP757`y@aA{u}p@{n@>6U;l=SpMQx?pZ~b}^%dDyHYs@)A5|l$
9|Ox0q;;TLWD<XPqDkNO8`vw_n_tXGlqc`<V$H&%n(YxiO6Px>*fnJ30$!Zh>?&R2B)<ZprQ-Ps)cn;oRZjp1cmJGj00006MR;ju002!*04e|g
00;mB0S^EI0000I0000o0TKWM0000100sa6h$R37000010000)00000OhHshR8>SpEj2eTH!wIjHvj+u0384V0000I0001100000OhHshR8>Sp
Ej2eTH!wIjHvl|%I(ThxZDn*}K1@MWNmNxtMJ+WqE;leZI5z
"""
