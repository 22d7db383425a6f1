"""What the operator may set, read once from the environment (prefix `MELLANRUM_`)."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

DAILY_BACKUPS = 14


class MailProblem(ValueError):
    """The settings of mail cannot be used; the text is the name of the variable that is wrong."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over. `security` is `starttls`, `tls` from the first byte, or `none`."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str


@dataclass(frozen=True)
class Config:
    """Paths are absolute; `base_url` has no trailing slash and is empty when it follows the request (loopback).

    `organisation` and `contact` are whoever answers for the installation, as the accessibility statement names them; empty when unsaid.
    """

    data: Path
    base_url: str
    secret_key: str
    debug: bool
    demo: bool
    page_threads: int
    daily_backups: int
    mail: MailServer | None
    organisation: str = ""
    contact: str = ""

    @property
    def database(self) -> Path:
        return self.data / "mellanrum.sqlite3"

    @property
    def spool(self) -> Path:
        """Where large bodies wait; `core/datafolder.py` makes it."""
        return self.data / "tmp"

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
        daily_backups=read_daily_backups(),
        mail=read_mail(),
        organisation=_words("MELLANRUM_ORGANISATION"),
        contact=_words("MELLANRUM_CONTACT"),
    )


def _words(name: str) -> str:
    """One line of plain text, however it was given."""
    return " ".join(os.environ.get(name, "").split())[:200]


def read_daily_backups() -> int:
    """How many backups are kept of those that `serve` makes by itself, one a day; 0: it makes none."""
    given = os.environ.get("MELLANRUM_BACKUPS", "")
    return min(int(given), 1000) if given.isascii() and given.isdigit() else DAILY_BACKUPS


def backups_folder(data: Path) -> Path:
    """Where those go: `MELLANRUM_BACKUPS_TO`, best on another disk, else into the data folder."""
    given = os.environ.get("MELLANRUM_BACKUPS_TO", "")
    return Path(given).expanduser().resolve() if given else data / "backups"


def read_mail() -> MailServer | None:
    """The server of `MELLANRUM_SMTP_URL`, as `smtp://user:password@host:587?tls=1`; None without it. Raises MailProblem.

    The connection is encrypted unless the server is this computer or `tls=0` says otherwise; `smtps://` encrypts from the first byte.
    """
    given = _secret("MELLANRUM_SMTP_URL")
    if not given:
        return None
    try:
        parts = urlsplit(given)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise MailProblem("MELLANRUM_SMTP_URL") from error
    if parts.scheme not in {"smtp", "smtps"} or not host or parts.path.strip("/"):
        raise MailProblem("MELLANRUM_SMTP_URL")
    security = _mail_security(parts.scheme, host, parse_qs(parts.query).get("tls", [""])[-1])
    sender = os.environ.get("MELLANRUM_MAIL_FROM", "").strip()
    if "@" not in sender or any(ord(letter) < 32 for letter in sender):
        raise MailProblem("MELLANRUM_MAIL_FROM")
    usual = {"tls": 465, "starttls": 587, "none": 25}[security]
    return MailServer(host, port or usual, unquote(parts.username or ""), unquote(parts.password or ""), security, sender)


def _mail_security(scheme: str, host: str, wish: str) -> str:
    if scheme == "smtps":
        return "tls"
    if wish not in {"", "0", "1"}:
        raise MailProblem("MELLANRUM_SMTP_URL")
    is_wanted = wish == "1" if wish else not _is_this_computer(host)
    return "starttls" if is_wanted else "none"


def _is_this_computer(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _secret(name: str) -> str:
    """A value with a password in it: given itself, or in the file that `<name>_FILE` names."""
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name, "").strip()
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise MailProblem(f"{name}_FILE") from error
