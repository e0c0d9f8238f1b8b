"""The ways in which organisations split mail between systems: right records are silent, and each usual mistake is told.

Every row is a topology with its declaration and records. A second table breaks one record of a row.
"""

from typing import NamedTuple

import pytest

from tests.rules.conftest import CheckZone

SYSTEMS = """zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example, mx2.webhost.example], spf: include:_spf.webhost.example, dkim: [default]}
  office: {provider: microsoft-365, tenant: contoso}
  google: {provider: google-workspace}
  filter: {receives: [mx.filter.example], spf: include:_spf.filter.example}
  exchange: {receives: [mail.example.com], spf: 'ip4:50.0.2.25', clients: {autodiscover: mail.example.com}}
  relay: {spf: 'ip4:50.0.2.26'}
  forward: {receives: [mx.forward.example]}
  letters: {spf: include:_spf.letters.example, dkim: {k1: k1.dkim.letters.example}}
mail:
"""
HOSTS = "  mail: {type: A, value: 50.0.2.25}\n"
POLICY = (
    "  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}\n"
    "  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}\n"
)
WEBHOST_KEY = "  default._domainkey: {type: CNAME, value: example-com.dkim.webhost.example.}\n"
GOOGLE_KEY = "  google._domainkey: {type: CNAME, value: key.example.net.}\n"
TO_OFFICE = "  autodiscover: {type: CNAME, value: autodiscover.outlook.com.}\n"
TO_EXCHANGE = "  autodiscover: {type: CNAME, value: mail.example.com.}\n"
OFFICE_MX = "example-com.mail.protection.outlook.com."


def office_keys(below: str = "") -> str:
    dashed = "o365-example-com" if below else "example-com"
    return "".join(
        f"  selector{number}._domainkey{below}:\n"
        f"    {{type: CNAME, value: selector{number}-{dashed}._domainkey.contoso.onmicrosoft.com.}}\n"
        for number in (1, 2)
    )


def apex(spf: str, *hosts: str, name: str = "''") -> str:
    values = ", ".join(f"{{preference: {10 * number}, exchange: {host}}}" for number, host in enumerate(hosts))
    mx = f"    - {{type: MX, values: [{values}]}}\n" if hosts else ""
    return f"  {name}:\n{mx}    - {{type: TXT, value: '{spf}'}}\n"


class Topology(NamedTuple):
    mail: str
    records: str

    def zone(self, old: str = "", new: str = "") -> str:
        text = f"{self.mail}records:\n{self.records}{POLICY}"
        assert old in text, "the row holds what is to be broken"
        return f"{SYSTEMS}{text.replace(old, new) if old else text}"


WEBHOST_MX = ("mx1.webhost.example.", "mx2.webhost.example.")
T = {
    "T1 one hosted provider": Topology(
        "  example.com: {receives: webhost, sends: [webhost]}\n",
        apex("v=spf1 include:_spf.webhost.example -all", *WEBHOST_MX) + WEBHOST_KEY,
    ),
    "T2 gateway before Microsoft 365": Topology(
        "  example.com: {receives: office, behind: filter, sends: [office]}\n",
        apex("v=spf1 include:spf.protection.outlook.com -all", "mx.filter.example.") + office_keys() + TO_OFFICE,
    ),
    "T2 and mail leaves by the gateway": Topology(
        "  example.com: {receives: office, behind: filter, sends: [office, filter]}\n",
        apex("v=spf1 include:spf.protection.outlook.com include:_spf.filter.example -all", "mx.filter.example.")
        + office_keys() + TO_OFFICE,
    ),
    "T3 gateway before Exchange": Topology(
        "  example.com: {receives: exchange, behind: filter, sends: [exchange]}\n",
        apex("v=spf1 ip4:50.0.2.25 -all", "mx.filter.example.") + HOSTS + TO_EXCHANGE,
    ),
    "T4 hybrid, MX at Microsoft": Topology(
        "  example.com: {receives: office, split: [{to: exchange, through: mail.example.com}], "
        "sends: [office, exchange]}\n",
        apex("v=spf1 ip4:50.0.2.25 include:spf.protection.outlook.com -all", OFFICE_MX)
        + office_keys() + HOSTS + TO_EXCHANGE,
    ),
    "T5 hybrid, MX at Exchange": Topology(
        "  example.com: {receives: exchange, split: [{to: office, through: contoso.mail.onmicrosoft.com}], "
        "sends: [office, exchange]}\n",
        apex("v=spf1 mx include:spf.protection.outlook.com -all", "mail.example.com.")
        + office_keys() + HOSTS + TO_EXCHANGE,
    ),
    "T6 Microsoft 365 first": Topology(
        "  example.com: {receives: office, split: [{to: webhost, through: mx1.webhost.example}], "
        "sends: [office, webhost]}\n",
        apex("v=spf1 include:spf.protection.outlook.com include:_spf.webhost.example -all", OFFICE_MX)
        + office_keys() + WEBHOST_KEY + TO_OFFICE,
    ),
    "T7 hosted provider first": Topology(
        "  example.com: {receives: webhost, split: [{to: office, through: example-com.mail.protection.outlook.com}], "
        "sends: [office, webhost]}\n",
        apex("v=spf1 include:spf.protection.outlook.com include:_spf.webhost.example -all", *WEBHOST_MX)
        + office_keys() + WEBHOST_KEY + TO_OFFICE,
    ),
    "T8 Google first": Topology(
        "  example.com: {receives: google, split: [{to: webhost, through: mx2.webhost.example}], "
        "sends: [google, webhost]}\n",
        apex("v=spf1 include:_spf.google.com include:_spf.webhost.example ~all", "smtp.google.com.")
        + GOOGLE_KEY + WEBHOST_KEY,
    ),
    "T9 a subdomain elsewhere": Topology(
        "  example.com: {receives: webhost, sends: [webhost]}\n"
        "  o365.example.com: {receives: office, sends: [office]}\n  '*': none\n",
        apex("v=spf1 include:_spf.webhost.example -all", *WEBHOST_MX)
        + apex("v=spf1 include:spf.protection.outlook.com -all", "o365-example-com.o-v1.mx.microsoft.", name="o365")
        + WEBHOST_KEY + office_keys(".o365") + TO_OFFICE.replace("autodiscover:", "autodiscover.o365:"),
    ),
    "T10 receive only, forwarded": Topology(
        "  example.com: {receives: forward, sends: []}\n", apex("v=spf1 -all", "mx.forward.example.")
    ),
    "T11 a subdomain that only sends": Topology(
        "  example.com: {receives: webhost, sends: [webhost]}\n  news.example.com: {sends: [letters]}\n",
        apex("v=spf1 include:_spf.webhost.example -all", *WEBHOST_MX) + WEBHOST_KEY
        + apex("v=spf1 include:_spf.letters.example -all", "mx.letters.example.", name="news")
        + "  k1._domainkey.news: {type: CNAME, value: k1.dkim.letters.example.}\n",
    ),
    "T12 no mail": Topology("  example.com: none\n", apex("v=spf1 -all", ".")),
}  # fmt: skip


def found(check_zone: CheckZone, zone: str) -> list[tuple[str, str]]:
    return [(each.rule, f"{each.message} ({each.help})") for each in check_zone(zone)]


@pytest.mark.parametrize("name", T)
def test_a_topology_with_its_records_is_silent(name: str, check_zone: CheckZone) -> None:
    assert found(check_zone, T[name].zone()) == []


BROKEN = [
    ("T1", "mx2.webhost.example.}", "mx.filter.example.}", {"intent-mx-differs": "belongs to `filter`"}),
    ("T1", "mx1.webhost.example.}", "mx9.strange.example.}", {"intent-mx-differs": "is not a host of `webhost`"}),
    ("T1", WEBHOST_KEY, "", {"intent-dkim-missing": "`default._domainkey.example.com` is missing"}),
    ("T2 gateway", "mx.filter.example.}", OFFICE_MX + "}", {"intent-mx-differs": "not to `filter`"}),
    ("T2 and", " include:_spf.filter.example", "", {"intent-sender-unauthorised": "include:_spf.filter.example"}),
    ("T3", "ip4:50.0.2.25", "ip4:50.0.2.26", {
        "intent-sender-unauthorised": "`ip4:50.0.2.25` is not covered, and DMARC says `p=reject`",
    }),
    ("T4", "ip4:50.0.2.25 inc", "inc", {"intent-sender-unauthorised": "not authorise `exchange`"}),
    ("T4", "value: mail.example.com.}", "value: autodiscover.outlook.com.}", {
        "autodiscover-elsewhere": "to `office` (Microsoft 365), but `exchange` holds mailboxes still",
    }),
    ("T5", "value: mail.example.com.}", "value: autodiscover.outlook.com.}", {
        "autodiscover-elsewhere": "point it to `mail.example.com.`",
    }),
    ("T5", TO_EXCHANGE, "", {"autodiscover-missing": "publish it as a CNAME to `mail.example.com.`"}),
    ("T4", TO_EXCHANGE, "", {"autodiscover-missing": "publish it as a CNAME to `mail.example.com.`"}),
    ("T5", "value: mail.example.com.}", "value: imap.example.net.}", {}),
    ("T5", " include:spf.protection.outlook.com", "", {"intent-sender-unauthorised": "spf.protection.outlook.com"}),
    ("T5", "contoso.mail.onmicrosoft.com", "hybrid.example.com", {
        "intent-split-needs-route": "through `hybrid.example.com`: it has neither MX nor address",
    }),
    ("T6", OFFICE_MX + "}]", OFFICE_MX + "}, {preference: 50, exchange: mx1.webhost.example.}]", {
        "intent-mx-differs": "`mx1.webhost.example` belongs to `webhost`, not to `office` (Microsoft 365)",
    }),
    ("T6", "mx1.webhost.example}], s", "webhost.example.com}], s", {"intent-split-needs-route": "cannot get to"}),
    ("T6", TO_OFFICE, "", {"autodiscover-missing": "publish it as a CNAME to `autodiscover.outlook.com.`"}),
    ("T7", TO_OFFICE, "", {}),
    ("T7", ", through: example-com.mail.protection.outlook.com", "", {"intent-split-needs-route": "add `through:`"}),
    ("T8", GOOGLE_KEY, "", {"provider-record-missing": "TXT `google._domainkey.example.com`"}),
    ("T8", "smtp.google.com.", "aspmx.l.google.com.", {}),
    ("T9", "o365-example-com.o-v1.mx.microsoft.", "mx1.webhost.example.", {"intent-mx-differs": "`o365.example.com`"}),
    ("T9", "autodiscover.o365:", "autodiscover:", {
        "autodiscover-elsewhere": "points to `office` (Microsoft 365), but `webhost` holds its mailboxes",
        "autodiscover-missing": "`autodiscover.o365.example.com` is missing",
    }),
    ("T9", office_keys(".o365"), office_keys(), {"provider-record-missing": "selector2._domainkey.o365.example.com"}),
    ("T9", "o365-example-com._domainkey.contoso", "o365-example-com._domainkey.fabrikam", {
        "provider-record-differs": "tenant `contoso`",
    }),
    ("T10", "v=spf1 -all", "v=spf1 include:_spf.old.example -all", {"intent-spf-term-unused": "_spf.old.example"}),
    ("T11", "  k1._domainkey.news: {type: CNAME, value: k1.dkim.letters.example.}\n", "", {
        "intent-dkim-missing": "publish a CNAME to `k1.dkim.letters.example`",
    }),
    ("T11", "    - {type: MX, values: [{preference: 0, exchange: mx.letters.example.}]}\n", "", {
        "intent-envelope-unreachable": "bounces to `news.example.com`, which `letters` has in its MAIL FROM, are lost",
    }),
    ("T11", "mx.letters.example.}", ".}", {"intent-envelope-unreachable": "are lost: it has a null MX"}),
    ("T12", "v=spf1 -all", "v=spf1 include:_spf.old.example -all", {"mx-null-but-sends": "_spf.old.example"}),
    ("T12", "    - {type: MX, values: [{preference: 0, exchange: .}]}\n", "", {
        "intent-no-mail-incomplete": "null MX is missing",
    }),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "expected"), BROKEN, ids=[f"{row[0]}-{row[1][:24]}" for row in BROKEN])
def test_each_usual_mistake_is_told(
    name: str, old: str, new: str, expected: dict[str, str], check_zone: CheckZone
) -> None:
    topology = next(row for title, row in T.items() if title.startswith(name))

    said = found(check_zone, topology.zone(old, new))

    assert sorted({rule for rule, _ in said}) == sorted(expected), said
    for rule, words in expected.items():
        assert any(words in message for found_rule, message in said if found_rule == rule), said


@pytest.mark.parametrize(("exchange", "expected"), [
    ("mx1.webhost.example.", ["autodiscover-elsewhere"]),
    (OFFICE_MX, ["intent-mx-differs"]),  # both lead to the same others: the declaration is behind, which is one cause
    ("smtp.google.com.", ["autodiscover-elsewhere", "intent-mx-differs"]),
])  # fmt: skip
def test_a_declaration_that_records_have_left_behind_is_one_finding(
    exchange: str, expected: list[str], check_zone: CheckZone
) -> None:
    mail = "  example.com: {receives: webhost, sends: [webhost]}\n"
    records = apex("v=spf1 include:_spf.webhost.example -all", exchange) + WEBHOST_KEY + TO_OFFICE

    assert sorted(rule for rule, _ in found(check_zone, Topology(mail, records).zone())) == expected


@pytest.mark.parametrize(("envelope", "sends", "is_told"), [
    ("b.example.com", "", False),  # no mail is From a return path, so it needs no key
    ("b.example.com", "  b.example.com: {sends: [nl]}\n", False),  # that is said of the sender
    ("other.example.net", "", True),
])  # fmt: skip
def test_a_return_path_needs_no_key(envelope: str, sends: str, is_told: bool, check_zone: CheckZone) -> None:
    zone = (
        f"zone: example.com\nsystems:\n  nl: {{spf: 'ip4:50.0.2.26', envelope: {envelope}}}\n"
        f"mail:\n  example.com: {{sends: [nl]}}\n{sends}"
        "records:\n  '': {type: TXT, value: v=spf1 -all}\n"
        "  _dmarc: {type: TXT, value: v=DMARC1; p=reject; aspf=s; rua=mailto:dmarc@reports.example.net}\n"
        "  b:\n    - {type: MX, value: {preference: 10, exchange: mx.letters.example.}}\n"
        "    - {type: TXT, value: 'v=spf1 ip4:50.0.2.26 -all'}\n"
    )

    assert ("dmarc-enforced-without-dkim" in {rule for rule, _ in found(check_zone, zone)}) is is_told
