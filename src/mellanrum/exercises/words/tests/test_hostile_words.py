"""Whatever people write: views stay small, the wall stays a picture, and no word ever jumps."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.charts.cloud import _lines
from mellanrum.exercise_kit.charts.svg import visible
from mellanrum.exercise_kit.templatetags.clouds import FRAMES, word_cloud
from mellanrum.exercises.words.audiences import crew, phone, projector
from mellanrum.exercises.words.contributions import KINDS, LONGEST
from mellanrum.exercises.words.tests.cast import DEFINITION, folded, phase, room
from mellanrum.exercises.words.views import Cloud

LARGEST_VIEW, LARGEST_PICTURE = 40_000, 40_000
SCRIPTS = {
    "emoji": "🔥❤️👩🏽‍🚒🏳️‍🌈",
    "arabic": "الثقة بيننا",
    "chinese": "信任与勇气",
    "combining": "t" + "\u0301\u0330\u0342" * 24,
    "override": "\u202eabc\u202c tillit",
    "isolates": "\u2067شجاعة\u2069 och mod",
    "no width": "til\u200bl\u200dit\ufeff",
    "mixed": "tillit الثقة 信任 доверие ὁμόνοια",
    "wide": "W" * LONGEST,
    "markup": "</text></svg><script>alert(1)</script>",
    "xml": "&amp;]]>\ufffe\uffff\x00",
    "astral": "\U0010fffd" * LONGEST,
}


def cloud_of(*texts: str) -> Cloud:
    return projector(DEFINITION, folded(room(*texts)), "write").clouds[0]


def places(picture: str) -> dict[str, tuple[str | None, str | None]]:
    """Where each line of text stands."""
    return {line.text or "": (line.get("x"), line.get("y")) for line in ET.fromstring(picture).findall(".//{*}text")}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("is_growing", [True, False])
def test_any_script_is_a_picture_that_stays_within_its_frame(text: str, frame: str, is_growing: bool) -> None:
    picture = word_cloud(cloud_of(text, "tid", text), frame, is_growing=is_growing)
    lines = ET.fromstring(picture).findall(".//{*}text")
    assert lines
    for line in lines:
        assert 0 <= float(line.get("x", "-1")) <= FRAMES[frame].width
        assert 0 <= float(line.get("y", "-1")) <= FRAMES[frame].height * 1.02
    assert "<script" not in picture
    assert len(picture) < 4_000


def test_what_cannot_be_seen_counts_with_what_it_looks_like() -> None:
    cloud = cloud_of("tillit", "til\u200blit", "\ufefftillit", "\u202etillit\u202c")
    assert [(word.count, word.place) for word in cloud.words] == [(4, "tillit")]


def test_one_word_of_four_thousand_letters_is_refused_and_one_of_eighty_is_broken() -> None:
    for kind, data in (("word", {"prompt": "trust", "slot": "1", "text": "a" * 4_000}), ("merge", {"from": "a" * 4_000, "into": "b"})):
        with pytest.raises(msgspec.ValidationError, match="length <= 80"):
            msgspec.convert(data, KINDS[kind])
    assert len(places(word_cloud(cloud_of("å" * LONGEST), "half"))) > 1


@pytest.mark.parametrize(
    "texts",
    [["tid"] * 10_000, [f"ord nummer {number}" for number in range(10_000)], [*SCRIPTS.values()] * 100],
    ids=["same", "other", "scripts"],
)
def test_however_many_write_what_is_sent_stays_small(texts: list[str]) -> None:
    state = folded([*room(*texts), phase(20_000, "result")])
    for view in (phone, projector, crew):
        assert len(msgspec.json.encode(view(DEFINITION, state, "result"))) < LARGEST_VIEW
    cloud = projector(DEFINITION, state, "result").clouds[0]
    assert cloud.given == len(texts)
    assert all(len(word_cloud(cloud, frame, is_growing=True)) < LARGEST_PICTURE for frame in ("wall", "phone"))


any_word = st.one_of(
    st.sampled_from(["tid", "tiden", "mod", "att hålla det vi lovat", "信任", "الثقة", "🔥", *SCRIPTS.values()]),
    st.text(min_size=1, max_size=LONGEST),
)


@given(texts=st.lists(any_word, min_size=1, max_size=14), name=st.sampled_from(sorted(FRAMES)))
def test_a_word_never_jumps_while_others_come(texts: list[str], name: str) -> None:
    """The middle of a word is its home for good, whatever comes and whichever form of it is shown; it may only shrink."""
    homes: dict[str, float] = {}
    for number in range(1, len(texts) + 1):
        cloud = cloud_of(*texts[:number])
        drawn = ET.fromstring(word_cloud(cloud, name, is_growing=True)).findall(".//{*}text")
        for word in cloud.words:
            first = visible(_lines(word.text, FRAMES[name])[0]) if word.text.strip() else ""
            found = [float(line.get("x", "0")) for line in drawn if line.text == first]
            if len(found) == 1:
                assert homes.setdefault(word.place, found[0]) == found[0]
