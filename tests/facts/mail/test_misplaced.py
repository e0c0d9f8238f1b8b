"""Records of declared vendors that are made for another domain."""

import pytest

from linter.facts.mail.misplaced import misplaced

from .test_senders import declared


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("example-com.mail.protection.outlook.com.", []),
        ("contoso-net.mail.protection.outlook.com.", [("MX", "contoso-net.mail.protection.outlook.com.")]),
        ("mx.example.net.", []),
    ],
)
def test_a_host_of_another_customer(host: str, found: list[tuple[str, str]]) -> None:
    mail = declared(
        "zone: example.com\nsystems: {one: {provider: microsoft-365}}\nmail: {example.com: {receives: one}}\n"
        f"records:\n  '': {{type: MX, value: {{preference: 0, exchange: {host}}}}}\n"
    )

    assert [(each.type, each.text) for each in misplaced(mail, mail.entries[0])] == found
