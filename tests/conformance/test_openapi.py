"""The description of the API is published, complete and true."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.failures import FailureGroup

from tests.conformance.client import Holder, call, join
from tests.conformance.conftest import Place

PATHS = {
    "/api/v1/rooms/join": {"post"},
    "/api/v1/rooms/{room_id}/state": {"get"},
    "/api/v1/rooms/{room_id}/events": {"get"},
    "/api/v1/rooms/{room_id}/contributions": {"post"},
    "/api/v1/rooms/{room_id}/participants/me": {"delete"},
    "/api/v1/projectors": {"post"},
    "/api/v1/projectors/me": {"get"},
}
UNFIT = {"events"}  # a stream has no end to wait for

pytestmark = pytest.mark.conformance


@pytest.fixture(scope="session")
def description(place: Place) -> dict[str, Any]:
    answer = call(place.base, "GET", "/api/v1/openapi.json")
    assert answer.status == 200
    return dict(answer.json)


def test_every_call_is_described(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.")
    for path, methods in PATHS.items():
        assert methods <= set(description["paths"][path]), path
    assert any("documentation" in path for path in description["paths"])


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                target: Any = description
                for key in value["$ref"].removeprefix("#/").split("/"):
                    target = target[key.replace("~1", "/").replace("~0", "~")]
            for child in value.values():
                walk(child)
        elif isinstance(value, list):
            for child in value:
                walk(child)

    walk(description)


def test_reasons_are_a_closed_list(description: dict[str, Any]) -> None:
    text = str(description)
    for reason in (
        "closed",
        "not_open",
        "wrong_phase",
        "invalid",
        "no_right",
        "too_fast",
        "id_reused",
        "unknown_exercise",
        "unknown_type",
        "not_found",
    ):
        assert f"'{reason}'" in text, reason


@pytest.mark.slow  # some hundred requests
def test_the_description_holds_whatever_is_sent(place: Place, crew: Holder, description: dict[str, Any], rating: str) -> None:
    """Random requests made from the description: never a 5xx, and every answer as described."""
    schema = schemathesis.openapi.from_dict(description)
    schema.config.update(base_url=place.base)
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]
        if operation.path.rsplit("/", 1)[-1] not in UNFIT:
            _try_operation(operation, place, crew)


def _try_operation(operation: Any, place: Place, crew: Holder) -> None:
    @settings(
        max_examples=15, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(), known=st.booleans())
    def run(case: Any, known: bool) -> None:
        if "room_id" in (case.path_parameters or {}) and known:
            case.path_parameters["room_id"] = crew.room
        guest = join(place.base, place.code)
        try:
            case.call_and_validate(headers={"Authorization": f"Bearer {guest.ticket}"}, timeout=10, checks=CHECKS)
        except FailureGroup as group:
            raise AssertionError("\n".join(str(failure) for failure in group.exceptions)) from None

    run()


CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.status_code_conformance,
]
