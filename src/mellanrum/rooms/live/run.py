"""`serve`'s inside: the engine, the pages and the port, from start to stop."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from mellanrum.accounts.letters import DatabaseKeeper, Rounds
from mellanrum.core.housekeeping import Housekeeper
from mellanrum.core.mail import keep_with
from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.ledger.writer import Writer
from mellanrum.rooms.live.assets import StaticLane
from mellanrum.rooms.live.engine import Engine
from mellanrum.rooms.live.lane import Lane
from mellanrum.rooms.live.openapi import openapi
from mellanrum.rooms.live.pages import PageLane
from mellanrum.rooms.live.picture_desk import PictureDesk
from mellanrum.rooms.live.pictures import PictureLane
from mellanrum.rooms.live.running import set_running
from mellanrum.rooms.live.server import serve
from mellanrum.rooms.live.upload_rules import is_known, limit_for
from mellanrum.rooms.rehearsal.going import rehearsals
from mellanrum.ui.assets import the_assets


def run_server(listener: socket.socket, *, ready: Callable[[], None]) -> None:
    """Serve on the bound socket until SIGTERM or SIGINT; `ready` is called when requests are answered."""
    config = settings.CONFIG
    static = the_assets()
    engine = _engine(listener, static.release)
    pages = PageLane(
        get_wsgi_application(),
        threads=config.page_threads,
        spool_dir=config.spool,
        limit_for=limit_for,
        is_known=is_known,
        scheme="https" if config.is_https else None,
    )
    desk = PictureDesk(config.data)
    lane = Lane(engine, pages, StaticLane(static), PictureLane(config.data), desk, openapi())
    set_running(engine)
    _collect_rarely()
    keep_with(DatabaseKeeper())
    quiet = (Housekeeper(), Rounds())

    def begin() -> None:
        ready()
        for thread in quiet:
            thread.start()

    try:
        serve(lane, listener, on_start=engine.start, on_ready=begin, on_stop=engine.say_goodbye)
    finally:
        for thread in quiet:
            thread.stop()
        rehearsals.stop_all()
        engine.stop()
        pages.close()
        desk.close()
        set_running(None)


def _engine(listener: socket.socket, assets_release: str) -> Engine:
    base_url, local_url = settings.CONFIG.base_url, _local_address(listener)
    return Engine(
        partial(Writer, Ledger(settings.DATABASES["default"])),
        server_key=sha256(b"authors" + settings.SECRET_KEY.encode()).digest(),
        base_url=base_url,
        public_url=base_url or local_url,
        local_url=local_url,
        assets_release=assets_release,
    )


def _collect_rarely() -> None:
    """The ledger in memory only grows and has no cycles: looking through it again and again was a tenth of all work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _local_address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - recognised, not bound
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
