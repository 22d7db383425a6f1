"""Addresses that editors may link to, and those that are refused."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from mellanrum.exercise_kit.document import Link, Links, Passage
from mellanrum.outcomes.documentation import Documentation, Head
from mellanrum.outcomes.linking import is_web_address, whole_address
from mellanrum.outcomes.markdown import documentation_as_markdown

GOOD = [
    "https://fabela.example/",
    "http://fabela.example:8080/a/b?c=d&copy;=1#e",
    "https://xn--fabel-pra.example",
    "https://fabelå.example/möte(1)",
    "https://film.fabela.example/watch?v=a_b-c~d*[1]",
]
BAD = [
    "",
    "fabela.example",
    "//fabela.example",
    "/programmes/1",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://fabela.example",
    "mailto:a@fabela.example",
    "https://",
    "https:///sida",
    "https://elin:hemligt@fabela.example",
    "https://bank.example@fabela.example/",
    "https://fabela.example/ ok",
    "https://fabela.example/\nx",
    "https://fabela.example/\u202egnp.exe",
    "https://fabela.example/\u200bx",
    "https://fabela.example/\x00",
    'https://fabela.example/"onmouseover="x',
    "https://fabela.example/<b>",
    "https://fabela.example\\@elsewhere.example",
    "https://fabela.example:99999999/",
    "https://[::1",
    "https://-/",
    "https://" + "a" * 300 + ".example",
]


@pytest.mark.parametrize("address", GOOD)
def test_what_leads_somewhere_is_taken(address: str) -> None:
    assert is_web_address(address)


@pytest.mark.parametrize("address", BAD)
def test_what_hides_something_or_leads_nowhere_is_refused(address: str) -> None:
    assert not is_web_address(address)


@pytest.mark.parametrize("address", ["fabela.example", "www.fabelå.example/möte(1)?a=b:c", "film.fabela.example:8080#t=5"])
def test_a_host_without_https_is_made_whole(address: str) -> None:
    assert whole_address(address) == f"https://{address}"
    assert is_web_address(whole_address(address))


@pytest.mark.parametrize("address", [*GOOD, *(one for one in BAD if one != "fabela.example"), "java.script:alert(1)", "a@fabela.example"])
def test_nothing_else_is_made_into_an_address(address: str) -> None:
    assert whole_address(address) == address
    assert address in GOOD or not is_web_address(address)


@pytest.mark.parametrize("address", [*GOOD, "https://fabela.example/a>b", "https://fabela.example/\\*", "https://fabela.example/a b"])
def test_a_link_in_markdown_leads_where_it_says(address: str) -> None:
    """Also one that an older release might have let in."""
    links = Links((Link("[x](javascript:1)", address, "*film*"), Link("Nära", "/documentation/x"), Link("Utan", "")))
    told = documentation_as_markdown(Documentation(HEAD, (Passage("plan/links", "Länkar", "", (links,)),), is_final=True))
    tokens = [child for token in MarkdownIt("commonmark").parse(told) for child in token.children or []]
    ways = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    expected = MarkdownIt("commonmark").normalizeLink(address.replace("\\", "%5C").replace(">", "%3E").replace(" ", "%20"))
    assert ways == [expected]
    assert "javascript:1" in "".join(token.content for token in tokens)  # as text


def test_our_own_paths_are_whole_where_one_reads_elsewhere() -> None:
    links = Links((Link("Förra träffen", "/documentation/x", "4 februari"),))
    document = Documentation(HEAD, (Passage("plan/earlier", "Förut", "", (links,)),), is_final=True)
    assert "(<https://rum.example/documentation/x>)" in documentation_as_markdown(document, "https://rum.example")
    assert "documentation/x" not in documentation_as_markdown(document)


HEAD = Head("Modet", "Öppet rum", "", "", "", "sv", None)
