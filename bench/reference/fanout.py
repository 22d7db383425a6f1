"""A bare uvloop server of events: the least anyone can do to write the same bytes to all who listen.

GET is a listener; POST writes its body to every listener as one chunk and answers. No check, no ledger, no rendering.
"""

from __future__ import annotations

import asyncio
import sys
from typing import cast

import uvloop

HELLO = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n17\r\nevent: hello\ndata: {}\n\n\r\n"
DONE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
listeners: set[asyncio.Transport] = set()


class Listener(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, complete, body = self.received.partition(b"\r\n\r\n")
        if not complete:
            return
        if head.startswith(b"GET"):
            listeners.add(self.transport)
            self.transport.write(HELLO)
        elif len(body) < int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]):
            return
        else:
            publish(body)
            self.transport.write(DONE)
        self.received = b""

    def connection_lost(self, exc: Exception | None) -> None:
        listeners.discard(self.transport)


def publish(body: bytes) -> None:
    payload = b"event: cell\ndata: " + body + b"\n\n"
    framed = b"%x\r\n%b\r\n" % (len(payload), payload)
    for transport in listeners:
        transport.write(framed)


async def main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Listener, "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
