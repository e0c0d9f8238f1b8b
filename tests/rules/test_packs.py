"""What a pack asks for is an error under it, and a zone that does as it asks is clean."""

import pytest

from .conftest import CheckZone

SENDING = """'':
  - {{type: MX, value: {{preference: 10, exchange: mx1.mail.example.net.}}}}
  - {{type: TXT, value: 'v=spf1 ip4:50.0.0.0/24 {all}'}}
s1._domainkey: {{type: CNAME, value: s1.keys.example.net.}}
_dmarc: {{type: TXT, value: 'v=DMARC1\\; {dmarc}'}}
"""
PARKED = """'':
  - {{type: A, value: 50.0.0.80}}
  - {{type: MX, value: {{preference: 0, exchange: .}}}}
  - {{type: TXT, value: 'v=spf1 {all}'}}
'*._domainkey': {{type: TXT, value: v=DKIM1\\; p=}}
_dmarc: {{type: TXT, value: 'v=DMARC1\\; {dmarc}'}}
"""
RUA = "rua=mailto:dmarc@reports.example.net"
REJECT = f"p=reject\\; {RUA}"
CENTRAL = f"{REJECT},mailto:reports@dmarc.cyber.dhs.gov"
NO_KEY = "s1._domainkey: {type: CNAME, value: s1.keys.example.net.}\n"
STS = "_mta-sts: {type: TXT, value: v=STSv1\\; id=1}\nmta-sts: {type: A, value: 50.0.0.80}\n"
TLSA = "_25._tcp.mail: {type: TLSA, value: {certificate_usage: %s, selector: 1, matching_type: 1, " \
    "certificate_association_data: '%s'}}\n"  # fmt: skip
AUTHORISED = "answers: {example.com._report._dmarc.reports.example.net: {TXT: ['v=DMARC1;']}}\n"
REFUSED = "answers: {example.com._report._dmarc.reports.example.net: nxdomain}\n"


def sending(all_term: str = "-all", dmarc: str = REJECT) -> str:
    return SENDING.format(all=all_term, dmarc=dmarc)


def parked(all_term: str = "-all", dmarc: str = REJECT) -> str:
    return PARKED.format(all=all_term, dmarc=dmarc)


def declared(zone: str, mail: str, systems: str = "") -> str:
    """The zone with a declaration, as a native document."""
    records = "".join(f"  {line}\n" for line in zone.replace("\\;", ";").splitlines())
    return f"zone: example.com\n{systems}mail: {{example.com: {mail}}}\nrecords:\n{records}"


CLEAN = [
    ("bulk-sender", sending("~all", f"p=none\\; {RUA}")),
    ("cisa-bod-18-01", sending("~all", CENTRAL)),
    ("uk-gov", sending("~all")),
    ("uk-gov", parked()),
    ("nl-internet", sending("~all", f"p=quarantine\\; {RUA}")),
    ("nl-internet", parked()),
    ("bsi-tr-03182", sending("~all", f"p=quarantine\\; {RUA}")),
    ("bsi-tr-03182", parked()),
    ("m3aawg-parked", parked()),
    ("m3aawg-parked", declared(parked(), "none")),
]


@pytest.mark.parametrize(("pack", "zone"), CLEAN, ids=[f"{row[0]}-{number}" for number, row in enumerate(CLEAN)])
def test_who_does_as_a_pack_asks_has_no_error(pack: str, zone: str, check_zone: CheckZone) -> None:
    found = check_zone(zone, config=f"profile: {pack}\n", dns=AUTHORISED)

    assert [(each.rule, each.message) for each in found if each.severity in ("error", "warning")] == []


@pytest.mark.parametrize("policy", ["quarantine", "none"])
def test_a_policy_short_of_reject_is_told_once_where_no_mail_is_declared(policy: str, check_zone: CheckZone) -> None:
    zone = declared(parked("-all", f"p={policy}\\; {RUA}"), "none")

    found = check_zone(zone, config="profile: m3aawg-parked\n")

    assert [each.rule for each in found] == ["intent-no-mail-incomplete"]
    assert f"v=DMARC1; p=reject; {RUA}" in found[0].help


OUR_SENDER = "systems: {ours: {spf: 'ip4:50.0.0.9', envelope: bounce.example.org, dkim: [s2]}}\n"
ED25519 = "e1._domainkey: {type: TXT, value: v=DKIM1\\; k=ed25519\\; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}\n"
TOO_MANY = " ".join(f"a:h{number}.example.net" for number in range(11))
GONE = "answers: {gone.example: nxdomain}\n"
BROKEN = [
    ("bulk-sender", sending().replace(NO_KEY, ""), "", "dmarc-enforced-without-dkim"),
    ("bulk-sender", sending("ip4:50.0.0.0/8 -all"), "", "spf-range-too-wide"),
    ("bulk-sender", declared(sending("-all", f"p=none\\; {RUA}"), "{sends: [ours]}", OUR_SENDER), "",
     "intent-sender-unaligned"),
    ("bulk-sender", declared(sending(), "{sends: [ours]}", "systems: {ours: {spf: 'ip4:50.0.0.9', dkim: [s2]}}\n"), "",
     "intent-dkim-missing"),
    ("cisa-bod-18-01", sending("-all", f"p=quarantine\\; {RUA},mailto:reports@dmarc.cyber.dhs.gov"), "",
     "dmarc-policy-not-reject"),
    ("cisa-bod-18-01", sending(), "", "dmarc-expected-report-address-missing"),
    ("cisa-bod-18-01", sending("-all", "p=reject"), "", "dmarc-no-reports"),
    ("uk-gov", sending().replace(NO_KEY, ""), "", "dmarc-enforced-without-dkim"),
    ("uk-gov", sending() + STS, "", "mta-sts-without-tls-rpt: warning"),
    ("uk-gov", sending("-all", "p=reject"), "", "dmarc-no-reports: warning"),
    ("uk-gov", declared("www: {type: A, value: 50.0.0.80}\n", "none"), "", "intent-no-mail-incomplete"),
    ("uk-gov", declared(sending(), "none"), "", "intent-undeclared-mail"),
    ("nl-internet", sending(), REFUSED, "dmarc-report-unauthorised"),
    ("nl-internet", sending("?all"), "", "spf-neutral-all"),
    ("nl-internet", sending() + TLSA % (3, "00"), "", "tlsa-invalid"),
    ("nl-internet", sending() + TLSA % (1, "00" * 32), "", "tlsa-usage-not-for-smtp"),
    ("bsi-tr-03182", sending("-all", f"p=none\\; {RUA}"), "", "dmarc-policy-none"),
    ("bsi-tr-03182", sending("-all", "p=reject\\; rua=mailto:dmarc@www.example.com")
     + "www: {type: A, value: 50.0.0.80}\n'*': {type: MX, value: {preference: 0, exchange: .}}\n", "",
     "dmarc-report-address-unreachable"),
    ("bsi-tr-03182", sending().replace(NO_KEY, ED25519), "", "dkim-ed25519-alone"),
    ("bsi-tr-03182", declared("www: {type: A, value: 50.0.0.80}\n", "none"), "", "intent-no-mail-incomplete"),
    ("m3aawg-parked", parked("~all"), "", "spf-softfail-all"),
    ("m3aawg-parked", parked("-all", f"p=quarantine\\; {RUA}"), "", "dmarc-policy-not-reject"),
    ("m3aawg-parked", parked().replace("  - {type: MX, value: {preference: 0, exchange: .}}\n", ""), "", "mx-implicit"),
    ("m3aawg-parked", declared("www: {type: A, value: 50.0.0.80}\n", "none"), "", "intent-no-mail-incomplete"),
]  # fmt: skip
BROKEN += [
    (pack, zone, dns, rule)
    for pack, base in (
        *((name, sending) for name in ("bulk-sender", "cisa-bod-18-01", "uk-gov", "nl-internet", "bsi-tr-03182")),
        ("m3aawg-parked", parked),
    )
    for zone, dns, rule in (
        (base(f"{TOO_MANY} -all"), "", "spf-too-many-lookups"),
        (base("include:gone.example -all"), GONE, "spf-include-without-record"),
    )
]


@pytest.mark.parametrize(
    ("pack", "zone", "dns", "expected"),
    BROKEN,
    ids=[f"{row[0]}-{row[3]}-{number}" for number, row in enumerate(BROKEN)],
)
def test_what_a_pack_asks_for_is_an_error(pack: str, zone: str, dns: str, expected: str, check_zone: CheckZone) -> None:
    found = check_zone(zone, config=f"profile: {pack}\n", dns=dns)

    rule, _, severity = expected.partition(": ")
    assert {each.severity for each in found if each.rule == rule} == {severity or "error"}, found
