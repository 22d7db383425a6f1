"""Mail servers on this computer: one that works, one that refuses, and raw ones that hang or hang up."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Letterbox:
    """Takes mail and keeps it; `refusals` are answered first, one per mail."""

    def __init__(self, *refusals: str) -> None:
        self.refusals = list(refusals)
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str | None, list[str]]] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        self.letters.append(message_from_bytes(content, policy=policy.default))
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        return "250 OK"


@contextmanager
def serving(letterbox: Letterbox) -> Iterator[int]:
    """The port where it listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    controller: Any = Controller(letterbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def broken_server(*, hangs: bool) -> Iterator[tuple[int, list[Any]]]:
    """Takes connections and says nothing, or closes them at once; with its port, and a list that grows with each caller."""
    callers: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            while True:
                try:
                    connection, _address = listener.accept()
                except OSError:
                    return
                callers.append(connection)
                if not hangs:
                    connection.close()

        threading.Thread(target=answer, daemon=True).start()
        yield int(listener.getsockname()[1]), callers
        listener.shutdown(socket.SHUT_RDWR)
    for connection in callers:
        connection.close()
