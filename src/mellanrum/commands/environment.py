"""What every verb needs before Django: arguments put into the environment, and then Django itself."""

from __future__ import annotations

import argparse
import os
from ipaddress import ip_address
from urllib.parse import urlsplit

from mellanrum.commands.problems import Problem, _

DEFAULT_PORT = 8000


def add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="the data folder (default: MELLANRUM_DATA, else ./data)")


def add_base_url(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base-url", metavar="URL", help="the address people use, as https://meet.example (default: MELLANRUM_BASE_URL)")


def use(arguments: argparse.Namespace) -> None:
    """Let arguments win over the environment. Before anything reads Django's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mellanrum.settings")
    if getattr(arguments, "data", None):
        os.environ["MELLANRUM_DATA"] = arguments.data
    if getattr(arguments, "base_url", None):
        os.environ["MELLANRUM_BASE_URL"] = arguments.base_url
    _check_base_url(os.environ.get("MELLANRUM_BASE_URL", ""))
    _check_mail()


def _check_base_url(base_url: str) -> None:
    parts = urlsplit(base_url)
    if base_url and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query):
        raise Problem(
            _("Adressen ”%(url)s” går inte att använda. Skriv den som https://rum.example, utan något efter namnet.")
            % {"url": base_url[:200]},
            exit_code=2,
        )


def _check_mail() -> None:
    from mellanrum.config import MailProblem, read_mail

    try:
        read_mail()
    except MailProblem as problem:
        raise Problem(mail_sentence(problem), exit_code=2) from problem


def mail_sentence(problem: Exception) -> str:
    """What to do about mail settings that cannot be used. What was given is not repeated: there is a password in it."""
    example = "MELLANRUM_SMTP_URL=smtp://user:password@smtp.example:587?tls=1 MELLANRUM_MAIL_FROM=rum@example.org"
    return _("%(name)s går inte att använda. Skriv till exempel: %(example)s") % {"name": problem, "example": example}


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach a server bound there."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def start_django() -> None:
    """Configure Django, in the operator's language when the system says English, else in Swedish."""
    import django

    django.setup()
    from django.utils import translation

    system = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    translation.activate("en" if system.startswith("en") else "sv")


def default_port() -> int:
    """`PORT` of the environment, as hosting platforms set it."""
    given = os.environ.get("PORT", "")
    return int(given) if given.isdecimal() and int(given) < 65_536 else DEFAULT_PORT


def address_of(host: str, port: int) -> str:
    """The address to open in a browser on this computer for a server bound there."""
    if host in {"", "0.0.0.0", "::"}:  # noqa: S104 - recognised, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
