"""Mail leaves through one queue and one thread, so that no page, lock or transaction ever waits for a mail server.

While the product serves, letters lie in the database until they are sent (`keep_with`): a restart loses none. A process that is
killed between the sending and the noting of it sends that letter once more.
"""

from __future__ import annotations

import atexit
import logging
import queue
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from mellanrum.core.clock import now

logger = logging.getLogger(__name__)

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
LOCAL_INBOX = "mellanrum.core.mail.LocalInbox"
LONGEST_QUEUE = 1_000
PAUSES = (2.0, 15.0)  # seconds before another try; a code is worth little after some minutes
LAST_WORDS = 5.0


@dataclass(frozen=True)
class Mail:
    """`text` is always there; `html` beside it when somebody has drawn one. Line breaks in `subject` become spaces.

    `about` is what it concerns, as `programme-7`; `worth` is how long it is worth sending (a code is soon worth nothing).
    `leaves_no_trace`: whoever keeps it until it is sent forgets all of it then, the address too.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    about: str = ""
    worth: timedelta | None = None
    leaves_no_trace: bool = False


class Keeper(Protocol):
    """Keeps letters until they are sent, each under a number."""

    def keep(self, mail: Mail, *, is_dropped: bool) -> int: ...

    def is_wanted(self, letter: int) -> bool:
        """Whether it is still worth sending; asked just before."""
        ...

    def sent(self, letter: int) -> None: ...

    def failed(self, letter: int, *, is_final: bool) -> None: ...


@dataclass(frozen=True)
class Kept:
    """A mail as the demo's inbox shows it."""

    at: datetime
    to: str
    subject: str
    text: str


def can_send_mail() -> bool:
    return bool(settings.EMAIL_BACKEND != NO_MAIL)


def has_local_inbox() -> bool:
    """Whether mail stays in this process, to be read at /inbox/."""
    return bool(settings.EMAIL_BACKEND == LOCAL_INBOX)


def send_later(mail: Mail, *, is_dropped: bool = False) -> None:
    """Put the mail in the queue and return at once. Raises ValueError for what could not be a mail (a header in the address).

    A dropped one costs the same time and goes nowhere: nobody shall hear from the clock whether an address is known.
    """
    message = _message(mail)
    message.message()  # built here, where the caller can be told; the thread only carries
    letter = _postman.keeper.keep(mail, is_dropped=is_dropped) if _postman.keeper else None
    if letter is not None or not is_dropped:
        _postman.take(message, letter)


def keep_with(keeper: Keeper | None) -> None:
    """From now on letters are kept there until they are sent; None: in memory alone."""
    _postman.keeper = keeper


def carry_kept(mail: Mail, letter: int) -> None:
    """Put a kept letter into the queue again."""
    _postman.take(_message(mail), letter)


def wait_until_sent(seconds: float) -> bool:
    """Whether everything in the queue was carried or given up within that time."""
    return _postman.wait(seconds)


def is_failing() -> bool:
    """Whether the last mail could not be delivered."""
    return _postman.is_failing


def inbox() -> tuple[Kept, ...]:
    """What `LocalInbox` has kept, the newest first."""
    return tuple(reversed(_kept))


def _message(mail: Mail) -> EmailMessage:
    sender = settings.DEFAULT_FROM_EMAIL
    headers = {
        "Auto-Submitted": "auto-generated",  # no out-of-office answers to a code
        "Message-ID": make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "localhost"),  # else this computer's own name
    }
    message = EmailMultiAlternatives(" ".join(mail.subject.split()), mail.text, sender, [mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


class LocalInbox(BaseEmailBackend):
    """Keeps the latest mails in memory: for the demo, which never sends anything anywhere."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            _kept.append(Kept(now(), ", ".join(message.to), str(message.subject), str(message.body)))
        return len(email_messages)


_kept: deque[Kept] = deque(maxlen=50)


class _Postman:
    """The queue and its thread, which starts with the first mail."""

    def __init__(self) -> None:
        self._queue: queue.Queue[tuple[EmailMessage, int | None]] = queue.Queue(LONGEST_QUEUE)
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()
        self._leaving = threading.Event()
        self.is_failing = False
        self.keeper: Keeper | None = None

    def take(self, message: EmailMessage, letter: int | None = None) -> None:
        with self._guard:
            if self._thread is None:
                self._thread = threading.Thread(target=self._carry, name="mail", daemon=True)
                self._thread.start()
        try:
            self._queue.put_nowait((message, letter))
        except queue.Full:
            logger.warning("A mail was not sent: %d are waiting already.", LONGEST_QUEUE)

    def wait(self, seconds: float) -> bool:
        with self._queue.all_tasks_done:
            return self._queue.all_tasks_done.wait_for(lambda: not self._queue.unfinished_tasks, seconds)

    def leave(self) -> None:
        self._leaving.set()
        self.wait(LAST_WORDS)

    def _carry(self) -> None:
        while True:
            message, letter = self._queue.get()
            try:
                self._carry_one(message, letter)
            except Exception as error:  # noqa: BLE001 - whatever one mail does, the next one leaves
                self.is_failing = True
                logger.warning("A mail could not be sent: %s", type(error).__name__)  # its text may hold addresses
            finally:
                self._queue.task_done()

    def _carry_one(self, message: EmailMessage, letter: int | None) -> None:
        keeper = self.keeper if letter is not None else None
        if keeper and letter is not None and not keeper.is_wanted(letter):
            return
        problem = self._deliver(message)
        self.is_failing = problem is not None
        if keeper and letter is not None and problem is None:
            keeper.sent(letter)
        elif keeper and letter is not None:
            keeper.failed(letter, is_final=problem is not None and _is_final(problem))

    def _deliver(self, message: EmailMessage) -> Exception | None:
        """What stood in the way; None when it was taken."""
        problem: Exception | None = None
        for pause in (*PAUSES, None):
            try:
                get_connection().send_messages([message])
            except (OSError, SMTPException) as error:
                logger.warning("The mail server did not take a mail: %s", _reason(error))
                problem = error
                if pause is None or _is_final(error) or self._leaving.wait(pause):
                    return problem
            else:
                return None
        return problem


def _is_final(error: Exception) -> bool:
    """Whether the server has said no, and not just later."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= 500


def _reason(error: Exception) -> str:
    """The kind of error and the server's number; never its words, which may hold addresses."""
    number = f" {error.smtp_code}" if isinstance(error, SMTPResponseException) else ""
    return type(error).__name__ + number


_postman = _Postman()
atexit.register(_postman.leave)
