"""Edits over a harvest: they stay when more is harvested, and bring nothing back that has gone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.document import Block, Bullets, Passage, Quote, Table, Text
from mellanrum.outcomes.overlay import NOTHING, Overlay, mark_of, overlaid, texts_of

TABLE = Table("Svar", ("Om",), (("Jag",),))
WORDS = st.sampled_from(["Vi ringer", "Chefen bytte jobb", "Fika", "Mod"])
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Text, WORDS), st.builds(Quote, WORDS), st.builds(Bullets, st.lists(WORDS, min_size=1).map(tuple)), st.just(TABLE)
)
PASSAGES = st.builds(Passage, st.just("a"), st.just("Vad är svårt?"), st.just("31 svar"), st.lists(BLOCKS).map(tuple))


def one(passage: Passage, overlay: Overlay) -> Passage:
    return overlaid((passage,), {passage.key: overlay}, edited="redigerad")[0]


@given(PASSAGES)
def test_without_edits_it_is_the_harvest(passage: Passage) -> None:
    assert one(passage, NOTHING) is not None
    assert one(passage, NOTHING) == passage


@given(PASSAGES, WORDS, WORDS)
def test_a_text_whose_source_is_gone_stays_gone(passage: Passage, hidden: str, shown: str) -> None:
    overlay = Overlay(texts={mark_of(hidden): f"Rättat: {hidden}"})
    left = [block for block in passage.blocks if hidden not in texts_of(Passage("a", "", "", (block,)))]
    without = Passage("a", passage.heading, passage.source, tuple(left))
    assert f"Rättat: {hidden}" not in texts_of(one(without, overlay))
    with_it = Passage("a", passage.heading, passage.source, (*left, Text(hidden)))
    assert f"Rättat: {hidden}" in texts_of(one(with_it, overlay))  # the control


def test_an_edit_stays_when_more_is_harvested() -> None:
    overlay = Overlay(heading="Det svåra", note="Vi valde tre.\n\nSå här.", texts={mark_of("Vi ringr"): "Vi ringer"})
    before = Passage("a", "Vad är svårt?", "1 svar", (Quote("Vi ringr"),))
    after = Passage("a", "Vad är svårt?", "2 svar", (Quote("Ny"), Quote("Vi ringr"), TABLE))
    assert one(before, overlay).blocks == (Text("Vi valde tre."), Text("Så här."), Quote("Vi ringer"))
    assert one(after, overlay).blocks == (Text("Vi valde tre."), Text("Så här."), Quote("Ny"), Quote("Vi ringer"), TABLE)
    assert (one(after, overlay).heading, one(after, overlay).source) == ("Det svåra", "2 svar, redigerad")


def test_an_emptied_text_goes_and_so_does_a_block_with_nothing_left() -> None:
    overlay = Overlay(texts={mark_of("ett"): "", mark_of("Ensam"): ""})
    passage = Passage("a", "R", "K", (Bullets(("ett", "två")), Bullets(("ett",)), Quote("Ensam"), TABLE))
    assert one(passage, overlay).blocks == (Bullets(("två",)), TABLE)


def test_what_is_left_out_is_not_there() -> None:
    passages = (Passage("a", "A", ""), Passage("b", "B", ""))
    assert [each.key for each in overlaid(passages, {"a": Overlay(is_left_out=True)}, edited="")] == ["b"]
