"""`mellanrum serve`: the whole product in one process."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from mellanrum.commands.environment import add_base_url, add_data, address_of, default_port, is_loopback, use
from mellanrum.commands.problems import Problem, _

HELP = "run Mellanrum on this computer"
FIRST_OWNER = "owner@mellanrum.example"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this computer only)")
    parser.add_argument("--port", type=int, default=default_port(), help="port to listen on, 0 for a free one (default: PORT, else 8000)")
    add_data(parser)
    add_base_url(parser)
    parser.add_argument("--owner", metavar="EMAIL", default="", help="who owns the installation from its first start")


def run(arguments: argparse.Namespace) -> int:
    use(arguments)
    _check_reach(arguments.host)
    from mellanrum.commands.database import bring_up, listening, opened_folder

    with opened_folder() as folder:
        from mellanrum.commands.daily_backup import daily_backups
        from mellanrum.rooms.live.run import run_server

        listener = listening(arguments.host, arguments.port)
        bring_up(folder)
        _erase_what_came_back(folder.path)
        address = os.environ.get("MELLANRUM_BASE_URL", "").rstrip("/") or address_of(arguments.host, listener.getsockname()[1])
        lines = [_("Mellanrum är igång: %(address)s") % {"address": address}, *_first_link(arguments.owner, address)]
        if not is_loopback(arguments.host) and not address.startswith("https://"):
            print(_("Utan https kan telefoner inte ladda om sidan när nätet är borta. Allt annat fungerar."), file=sys.stderr)
        with daily_backups(folder.path):
            run_server(listener, ready=lambda: print("\n".join(lines), flush=True))
    return 0


def _erase_what_came_back(folder: Path) -> None:
    """Somebody may have put an old copy in place by hand."""
    from mellanrum.rooms.ledger.erasures import FILE
    from mellanrum.rooms.restoring import erase_again, still_there

    try:
        if still_there(folder):
            erase_again(folder, folder / FILE)
    except ValueError as error:
        sentence = _("%(file)s går inte att läsa, så ingen vet vad som ska vara raderat. Lägg tillbaka den från en säkerhetskopia.")
        raise Problem(sentence % {"file": folder / FILE}) from error


def _check_reach(host: str) -> None:
    """Beyond loopback the address people use must be known: links, cookies and the check of where a request comes from need it."""
    if is_loopback(host):
        return
    os.environ.pop("MELLANRUM_DEMO", None)  # the demo's open door is for this computer alone
    if not os.environ.get("MELLANRUM_BASE_URL"):
        raise Problem(
            _(
                "Andra datorer kan nå %(host)s, så adressen de använder måste anges. Sätt MELLANRUM_BASE_URL eller --base-url, till exempel https://rum.example."
            )
            % {"host": host},
            exit_code=2,
        )


def _first_link(email: str, address: str) -> list[str]:
    """Until somebody has signed in, every start gives the owner a link."""
    from mellanrum.accounts.actions import NotAnAddress, create_owner, mint_sign_in_link
    from mellanrum.accounts.queries import first_owner, has_anybody_signed_in

    if has_anybody_signed_in():
        return []
    try:
        owner = create_owner(email) if email else first_owner() or create_owner(FIRST_OWNER, name=_("Ägare"))
    except NotAnAddress as error:
        raise Problem(_("”%(email)s” är ingen e-postadress.") % {"email": email}, exit_code=2) from error
    link = mint_sign_in_link(owner, base_url=address)
    return [_("Logga in första gången här (gäller i 15 minuter, en gång): %(link)s") % {"link": link}]
