"""What holds for every page and fragment: strict HTML, labelled fields, nothing inline, no text of people as markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.conf import settings

from mellanrum.ui.templatetags.ui import ICONS
from mellanrum.ui.tests.faces import FRAGMENTS, PAGES

EVERYTHING = {**PAGES, **FRAGMENTS}
TEMPLATES = sorted(path for path in Path(settings.PACKAGE).rglob("*.html") if ".venv" not in path.parts)
NEEDS_NO_LABEL = {"hidden", "submit", "button"}


def parsed(html: str, *, is_page: bool) -> Any:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html) if is_page else parser.parseFragment(html)


def tree(name: str) -> Any:
    return parsed(EVERYTHING[name](), is_page=name in PAGES)


def elements(root: Any) -> Iterator[Any]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def unlabelled(root: Any) -> list[str]:
    """Fields without a name for those who do not see them."""
    inside = {id(field) for label in root.iter("label") for field in label.iter() if "".join(label.itertext()).strip()}
    named = {label.get("for") for label in root.iter("label") if "".join(label.itertext()).strip()}
    fields = [*root.iter("input"), *root.iter("textarea"), *root.iter("select")]
    asked = (field for field in fields if field.get("type") not in NEEDS_NO_LABEL and not field.get("aria-label"))
    return [str(field.attrib) for field in asked if id(field) not in inside and field.get("id") not in named]


def nameless_buttons(root: Any) -> list[str]:
    return [str(b.attrib) for b in root.iter("button") if not "".join(b.itertext()).strip() and not b.get("aria-label")]


def inline(root: Any) -> list[str]:
    """What a strict content security policy would stop."""
    found = [f"{e.tag} {name}" for e in elements(root) for name in e.attrib if name == "style" or str(name).startswith("on")]
    found += [f"<{e.tag}>" for e in elements(root) if e.tag == "style" or (e.tag == "script" and not e.get("src"))]
    links = (e.get(name, "") for e in elements(root) for name in ("src", "href") if e.tag in {"script", "link", "img", "use"})
    return [*found, *(link for link in links if re.match(r"(?:https?:)?//", link))]


@pytest.mark.parametrize("name", EVERYTHING)
def test_markup_holds(name: str) -> None:
    root = tree(name)
    assert unlabelled(root) == []
    assert nameless_buttons(root) == []
    assert inline(root) == []
    ids = Counter(element.get("id") for element in elements(root) if element.get("id"))
    assert [found for found, count in ids.items() if count > 1] == []


@pytest.mark.parametrize(
    ("html", "check"),
    [
        ("<input name=a>", unlabelled),
        ("<label></label><textarea id=a></textarea>", unlabelled),
        ("<button><svg></svg></button>", nameless_buttons),
        ("<p style='color:red'>", inline),
        ("<p onclick='x()'>", inline),
        ("<script>x()</script>", inline),
        ("<img src='//elsewhere.example/a.png' alt=''>", inline),
    ],
)
def test_the_checks_see_what_they_look_for(html: str, check: Any) -> None:
    assert check(parsed(f"<div>{html}</div>" if "<p" not in html else f"<div>{html}</p></div>", is_page=False)) != []


def test_strict_html_refuses_what_browsers_forgive() -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        parsed("<p><div></p></div>", is_page=False)


@pytest.mark.parametrize("name", EVERYTHING)
def test_what_people_write_is_never_markup(name: str) -> None:
    assert "<script>alert" not in EVERYTHING[name]()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_its_language_title_and_one_heading(name: str) -> None:
    root = tree(name)
    assert root.get("lang")
    assert "".join(root.find("head").find("title").itertext()).strip()
    hidden = {id(e) for e in elements(root) if e.get("hidden") is not None or e.get("inert") is not None for e in e.iter()}
    headings = [e for e in root.iter("h1") if id(e) not in hidden]
    assert headings or name == "shell"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.PACKAGE)))
def test_every_icon_named_is_in_the_sprite(path: Path) -> None:
    named = set(re.findall(r'{%\s*icon "([^"]+)"', path.read_text("utf-8")))
    assert named - ICONS == set()


def test_the_shell_is_the_same_for_everyone() -> None:
    one, two = PAGES["shell"](), PAGES["shell"]()
    assert one == two
    assert "csrfmiddlewaretoken" not in one


def test_fields_say_what_they_send() -> None:
    root = tree("rate-5")
    names = {field.get("name") for field in [*root.iter("input"), *root.iter("textarea")]}
    assert "rate?item=i1&subject=me#value" in names
    assert "rate?item=i%262&subject=me#value" in names
    assert "write?part=hard#text" in names
    assert "group?#group" in names


def test_the_plain_page_shows_own_answers() -> None:
    root = tree("plain")
    chosen = {(field.get("name"), field.get("value")) for field in root.iter("input") if field.get("checked") is not None}
    assert chosen == {("rate?item=i1&subject=me#value", "4"), ("rate?item=i1&subject=us#value", "dk"), ("group?#group", "b")}
