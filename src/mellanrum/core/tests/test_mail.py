"""Mail to real servers: those that work, refuse, hang and hang up; and headers that nobody may add."""

from __future__ import annotations

import logging
import time
from dataclasses import astuple
from typing import Any

import pytest
from django.db import connection, transaction

from mellanrum.config import MailProblem, read_mail
from mellanrum.core import mail
from mellanrum.core.mail import LOCAL_INBOX, NO_MAIL, Mail, can_send_mail, has_local_inbox, inbox, is_failing, send_later, wait_until_sent
from mellanrum.core.tests.mail_servers import Letterbox, broken_server, serving

SMTP = "django.core.mail.backends.smtp.EmailBackend"
SECRET = "820391"
LETTER = Mail(to="elin@fabela.example", subject="Din kod", text=f"Å ä ö: {SECRET}")


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(mail, "PAUSES", (0.01, 0.01))
    settings.DEFAULT_FROM_EMAIL = "Mellanrum <rum@fabela.example>"


def use_server(settings: Any, port: int, *, timeout: float = 5) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
    settings.EMAIL_TIMEOUT = timeout


def test_a_letter_arrives_whole(settings: Any) -> None:
    box = Letterbox()
    with serving(box) as port:
        use_server(settings, port)
        send_later(LETTER)
        assert wait_until_sent(10)
    (letter,) = box.letters
    assert box.envelopes == [("rum@fabela.example", ["elin@fabela.example"])]
    assert (letter["To"], letter["Subject"], letter["Auto-Submitted"]) == ("elin@fabela.example", "Din kod", "auto-generated")
    assert letter["Message-ID"].endswith("@fabela.example>")
    assert letter.get_content().strip() == LETTER.text
    assert not is_failing()


def test_text_is_there_beside_html(settings: Any) -> None:
    box = Letterbox()
    with serving(box) as port:
        use_server(settings, port)
        send_later(Mail(to="elin@fabela.example", subject="Hej", text="Ord", html="<p>Ord</p>"))
        assert wait_until_sent(10)
    assert [part.get_content_type() for part in box.letters[0].iter_parts()] == ["text/plain", "text/html"]


def test_a_server_that_says_later_is_asked_again(settings: Any) -> None:
    box = Letterbox("451 4.3.0 try again")
    with serving(box) as port:
        use_server(settings, port)
        send_later(LETTER)
        assert wait_until_sent(10)
    assert len(box.letters) == 1


def test_a_refusal_is_final_and_tells_no_secrets(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    box = Letterbox("550 5.1.1 no such person elin@fabela.example")
    with serving(box) as port, caplog.at_level(logging.DEBUG, logger="mellanrum"):
        use_server(settings, port)
        send_later(LETTER)
        assert wait_until_sent(10)
    assert (box.letters, box.refusals) == ([], [])  # asked once, or the second try would have been taken
    assert is_failing()
    assert "SMTPRecipientsRefused" in caplog.text
    assert SECRET not in caplog.text
    assert "elin" not in caplog.text


@pytest.mark.parametrize("hangs", [True, False], ids=["hangs", "hangs up"])
def test_a_broken_server_keeps_nobody_waiting(settings: Any, *, hangs: bool) -> None:
    box = Letterbox()
    with broken_server(hangs=hangs) as (port, callers):
        use_server(settings, port, timeout=0.2)
        begun = time.perf_counter()
        send_later(LETTER)
        assert time.perf_counter() - begun < 0.2
        assert wait_until_sent(10)
        assert len(callers) == 3
    assert is_failing()
    with serving(box) as port:  # the next letter is not held up by the lost one
        use_server(settings, port)
        send_later(LETTER)
        assert wait_until_sent(10)
    assert len(box.letters) == 1
    assert not is_failing()


def test_nobody_at_home(settings: Any) -> None:
    with broken_server(hangs=False) as (port, _callers):
        pass
    use_server(settings, port)
    send_later(LETTER)
    assert wait_until_sent(10)
    assert is_failing()


def test_a_mail_server_gets_ten_seconds() -> None:
    from mellanrum import settings as product

    assert product.EMAIL_TIMEOUT == 10


@pytest.mark.django_db(transaction=True)
def test_a_hanging_server_leaves_the_database_to_others(settings: Any) -> None:
    with broken_server(hangs=True) as (port, _callers):
        use_server(settings, port, timeout=0.3)
        with transaction.atomic():
            connection.cursor().execute("SELECT 1")
            begun = time.perf_counter()
            send_later(LETTER)
            assert time.perf_counter() - begun < 0.2
        assert wait_until_sent(10)


@pytest.mark.parametrize("address", ["elin@fabela.example\nBcc: all@fabela.example", "elin@fabela.example\r\n\r\nHej"])
def test_no_header_comes_in_with_an_address(address: str) -> None:
    with pytest.raises(ValueError, match="newline"):
        send_later(Mail(to=address, subject="Hej", text="Ord"))


def test_no_header_comes_in_with_a_subject(mailoutbox: list[Any]) -> None:
    send_later(Mail(to="elin@fabela.example", subject="Hej\r\nBcc: all@fabela.example", text="Ord"))
    assert wait_until_sent(10)
    assert mailoutbox[0].subject == "Hej Bcc: all@fabela.example"
    assert mailoutbox[0].recipients() == ["elin@fabela.example"]


def test_a_dropped_letter_goes_nowhere(mailoutbox: list[Any]) -> None:
    send_later(LETTER, is_dropped=True)
    assert wait_until_sent(10)
    assert mailoutbox == []


def test_the_local_inbox_keeps_the_latest(settings: Any) -> None:
    settings.EMAIL_BACKEND = LOCAL_INBOX
    assert (can_send_mail(), has_local_inbox()) == (True, True)
    for number in range(60):
        send_later(Mail(to="elin@fabela.example", subject=f"Nr {number}", text="Ord"))
    assert wait_until_sent(10)
    assert (len(inbox()), inbox()[0].subject) == (50, "Nr 59")


def test_without_a_server_none_is_sent(settings: Any) -> None:
    settings.EMAIL_BACKEND = NO_MAIL
    assert (can_send_mail(), has_local_inbox()) == (False, False)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://rum:p%40ss@smtp.example:2525?tls=1", ("smtp.example", 2525, "rum", "p@ss", "starttls")),
        ("smtp://smtp.example", ("smtp.example", 587, "", "", "starttls")),
        ("smtp://smtp.example?tls=0", ("smtp.example", 25, "", "", "none")),
        ("smtp://127.0.0.1:1025", ("127.0.0.1", 1025, "", "", "none")),
        ("smtps://rum:x@smtp.example", ("smtp.example", 465, "rum", "x", "tls")),
    ],
)
def test_how_a_server_is_told(monkeypatch: pytest.MonkeyPatch, url: str, expected: tuple[Any, ...]) -> None:
    monkeypatch.setenv("MELLANRUM_SMTP_URL", url)
    monkeypatch.setenv("MELLANRUM_MAIL_FROM", "rum@fabela.example")
    server = read_mail()
    assert server is not None
    assert astuple(server) == (*expected, "rum@fabela.example")


def test_the_password_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    assert read_mail() is None
    (tmp_path / "smtp").write_text("smtp://rum:secret@smtp.example\n")
    monkeypatch.setenv("MELLANRUM_SMTP_URL_FILE", str(tmp_path / "smtp"))
    monkeypatch.setenv("MELLANRUM_MAIL_FROM", "rum@fabela.example")
    server = read_mail()
    assert server is not None
    assert server.password == "secret"
    monkeypatch.setenv("MELLANRUM_SMTP_URL_FILE", str(tmp_path / "gone"))
    with pytest.raises(MailProblem, match="MELLANRUM_SMTP_URL_FILE"):
        read_mail()


@pytest.mark.parametrize("url", ["smtp.example", "http://smtp.example", "smtp://", "smtp://h:x", "smtp://h?tls=yes", "smtp://h/path"])
def test_what_is_no_server_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("MELLANRUM_SMTP_URL", url)
    monkeypatch.setenv("MELLANRUM_MAIL_FROM", "rum@fabela.example")
    with pytest.raises(MailProblem, match=r"^MELLANRUM_SMTP_URL$"):
        read_mail()


@pytest.mark.parametrize("sender", ["", "rum", "rum@fabela.example\nBcc: x"])
def test_a_server_needs_a_sender(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    monkeypatch.setenv("MELLANRUM_SMTP_URL", "smtp://smtp.example")
    monkeypatch.setenv("MELLANRUM_MAIL_FROM", sender)
    with pytest.raises(MailProblem, match="MELLANRUM_MAIL_FROM"):
        read_mail()
