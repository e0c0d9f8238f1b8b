"""No rule fails on any zone: a table of values that nobody means, at every name and in every type that mail knows."""

from collections.abc import Iterator

import pytest

from linter.config.settings import ActiveRules, Settings
from linter.run.check import Checker
from linter.run.estate import Estate
from linter.run.needs import every_rule
from linter.source.text import Source
from tests.profiles import built_in

VALUES = (
    "''", "~", ".", "..", "a..b", "'*'", "'@'", "192.0.2.300", "1.2.3", "'2001:db8:::1'", "'::ffff:1.2.3'", "x" * 64,
    "9" * 5000, "1e400", "1:30", "2026-11-24", "2026-13-45", ".nan", "yes", "v=spf1", "v=spf1 a:",
    "'v=spf1 ip4: ip6:/'",
    "'v=spf1 exists:%{i99999r}.%{x} -all'", "'v=spf1 redirect= include: mx:/33//129'", "v=DMARC1", "'v=DMARC1; p='",
    "'v=DMARC1; p=none; rua=mailto:,!9,x!!; pct=999999999999'", "'v=DKIM1; p=A'", "'v=DKIM1; k=; h=:; p=='",
    "v=STSv1", "'v=TLSRPTv1; rua='", "'v=BIMI1; l=; a=;'", '"\\0"', '"a\\nb\\L\\N"', '"\\x1b[31m"', "!!binary aGVsbG8K",
    "\"v=spf1 a:\\u2028b\"", "'\"'", "\"'\\\\\"", "{}", "[]", "[[]]", "{preference: -1, exchange: 1.2.3}", "xn--a",
    "{preference: 1e9, exchange: a..b.}", "{priority: x, weight: ~, port: 99999, target: .}", "\u00fc\u0308",
    "b\u202ea",
    "{certificate_usage: 9, selector: -1, matching_type: x, certificate_association_data: zz}", "'::error::x'",
)  # fmt: skip
NAMES = (
    "''", "_dmarc", "s._domainkey", "_domainkey", "_mta-sts", "mta-sts", "_smtp._tls", "default._bimi", "mail", "'*'",
    "_25._tcp.mail", "_imaps._tcp", "autodiscover", "other.example._report._dmarc", "_spf", "x._report._dmarc",
)  # fmt: skip
TYPES = ("TXT", "MX", "A", "AAAA", "NS", "SRV", "TLSA", "SPF", "DNAME", "PTR")
INTENT = (
    "systems:\n  one: {receives: [mail.example.com], spf: 'a:mail.example.com mx', dkim: [s], envelope: example.com}\n"
    "  m365: {provider: microsoft-365, tenant: t}\nmail:\n  example.com: {receives: one, sends: [one, m365]}\n"
)


def zones(value: str) -> Iterator[str]:
    """The value in every type, at each name of one zone, and among ordinary records of others."""
    for kinds in (TYPES, ("CNAME",)):
        entries = ", ".join(f"{{type: {kind}, value: {value}}}" for kind in kinds)
        records = "".join(f"  {name}: [{entries}]\n" for name in NAMES)
        yield f"zone: example.com\n{INTENT}records:\n{records}"
    for kind in ("A", "CNAME", "MX", "TXT"):
        ordinary = (
            "    - {type: TXT, value: 'v=spf1 a:mail.example.com include:_spf.example.com -all'}\n"
            "    - {type: MX, value: {preference: 1, exchange: mail.example.com.}}\n"
        )
        spoilt = f"  mail: {{type: {kind}, values: [{value}, {value}]}}\n  _spf: {{type: {kind}, value: {value}}}\n"
        yield f"zone: example.com\n{INTENT}records:\n  '':\n{ordinary}{spoilt}"


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_no_rule_fails(value: str) -> None:
    for text in zones(value):
        estate = Estate([], ".")
        estate.add(Source("zone.yaml", text))
        checker = Checker(every_rule(ActiveRules(built_in("strict"))), Settings())
        checker.check(["zone.yaml"], estate)
        outcome = checker.outcome()

        assert outcome.crashes == (), (text, outcome.crashes[0].trace)
        for finding in outcome.findings:
            texts = (finding.message, finding.help, *(related.message for related in finding.related))
            assert all(each.isprintable() for each in texts), finding
