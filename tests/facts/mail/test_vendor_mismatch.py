"""Mail that goes to one vendor's mailboxes while SPF lets those of another send, where that is certain."""

import pytest

from linter.facts.mail.vendor_mismatch import mismatches

from ..recorded_world import records
from ..zones import facts_of, txt

GOOGLE = "'':\n- {type: MX, value: {preference: 1, exchange: smtp.google.com.}}\n"
MICROSOFT = "'':\n- {type: MX, value: {preference: 0, exchange: example-com.mail.protection.outlook.com.}}\n"
OWN = "'':\n- {type: MX, value: {preference: 0, exchange: mx.example.net.}}\n"
ANSWERS = {
    "spf.protection.outlook.com": {"TXT": ["v=spf1 ip4:40.92.0.0/15 -all"]},
    "_spf.google.com": {"TXT": ["v=spf1 ip4:35.190.0.0/16 ~all"]},
    **records(reseller="v=spf1 include:_spf.google.com -all"),
}


@pytest.mark.parametrize(
    ("zone", "spf", "found"),
    [
        (GOOGLE, "v=spf1 include:spf.protection.outlook.com -all", [("google-workspace", "microsoft-365")]),
        (MICROSOFT, "v=spf1 include:_spf.google.com -all", [("microsoft-365", "google-workspace")]),
        (GOOGLE, "v=spf1 include:_spf.google.com -all", []),
        (GOOGLE, "v=spf1 include:_spf.google.com include:spf.protection.outlook.com -all", []),
        (GOOGLE, "v=spf1 include:reseller.example include:spf.protection.outlook.com -all", []),
        (GOOGLE, "v=spf1 ip4:192.0.2.1 include:spf.protection.outlook.com -all", []),
        (GOOGLE, "v=spf1 -include:spf.protection.outlook.com -all", []),
        (OWN, "v=spf1 include:spf.protection.outlook.com -all", []),
        (GOOGLE, "v=spf1 include:Spf.Protection.Outlook.com. -all", [("google-workspace", "microsoft-365")]),
    ],
)
def test_who_receives_and_who_alone_sends(zone: str, spf: str, found: list[tuple[str, str]]) -> None:
    facts = facts_of(f"{zone}- {{type: TXT, value: '{spf}'}}\n", answers=ANSWERS)

    assert [(each.receiver.key, each.sender.key) for each in mismatches(facts)] == found
    assert all(each.is_firm and each.asked.startswith("include:") for each in mismatches(facts))


def test_two_records_settle_nothing() -> None:
    spf = "v=spf1 include:spf.protection.outlook.com -all"
    facts = facts_of(f"{GOOGLE}- {{type: TXT, values: ['{spf}', 'v=spf1 -all']}}\n" + txt("x", "a"), answers=ANSWERS)

    assert list(mismatches(facts)) == []
