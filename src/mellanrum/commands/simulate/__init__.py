"""`mellanrum simulate`: people who speak only the public protocol, as anybody's client could."""

from __future__ import annotations

import argparse
import asyncio
import os

HELP = "let made-up people join a room by its code and take part"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="the eight digits of an open room")
    parser.add_argument("--participants", type=int, default=40, metavar="N", help="how many people (default: 40)")
    base = os.environ.get("MELLANRUM_BASE_URL") or "http://127.0.0.1:8000"
    parser.add_argument("--base", default=base, metavar="URL", help=f"address of the server (default: {base})")
    parser.add_argument("--seconds", type=float, default=60, metavar="S", help="how long they stay; 0: until the room closes (default: 60)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same number gives the same people (default: 1)")
    parser.add_argument("--language", choices=("sv", "en"), default="sv", help="what they read and write (default: sv)")
    parser.add_argument("--lifelike", action="store_true", help="some come late, some pass, most write little")
    parser.add_argument("--attached", action="store_true", help="go home when standard input ends, and give way to everything else")


def run(arguments: argparse.Namespace) -> int:
    from mellanrum.commands.simulate.crowd import Manner, simulate

    return asyncio.run(
        simulate(
            arguments.code,
            base=arguments.base,
            participants=arguments.participants,
            seconds=arguments.seconds or None,
            seed=arguments.seed,
            manner=Manner(language=arguments.language, lifelike=arguments.lifelike, attached=arguments.attached),
        )
    )
