"""Whom a vendor's name is made for, by the part of it that spells a domain."""

import pytest

from linter.facts.mail.our_domains import Ours, letters
from linter.facts.mail.tokens import foreign

MX = ("{dashed}.mail.protection.outlook.com", "{token}.mail.protection.outlook.com")


class Known(Ours):
    """The domains of ours in a test."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def has(self, name: str) -> bool:
        return name in self.names

    def spelled(self, text: str) -> str:
        return next((name for name in self.names if letters(name) == text), "")


@pytest.mark.parametrize(
    ("name", "domain", "made_for"),
    [
        ("example-com.mail.protection.outlook.com.", "example.com.", None),
        ("contoso-com.mail.protection.outlook.com.", "example.com.", "contoso.com."),
        ("other-net.mail.protection.outlook.com.", "example.com.", ""),
        ("mx.example.net.", "example.com.", None),
    ],
)
def test_a_host_spells_its_customer(name: str, domain: str, made_for: str | None) -> None:
    found = foreign(("{dashed}.mail.protection.outlook.com",), name, domain, Known("contoso.com."))

    assert (found.domain if found is not None else None) == made_for
    assert found is None or found.token in name


def test_a_target_may_hold_the_domain_itself() -> None:
    found = foreign(("{domain}.dkim.example.net",), "a.example.dkim.example.net.", "b.example.", Known())

    assert found is not None
    assert (found.token, found.is_sure) == ("a.example", True)
