"""Pictures over HTTP: kept by the browser, a picture and nothing else, and never another file of the data folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mellanrum.core.picture_files import picture_address, store_picture
from mellanrum.core.pictures import Picture
from mellanrum.rooms.live.pictures import PictureLane
from mellanrum.rooms.live.tests.serving import ask, connect, read_to_end, serving

CONTENT = b"RIFF" + bytes(200_000)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "secret.key").write_text("SECRET")
    return folder


@pytest.fixture(scope="module")
def address(data: Path) -> str:
    return picture_address(store_picture(data, Picture(CONTENT, "image/webp", 2, 2)))


@pytest.fixture(scope="module")
def port(data: Path, address: str) -> Iterator[int]:
    (data / "pictures" / ".new-x").write_text("SECRET")
    with serving(PictureLane(data)) as port:
        yield port


def get(port: int, path: str, *lines: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    return ask(port, "\r\n".join([f"{method} {path} HTTP/1.1", "host: x", *lines, "", ""]).encode())


def test_a_picture_is_sent_as_one_and_kept(port: int, address: str) -> None:
    status, headers, body = get(port, address)
    headers.pop("date")
    assert (status, body) == (200, CONTENT)
    assert headers == {
        "content-type": "image/webp",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "cross-origin-resource-policy": "same-origin",
        "etag": f'"{address[10:36]}"',
        "cache-control": "private, max-age=31536000, immutable",
        "content-length": str(len(CONTENT)),
    }


def test_a_head_has_the_length_and_no_body(port: int, address: str) -> None:
    request = f"HEAD {address} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode()
    head, _end, body = read_to_end(connect(port, request)).partition(b"\r\n\r\n")
    assert b"content-length: 200004" in head
    assert body == b""


def test_a_known_picture_is_not_sent_again(port: int, address: str) -> None:
    known = f'if-none-match: "{address[10:36]}"'
    with_body = get(port, address, 'if-none-match: "other"')
    assert (with_body[0], len(with_body[2])) == (200, len(CONTENT))
    assert get(port, address, known)[::2] == (304, b"")
    gone = picture_address("a" * 26 + ".webp")
    assert get(port, gone, f'if-none-match: "{"a" * 26}"')[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/pictures/",
        "/pictures/.new-x",
        "/pictures/../secret.key",
        "/pictures/%2e%2e/secret.key",
        "/pictures/..%2fsecret.key",
        "/pictures/%00.webp",
        "/pictures//etc/passwd",
        "/pictures/" + "a" * 26 + ".webp",
        "/pictures/" + "a" * 26 + ".webp%0a",
        "/pictures/" + "a" * 5000,
    ],
)
def test_nothing_else_is_there(port: int, path: str) -> None:
    status, headers, body = get(port, path)
    assert (status, body, headers["cache-control"]) == (404, b"404\n", "no-store")


def test_pictures_are_only_read(port: int, address: str) -> None:
    for method in ("POST", "PUT", "DELETE"):
        status, headers, _body = get(port, address, "content-length: 0", method=method)
        assert (status, headers["allow"]) == (405, "GET, HEAD")
