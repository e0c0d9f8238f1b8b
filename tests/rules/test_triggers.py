"""Rules that are run where their triggers hold find exactly what all rules find: no trigger misses work."""

import os
import re
from base64 import b64encode
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.config.load import load_settings
from linter.config.settings import ActiveRules, Choice, Settings
from linter.facts.facts import Facts
from linter.facts.triggers import Trigger
from linter.finding import Finding
from linter.lookup.recorded import Recorded
from linter.lookup.recorded_reader import read_recording
from linter.rules.registry import all_rules
from linter.run.check import Checker
from linter.run.dependents import Checked
from linter.run.estate import Estate
from linter.run.examples import Example, Neighbours, findings
from linter.source.text import Source
from tests.profiles import built_in

from .test_manuals import examples

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
EXAMPLES = Path(__file__).parents[2] / "examples"
EVERY_TRIGGER = frozenset(get_args(Trigger))


class Everything(Checker):
    """Runs all rules over every zone."""

    def judge(self, facts: Facts, about: Checked | None = None, present: frozenset[Trigger] | None = None) -> None:
        super().judge(facts, about, EVERY_TRIGGER)


def told(found: tuple[Finding, ...]) -> list[str]:
    """Findings as they are reported, with their places; each reading makes its own sources."""
    lines = (
        repr(
            (
                (each.span.source.path, each.span.start, each.span.end),
                [held for held in each if held not in (each.span, each.related)],
                [(place.span.source.path, place.span.start, place.span.end, place.message) for place in each.related],
            )
        )
        for each in found
    )
    return [re.sub(r" object at 0x[0-9a-f]+", "", line) for line in lines]


@pytest.mark.parametrize("example", [*examples("Bad"), *examples("Good")], ids=str)
def test_in_every_manual(example: Example, tmp_path: Path) -> None:
    folder = tmp_path / "zones"

    assert told(findings(example, folder)) == told(findings(example, folder, Everything))


def in_folder(folder: Path, kind: type[Checker]) -> tuple[Finding, ...]:
    """What is found in the zones of a folder under every rule that there is."""
    config = folder / ".mailzone.yaml"
    found = load_settings(str(config)) if config.exists() else Settings()
    chosen = {rule.name: Choice("warning") for rule in all_rules()}
    checker = kind(ActiveRules(built_in("strict"), chosen, (), ()), found)
    paths = sorted(str(path) for path in folder.rglob("*.yaml") if path.name != ".mailzone.yaml")
    checker.check(paths, Estate(paths, str(folder), (Neighbours(),)))
    return checker.outcome().findings


FOLDERS = sorted({path.parent for place in (EXAMPLES, CORPORA) for path in place.rglob("*.yaml")})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: "-".join(folder.parts[-2:]))
def test_in_every_example_and_corpus(folder: Path) -> None:
    assert told(in_folder(folder, Checker)) == told(in_folder(folder, Everything))


LABELS = (
    "''",
    "'*'",
    "mail",
    "www",
    "_dmarc",
    "'*._dmarc'",
    "_dmarc.mail",
    "_dmarc._dmarc",
    "s1._domainkey",
    "_domainkey",
    "'*._domainkey'",
    "s1.domainkey",
    "s1._domainkey.mail",
    "_adsp._domainkey",
    "_mta-sts",
    "mta-sts",
    "_mta-sts.mail",
    "_smtp._tls",
    "_tls",
    "default._bimi",
    "_bimi",
    "_spf",
    "'*.mail'",
    "_25._tcp.mail",
    "_443._tcp",
    "_imaps._tcp",
    "_autodiscover._tcp",
    "autodiscover",
    "autoconfig",
    "example.com",
    "www.example.com",
    "b.example._report._dmarc",
    "'*._report._dmarc'",
    "'bad..name'",
    "'a b'",
)
KEY = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="
RSA = b64encode(
    bytes.fromhex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100")
    + b"\x9a" * 255
    + b"\xff\2\3\1\0\1"
).decode()
TEXTS = (
    "v=spf1 -all",
    "v=spf1 mx ~all",
    "v=spf1 ?all",
    "v=spf1 +all ip4:192.0.2.1",
    "v=spf1 a mx ptr include:spf.x.example",
    "v=spf1 include:_spf.example.com include:spf.none.example -all",
    "v=spf1 ip4:10.0.0.0/8 ip4:10.1.0.0/16 -all",
    "v=spf1 ip4:192.0.2.1/24 a:192.0.2.1 redirect=example.net",
    "v=spf1 nclude:a.example -all",
    "v=spf1;-all",
    "spf1 mx",
    "v=spf1 mx mx a/0 exists:%{i}.x.example. foo=bar",
    "v=spf1 exp=a.example exp=b.example mx",
    "v=spf1 redirect=mail -all",
    "v=DMARC1; p=none",
    "v=DMARC1; p=reject; sp=reject; rua=mailto:a@example.com;",
    "v=DMARC1; p=reject; rua=mailto:a@example.com",
    "v=DMARC1; p=quarantine; sp=none; np=reject",
    "v=DMARC1; p=reject; rua=mailto:a@other.example; ruf=https://a; fo=x; pct=50; adkim=s",
    "DMARC1; p=reject",
    "v=DMARC1; rua=mailto:a@b.example",
    "v=DMARC1; p=none; p=none; psd=y; t=y; x=1",
    "v=DMARC1",
    "p=reject; v=DMARC1",
    f"v=DKIM1; k=ed25519; p={KEY}",
    f"k=ed25519; p={KEY}",
    f"v=DKIM1; k=rsa; p={RSA}",
    f"v=DKIM1; k=rsa; t=y; p={RSA}",
    "v=DKIM1; p=",
    "v=DKIM1; k=rsa",
    "v=DKIM1; p=!!!; t=y; s=web",
    "v=DKIM1; h=sha1; p=AAAA; z=1",
    "s1.keys.example.net",
    "o=~; t=y",
    "dkim=all",
    "v=STSv1; id=1;",
    "v=STSv1; id=1; x",
    "v=STSv1",
    "v=TLSRPTv1; rua=mailto:a@example.com",
    "v=TLSRPTv1; rua=ftp://a; x=1",
    "v=TLSRPT1; rua=mailto:a@b.example",
    "v=BIMI1; l=https://example.com/a.svg",
    "v=BIMI1; l=; a=",
    "v=BIMI1; l=http://a; x=1",
    '\\"quoted\\"',
    "ä",
    "a" * 300,
    "\\\\; escaped",
    "; bare",
    "verification=1",
)
HOSTS = (
    "mail",
    "mail.",
    "mail.example.com.",
    "mail.example.com",
    "mx1.example.net.",
    "192.0.2.1",
    "aspmx.l.google.com.",
    "alt1.aspmx.l.google.com.",
    "example-com.mail.protection.outlook.com.",
    "x.mx-verification.google.com.",
    "none.example.",
    "'*.example.com.'",
    "'.'",
    "s1.keys.example.net.",
    "example.com.example.com.",
    "'a b.'",
)


def line(parts: tuple[str, str]) -> str:
    return f"{{type: {parts[0]}, value: {parts[1]}}}"


texts = st.one_of(st.sampled_from(TEXTS), st.text("v=spf1DMARCdkim;: -~?/%.*\\", max_size=30))
values = st.one_of(
    texts.map(lambda text: ("TXT", '"' + text.replace("\\", "\\\\").replace('\\\\"', '\\"') + '"')),
    st.tuples(
        st.sampled_from(("MX",)),
        st.tuples(st.integers(0, 20), st.sampled_from(HOSTS)).map(
            lambda mx: f"{{preference: {mx[0]}, exchange: {mx[1]}}}"
        ),
    ),
    st.tuples(st.sampled_from(("CNAME", "NS", "PTR")), st.sampled_from(HOSTS)),
    st.tuples(st.just("A"), st.sampled_from(("192.0.2.1", "10.0.0.1", "bad"))),
    st.tuples(st.just("AAAA"), st.sampled_from(("2001:db8::1", "fe80::1"))),
    st.tuples(st.just("SPF"), st.just("v=spf1 -all")),
    st.tuples(
        st.just("TLSA"),
        st.sampled_from(
            (
                "{certificate_usage: 3, selector: 1, matching_type: 1, certificate_association_data: ab}",
                "{certificate_usage: 0, selector: 1, matching_type: 0, certificate_association_data: abcd}",
            )
        ),
    ),
    st.tuples(
        st.just("SRV"),
        st.sampled_from(HOSTS).map(lambda host: f"{{priority: 0, weight: 0, port: 143, target: {host}}}"),
    ),
)
several = st.tuples(
    st.sampled_from(("NS", "PTR", "CNAME")), st.lists(st.sampled_from(HOSTS), min_size=2, max_size=3)
).map(lambda found: f"{{type: {found[0]}, values: [{', '.join(found[1])}]}}")
entry = st.one_of(values.map(line), several)
records = st.dictionaries(st.sampled_from(LABELS), st.lists(entry, min_size=1, max_size=3), min_size=1, max_size=8)
INTENT = """\
zone: example.com
systems:
  office: {provider: microsoft365}
  host: {receives: [mail.example.com], spf: mx, sends: true}
mail:
  example.com: {receives: office, sends: [office, host]}
  mail.example.com: none
records:
"""


def zone_of(found: dict[str, list[str]], is_declared: bool) -> str:
    rows = [f"{name}:\n" + "".join(f"  - {each}\n" for each in held) for name, held in found.items()]
    if not is_declared:
        return "".join(rows)
    return INTENT + "".join(f"  {each}\n" for row in rows for each in row.splitlines())


SERVED = """\
version: 1
answers:
  none.example: {A: []}
  mx1.example.net: {A: [192.0.2.7], AAAA: []}
"""


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=records, second=records, is_declared=st.booleans())
def test_in_random_zones(
    tmp_path: Path, first: dict[str, list[str]], second: dict[str, list[str]], is_declared: bool
) -> None:
    (tmp_path / "example.com.yaml").write_text(zone_of(first, is_declared))
    (tmp_path / "mail.example.com.yaml").write_text(zone_of(second, False))
    paths = [str(tmp_path / name) for name in ("example.com.yaml", "mail.example.com.yaml")]
    recorded = Recorded([read_recording(Source("mailzone.lock", SERVED))])
    chosen = {rule.name: Choice("warning") for rule in all_rules()}
    rules = ActiveRules(built_in("strict"), chosen, (), ())
    found = []
    for kind in (Checker, Everything):
        checker = kind(rules, Settings())
        checker.check(paths, Estate(paths, str(tmp_path), (recorded, Neighbours()), is_whole=True))
        found.append(told(checker.outcome().findings))

    assert found[0] == found[1]
    assert os.path.exists(paths[0])
