"""The sender matrix: what SPF, DKIM and alignment make of a declared sender, and what stays unknown."""

import pytest

from linter.facts.facts import Facts, Publishing
from linter.facts.mail.declared_mail import DeclaredMail, declared_mail
from linter.facts.mail.senders import Sender
from linter.facts.texts import Parsers
from linter.lookup.recorded import Recorded
from linter.lookup.recorded_reader import read_recording
from linter.run.estate import Estate
from linter.source.text import Source

KEY = (
    "v=DKIM1; k=rsa; p="
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmLaJxaFk4gIu3tL4+qVi1OtNyynsEgRZItMr1OuHkhl/f8f2AWUD"
    "0e1iSGVet7/YRerp0DCvYD7AaPpzpjRQ5kjHRE4C5hPZB/NPc2xoGm5tDsL03W4QmgX0x9B2ANyNJOPmSkhB/pwU1e0eDddX"
    "0rRr7P/S0f/Vs98ZomYYfVkWkZE4bmb/rYrcklDa6E3uT3ozrRZfnVWE0OKqEAHd6XZPyXxjH7KSzK5ILNT7Ja47IKqyH7by"
    "VFCL6db3mm7AZAZFIAQYqfiqIpV4RLV/1AwXqugiCbGtCz3RlWH7lip62mtKgWSY5NApCud7bIGd10sFuRTKxNH1Ixhv/qeR"
    "qQIDAQAB"
)


def declared(text: str, dns: str = "") -> DeclaredMail:
    """The declared mail of a native zone, with recorded answers behind it."""
    source = Source("zone.yaml", text)
    beyond = [Recorded([read_recording(Source("lock", dns))])] if dns else []
    estate = Estate([], ".", beyond)
    estate.add(source)
    assert estate.document("zone.yaml").faults == ()
    index = estate.index(estate.zones_of("zone.yaml")[0])
    assert index is not None
    return declared_mail(Facts(index, estate.resolver, estate, Publishing(), Parsers()))


def sender(system: str, records: str, dns: str = "", others: str = "") -> Sender:
    """The row of one system that sends as example.com."""
    text = f"zone: example.com\nsystems: {{one: {system}{others}}}\nmail: {{example.com: {{sends: [one]}}}}\nrecords:\n"
    mail = declared(f"{text}{records}", dns)
    return mail.senders(mail.entries[0])[0]


def spf(record: str) -> str:
    return f"  '': {{type: TXT, value: '{record}'}}\n"


OUTLOOK = "answers: {spf.protection.outlook.com: {TXT: ['v=spf1 ip4:40.92.0.0/15 -all']}}\n"
NESTED = (
    "answers: {a.example: {TXT: ['v=spf1 include:b.example -all']}, b.example: {TXT: ['v=spf1 ip4:50.0.0.0/24 ~all']}}"
)
COVERAGE = [
    ("{spf: 'ip4:50.0.0.25'}", "v=spf1 ip4:50.0.0.25 -all", "", "pass"),
    ("{provider: fastmail, spf: 'ip4:50.0.0.9'}", "v=spf1 include:spf.messagingengine.com -all", "", "unknown"),
    ("{provider: migadu, spf: 'ip4:50.0.0.9'}", "v=spf1 include:spf.messagingengine.com -all", "", "not covered"),
    ("{spf: 'ip4:50.0.0.25'}", "v=spf1 ip4:50.0.0.0/24 -all", "", "pass"),
    ("{spf: 'ip4:50.0.0.25'}", "v=spf1 ~ip4:50.0.0.25 -all", "", "not covered"),
    ("{spf: 'ip4:50.0.0.25'}", "v=spf1 -ip4:50.0.0.25 ip4:50.0.0.0/24 -all", "", "not covered"),
    ("{spf: 'ip4:50.0.0.25'}", "v=spf1 -all ip4:50.0.0.25", "", "not covered"),
    ("{spf: 'ip4:50.0.0.25'}", "v=spf1 +all", "", "pass"),
    ("{spf: 'ip4:50.0.0.25'}", "v=spf1 include:a.example -all", NESTED, "pass"),
    ("{spf: 'ip4:50.0.1.25'}", "v=spf1 include:a.example -all", NESTED, "not covered"),
    ("{spf: 'ip4:50.0.0.25'}", "v=spf1 include:a.example -all", "", "unknown"),
    ("{spf: 'ip4:50.0.0.25'}", "v=spf1 include:spf.protection.outlook.com -all", "", "not covered"),
    ("{spf: 'ip4:40.92.0.25'}", "v=spf1 include:spf.protection.outlook.com -all", OUTLOOK, "pass"),
    ("{spf: 'ip4:50.0.0.0/23'}", "v=spf1 ip4:50.0.0.0/24 ip4:50.0.1.0/24 -all", "", "pass"),
    ("{spf: 'ip4:50.0.0.0/23'}", "v=spf1 ip4:50.0.0.0/24 -all", "", "not covered"),
    ("{spf: 'ip6:2a00::25'}", "v=spf1 ip6:2a00::/64 -all", "", "pass"),
    ("{spf: include:b.example}", "v=spf1 include:B.example. -all", "", "pass"),
    ("{spf: include:b.example}", "v=spf1 include:a.example -all", NESTED, "pass"),
    ("{spf: include:b.example}", "v=spf1 include:a.example -all", "", "unknown"),
    ("{spf: include:b.example}", "v=spf1 ~include:b.example -all", NESTED, "not covered"),
    ("{spf: include:b.example}", "v=spf1 redirect=b.example", NESTED, "pass"),
    ("{spf: include:b.example}", "v=spf1 -all redirect=b.example", NESTED, "not covered"),
    ("{spf: redirect=b.example}", "v=spf1 include:b.example -all", NESTED, "pass"),
    ("{spf: include:b.example}", "v=spf1 include:spf.protection.outlook.com -all", "", "not covered"),
    ("{spf: [include:b.example, 'ip4:9.9.9.9']}", "v=spf1 include:b.example -all", NESTED, "not covered"),
    ("{provider: microsoft-365}", "v=spf1 include:spf.protection.outlook.com -all", "", "pass"),
    ("{provider: microsoft-365}", "v=spf1 include:spf.protection.office365.us -all", "", "pass"),
    ("{provider: microsoft-365}", "v=spf1 include:_spf.google.com -all", "", "not covered"),
    ("{spf: mx}", "v=spf1 mx -all", "", "pass"),
    ("{spf: mx}", "v=spf1 -all", "", "unknown"),
    ("{spf: 'ip4:50.0.0.25'}", "v=spf1 a mx ptr a mx ptr a mx ptr a mx ip4:50.0.0.25 -all", "", "pass"),
    ("{spf: a:mail.example.com}", "v=spf1 ip4:50.0.0.25 -all", "", "pass"),
    ("{spf: a:mail.example.com}", "v=spf1 a -all", "", "not covered"),
    ("{spf: a:mail.elsewhere.example}", "v=spf1 ip4:50.0.0.25 -all", "", "unknown"),
    ("{spf: 'exists:%{i}.a.example'}", "v=spf1 exists:%{i}.b.example -all", "", "not covered"),
    ("{spf: 'exists:%{i}.a.example'}", "v=spf1 exists:%{i}.a.example -all", "", "pass"),
    ("{spf: include:b.example}", "v=spf1 nclude:b.example -all", "", "broken"),
    ("{spf: include:b.example}", "hello", "", "no record"),
    ("{spf: include:b.example}", "v=spf1 include:example.com -all", "", "broken"),
    ("{spf: include:b.example}", "v=spf1 +all", NESTED, "pass"),
    ("{spf: include:b.example}", "v=spf1 a:b.example -all", NESTED, "not covered"),
    ("{spf: a:b.example}", "v=spf1 include:b.example -all", NESTED, "unknown"),
    ("{spf: mx:sub.example.com}", "v=spf1 ip4:50.0.0.25 -all", "", "pass"),
    ("{spf: mx:sub.example.com}", "v=spf1 ip4:50.0.0.26 -all", "", "not covered"),
]  # fmt: skip


@pytest.mark.parametrize(("system", "record", "dns", "expected"), COVERAGE, ids=[f"{r[0]}-{r[1]}" for r in COVERAGE])
def test_spf_covers_a_system_or_not_or_nobody_knows(system: str, record: str, dns: str, expected: str) -> None:
    hosts = (
        "  mail: {type: A, value: 50.0.0.25}\n  sub: {type: MX, value: {preference: 1, exchange: mail.example.com.}}\n"
    )
    row = sender(system, f"{spf(record)}{hosts}", dns)

    assert row.spf is not None
    assert row.spf.state == expected


def test_what_is_declared_for_another_system_covers_nobody_else() -> None:
    row = sender(
        "{spf: 'ip4:50.0.0.25'}",
        spf("v=spf1 include:_spf.web.example -all"),
        "",
        ", web: {spf: include:_spf.web.example}",
    )

    assert (row.spf and row.spf.state, row.spf and row.spf.uncovered) == ("not covered", ("ip4:50.0.0.25",))


DMARC = "  _dmarc: {type: TXT, value: 'v=DMARC1; p=reject; %s'}\n"
KEYED = "  s1._domainkey: {type: TXT, value: %s}\n"
VERDICTS = [
    ("{spf: mx}", "v=spf1 mx -all", "adkim=s; aspf=s", "pass", True, True),
    ("{spf: include:b.example, envelope: b.example.com}", "x", "aspf=r", "unknown", True, True),
    ("{spf: include:b.example, envelope: b.example.com}", "x", "aspf=s", "fail", False, True),
    ("{spf: include:b.example, envelope: b.example}", "x", "aspf=r", "fail", False, True),
    ("{spf: include:b.example, envelope: b.example, dkim: [s1]}", "x", "aspf=r", "pass", False, True),
    ("{envelope: b.example, dkim: [s1], signs: n.example.com}", "x", "adkim=s", "fail", False, False),
    ("{dkim: [s1]}", "x", "", "pass", None, True),
    ("{dkim: [s2]}", "x", "", "unknown", None, True),
    ("{}", "v=spf1 mx -all", "", "unknown", None, True),
    ("{provider: sendgrid, dkim: [s9]}", "v=spf1 mx -all", "", "unknown", None, True),
    ("{spf: include:b.example, dkim: [s1]}", "v=spf1 -all", "", "pass", True, True),
    ("{spf: include:b.example, dkim: [s2]}", "v=spf1 -all", "", "fail", True, True),
    ("{spf: include:b.example, dkim: [gone, s1]}", "v=spf1 -all", "", "pass", True, True),
    ("{spf: include:b.example, dkim: [away]}", "v=spf1 -all", "", "pass", True, True),
    ("{spf: include:b.example, dkim: [old]}", "v=spf1 -all", "", "fail", True, True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("system", "record", "tags", "verdict", "spf_aligned", "dkim_aligned"),
    VERDICTS,
    ids=[f"{r[0]}-{r[2]}" for r in VERDICTS],
)
def test_dmarc_passes_by_what_is_aligned(
    system: str, record: str, tags: str, verdict: str, spf_aligned: bool | None, dkim_aligned: bool
) -> None:
    names = "  b: {type: NS, values: [ns.example.net.]}\n  old._domainkey: {type: TXT, value: v=DKIM1; p=}\n"
    names += "  away._domainkey: {type: CNAME, value: key.elsewhere.example.}\n"
    row = sender(system, f"{spf(record)}{DMARC % tags}{KEYED % KEY}{names}")

    assert (row.verdict, row.spf_aligned, row.dkim_aligned) == (verdict, spf_aligned, dkim_aligned)


def test_a_policy_that_nobody_here_knows_is_neither_there_nor_missing() -> None:
    text = (
        "zone: a.example.com\nsystems: {one: {spf: 'ip4:9.9.9.9'}}\nmail: {a.example.com: {sends: [one]}}\nrecords:\n"
    )
    mail = declared(f"{text}{spf('v=spf1 -all')}")

    row = mail.senders(mail.entries[0])[0]

    assert (row.policy, row.verdict, row.is_unaligned) == ("unknown", "fail", False)


HOSTILE = [
    "v=spf1 " + " ".join(f"include:r{number}.example" for number in range(3000)) + " -all",
    "v=spf1 " + "ip4:50.0.0.1 " * 9000 + "-all",
    "v=spf1 include:" + "a" * 60_000,
]


@pytest.mark.parametrize("record", HOSTILE, ids=["includes", "addresses", "long"])
def test_hostile_records_get_an_answer(record: str) -> None:
    row = sender("{spf: 'ip4:50.0.0.25', dkim: [s1]}", spf(record))

    assert row.spf is not None


def test_records_that_include_each_other_twice_at_every_level_are_walked_once() -> None:
    doubled = ", ".join(
        f"r{number}.example: {{TXT: ['v=spf1 include:r{number + 1}.example include:r{number + 1}.example -all']}}"
        for number in range(60)
    )
    row = sender(
        "{spf: include:b.example}", spf("v=spf1 include:r0.example -all"), f"complete: true\nanswers: {{{doubled}}}"
    )

    state = row.spf.state if row.spf is not None else ""  # a message that shows the tree would never end
    assert state == "broken"


def test_an_spf_record_that_could_not_be_asked_for_is_not_missing() -> None:
    row = sender("{spf: mx, envelope: e.example}", spf("v=spf1 mx -all"), "answers: {e.example: servfail}")

    assert row.spf is not None
    assert row.spf.state == "unknown"


@pytest.mark.parametrize(
    ("name", "label"),
    [("microsoft365", "`microsoft365`"), ("Microsoft-365", "`Microsoft-365`"), ("office", "`office` (Microsoft 365)")],
)
def test_a_system_is_called_by_its_vendor_too_where_that_says_more(name: str, label: str) -> None:
    facts = declared(f"zone: example.com\nsystems: {{{name}: {{provider: microsoft-365}}}}\nrecords: {{}}\n")

    assert facts.systems[name].label == label


ELSEWHERE = "envelope: bounce.example.org"
RUNBOX_KEY = "  selector1-runbox._domainkey: {type: CNAME, value: a.example.net.}\n"
KEYS = [
    ("{provider: amazon-ses, %s}", "", "missing", True),
    ("{provider: amazon-ses, %s}", f"  of-somebody._domainkey: {{type: TXT, value: '{KEY}'}}\n", "unknown", False),
    ("{provider: amazon-ses, %s}", "  abc._domainkey: {type: CNAME, value: abc.example.net.}\n", "unknown", False),
    (
        "{provider: amazon-ses, %s}",
        "  abc._domainkey: {type: CNAME, value: dkim2.mcsv.net.}\n",
        "missing",
        True,
    ),
    (
        "{provider: amazon-ses, %s}",
        "  abc._domainkey: {type: CNAME, value: abc.dkim.amazonses.com.}\n",
        "published",
        False,
    ),
    ("{provider: amazon-ses, %s}", "  '*._domainkey': {type: CNAME, value: abc.example.net.}\n", "unknown", False),
    ("{provider: amazon-ses, %s}", f"  k1._domainkey.mail: {{type: TXT, value: '{KEY}'}}\n", "unknown", False),
    ("{provider: amazon-ses, %s}", "  k1._domainkey: {type: TXT, value: 'v=DKIM1; p='}\n", "missing", True),
    ("{provider: amazon-ses, %s}", "  k1._domainkey: {type: TXT, value: 'v=DKIM1; k=rsa; p=MIIB'}\n", "missing", True),
    ("{provider: amazon-ses, dkim: [abc], %s}", "", "missing", True),
    ("{provider: runbox, %s}", "", "missing", True),
    ("{provider: google-workspace, %s}", "", "missing", True),
    ("{provider: runbox, %s}", RUNBOX_KEY, "published", False),
    ("{spf: 'ip4:50.0.0.9', %s}", "", "none", True),
    (
        "{spf: 'ip4:50.0.0.9', dkim: [s1], %s}",
        "  _domainkey: {type: NS, value: ns.vendor.example.}\n",
        "unknown",
        False,
    ),
]


@pytest.mark.parametrize(("system", "records", "state", "is_unaligned"), KEYS)
def test_a_vendor_may_sign_with_what_nobody_told(system: str, records: str, state: str, is_unaligned: bool) -> None:
    """A zone whose every selector is somebody else's holds none of the vendor's; a relay without any signs nothing."""
    reject = "  _dmarc: {type: TXT, value: v=DMARC1; p=reject}\n"
    row = sender(system % ELSEWHERE, f"{spf('v=spf1 -all')}{reject}{records}")

    assert (row.signing.state, row.is_unaligned) == (state, is_unaligned)


def test_a_foreign_mail_from_fails_by_itself_whatever_its_spf_lacks() -> None:
    """To add the term to that record would not make the mail pass."""
    reject = "  _dmarc: {type: TXT, value: v=DMARC1; p=reject}\n"
    dns = "answers: {bounce.example.org: {TXT: ['v=spf1 -all']}}\n"
    row = sender("{spf: 'ip4:50.0.0.9', envelope: bounce.example.org}", f"{spf('v=spf1 -all')}{reject}", dns)

    assert (row.spf and row.spf.state, row.is_unaligned) == ("not covered", True)


THROUGH = "{provider: microsoft-365, spf: include:_spf.filter.example}"
ALL_OF_ITS_OWN = "{provider: microsoft-365, spf: [include:_spf.filter.example, include:spf.protection.outlook.com]}"


@pytest.mark.parametrize(
    ("system", "record", "state"),
    [
        (THROUGH, "v=spf1 include:spf.protection.outlook.com -all", "not covered"),
        (THROUGH, "v=spf1 include:_spf.filter.example -all", "pass"),
        (ALL_OF_ITS_OWN, "v=spf1 include:spf.protection.outlook.com -all", "unknown"),
        (ALL_OF_ITS_OWN, "v=spf1 include:_spf.filter.example include:spf.protection.outlook.com -all", "pass"),
        ("{provider: microsoft-365}", "v=spf1 include:spf.protection.outlook.com -all", "pass"),
    ],
)
def test_who_sends_through_a_gateway_alone_is_not_let_through_by_the_vendor(
    system: str, record: str, state: str
) -> None:
    row = sender(system, spf(record))

    assert row.spf is not None
    assert row.spf.state == state
