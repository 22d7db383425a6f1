"""Letters in the database until they are sent: a restart loses none, what cannot be sent now is tried for days."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from mellanrum.accounts.models import Letter
from mellanrum.core.clock import now
from mellanrum.core.mail import Mail, carry_kept

logger = logging.getLogger(__name__)

ROUND = 30.0  # seconds between two looks at what is due
IN_HAND = timedelta(minutes=10)  # longer than one letter with its tries takes
FIRST_REST, LONGEST_REST = timedelta(minutes=2), timedelta(hours=4)
PATIENCE = timedelta(days=3)
ON_ITS_WAY = timedelta(minutes=1)  # before that nobody needs to be told that it has not been sent
SENT_KEPT, UNSENT_KEPT = timedelta(days=7), timedelta(days=30)
NOTHING = {"text": "", "html": "", "subject": ""}

Carry = Callable[[Mail, int], None]


class DatabaseKeeper:
    """What `core.mail` asks; from any thread."""

    def keep(self, mail: Mail, *, is_dropped: bool) -> int:
        moment = now()
        letter = Letter.objects.create(
            to=mail.to,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            about=mail.about,
            made_at=moment,
            worth_until=moment + mail.worth if mail.worth is not None else None,
            next_try_at=moment + IN_HAND,
            is_dropped=is_dropped,
            leaves_no_trace=mail.leaves_no_trace,
        )
        return int(letter.pk)

    def is_wanted(self, letter: int) -> bool:
        Letter.objects.filter(pk=letter, is_dropped=True).delete()
        _end(_over(now()).filter(pk=letter))
        return waiting().filter(pk=letter).exists()

    def sent(self, letter: int) -> None:
        Letter.objects.filter(pk=letter, leaves_no_trace=True).delete()
        Letter.objects.filter(pk=letter).update(sent_at=now(), **NOTHING)

    def failed(self, letter: int, *, is_final: bool) -> None:
        found = Letter.objects.filter(pk=letter).first()
        if found is None:  # taken back while it was carried
            return
        rest = min(LONGEST_REST, FIRST_REST * 2 ** min(found.tries, 10))
        too_long = now() + rest > found.made_at + PATIENCE
        Letter.objects.filter(pk=letter).update(tries=F("tries") + 1, next_try_at=now() + rest, is_given_up=is_final or too_long)
        Letter.objects.filter(pk=letter, is_given_up=True, leaves_no_trace=True).delete()


def waiting() -> QuerySet[Letter]:
    """What is still to be sent."""
    return Letter.objects.filter(sent_at=None, is_given_up=False)


def forget_untraced() -> int:
    """Forget letters whose address is not to be kept, unsent: those of an earlier database have long been sent. How many those were."""
    return Letter.objects.filter(leaves_no_trace=True).delete()[0]


def _over(moment: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(sent_at=None, worth_until__lte=moment)


def _end(letters: QuerySet[Letter]) -> None:
    """Nobody sends these any more: what stood in them goes, and of some the whole row."""
    letters.filter(leaves_no_trace=True).delete()
    letters.update(is_given_up=True, **NOTHING)


def take_back(about: str) -> None:
    """Forget every letter about that which has not been sent."""
    Letter.objects.filter(about=about, sent_at=None).delete()


def carry_due(moment: datetime, *, is_start: bool = False, carry: Carry = carry_kept) -> int:
    """Carry what is due; at a start everything that waits, because nobody has it in hand any more. How many those were."""
    _end(_over(moment))
    due = waiting().filter(Q() if is_start else Q(next_try_at__lte=moment))
    letters = list(due.order_by("made_at"))
    for letter in letters:
        Letter.objects.filter(pk=letter.pk).update(next_try_at=moment + IN_HAND)
        carry(Mail(to=letter.to, subject=letter.subject, text=letter.text, html=letter.html), letter.pk)
    return len(letters)


def stuck(moment: datetime) -> QuerySet[Letter]:
    """Letters that should have been sent by now and have not, or never will be."""
    late = Q(tries__gt=0) | Q(made_at__lt=moment - ON_ITS_WAY)
    return Letter.objects.filter(sent_at=None, is_dropped=False).exclude(text="").filter(late)


def unsent_to(about: str, moment: datetime) -> frozenset[str]:
    """The addresses to which a letter about that has not been sent, though it should have been by now. None is new or worth nothing."""
    return frozenset(stuck(moment).filter(about=about).values_list("to", flat=True))


def send_again(about: str, to: str, *, carry: Carry = carry_kept) -> bool:
    """Carry the letter to that address once more, now; False when there is none that waits."""
    letter = Letter.objects.filter(about=about, to=to, sent_at=None).exclude(text="").order_by("-made_at").first()
    if letter is None:
        return False
    moment = now()
    Letter.objects.filter(pk=letter.pk).update(is_given_up=False, tries=0, made_at=moment, next_try_at=moment + IN_HAND)
    carry(Mail(to=letter.to, subject=letter.subject, text=letter.text, html=letter.html), letter.pk)
    return True


def outlived(moment: datetime) -> Iterator[QuerySet[Any]]:
    """Traces of letters: a week of those that were sent, a month of the others."""
    yield Letter.objects.filter(sent_at__lt=moment - SENT_KEPT)
    yield Letter.objects.filter(made_at__lt=moment - UNSENT_KEPT)


class Rounds(threading.Thread):
    """Looks for what is due, at once and then every half minute."""

    def __init__(self) -> None:
        super().__init__(name="letters", daemon=True)
        self._ended = threading.Event()

    def run(self) -> None:
        is_start = True
        while not self._ended.is_set():
            try:
                carry_due(now(), is_start=is_start)
            except Exception:
                logger.exception("Letters that wait could not be read.")
            is_start = False
            self._ended.wait(ROUND)

    def stop(self) -> None:
        self._ended.set()
        if self.is_alive():
            self.join(5)
