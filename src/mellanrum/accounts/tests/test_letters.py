"""Letters lie in the database until they are sent, and what stood in them no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mellanrum.accounts.housekeeping import outlived as signing_in
from mellanrum.accounts.letters import PATIENCE, DatabaseKeeper, carry_due, outlived, send_again, take_back, unsent_to
from mellanrum.accounts.models import Letter
from mellanrum.core.clock import now
from mellanrum.core.housekeeping import keep_house
from mellanrum.core.mail import Mail

pytestmark = pytest.mark.django_db
TO = "kim@sagomark.example"
INVITATION = Mail(to=TO, subject="Välkommen", text="Kom med", html="<p>Kom med</p>", about="programme-7")
DAY = timedelta(days=1)


class Hands:
    """Takes what is to be carried."""

    def __init__(self) -> None:
        self.carried: list[tuple[str, int]] = []

    def __call__(self, mail: Mail, letter: int) -> None:
        self.carried.append((mail.text, letter))


def kept(mail: Mail = INVITATION, *, is_dropped: bool = False) -> int:
    return DatabaseKeeper().keep(mail, is_dropped=is_dropped)


def words_of(letter: int) -> tuple[str, str, str]:
    found = Letter.objects.get(pk=letter)
    return found.subject, found.text, found.html


def test_what_stood_in_a_letter_is_erased_once_it_is_sent() -> None:
    letter = kept()
    assert words_of(letter) == ("Välkommen", "Kom med", "<p>Kom med</p>")
    assert DatabaseKeeper().is_wanted(letter)
    DatabaseKeeper().sent(letter)
    assert words_of(letter) == ("", "", "")
    assert not DatabaseKeeper().is_wanted(letter)  # whoever else has it in hand sends nothing


def test_after_a_start_everything_that_waits_is_carried() -> None:
    letter, hands = kept(), Hands()
    assert carry_due(now(), carry=hands) == 0  # it is in hand
    assert carry_due(now(), is_start=True, carry=hands) == 1
    assert hands.carried == [("Kom med", letter)]
    assert carry_due(now(), carry=hands) == 0


def test_what_failed_is_tried_again_later_and_later_and_given_up_after_days() -> None:
    letter, hands, rests = kept(), Hands(), []
    for _ in range(9):
        DatabaseKeeper().failed(letter, is_final=False)
        rests.append(Letter.objects.get(pk=letter).next_try_at - now())
    assert [round(rest / timedelta(minutes=1)) for rest in rests] == [2, 4, 8, 16, 32, 64, 128, 240, 240]
    assert carry_due(now() + timedelta(hours=5), carry=hands) == 1
    Letter.objects.update(made_at=now() - PATIENCE)
    DatabaseKeeper().failed(letter, is_final=False)
    assert Letter.objects.get(pk=letter).is_given_up
    assert carry_due(now() + DAY, is_start=True, carry=hands) == 0


def test_a_no_is_final_and_somebody_may_try_again() -> None:
    letter, hands = kept(), Hands()
    assert unsent_to("programme-7", now()) == set()  # it is on its way
    assert unsent_to("programme-7", now() + timedelta(minutes=2)) == {TO}
    DatabaseKeeper().failed(letter, is_final=True)
    assert unsent_to("programme-7", now()) == {TO}
    assert unsent_to("programme-8", now()) == set()
    assert carry_due(now() + DAY, is_start=True, carry=hands) == 0
    assert send_again("programme-7", TO, carry=hands)
    assert hands.carried == [("Kom med", letter)]
    DatabaseKeeper().sent(letter)
    assert unsent_to("programme-7", now() + DAY) == set()
    assert not send_again("programme-7", TO, carry=hands)


def test_a_secret_that_is_over_is_not_sent_and_not_kept() -> None:
    hands = Hands()
    code = kept(Mail(to=TO, subject="Din kod", text="820391", worth=timedelta(minutes=10)))
    assert carry_due(now() + timedelta(minutes=9), is_start=True, carry=hands) == 1
    assert carry_due(now() + timedelta(minutes=11), is_start=True, carry=hands) == 0
    assert words_of(code) == ("", "", "")
    late = kept(Mail(to=TO, subject="Din kod", text="820391", worth=timedelta(0)))
    assert not DatabaseKeeper().is_wanted(late)  # also when it came into the queue in time
    assert words_of(late) == ("", "", "")


def test_what_is_dropped_leaves_nothing() -> None:
    letter = kept(is_dropped=True)
    assert not DatabaseKeeper().is_wanted(letter)
    assert not Letter.objects.exists()


def test_traces_of_letters_go_with_time() -> None:
    DatabaseKeeper().sent(kept())
    DatabaseKeeper().failed(kept(), is_final=True)
    assert keep_house(now() + 6 * DAY, [signing_in, outlived]) == 0
    assert keep_house(now() + 8 * DAY, [outlived]) == 1
    assert keep_house(now() + 31 * DAY, [outlived]) == 1


FORGOTTEN = Mail(to=TO, subject="Ditt", text="Det du skrev", about="participant-x", leaves_no_trace=True)


def test_a_letter_that_leaves_no_trace_is_gone_when_it_is_sent_given_up_or_worth_nothing() -> None:
    traced, sent, refused = kept(), kept(FORGOTTEN), kept(FORGOTTEN)
    late = kept(Mail(to=TO, subject="Ditt", text="Det du skrev", worth=-DAY, leaves_no_trace=True))
    assert Letter.objects.filter(text="Det du skrev").count() == 3
    DatabaseKeeper().sent(traced)
    DatabaseKeeper().sent(sent)
    DatabaseKeeper().failed(refused, is_final=True)
    assert not DatabaseKeeper().is_wanted(late)
    assert list(Letter.objects.values_list("pk", flat=True)) == [traced]


def test_one_that_failed_for_now_waits_and_is_given_up_after_days() -> None:
    letter = kept(FORGOTTEN)
    DatabaseKeeper().failed(letter, is_final=False)
    assert Letter.objects.get(pk=letter).to == TO
    Letter.objects.filter(pk=letter).update(made_at=now() - PATIENCE)
    DatabaseKeeper().failed(letter, is_final=False)
    assert not Letter.objects.filter(pk=letter).exists()


def test_letters_are_taken_back_with_the_person_they_are_about() -> None:
    mine, other = kept(FORGOTTEN), kept()
    take_back("participant-x")
    assert list(Letter.objects.values_list("pk", flat=True)) == [other]
    DatabaseKeeper().failed(mine, is_final=False)  # whoever carried it meanwhile finds nothing to note
