"""The stage thread: jobs in order, and none lost when it ends."""

from __future__ import annotations

from mellanrum.rooms.live.stage_thread import StageThread


def test_what_the_last_job_posts_is_done_before_the_end() -> None:
    done: list[str] = []
    thread = StageThread()
    thread.post(lambda: thread.post(lambda: done.append("written down")))
    thread.stop()
    thread.start()
    thread.join(5)
    assert done == ["written down"]


def test_a_job_that_fails_is_one_job() -> None:
    done: list[str] = []
    thread = StageThread()
    thread.post(lambda: done.append("before"))
    thread.post(lambda: done.remove("nothing"))
    thread.post(lambda: done.append("after"))
    thread.stop()
    thread.start()
    thread.join(5)
    assert done == ["before", "after"]
