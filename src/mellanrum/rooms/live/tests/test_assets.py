"""Static files over HTTP: compressed, kept for ever under their hash, and never another file."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import brotli
import pytest

from mellanrum.rooms.live.assets import StaticLane
from mellanrum.rooms.live.http import Receive, Scope, Send
from mellanrum.rooms.live.tests.serving import ask, connect, read_to_end, serving
from mellanrum.ui.assets import Assets, the_assets

SHEET = b"body { color: black; background: white }\n" * 40
ASSETS = Assets({"ui/a.css": SHEET, "ui/b.woff2": bytes(100), "ui/c.txt": b"x", "ui/d.unknown": b"?"})
URL = ASSETS.url("ui/a.css")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(StaticLane(ASSETS)) as port:
        yield port


def get(port: int, path: str, *lines: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    return ask(port, "\r\n".join([f"{method} {path} HTTP/1.1", "host: x", *lines, "", ""]).encode())


def test_a_hashed_file_may_be_kept_for_ever(port: int) -> None:
    status, headers, body = get(port, URL)
    headers.pop("date")
    assert (status, body) == (200, SHEET)
    assert headers == {
        "content-type": "text/css; charset=utf-8",
        "etag": f'W/"{ASSETS.hash("ui/a.css")}"',
        "vary": "accept-encoding",
        "x-content-type-options": "nosniff",
        "cache-control": "public, max-age=31536000, immutable",
        "content-length": str(len(SHEET)),
    }


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("GZIP;q=0.5", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None), ("", None)],
)
def test_the_best_encoding_is_chosen(port: int, accepted: str, encoding: str | None) -> None:
    _status, headers, body = get(port, URL, f"accept-encoding: {accepted}")
    assert headers.get("content-encoding") == encoding
    assert {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](body) == SHEET


@pytest.mark.parametrize("name", ["ui/b.woff2", "ui/c.txt"])
def test_what_would_not_become_smaller_is_sent_as_it_is(port: int, name: str) -> None:
    _status, headers, body = get(port, ASSETS.url(name), "accept-encoding: br, gzip")
    assert ("content-encoding" in headers, body) == (False, ASSETS.contents[name])


def test_a_known_file_is_not_sent_again(port: int) -> None:
    etag = get(port, URL)[1]["etag"]
    with connect(port, f"GET {URL} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nif-none-match: {etag}\r\n\r\n".encode()) as connection:
        answer = read_to_end(connection)
    assert answer.startswith(b"HTTP/1.1 304")
    assert answer.endswith(b"\r\n\r\n")
    assert get(port, URL, 'if-none-match: "other"')[0] == 200


def test_head_has_headers_only(port: int) -> None:
    with connect(port, f"HEAD {URL} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode()) as connection:
        answer = read_to_end(connection)
    assert f"content-length: {len(SHEET)}".encode() in answer
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("path", ["/static/ui/a.css", "/static/ui/a.00000000.css"])
def test_a_page_of_another_release_gets_the_present_file(port: int, path: str) -> None:
    status, headers, body = get(port, path)
    assert (status, headers["cache-control"], body) == (200, "no-store", SHEET)


@pytest.mark.parametrize(
    "path", ["/static/", "/static/ui/gone.css", "/static/../settings.py", "/static/%2e%2e/settings.py", "/static/ui/a"]
)
def test_no_other_file_is_sent(port: int, path: str) -> None:
    assert get(port, path)[0] == 404


def test_only_reading_is_possible(port: int) -> None:
    status, headers, _body = get(port, URL, method="POST")
    assert (status, headers["allow"]) == (405, "GET, HEAD")


def test_an_unknown_kind_is_never_run(port: int) -> None:
    headers = get(port, ASSETS.url("ui/d.unknown"))[1]
    assert (headers["content-type"], headers["x-content-type-options"]) == ("application/octet-stream", "nosniff")


def test_a_developer_reads_from_disk() -> None:
    fresh = Assets({}, fresh=True)
    with serving(StaticLane(fresh)) as port:
        status, headers, body = get(port, fresh.url("ui/css/phone.css"))
        assert (status, headers["cache-control"]) == (200, "no-store")
        assert b"@import" in body
        assert get(port, "/static/../../../settings.py")[0] == 404
        assert get(port, "/static/ui/css")[0] == 404


def test_the_phone_fits_through_a_bad_network() -> None:
    assets = the_assets()
    needed = ["ui/css/phone.css", "ui/js/phone.js", *(assets.paths[path] for path in assets.modules("ui/js/phone.js"))]
    assert sum(len(brotli.compress(assets.contents[name])) for name in needed) < 60_000


@pytest.fixture(scope="module")
def usual_port() -> Iterator[int]:
    """The same files, with nothing that lies ready."""
    lane = StaticLane(ASSETS)

    async def usual(scope: Scope, receive: Receive, send: Send) -> None:
        await lane(scope, receive, send)

    with serving(usual) as port:
        yield port


ODD = {
    "unknown": (b"GET /static/none.css HTTP/1.1\r\nhost: x\r\n\r\n", 404),
    "asked for before": (
        b'GET %b HTTP/1.1\r\nhost: x\r\nif-none-match: W/"%b"\r\n\r\n' % (URL.encode(), ASSETS.hash("ui/a.css").encode()),
        304,
    ),
    "another verb": (b"POST %b HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n" % URL.encode(), 405),
    "not a header": (b"GET %b HTTP/1.1\r\nhost x\r\n\r\n" % URL.encode(), 400),
    "two lengths": (b"GET %b HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n" % URL.encode(), 400),
    "a query": (b"GET %b?x=1 HTTP/1.1\r\nhost: x\r\n\r\n" % URL.encode(), 200),
}


@pytest.mark.parametrize(("sent", "status"), ODD.values(), ids=ODD)
def test_what_is_odd_goes_the_usual_way(port: int, sent: bytes, status: int) -> None:
    assert StaticLane(ASSETS).at_hand(sent) is None
    assert ask(port, sent)[0] == status


@pytest.mark.parametrize("accepted", ["br, gzip", "gzip", "identity", "br;q=0"])
@pytest.mark.parametrize("name", ["ui/a.css", "ui/b.woff2"])
def test_what_lies_ready_is_what_the_application_says(port: int, usual_port: int, name: str, accepted: str) -> None:
    sent = f"GET {ASSETS.url(name)} HTTP/1.1\r\nhost: x\r\naccept-encoding: {accepted}\r\n\r\n".encode()
    assert StaticLane(ASSETS).at_hand(sent) is not None
    quick, usual = ask(port, sent), ask(usual_port, sent)
    for _status, headers, _body in (quick, usual):
        assert headers.pop("date")
    assert quick == usual


def test_many_requests_on_one_connection_are_answered_in_order(port: int) -> None:
    plain = b"GET %b HTTP/1.1\r\nhost: x\r\n\r\n"
    ready, other = plain % URL.encode(), plain % b"/static/none.css"
    with connect(port) as line:
        for sent in (ready, other, ready + other + ready, ready[:20], ready[20:], other[:-2], other[-2:]):
            line.sendall(sent)
        line.sendall(b"GET %b HTTP/1.1\r\nconnection: close\r\n\r\n" % URL.encode())
        came = read_to_end(line)
    parts = [part[:3] for part in came.split(b"HTTP/1.1 ")[1:]]
    assert parts == [b"200", b"404", b"200", b"404", b"200", b"200", b"404", b"200"]


def test_what_was_answered_to_the_same_bytes_is_found_by_them_alone() -> None:
    at_hand = StaticLane(ASSETS).at_hand
    plain = b"GET %b HTTP/1.1\r\nhost: x\r\n\r\n" % URL.encode()
    pressed = plain.replace(b"\r\n\r\n", b"\r\naccept-encoding: br\r\n\r\n")
    known = plain.replace(b"\r\n\r\n", b'\r\nif-none-match: W/"x"\r\n\r\n')
    first = at_hand(plain), at_hand(pressed), at_hand(known)

    assert (at_hand(plain), at_hand(pressed), at_hand(known)) == first
    assert first[0] != first[1]
    assert first[2] is None
    assert at_hand(plain + plain) is None
    assert at_hand(plain[:-2]) is None
