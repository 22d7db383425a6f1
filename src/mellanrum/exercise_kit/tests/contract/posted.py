"""What a browser would post from an editor as it was drawn, found in its HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from mellanrum.exercise_kit.drafts import Form


class _Controls(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.form: dict[str, list[str]] = {}
        self.area: str | None = None
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "textarea":
            self.area, self.words = name, ""
        elif tag == "input" and (said.get("type") not in {"checkbox", "radio"} or "checked" in said):
            self.form.setdefault(name, []).append(said.get("value") or "")

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area is not None:
            # A browser drops the first line feed of a textarea and sends lines as CR LF.
            self.form.setdefault(self.area, []).append(self.words.removeprefix("\n").replace("\n", "\r\n"))
            self.area = None


def posted(html: str) -> Form:
    """Names to values, in the order of the page."""
    reader = _Controls()
    reader.feed(html)
    return reader.form
