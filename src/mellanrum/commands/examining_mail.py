"""The point of `mellanrum check` about mail: whether the server is there, speaks encrypted and knows us. No letter is sent."""

from __future__ import annotations

import os
import smtplib
import ssl

from mellanrum.commands.finding import Finding
from mellanrum.commands.problems import _
from mellanrum.config import MailServer, read_mail

SECONDS = 10.0


def examine_mail() -> Finding:
    server = read_mail()
    if server is None:
        sentence = _("Inga mejl skickas. Sätt MELLANRUM_SMTP_URL och MELLANRUM_MAIL_FROM; till dess: mellanrum token")
        return Finding("mail", "warning" if os.environ.get("MELLANRUM_BASE_URL") else "ok", sentence)
    facts = {"server": f"{server.host}:{server.port}", "sender": server.sender}
    problem = _trouble(server)
    if problem:
        return Finding("mail", "problem", problem % facts)
    if server.security == "none":
        return Finding("mail", "ok", _("Mejl lämnas till %(server)s utan kryptering, från %(sender)s.") % facts)
    return Finding("mail", "ok", _("Mejl lämnas krypterat till %(server)s, från %(sender)s.") % facts)


def _trouble(server: MailServer) -> str:
    """What is wrong with it, in words without a password; empty when it would take our letters."""
    try:
        _greet(server)
    except smtplib.SMTPAuthenticationError:
        return _("Mejlservern %(server)s känner inte igen användaren eller lösenordet i MELLANRUM_SMTP_URL. Rätta dem.")
    except ssl.SSLError:
        return _("Mejlservern %(server)s visar inget giltigt certifikat. Kontrollera servernamnet i MELLANRUM_SMTP_URL.")
    except smtplib.SMTPNotSupportedError:
        return _("Mejlservern %(server)s kan inte kryptera eller inte logga in. Kontrollera port och tls i MELLANRUM_SMTP_URL.")
    except (OSError, smtplib.SMTPException):
        return _("Mejlservern %(server)s svarar inte. Kontrollera namn och port i MELLANRUM_SMTP_URL, och att brandväggen släpper ut.")
    return ""


def _greet(server: MailServer) -> None:
    context = ssl.create_default_context()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    with connection:
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        connection.noop()
