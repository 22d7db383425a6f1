"""What signing in leaves is taken away when its time is over, and not before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from mellanrum.accounts.audit import note
from mellanrum.accounts.housekeeping import outlived
from mellanrum.accounts.models import AuditRow, SignInCode, SignInLink, User
from mellanrum.core import housekeeping
from mellanrum.core.housekeeping import keep_house

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def elin() -> User:
    return User.objects.create_user("elin@fabela.example")


def keep(moment: datetime) -> int:
    return keep_house(moment, [outlived])


def test_sessions_and_links_go_when_they_are_over(elin: User) -> None:
    Session.objects.create(session_key="k", session_data="", expire_date=THEN)
    SignInLink.objects.create(key_hash="h", user=elin, expires_at=THEN)
    assert keep(THEN) == 0
    assert keep(THEN + timedelta(seconds=1)) == 2
    assert (Session.objects.count(), SignInLink.objects.count(), User.objects.count()) == (0, 0, 1)


def test_codes_stay_as_long_as_they_are_counted(elin: User) -> None:
    SignInCode.objects.create(
        browser_hash="b", email=elin.email, user=elin, code_hash="c", created_at=THEN, expires_at=THEN + timedelta(minutes=10)
    )
    assert keep(THEN + DAY) == 0
    assert keep(THEN + DAY + timedelta(seconds=1)) == 1


def test_the_book_forgets_comings_and_goings_before_rights(elin: User) -> None:
    for what in ("signed-in", "signed-out", "member-added"):
        note(what, actor=elin)
    AuditRow.objects.update(at=THEN)
    assert keep(THEN + 90 * DAY) == 0
    assert keep(THEN + 91 * DAY) == 2
    assert keep(THEN + 730 * DAY) == 0
    assert keep(THEN + 731 * DAY) == 1


def test_a_great_many_go_in_small_parts(elin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "AT_ONCE", 10)
    SignInLink.objects.bulk_create(SignInLink(key_hash=f"h{number}", user=elin, expires_at=THEN) for number in range(35))
    assert keep(THEN + DAY) == 35
