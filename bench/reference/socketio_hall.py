"""python-socketio as its documentation has it: an ASGI server on uvicorn; what is posted to /publish is emitted to everybody."""

from __future__ import annotations

import sys
from typing import Any

import socketio  # type: ignore[import-not-found]  # in an environment of its own
import uvicorn

hall = socketio.AsyncServer(async_mode="asgi", ping_interval=300, ping_timeout=300)


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http" and scope["path"] == "/publish":
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        await hall.emit("cell", body.decode())
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"{}"})
        return
    await behind(scope, receive, send)


behind = socketio.ASGIApp(hall)

if __name__ == "__main__":
    uvicorn.run(
        application,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="error",
        access_log=False,
        loop="uvloop",
        http="httptools",
        backlog=4096,
    )
