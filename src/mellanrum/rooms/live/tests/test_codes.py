"""The door: wrong codes are held back, right ones and whole venues are not."""

from __future__ import annotations

from mellanrum.rooms.live.codes import WRONG_IN_ALL, WRONG_PER_CLIENT, Bucket, Doors, GuessBrake


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_gives_its_size_at_once_and_then_its_rate() -> None:
    clock = Clock()
    bucket = Bucket(3, 2, clock)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    clock.now += 0.5
    assert [bucket.take(), bucket.take()] == [True, False]
    assert bucket.wait() == 0.5


def test_a_client_rests_after_ten_wrong_codes_and_others_do_not() -> None:
    clock = Clock()
    brake = GuessBrake(clock)
    for _ in range(WRONG_PER_CLIENT):
        assert brake.must_rest("guesser") == 0
        brake.wrong("guesser")
    assert brake.must_rest("guesser") > 0
    assert brake.must_rest("neighbour") == 0
    clock.now += 6
    assert brake.must_rest("guesser") == 0


def test_many_clients_with_wrong_codes_make_an_attack_that_passes() -> None:
    clock = Clock()
    brake = GuessBrake(clock)
    for number in range(WRONG_IN_ALL):
        brake.wrong(f"client-{number}")
    assert brake.is_under_attack()
    clock.now += 1
    assert not brake.is_under_attack()


def test_a_recycled_code_leads_to_the_new_room_and_the_key_to_the_old() -> None:
    doors = Doors()
    doors.add("old", "47190326", "old-key")
    doors.add("new", "47190326", "new-key")
    assert doors.by_code("47190326") == "new"
    assert doors.by_key("old-key") == "old"
    assert doors.by_code("00000000") is None
