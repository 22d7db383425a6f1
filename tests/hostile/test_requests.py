"""Requests nobody should send get a plain answer or none, and everybody else is served as before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.conformance.client import Holder, call, example_item, join, new_id, open_exercises, post_json
from tests.hostile.wire import closed_within, connect, exchange, read_answer, status_of
from tests.running import Running

pytestmark = pytest.mark.fault


@pytest.fixture(autouse=True)
def others_are_served(product: Running, crew: Holder, exercise: str) -> Iterator[None]:
    """After every attack: a new person comes in, answers, and the process is the same."""
    yield
    person = join(product.base, product.code)
    assert person.send(example_item(next(open_exercises(person.state()))))[0]["status"] == "stored"
    assert product.process.poll() is None
    assert "Traceback" not in product.output


def _head(person: Holder, tail: str, *lines: str, method: str = "POST") -> bytes:
    head = [f"{method} {person.path(tail)} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {person.ticket}", *lines]
    return ("\r\n".join(head) + "\r\n\r\n").encode()


@pytest.mark.parametrize(
    "value",
    [
        {"id": 1, "exercise": [], "type": {}, "data": "x"},
        {"id": "x" * 10_000, "exercise": "scale-1", "type": "rate", "data": {}},
        {"id": None},
        {"id": "a b\n", "exercise": "stage", "type": "next", "data": {}},
        [[[]]],
        [1, 2, 3],
        {"id": "0123456789abcdef01234567", "exercise": "../../etc", "type": "rate", "data": []},
        {
            "id": "0123456789abcdef01234567",
            "exercise": "scale-1",
            "type": "rate",
            "data": {"item": True, "subject": 1e308, "value": "dk" * 50},
        },
        {"id": "0123456789abcdef01234567", "exercise": "scale-1", "type": "__class__", "data": {"__proto__": {}}},
        {"made_at": "yesterday", "id": "0123456789abcdef01234567", "exercise": "scale-1", "type": "rate", "data": {}},
    ],
)
def test_wrong_types(person: Holder, value: object) -> None:
    answer = person.post(value)
    assert answer.status in {200, 400}
    assert answer.status == 400 or {result["status"] for result in answer.json["results"]} == {"refused"}
    assert person.state()["mine"] == []


def test_numbers_beyond_measure(person: Holder, exercise: str) -> None:
    item = example_item(next(open_exercises(person.state())))
    for number in ("1e999", "-1e999", "NaN", "Infinity", "9" * 5_000, "0." + "0" * 5_000 + "1", "1" + "0" * 400, "-0", "1.0"):
        body = json.dumps({**item, "id": new_id(), "data": {**item["data"], "value": 77}}).replace("77", number).encode()
        answer = call(
            person.base, "POST", person.path("contributions"), body=body, headers={**person.headers, "Content-Type": "application/json"}
        )
        assert answer.status in {200, 400, 413}, number
        if answer.status == 200 and number not in {"1.0", "-0"}:
            assert answer.json["results"][0]["status"] == "refused", number


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_deep_nesting(person: Holder, depth: int) -> None:
    for opening, closing_ in ((b"[", b"]"), (b'{"a":', b"}")):
        body = opening * depth + b"1" + closing_ * depth
        item = b'{"id":"0123456789abcdef01234567","exercise":"scale-1","type":"rate","data":' + body + b"}"
        for sent in (body, item):
            answer = call(
                person.base, "POST", person.path("contributions"), body=sent, headers={**person.headers, "Content-Type": "application/json"}
            )
            assert answer.status in {200, 400, 413}


def test_ten_megabytes(person: Holder) -> None:
    """Refused by the declared length; the person behind it still reads the answer."""
    answer = call(
        person.base,
        "POST",
        person.path("contributions"),
        body=b"[" + b" " * 10_000_000 + b"]",
        headers={**person.headers, "Content-Type": "application/json"},
    )
    assert answer.status == 413
    assert answer.header("Content-Type").startswith("application/problem+json")


def test_ten_megabytes_in_chunks_without_a_length(person: Holder) -> None:
    head = _head(person, "contributions", "Content-Type: application/json", "Transfer-Encoding: chunked")
    chunk = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    assert status_of(exchange(person.base, head, *[chunk] * 160)) in {413, 0}


def test_ten_megabytes_to_a_page(product: Running) -> None:
    answer = call(
        product.base, "POST", "/join", body=b"code=" + b"1" * 10_000_000, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status in {400, 403, 405, 413}


@pytest.mark.slow  # the deadline for a head or a body is ten seconds, and that is what is tested
def test_half_open_requests_are_closed_and_dribbling_ones_hold_nobody(product: Running, person: Holder) -> None:
    beginnings = (b"", b"GET /healthz HT", _head(person, "contributions", "Content-Length: 100", "Content-Type: application/json") + b"[")
    with ExitStack() as stack:
        wires = [stack.enter_context(closing(connect(product.base))) for _ in range(60)]
        for number, wire in enumerate(wires):
            wire.sendall(beginnings[number % 3])
        page = call(product.base, "GET", "/")
        assert page.status in {200, 302, 303}
        assert person.send(example_item(next(open_exercises(person.state()))))[0]["status"] == "stored"
        assert all(closed_within(wire, 16) for wire in wires)


def test_slow_uploads_do_not_take_the_pages(product: Running) -> None:
    head = (
        b"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ncode=1"
    )
    with ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(closing(connect(product.base))).sendall(head)
        for _ in range(5):
            assert call(product.base, "GET", "/").status in {200, 302, 303}


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"BREW /coffee HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /\x00\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: a\r\n" * 5_000 + b"\r\n",
        b"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n{}",
        b"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
    ],
)
def test_odd_heads(product: Running, request_: bytes) -> None:
    assert status_of(exchange(product.base, request_, timeout=3)) < 500 or b" 505 " in exchange(product.base, request_, timeout=3)[:20]


@pytest.mark.parametrize(
    "lines",
    [
        (b"Content-Length: 5", b"Content-Length: 60"),
        (b"Content-Length: 5", b"Transfer-Encoding: chunked"),
        (b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"),
        (b"Transfer-Encoding: xchunked",),
        (b"Transfer-Encoding : chunked",),
        (b"Content-Length: 0\r\n X: folded",),
    ],
)
def test_two_meanings_of_one_request_are_not_two_requests(product: Running, person: Holder, lines: tuple[bytes, ...]) -> None:
    hidden = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    head = b"POST /api/v1/rooms/join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + b"\r\n".join(lines) + b"\r\n\r\n"
    with closing(connect(product.base, 2)) as wire:
        wire.sendall(head + b"0\r\n\r\n" + hidden)
        first = read_answer(wire)
        assert status_of(first) in {0, 400, 404, 411, 501}
        assert b"ok" not in first.partition(b"\r\n\r\n")[2][:2]


def test_headers_with_underscores_do_not_pose_as_others(product: Running) -> None:
    for name in ("X_Forwarded_For", "X_Forwarded_Proto", "X_Forwarded_Host", "Content_Length", "Cookie_"):
        plain = call(product.base, "GET", "/")
        spoofed = call(product.base, "GET", "/", headers={name: "https"})
        assert (spoofed.status, spoofed.header("Location")) == (plain.status, plain.header("Location"))
        assert "__Host-" not in spoofed.header("Set-Cookie")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../mellanrum.sqlite3",
        "/static/..%2f..%2fsecret.key",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "//evil.example/%2e%2e",
        "/static//etc/passwd",
        "/api/v1/rooms/%2e%2e/state",
        "/api/v1/rooms/" + "a" * 5_000 + "/state",
        "/api/v1/rooms//state",
        "/rooms/%F0%9F%98%80/cockpit",
        "/gatherings/99999999999999999999999999",
        "/gatherings/-1/documentation",
        "/.env",
        "/\\..\\..\\etc",
    ],
)
def test_tricks_with_paths_find_nothing(product: Running, path: str) -> None:
    answer = exchange(product.base, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode(), timeout=5)
    assert status_of(answer) in {301, 302, 303, 400, 401, 403, 404, 410, 414, 0}, answer[:200]
    assert b"root:x" not in answer
    assert b"SQLite format" not in answer


def test_the_shell_repeats_nothing_of_its_address(product: Running) -> None:
    known = call(product.base, "GET", "/r/00000000").body
    for code in ("%00", "9" * 4_000, "<script>", "%3Cscript%3E", "..%2f..%2fhealthz", "%F0%9F%98%80"):
        answer = call(product.base, "GET", f"/r/{code}")
        assert answer.status in {400, 404} or (answer.status, answer.body) == (200, known), code


def test_a_foreign_host_gets_no_page(product: Running) -> None:
    assert call(product.base, "GET", "/", headers={"Host": "evil.example"}).status == 400
    answer = post_json(product.base, "/api/v1/rooms/join", {"code": "00000000"}, {"Host": "evil.example"})
    assert b"evil.example" not in answer.body


def test_tickets_of_strange_shape(product: Running, person: Holder) -> None:
    for ticket in (
        "",
        "x",
        "Bearer",
        "a" * 6_000,
        "åäö".encode().decode("latin-1"),
        "' OR 1=1 --",
        "null",
        person.ticket[:-1],
        person.ticket + "A",
    ):
        answer = call(product.base, "GET", person.path("state"), headers={"Authorization": f"Bearer {ticket}"})
        assert answer.status in {400, 401, 431}, ticket[:20]
    for header in ("Basic " + person.ticket, person.ticket, "bearer"):
        assert call(product.base, "GET", person.path("state"), headers={"Authorization": header}).status == 401


def test_many_wrong_tickets_do_not_slow_the_room(product: Running, person: Holder) -> None:
    for _ in range(300):
        assert call(product.base, "GET", person.path("state"), headers={"Authorization": f"Bearer {new_id()}{new_id()}"}).status == 401
