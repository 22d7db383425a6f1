"""What people do on their screens, in the words of the room."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.conformance.client import Holder, join, new_id
from tests.running import Running

SAVED = "Sparat"


def stone(page: Page, item: str, subject: str, value: int | str) -> Locator:
    return page.locator(f'input[name="rate?item={item}&subject={subject}#value"][value="{value}"]')


def rate(page: Page, item: str, subject: str, value: int | str) -> None:
    """Touch a stone, as a thumb does: on its label."""
    stone(page, item, subject, value).locator("xpath=ancestor::label").click()


def saved(page: Page) -> None:
    expect(page.locator("[data-connection]")).to_have_text(SAVED)


def waits(page: Page, count: int) -> None:
    expect(page.locator("[data-connection]")).to_have_text(f"Väntar · {count} svar")


def on(page: Page) -> None:
    """The next statement."""
    page.locator("[data-step-next]").click()


def form(page: Page) -> Locator:
    return page.locator("form[data-exercise]:not([data-exercise=own-notes])")


def press(page: Page, act: str) -> None:
    page.locator(f'[data-act="{act}"]:visible').first.click()


def simulate(product: Running, exercise: str, ratings: list[dict[tuple[str, str], int | str]]) -> list[Holder]:
    """People who speak only the protocol, each giving all these ratings."""
    people = []
    for rated in ratings:
        person = join(product.base, product.code)
        items = [
            {"id": new_id(), "exercise": exercise, "type": "rate", "data": {"item": item, "subject": subject, "value": value}}
            for (item, subject), value in rated.items()
        ]
        assert {result["status"] for result in person.send(*items)} == {"stored"}
        people.append(person)
    return people
