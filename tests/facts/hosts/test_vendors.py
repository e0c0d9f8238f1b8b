"""Whose mail hosts an MX set names, cheap signs first, and what a vendor has withdrawn."""

import pytest

from linter.facts.hosts.vendors import retired_report, retired_terms, styles_apart, vendor_catalogue, vendor_hosts

from ..zones import facts_of, txt

OUTLOOK, GOOGLE = "example-com.mail.protection.outlook.com.", "smtp.google.com."


def zone(*hosts: str) -> str:
    values = ", ".join(f"{{preference: {number}, exchange: {host}}}" for number, host in enumerate(hosts))
    return f"'': {{type: MX, values: [{values}]}}\n"


@pytest.mark.parametrize(
    ("hosts", "vendors"),
    [
        ([OUTLOOK], ["microsoft-365"]),
        ([GOOGLE, "mx.example.net."], ["google-workspace"]),
        (["mx.example.net."], []),
        (["."], []),
    ],
)
def test_vendors_by_their_hosts(hosts: list[str], vendors: list[str]) -> None:
    values = facts_of(zone(*hosts)).mail_hosts["example.com."]
    found = vendor_hosts(values)

    assert [host.sign.provider for host in found] == vendors
    assert [host.vendor for host in found] == [vendor_catalogue().providers[key].name for key in vendors]
    assert all(host.is_system and not host.is_gateway for host in found)


def test_hosts_of_two_styles_are_apart() -> None:
    one = vendor_hosts(facts_of(zone(GOOGLE, "aspmx.l.google.com.")).mail_hosts["example.com."])
    other = vendor_hosts(facts_of(zone("aspmx.l.google.com.", "alt1.aspmx.l.google.com.")).mail_hosts["example.com."])

    assert [len(each) for each in styles_apart(one)] == [2]
    assert styles_apart(other) == []


@pytest.mark.parametrize(
    ("record", "count"),
    [
        ("v=spf1 include:_netblocks.google.com -all", 1),
        ("v=spf1 include:_spf.google.com -all", 0),
        ("v=spf1 a -all", 0),
    ],
)
def test_includes_that_were_withdrawn(record: str, count: int) -> None:
    (text,) = facts_of(txt(record)).texts.spf

    assert len(list(retired_terms(text))) == count


def test_report_hosts_that_nobody_withdrew() -> None:
    assert retired_report("reports.example.com") is None
