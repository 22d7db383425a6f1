"""Page threads work for pages only: slow clients, large bodies and crowds are dealt with around them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from a2wsgi import WSGIMiddleware

from mellanrum.rooms.live.http import App
from mellanrum.rooms.live.page_queues import SLOW, line_of
from mellanrum.rooms.live.pages import PageLane
from mellanrum.rooms.live.tests.serving import ask, connect, read_answer, read_to_end, serving
from mellanrum.rooms.live.upload_rules import SIGNED_IN, WITH_TICKET

GET = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"


class Site:
    """A WSGI application: `/echo` tells what came, `/wait` holds its thread until `go`, `/file/…` names a file."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = threading.Semaphore(0)
        self.finished: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        headers = [("Content-Type", "application/json")]
        if path == "/fails":
            raise RuntimeError("a page's own fault")
        if path.startswith("/wait") or line_of(path):
            self.begun.release()
            self.go.wait(10)
        if path.startswith("/file/"):
            headers += [("X-Mellanrum-File", path.removeprefix("/file/")), ("Content-Length", "0")]
        body = environ["wsgi.input"].read()
        self.finished.append(path)
        start_response("304 Not Modified" if path == "/same" else "200 OK", headers)
        spoken = {name: value for name, value in environ.items() if isinstance(value, str)}
        return [json.dumps({**spoken, "size": len(body), "sha": hashlib.sha256(body).hexdigest()}).encode()] if path != "/same" else []


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def lane(site: Site, tmp_path: Path) -> PageLane:
    (tmp_path / "files").mkdir()
    return PageLane(
        site,
        spool_dir=tmp_path / "spool",
        files_dir=tmp_path / "files",
        max_waiting=2,
        limit_for=lambda path: 5_000_000 if path == "/upload" else 256 * 1024,
        scheme="https",
    )


@pytest.fixture
def port(site: Site, lane: PageLane) -> Iterator[int]:
    with serving(lane) as port:
        yield port
        site.go.set()
    lane.close()


def post(path: str, body: bytes, *headers: bytes) -> bytes:
    lines = [b"POST %s HTTP/1.1" % path.encode(), b"host: x", *headers, b"content-length: %d" % len(body)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def chunked(path: str, body: bytes) -> bytes:
    pieces = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[n : n + 5000] for n in range(0, len(body), 5000)))
    return b"POST %s HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n" % path.encode() + pieces + b"0\r\n\r\n"


@contextlib.contextmanager
def dribbling_uploads(port: int, number: int) -> Iterator[list[socket.socket]]:
    """Clients that have sent the first bytes of their body and then rest."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(connect(port, post("/echo", b"x" * 1000)[:-900])) for _each in range(number)]


@pytest.mark.fault
def test_slow_uploads_hold_no_page_thread(port: int) -> None:
    with dribbling_uploads(port, 4) as uploads:
        assert ask(port, GET, seconds=1)[0] == 200
        for upload in uploads:
            upload.sendall(b"x" * 900)
            assert json.loads(read_answer(upload)[2])["size"] == 1000


@pytest.mark.fault
def test_slow_uploads_hold_every_thread_of_plain_a2wsgi(site: Site) -> None:
    with serving(_within_a2wsgi(site)) as port, dribbling_uploads(port, 4), pytest.raises(TimeoutError):
        ask(port, GET, seconds=1)


@contextlib.contextmanager
def slow_pages(port: int, site: Site) -> Iterator[list[socket.socket]]:
    """Two pictures being drawn, as far as they are let, and two PDFs."""
    with contextlib.ExitStack() as stack:
        paths = [b"/programmes/1/decks/1/pictures", b"/r/12345678/plain/photo", b"/wait/1.pdf", b"/wait/2.pdf"]
        yield [stack.enter_context(connect(port, b"GET %s HTTP/1.1\r\nhost: x\r\n\r\n" % path, seconds=20)) for path in paths]


@pytest.mark.fault
def test_pages_answer_while_pictures_are_drawn_and_paper_is_set(port: int, site: Site, lane: PageLane) -> None:
    with slow_pages(port, site) as waiting:
        _until(lambda: lane.inside == 4)
        assert [site.begun.acquire(timeout=20) for _thread in ("pictures", "the press", "ask again")] == [True] * 3
        for _page in range(6):
            assert ask(port, GET, seconds=20)[0] == 200
        assert site.finished == ["/"] * 6  # none of the slow ones was ready before
        assert not site.begun.acquire(blocking=False)  # of pictures one at a time
        site.go.set()
        assert [read_answer(connection)[0] for connection in waiting] == [200] * 4


@pytest.mark.fault
def test_in_one_line_they_would_stop_every_page(site: Site, tmp_path: Path) -> None:
    lane = PageLane(site, spool_dir=tmp_path / "spool", line_of=lambda _path: "")
    with serving(lane) as port, slow_pages(port, site):
        _until(lambda: lane.inside == 4)
        with pytest.raises(TimeoutError):
            ask(port, GET, seconds=1)
        site.go.set()
        _until(lambda: lane.inside == 0)
    lane.close()


@pytest.mark.parametrize("path", ["/programmes/3/decks/2/pictures", "/r/12345678/plain/photo", "/gatherings/7/documentation.pdf"])
def test_whatever_takes_a_file_or_sets_paper_has_a_line_of_its_own(path: str) -> None:
    assert line_of(path)
    assert not line_of(path.rpartition("/")[0])
    assert all(any(slow.pattern == pattern.pattern for slow, _line in SLOW) for pattern, _limit in (*SIGNED_IN, *WITH_TICKET))


def test_nobody_speaks_as_the_proxy(port: int) -> None:
    request = GET[:-2] + b"x_forwarded_for: 192.0.2.1\r\nX_Forwarded_Proto: https\r\nx-real: yes\r\n\r\n"
    environ = json.loads(ask(port, request)[2])
    assert [name for name in environ if "FORWARDED" in name] == []
    assert environ["HTTP_X_REAL"] == "yes"
    assert environ["wsgi.url_scheme"] == "https"


def test_plain_a2wsgi_would_let_them(site: Site) -> None:
    request = GET[:-2] + b"x_forwarded_for: 192.0.2.1\r\nconnection: close\r\n\r\n"
    with serving(_within_a2wsgi(site)) as port, connect(port, request) as connection:
        assert b'"HTTP_X_FORWARDED_FOR": "192.0.2.1"' in read_to_end(connection)


@pytest.mark.parametrize(("path", "size"), [("/echo", 0), ("/echo", 1000), ("/echo", 256 * 1024), ("/upload", 3_000_000)])
@pytest.mark.parametrize("form", [post, chunked])
def test_a_body_arrives_as_it_was_sent(port: int, form: Callable[[str, bytes], bytes], path: str, size: int) -> None:
    body = os.urandom(size)
    told = json.loads(ask(port, form(path, body))[2])
    assert (told["CONTENT_LENGTH"], told["size"], told["sha"]) == (str(size), size, hashlib.sha256(body).hexdigest())


def test_a_large_body_leaves_no_file_behind(port: int, tmp_path: Path) -> None:
    assert ask(port, post("/upload", bytes(1_000_000)))[0] == 200
    assert list((tmp_path / "spool").iterdir()) == []


def test_too_large_is_said_before_the_body_is_read(port: int, site: Site) -> None:
    with connect(port, b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 300000\r\n\r\n") as connection:
        status, headers, body = read_answer(connection)
    assert (status, site.finished) == (413, [])
    assert "större än vad som ryms" in body.decode()
    assert headers["content-security-policy"].startswith("default-src 'none'")


def test_too_large_in_pieces_is_said_when_it_crosses(port: int, site: Site) -> None:
    assert ask(port, chunked("/echo", bytes(300_000)))[0] == 413
    assert site.finished == []


def test_a_crowd_is_told_to_come_back(port: int, site: Site, lane: PageLane) -> None:
    with _full_house(port, site) as waiting:
        _until(lambda: lane.inside == 4)
        status, headers, body = ask(port, GET)
        assert (status, 1 <= int(headers["retry-after"]) <= 6) == (503, True)
        assert "Många på en gång" in body.decode()
        site.go.set()
        assert [read_answer(connection)[0] for connection in waiting] == [200] * 4
    assert ask(port, GET)[0] == 200


def test_whoever_leaves_the_line_gives_the_place_to_another(port: int, site: Site, lane: PageLane) -> None:
    with _full_house(port, site) as waiting:
        _until(lambda: lane.inside == 4)
        assert ask(port, GET)[0] == 503
        waiting[3].close()
        _until(lambda: lane.inside == 3)
        with connect(port, b"GET /late HTTP/1.1\r\nhost: x\r\n\r\n") as late:
            site.go.set()
            assert read_answer(late)[0] == 200
        _until(lambda: lane.inside == 0)  # the late one may overtake a thread that is not given the processor
    assert sorted(site.finished) == ["/late", "/wait0", "/wait1", "/wait2"]


def test_a_file_is_sent_by_the_wrapper(port: int, tmp_path: Path) -> None:
    content = os.urandom(200_000)
    (tmp_path / "files" / "a.bin").write_bytes(content)
    (tmp_path / "files" / "empty").write_bytes(b"")
    status, headers, body = ask(port, b"GET /file/a.bin HTTP/1.1\r\nhost: x\r\n\r\n")
    assert (status, headers["content-length"], body) == (200, "200000", content)
    assert "x-mellanrum-file" not in headers
    assert ask(port, b"GET /file/empty HTTP/1.1\r\nhost: x\r\n\r\n")[2] == b""
    with connect(port, b"HEAD /file/a.bin HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n") as head:
        assert head.makefile("rb").read().endswith(b"content-length: 200000\r\nconnection: close\r\n\r\n")


@pytest.mark.parametrize("name", ["missing", "../secret.key", "%2e%2e/secret.key", "/etc/passwd", "."])
def test_no_other_file_is_sent(port: int, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.key").write_text("secret")
    assert ask(port, b"GET /file/%s HTTP/1.1\r\nhost: x\r\n\r\n" % name.encode())[0] == 404


def test_a_failing_page_is_told_and_logged(port: int, caplog: pytest.LogCaptureFixture) -> None:
    assert ask(port, b"GET /fails HTTP/1.1\r\nhost: x\r\naccept-language: de, en-GB;q=0.5\r\n\r\n")[0] == 500
    assert "A page failed outside Django." in caplog.text


def test_an_answer_without_a_body_has_no_length(port: int) -> None:
    with connect(port, b"GET /same HTTP/1.1\r\nhost: x\r\n\r\n" + GET) as connection:
        received = b""
        while b"200 OK" not in received:
            received += connection.recv(1000)
    assert received.startswith(b"HTTP/1.1 304")
    assert b"content-length" not in received.split(b"\r\n\r\n")[0]


@pytest.mark.parametrize("query", ["a=b%20c&d=å", "q=\x80\xff"])
def test_any_query_reaches_the_page(port: int, query: str) -> None:
    status, _headers, body = ask(port, b"GET /?%s HTTP/1.1\r\nhost: x\r\n\r\n" % query.encode("latin-1"))
    assert status == 400 or json.loads(body)["QUERY_STRING"].isascii()


def _within_a2wsgi(site: Site) -> App:
    return WSGIMiddleware(site, workers=4)  # type: ignore[arg-type, return-value]


@contextlib.contextmanager
def _full_house(port: int, site: Site) -> Iterator[list[socket.socket]]:
    """Two pages being made and two in line."""
    with contextlib.ExitStack() as stack:
        waiting = []
        for number in range(4):
            waiting.append(stack.enter_context(connect(port, b"GET /wait%d HTTP/1.1\r\nhost: x\r\n\r\n" % number)))
            if number < 2:
                assert site.begun.acquire(timeout=5)
        yield waiting


def _until(true: Callable[[], bool]) -> None:
    """Wait for the server to have seen something that it tells nobody."""
    end = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)
