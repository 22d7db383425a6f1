"""What the operator may set, read once from the environment (prefix `MELLANRUM_`)."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Config:
    """Paths are absolute; `base_url` has no trailing slash and is empty when it follows the request (loopback)."""

    data: Path
    base_url: str
    secret_key: str
    debug: bool
    demo: bool
    page_threads: int

    @property
    def database(self) -> Path:
        return self.data / "mellanrum.sqlite3"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def _secret_key(data: Path) -> str:
    """The key in the data folder, made on the first start and readable by the owner only."""
    given = os.environ.get("MELLANRUM_SECRET_KEY")
    if given:
        return given
    path = data / "secret.key"
    if not path.exists():
        try:
            data.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def read_config() -> Config:
    """Read the environment. Raises OSError when the data folder cannot be written or read."""
    data = Path(os.environ.get("MELLANRUM_DATA", "data")).expanduser().resolve()
    return Config(
        data=data,
        base_url=os.environ.get("MELLANRUM_BASE_URL", "").rstrip("/"),
        secret_key=_secret_key(data),
        debug=os.environ.get("MELLANRUM_DEBUG") == "1",
        demo=os.environ.get("MELLANRUM_DEMO") == "1",
        page_threads=int(os.environ.get("MELLANRUM_PAGE_THREADS", "2")),
    )
