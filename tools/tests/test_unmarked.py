"""Words nobody marked for translation are found; marked ones, markup and values are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import unmarked


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>Hej</p>", ["Hej"]),
        ('<a\n title="Stäng">{{ x }}</a>', ["Stäng"]),
        ("{% if room %}\n\nVälkommen till {{ room }}{% endif %}", ["Välkommen till"]),
        ('<p class="lead">{% translate "Hej" %} {{ name }}</p>', []),
        ("{% blocktranslate trimmed count n=n %}\n ett {% plural %} flera\n{% endblocktranslate %}", []),
        ("{# a note #}<!-- another --><b>1 · 2</b>&nbsp;Mellanrum", []),
        ("{% comment %}\nNot shown\n{% endcomment %}", []),
    ],
)
def test_only_words_without_a_mark_are_told(page: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unmarked, "ROOT", tmp_path)
    path = tmp_path / "page.html"
    path.write_text(page)
    assert [line.split("translation: ")[1] for line in unmarked.unmarked(path)] == words
