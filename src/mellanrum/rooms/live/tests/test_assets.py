"""Static files over HTTP: compressed, kept for ever under their hash, and never another file."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import brotli
import pytest

from mellanrum.rooms.live.assets import StaticLane
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
