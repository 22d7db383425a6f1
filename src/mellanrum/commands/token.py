"""`mellanrum token`: a link that signs an owner in, also when mail does not work or everybody has lost their way in."""

from __future__ import annotations

import argparse
import os

from mellanrum.commands.environment import add_base_url, add_data, address_of, default_port, use
from mellanrum.commands.problems import Problem, _

HELP = "print a link that signs an owner in, once, within 15 minutes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--owner", metavar="EMAIL", required=True, help="whose link; a new address becomes a new owner")
    add_data(parser)
    add_base_url(parser)


def run(arguments: argparse.Namespace) -> int:
    use(arguments)
    from mellanrum.commands.database import use_database

    use_database()
    from mellanrum.accounts.actions import NotAnAddress, create_owner, mint_sign_in_link

    try:
        owner = create_owner(arguments.owner)
    except NotAnAddress as error:
        raise Problem(_("”%(email)s” är ingen e-postadress.") % {"email": arguments.owner[:200]}, exit_code=2) from error
    base_url = os.environ.get("MELLANRUM_BASE_URL", "").rstrip("/") or address_of("127.0.0.1", default_port())
    print(mint_sign_in_link(owner, base_url=base_url))
    return 0
