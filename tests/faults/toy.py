"""A room server that promises before it stores: the control that shows the checker of promises can see a loss.

It speaks the two calls that outboxes use, keeps answers in memory and writes them down five times a second, always all but
the newest: whenever it is killed, promises are broken.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

Row = tuple[int, str]
HELD_BACK = 20


class Toy:
    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path)
        self.database.execute("CREATE TABLE IF NOT EXISTS ledger (seq INTEGER PRIMARY KEY, id TEXT UNIQUE)")
        self.known: dict[str, int] = {id_: seq for seq, id_ in self.database.execute("SELECT seq, id FROM ledger")}
        self.unwritten: list[Row] = []

    def take(self, item: dict[str, Any]) -> dict[str, Any]:
        if item["id"] in self.known:
            return {"id": item["id"], "status": "duplicate", "seq": self.known[item["id"]]}
        seq = self.known[item["id"]] = len(self.known) + 1
        self.unwritten.append((seq, item["id"]))
        return {"id": item["id"], "status": "stored", "seq": seq}

    async def write_down(self) -> None:
        while True:
            await asyncio.sleep(0.2)
            rows, self.unwritten = self.unwritten[:-HELD_BACK], self.unwritten[-HELD_BACK:]
            with self.database:
                self.database.executemany("INSERT INTO ledger VALUES (?, ?)", rows)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
                body = await reader.readexactly(int(length or 0))
                answer = json.dumps(self.answer(head, body)).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def answer(self, head: bytes, body: bytes) -> Any:
        if b"/contributions" in head.split(b"\r\n", 1)[0]:
            return {"results": [self.take(item) for item in json.loads(body)]}
        return {"room_id": "toy", "ticket": "toy", "participant": "toy", "protocol": "1.0", "now": 0}


async def main(path: str, port: str) -> None:
    toy = Toy(Path(path))
    server = await asyncio.start_server(toy.serve, "127.0.0.1", int(port))
    async with asyncio.TaskGroup() as group:
        group.create_task(toy.write_down())
        group.create_task(server.serve_forever())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
