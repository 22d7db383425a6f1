"""`mellanrum demo`: a room in use, with made-up people, on this computer only."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from mellanrum.commands.environment import use

HELP = "run a demo with made-up people; pages open without signing in, on this computer only"
HOST = "127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one line of JSON when ready, and nothing else, on stdout")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on, 0 for a free one (default: 8000)")
    parser.add_argument("--data", metavar="DIR", help="keep the data there (default: a new folder, removed at the end)")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--template", metavar="NAME", default="", help="a template of the library, or a file (default: prova-pa)")
    shown.add_argument("--exercise", metavar="SLUG", default="", help="one exercise as it is when it is new, opened at its first phase")
    parser.add_argument("--participants", type=int, default=30, metavar="N", help="how many made-up people take part (default: 30)")


def run(arguments: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, _leave)  # also before the server listens for it, so that nothing is left behind
    from mellanrum.commands.demonstration.folder import demo_folder

    with demo_folder(arguments.data) as folder:
        arguments.data = str(folder)
        os.environ["MELLANRUM_DEMO"] = "1"
        os.environ.pop("MELLANRUM_BASE_URL", None)  # the demo is here, whatever the real thing is called
        use(arguments)
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    from mellanrum.commands.database import bring_up, listening, opened_folder

    with opened_folder() as folder:
        from mellanrum.commands.demonstration.course import Course
        from mellanrum.commands.demonstration.programme import wanted
        from mellanrum.commands.demonstration.room import open_demo_room
        from mellanrum.rooms.live.run import run_server

        template = wanted(arguments.template, arguments.exercise)
        listener = listening(HOST, arguments.port)
        bring_up(folder)
        port = listener.getsockname()[1]
        demo = open_demo_room(f"http://{HOST}:{port}", template)
        course = Course(demo, participants=arguments.participants, as_json=arguments.json)
        try:
            run_server(listener, ready=course.begin)
        finally:
            course.end()
    if course.failure:
        print(course.failure, file=sys.stderr)
    return 1 if course.failure else 0


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
