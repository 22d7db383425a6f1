"""Hostile text is text: it is kept or refused, shown as what it is, and breaks nothing."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest

from tests.conformance.client import Holder, call, new_id
from tests.running import Running

pytestmark = pytest.mark.fault

KEPT = {
    "emoji with joiners": "👩🏽‍🚒👨‍👩‍👧‍👦🏳️‍🌈",
    "right to left": "\u202eabc\u202c שלום العربية",
    "zalgo": "Z̸̡̢͓̳̪̟̄̀̃̆̂͝a̵̢̛l̶g̷o̴" * 20,
    "markup": "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;\"'</textarea></form>",
    "template": "{{ 7 * 7 }}{% now 'Y' %}${7*7}",
    "sql": "'; DROP TABLE rooms_contribution; --",
    "line breaks": "en\r\ntvå\u2028tre\u2029fyra",
    "data: event": "\n\nevent: bye\ndata: {}\n\n",
    "no width": "\u200b\u200b\ufeff",
    "plane 16": "\U0010fffd" * 10,
    "long word": "å" * 1900,
}
REFUSED_OR_CLEANED = {
    "nul": "a\x00b",
    "controls": "\x01\x02\x1b[31m\x7f\x9b",
    "lone surrogate": "\ud800",
    "reversed surrogates": "\udc00\ud800",
}


def _write(person: Holder, exercise: str, text: str) -> dict[str, Any]:
    part = person.state()["cells"][f"exercise-{exercise}"]["parts"][0]["id"]
    return {"id": new_id(), "exercise": exercise, "type": "write", "data": {"part": part, "text": text}}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_any_text_is_kept_and_shown_as_text(product: Running, crew: Holder, person: Holder, exercise: str, text: str) -> None:
    item = _write(person, exercise, text)
    assert person.send(item)[0]["status"] == "stored"
    kept = person.state()["mine"][0]["data"]["text"]
    assert kept.replace("\r", "").strip("\ufeff\u200b")[:20] in _composed(text).replace("\r", "")
    with crew.events("?as=html") as stream:
        hello = stream.until("hello")
        assert hello.data["cells"]
        html = stream.until("cell", where=lambda data: data["cell"] == f"exercise-{exercise}").data["html"]
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert crew.act("hide", id=item["id"])["status"] == "stored"


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", REFUSED_OR_CLEANED.values(), ids=REFUSED_OR_CLEANED.keys())
def test_what_is_no_text_never_gets_through(product: Running, crew: Holder, person: Holder, exercise: str, text: str) -> None:
    item = _write(person, exercise, text)
    answer = person.post(item)  # json.dumps writes lone surrogates and NUL as \\u escapes
    assert answer.status in {200, 400}
    if answer.status == 200:
        assert answer.json["results"][0]["status"] in {"stored", "refused"}
    for holder in (person, crew):
        body = holder.get("state").body.decode()  # valid UTF-8, valid JSON
        assert json.loads(body)
        assert not any(mark in body for mark in ("\\u0000", "\x00", "\\ud800", "\\u001b", "\x9b"))
    crew.act("hide", id=item["id"])


def test_raw_surrogates_in_utf_8_are_malformed(product: Running, person: Holder, exercise: str) -> None:
    item = json.dumps(_write(person, exercise, "XX"), ensure_ascii=False).encode().replace(b"XX", b"\xed\xa0\x80")
    answer = call(
        product.base, "POST", person.path("contributions"), body=item, headers={**person.headers, "Content-Type": "application/json"}
    )
    assert answer.status in {200, 400}
    assert answer.status == 400 or answer.json["results"][0]["status"] == "refused"


@pytest.mark.parametrize("text", [*KEPT.values(), *REFUSED_OR_CLEANED.values()], ids=[*KEPT, *REFUSED_OR_CLEANED])
def test_names_may_be_anything_and_hurt_nobody(product: Running, crew: Holder, exercise: str, text: str) -> None:
    answer = call(
        product.base,
        "POST",
        "/api/v1/rooms/join",
        body=json.dumps({"code": product.code, "name": text[:100], "organisation": text[:100]}).encode(),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status in {200, 400}
    for form in ("json", "html"):
        page = crew.get(f"state?as={form}")
        assert page.status == 200
        assert b"<script>alert" not in page.body.replace(b"\\u003c", b"<") or form == "json"


def test_texts_longer_than_allowed_are_refused_with_a_sentence(person: Holder, exercise: str) -> None:
    result = person.send(_write(person, exercise, "å" * 4001))[0]
    assert result["status"] == "refused"
    assert result["reason"] in {"invalid", "too_large"}
    assert len(result["detail"]) > 10
