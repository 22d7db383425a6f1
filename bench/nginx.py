"""Debian's nginx as a reference, unpacked and not installed: given bytes at given addresses, and listeners through nchan."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from bench.frame import CannotMeasure
from bench.product import started
from bench.programs import unpacked
from tests.running import free_port

MODULE = "usr/lib/nginx/modules/ngx_nchan_module.so"
CONFIGURATION = """{modules}
worker_processes 1;
worker_rlimit_nofile {files};
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections {connections}; multi_accept on; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 75;
  keepalive_requests 100000;
  open_file_cache max=1000 inactive=60s;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
{locations}
  }}
}}
"""
FILE = """    location = {path} {{
      root {folder}; try_files /files/{number} =404; default_type "{kind}"; {headers} error_page 405 =200 {path};
    }}"""
CHANNEL = """    location = /publish { nchan_publisher; nchan_channel_id hall; nchan_message_buffer_length 1; nchan_message_timeout 1m; }
    location = /events { nchan_subscriber eventsource; nchan_channel_id hall; nchan_subscriber_first_message newest; }"""


class Served(NamedTuple):
    """One answer of the product's: what nginx gives at the same path, as bytes in a file."""

    body: bytes
    kind: str
    headers: Mapping[str, str]


@contextmanager
def nginx_with_files(answers: Mapping[str, Served], *, connections: int) -> Iterator[tuple[str, list[int]]]:
    """(base, pids) of an nginx that answers these paths, query left away, with these bytes; POST as well as GET."""
    with tempfile.TemporaryDirectory(prefix="mellanrum-bench-") as name:
        folder = Path(name)
        (folder / "files").mkdir()
        lines = []
        for number, (path, answer) in enumerate({urlsplit(path).path: answer for path, answer in answers.items()}.items()):
            (folder / "files" / str(number)).write_bytes(answer.body)
            headers = " ".join(f"add_header {header} '{value}';" for header, value in answer.headers.items())
            lines.append(FILE.format(path=path, folder=folder, number=number, kind=answer.kind, headers=headers))
        with _nginx(folder, "\n".join(lines), connections=connections) as running:
            yield running


@contextmanager
def nchan(*, connections: int) -> Iterator[str]:
    """The base of an nginx whose `/events` hear what is posted to `/publish`."""
    with (
        tempfile.TemporaryDirectory(prefix="mellanrum-bench-") as name,
        _nginx(Path(name), CHANNEL, connections=connections, with_nchan=True) as (base, _),
    ):
        yield base


@contextmanager
def _nginx(folder: Path, locations: str, *, connections: int, with_nchan: bool = False) -> Iterator[tuple[str, list[int]]]:
    root = unpacked("nginx", "libnginx-mod-nchan") if with_nchan else unpacked("nginx")
    modules = f"load_module {_at_home(root / MODULE, folder)};" if with_nchan else ""
    port, files = free_port(), connections + 1000
    text = CONFIGURATION.format(
        modules=modules,
        body="nchan_message" if with_nchan else "client_body",
        files=files,
        connections=files,
        folder=folder,
        port=port,
        locations=locations,
    )
    (folder / "nginx.conf").write_text(text)
    folder.chmod(0o755)  # its worker may be another user
    program = str(root / "usr/sbin/nginx")
    try:
        with started(program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf"), port=port) as (
            base,
            process,
        ):
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            yield base, [process.pid, *map(int, children)]
    except CannotMeasure as problem:
        raise CannotMeasure(f"{problem}: {_last_words(folder)}") from problem


def _at_home(module: Path, folder: Path) -> Path:
    """A copy whose temporary files lie in our folder: its setting for that is refused as a duplicate, its default is the system's."""
    copy = folder / module.name
    copy.write_bytes(module.read_bytes().replace(b"/var/lib/nginx/body\0", b"temp-files-of-nchan\0"))
    return copy


def _last_words(folder: Path) -> str:
    log = folder / "error.log"
    return log.read_text(errors="replace").strip()[-300:] if log.exists() else ""
