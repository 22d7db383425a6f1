"""Bytes of server-sent events, framed once as an HTTP chunk so that every client gets the same object."""

from __future__ import annotations

import msgspec

LAST = b"0\r\n\r\n"  # ends a body in chunked transfer coding
PADDING = b":" + b" " * 2048 + b"\n\n"  # some proxies hold back the first two kilobytes

_encode = msgspec.json.Encoder().encode


def event(name: str, value: object) -> bytes:
    """One server-sent event with `value` as JSON on a single line."""
    return b"event: %b\ndata: %b\n\n" % (name.encode(), _encode(value))


def raw_event(name: str, data: bytes) -> bytes:
    """One server-sent event of ready JSON bytes without line breaks."""
    return b"event: %b\ndata: %b\n\n" % (name.encode(), data)


def chunk(payload: bytes) -> bytes:
    """`payload` as one chunk of HTTP's chunked transfer coding."""
    return b"%x\r\n%b\r\n" % (len(payload), payload)
