"""Random names and secrets, drawn from the operating system; never UUIDs, never anything that carries time."""

from __future__ import annotations

import base64
import hashlib
import secrets

_ID_BYTES = 16
_TOKEN_BYTES = 32


def random_id() -> str:
    """128 random bits as 26 lowercase letters and digits (base32), safe in addresses and file names."""
    return base64.b32encode(secrets.token_bytes(_ID_BYTES)).decode("ascii").rstrip("=").lower()


def random_token() -> str:
    """A secret of 256 random bits, URL-safe. Give it away once, keep `token_hash` of it."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_hash(token: str) -> str:
    """SHA-256 in hex. A plain hash is enough: a 256-bit secret cannot be guessed from it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
