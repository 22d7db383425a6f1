"""An invitation that has not gone out is told on the people page, and sent again from there."""

from __future__ import annotations

import pytest
from django.core import mail as django_mail
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.letters import DatabaseKeeper
from mellanrum.core.mail import Mail, wait_until_sent
from mellanrum.programmes.models import Programme
from mellanrum.programmes.people import add_person
from mellanrum.programmes.tests.test_people import NEW, member, page

pytestmark = pytest.mark.django_db


def test_an_invitation_that_has_not_gone_out_can_be_sent_again(client: Client) -> None:
    programme = Programme.objects.create(title="Modet att mötas")
    elin = member(programme, "owner", "elin@fabela.example")
    kim = add_person(programme, email=NEW, role="viewer", actor=elin, base_url="")
    assert "Inte skickat än" not in page(client, programme, elin)
    letter = DatabaseKeeper().keep(Mail(to=NEW, subject="Hej", text="Kom med", about=f"programme-{programme.pk}"), is_dropped=False)
    DatabaseKeeper().failed(letter, is_final=True)
    assert page(client, programme, elin).count("Inte skickat än") == 1
    assert wait_until_sent(10)
    before = len(django_mail.outbox)
    response = client.post(f"/programmes/{programme.pk}/people/{kim.pk}/invitation")
    assert response["Location"].endswith("?done=again")
    assert wait_until_sent(10)
    assert [mail.body for mail in django_mail.outbox[before:]] == ["Kom med"]
    assert client.post(f"/programmes/{programme.pk}/people/99999/invitation").status_code == 404
    client.force_login(member(programme, "helper"))
    assert client.post(f"/programmes/{programme.pk}/people/{kim.pk}/invitation").status_code == 403
    client.force_login(create_person("stranger@fabela.example"))
    assert client.post(f"/programmes/{programme.pk}/people/{kim.pk}/invitation").status_code == 404
