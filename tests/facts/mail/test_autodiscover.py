"""Where Outlook is led for a declared name, and why nothing is found at a host."""

import pytest

from linter.facts.mail.autodiscover import discovery, not_there

from ..recorded_world import world
from .test_senders import declared

ZONE = (
    "zone: example.com\nsystems: {office: {provider: microsoft-365}}\n"
    "mail: {example.com: {receives: office}}\nrecords:\n"
)
RIGHT = "  autodiscover: {type: CNAME, value: autodiscover.outlook.com.}\n"


@pytest.mark.parametrize(
    ("records", "state"),
    [
        (RIGHT, "present"),
        ("  www: {type: A, value: 192.0.2.1}\n", "missing"),
        ("  autodiscover: {type: CNAME, value: www.example.com.}\n  www: {type: A, value: 192.0.2.1}\n", "differs"),
    ],
)
def test_where_outlook_is_led(records: str, state: str) -> None:
    mail = declared(ZONE + records)

    assert discovery(mail, mail.entries[0]).state == state


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("a.example.", ""),
        ("none.example.", "has no A or AAAA record"),
        ("gone.example.", "does not exist"),
        ("unknown.example.", ""),
    ],
)
def test_why_nothing_is_there(host: str, why: str) -> None:
    names = {
        "a.example": {"A": ["192.0.2.1"]},
        "none.example": {"A": "nodata", "AAAA": "nodata"},
        "gone.example": "nxdomain",
    }

    assert not_there(world(names, complete=False), host) == why
