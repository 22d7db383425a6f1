"""Python reads this at start when its folder is in PYTHONPATH: whoever calls another computer is refused and written down.

An audit hook hears every connection, look-up and datagram that Python's own sockets make, in this process and in those it
starts. It does not hear sockets made in C; uvloop, which makes some, is asked here for none but listening ones.
"""

import os
import sys
from ipaddress import ip_address

LOG = os.environ.get("TEST_CALLS_LOG", "")
LOOKS_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
CALLS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if name in {"localhost", "0.0.0.0", "::"}:
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def hook(event: str, arguments: tuple[object, ...]) -> None:
    if event in CALLS:
        address = arguments[1]  # a string is a socket file, None an answer on a connection there is
        host = address[0] if isinstance(address, tuple) else None
    elif event in LOOKS_UP:
        host = arguments[0]
    else:
        return
    if is_here(host):
        return
    with open(LOG, "a") as log:  # noqa: PTH123 - read before anything else is imported
        log.write(f"{event} {host}\n")
    raise PermissionError(f"{event} {host}: nobody else is called here")


if LOG:
    sys.addaudithook(hook)
