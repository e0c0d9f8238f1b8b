"""Split delivery, condition by condition: what two systems that share a domain, or part of one, must not get wrong."""

from typing import NamedTuple

import pytest

from tests.rules.conftest import CheckZone

from .test_topologies import BROKEN, OFFICE_MX, SYSTEMS, TO_OFFICE, WEBHOST_KEY, T, apex, found, office_keys


class Case(NamedTuple):
    """A zone in the house of test_mail_topologies, with words of each finding that must come, and no other."""

    zone: str
    expected: dict[str, str]
    config: str = ""


def broken(topology: str, old: str, new: str) -> str:
    return next(row for title, row in T.items() if title.startswith(topology)).zone(old, new)


def without_intent(records: str) -> str:
    return f"zone: example.com\nrecords:\n{records}  s1._domainkey: {{type: CNAME, value: s1.keys.example.net.}}\n" \
        "  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}\n"  # fmt: skip


BOTH_SPF = "v=spf1 include:spf.protection.outlook.com include:_spf.google.com -all"
SUB_MX = "o365-example-com.o-v1.mx.microsoft."
STRICT = "profile: strict\nrules: {spf-missing-for-mail-host: off}\n"
CASES = {
    "SPL-1 two mailbox vendors in one set scatter, without any declaration": Case(
        without_intent(apex(BOTH_SPF, OFFICE_MX, "smtp.google.com.")),
        {"mx-split-between-systems": "Microsoft 365"},
    ),
    "SPL-1 a gateway beside the mailboxes is a way past it and no split": Case(
        without_intent(apex(BOTH_SPF, "eu-smtp-inbound-1.mimecast.com.", OFFICE_MX)),
        {"mx-gateway-bypass": "Mimecast"},
    ),
    "SPL-1 two declared systems in one set": Case(
        broken("T7", "mx2.webhost.example.}", f"{OFFICE_MX}}}"),
        {"intent-mx-differs": "belongs to `office` (Microsoft 365), not to `webhost`"},
    ),
    "SPL-2 the other system's route leads back": Case(
        f"{SYSTEMS}  example.com: {{receives: webhost, split: [{{to: office, through: way.example.com}}], "
        "sends: [webhost, office]}\nrecords:\n"
        + apex("v=spf1 include:spf.protection.outlook.com include:_spf.webhost.example -all",
               "mx1.webhost.example.", "mx2.webhost.example.")
        + apex("v=spf1 -all", "mx1.webhost.example.", name="way")
        + office_keys() + WEBHOST_KEY + TO_OFFICE
        + "  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}\n",
        {"intent-split-needs-route": "points to `webhost`, which sent the mail there"},
    ),
    "SPL-3 two senders sign with one selector": Case(
        broken("T1", "sends: [webhost]}", "sends: [webhost, twin]}")
        .replace("  filter:", "  twin: {spf: include:_spf.webhost.example, dkim: [default]}\n  filter:"),
        {"intent-selector-shared": "both sign with `default`"},
    ),
    "SPL-4 who hands mail on keeps the envelope and needs no SPF": Case(
        broken("T7", "sends: [office, webhost]", "sends: [office]").replace("com include:_spf.webhost.example", "com")
        .replace(WEBHOST_KEY, ""),
        {},
    ),
    "SPL-5 the tenant's host as next hop needs no MX": Case(T["T7 hosted provider first"].zone(), {}),
    "SPL-5 a smart host of the old form beside an MX of the new one": Case(
        broken("T6", OFFICE_MX, "example-com.o-v1.mx.microsoft.")
        .replace("{to: webhost, through: mx1.webhost.example}", "{to: webhost, through: mx2.webhost.example}"), {}
    ),
    "SPL-6 an MX that the owner gave is compared": Case(
        broken("T6", "", "").replace("tenant: contoso}", f"mx: {OFFICE_MX.replace('-com', '-com0e')}}}"),
        {"intent-mx-differs": "point the MX to `example-com0e.mail.protection.outlook.com.`"},
    ),
    "SPL-6 DKIM targets that the owner gave are compared": Case(
        broken("T6", "", "").replace("tenant: contoso}", "dkim: "
            "{selector1: selector1-example-com0e._domainkey.contoso.onmicrosoft.com, "
            "selector2: selector2-example-com._domainkey.contoso.onmicrosoft.com}}"),
        {"provider-record-differs": "selector1-example-com0e._domainkey.contoso.onmicrosoft.com"},
    ),
    "SPL-6 what nobody gave is compared with nothing": Case(
        broken("T6", "", "").replace("tenant: contoso}", "}").replace("{provider: microsoft-365, }",
            "{provider: microsoft-365}").replace("-example-com._domainkey.contoso", "-example-com03i._domainkey.other"),
        {},
    ),
    "single MX of Microsoft 365 without complaint, old form": Case(
        without_intent(apex("v=spf1 include:spf.protection.outlook.com -all", OFFICE_MX)), {}, STRICT
    ),
    "single MX of Microsoft 365 without complaint, new form": Case(
        without_intent(apex("v=spf1 include:spf.protection.outlook.com -all", "example-com.o-v1.mx.microsoft.")),
        {},
        STRICT,
    ),
    "single MX of Google without complaint": Case(
        without_intent(apex("v=spf1 include:_spf.google.com -all", "smtp.google.com.")), {}, STRICT
    ),
    "keys of the new form": Case(
        broken("T6", "", "").replace("contoso.onmicrosoft.com.}", "contoso.o-v1.dkim.mail.microsoft.}"), {}
    ),
    "selectors delegated by NS are managed elsewhere": Case(
        broken("T6", office_keys(), "  _domainkey: {type: NS, values: [ns1.vendor.example.]}\n")
        .replace(WEBHOST_KEY, "").replace("  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}\n", ""),
        {},
    ),
    "a policy that a CNAME leads away is managed elsewhere": Case(
        broken("T1", "_dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}",
               "_dmarc: {type: CNAME, value: example.com.dmarc.vendor.example.}"),
        {},
    ),
    "a policy that is delegated by NS is managed elsewhere": Case(
        broken("T1", "_dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}",
               "_dmarc: {type: NS, values: [ns.vali.example.]}"),
        {},
    ),
    "autodiscover that a CNAME leads over names of one's own": Case(
        broken("T6", TO_OFFICE, "  autodiscover: {type: CNAME, value: ad.example.net.}\n"), {}
    ),
}  # fmt: skip
CASES |= {
    "subdomain: its Autodiscover is its own, and the apex keeps its IMAP": Case(
        broken("T9", "", "").replace("spf: include:_spf.webhost.example, dkim: [default]}",
            "spf: include:_spf.webhost.example, dkim: [default], clients: {imaps: imap.webhost.example}}")
        + "  _imaps._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 993, target: imap.webhost.example.}}\n",
        {},
    ),
    "subdomain: MX at the apex helps nobody below": Case(
        broken("T9", f"    - {{type: MX, values: [{{preference: 0, exchange: {SUB_MX}}}]}}\n", ""),
        {"intent-mx-differs": "`o365.example.com` has no MX"},
    ),
    "subdomain: SPF of the apex is not inherited": Case(
        broken("T9", "    - {type: TXT, value: 'v=spf1 include:spf.protection.outlook.com -all'}\n", ""),
        {"spf-missing": "o365.example.com"},
    ),
    "subdomain: both selectors stand below it": Case(
        broken("T9", "".join(office_keys(".o365").splitlines(keepends=True)[:2]), ""),
        {"provider-record-missing": "selector1._domainkey.o365.example.com"},
    ),
    "subdomain: DMARC is inherited": Case(T["T9 a subdomain elsewhere"].zone(), {}),
    "subdomain: a DMARC record of its own counts": Case(
        T["T9 a subdomain elsewhere"].zone()
        + "  _dmarc.o365: {type: TXT, value: v=DMARC1; p=quarantine; rua=mailto:dmarc@reports.example.net}\n",
        {},
    ),
    "subdomain: people who send as the apex from Microsoft 365 need the apex's SPF": Case(
        broken("T9", "sends: [webhost]}", "sends: [webhost, office]}"),
        {"intent-sender-unauthorised": "spf.protection.outlook.com",
         "provider-record-missing": "selector1._domainkey.example.com"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_split_delivery(name: str, check_zone: CheckZone) -> None:
    case = CASES[name]

    said = [(each.rule, f"{each.message} ({each.help})") for each in check_zone(case.zone, config=case.config)]

    assert sorted({rule for rule, _ in said}) == sorted(case.expected), said
    for rule, words in case.expected.items():
        assert any(words in message for told, message in said if told == rule), said


@pytest.mark.parametrize("row", [f"T{number}" for number in range(1, 13)])
def test_every_row_of_the_table_is_tested_as_it_should_be_and_broken(row: str) -> None:
    assert any(name.split()[0] == row for name in T)
    assert any(name.split()[0] == row for name, *_ in BROKEN)


def test_the_house_has_no_finding_of_its_own(check_zone: CheckZone) -> None:
    assert found(check_zone, without_intent(apex("v=spf1 ip4:50.0.0.25 -all", "mx.filter.example."))) == []
