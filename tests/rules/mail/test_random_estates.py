"""Estates put together from right parts at random are silent, and each fault that is built in is told once."""

from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.facts.facts import Facts, Publishing
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.texts import Parsers
from linter.run.estate import Estate
from linter.source.text import Source
from tests.facts.mail.test_senders import KEY
from tests.rules.conftest import CheckZone

NAME = "acme.net"


class Part(NamedTuple):
    """A system: its declaration, its terms in the record of the domain, its MX, and its other records by name."""

    declared: str
    spf: str = ""
    mx: tuple[str, ...] = ()
    records: tuple[tuple[str, str], ...] = ()


def alias(name: str, target: str) -> tuple[str, str]:
    return name, f"{{type: CNAME, value: {target}.}}"


def key(name: str) -> tuple[str, str]:
    return f"{name}._domainkey", f"{{type: TXT, value: '{KEY}'}}"


BOXES = {
    "office": Part(
        "{provider: microsoft-365, tenant: acme}",
        "include:spf.protection.outlook.com",
        ("0 acme-net.mail.protection.outlook.com.",),
        (
            alias("selector1._domainkey", "selector1-acme-net._domainkey.acme.onmicrosoft.com"),
            alias("selector2._domainkey", "selector2-acme-net._domainkey.acme.onmicrosoft.com"),
            alias("autodiscover", "autodiscover.outlook.com"),
        ),
    ),
    "google": Part(
        "{provider: google-workspace}", "include:_spf.google.com", ("1 smtp.google.com.",), (key("google"),)
    ),
    "fast": Part(
        "{provider: fastmail}",
        "include:spf.messagingengine.com",
        ("10 in1-smtp.messagingengine.com.", "20 in2-smtp.messagingengine.com."),
        tuple(alias(f"fm{n}._domainkey", f"fm{n}.{NAME}.dkim.fmhosted.com") for n in (1, 2, 3)),
    ),
    "own": Part(
        "{receives: [mx1.host.org], spf: 'ip4:50.0.0.0/28', dkim: [own]}",
        "ip4:50.0.0.0/28",
        ("10 mx1.host.org.",),
        (alias("own._domainkey", "own.host.org"),),
    ),
}
RELAYS = {
    "erp": Part("{spf: 'ip4:50.0.1.25', dkim: [erp]}", "ip4:50.0.1.25", (), (key("erp"),)),
    "ses": Part(
        "{provider: amazon-ses, envelope: bounce.acme.net}", "", (),
        (
            ("bounce", "[{type: MX, value: {preference: 10, exchange: feedback-smtp.eu-west-1.amazonses.com.}}, "
                       "{type: TXT, value: v=spf1 include:amazonses.com -all}]"),
            *(alias(f"t{n}._domainkey", f"t{n}.dkim.amazonses.com") for n in (1, 2, 3)),
        ),
    ),
    "letters": Part("{spf: include:_spf.letters.org, envelope: b.letters.org, dkim: {l1: l1.letters.org}}", "", (),
                    (alias("l1._domainkey", "l1.letters.org"),)),
}  # fmt: skip


class Built(NamedTuple):
    """An estate: who receives, who else sends, and its records by name."""

    box: str
    relays: tuple[str, ...]
    spf: str
    mx: tuple[str, ...]
    records: dict[str, str]

    def text(self) -> str:
        parts = {self.box: BOXES[self.box], **{name: RELAYS[name] for name in self.relays}}
        systems = "".join(f"  {name}: {part.declared}\n" for name, part in parts.items())
        mx = ", ".join(f"{{preference: {each.split()[0]}, exchange: {each.split()[1]}}}" for each in self.mx)
        records = "".join(f"  {name}: {value}\n" for name, value in self.records.items())
        return (
            f"zone: {NAME}\nsystems:\n{systems}mail:\n"
            f"  {NAME}: {{receives: {self.box}, sends: [{', '.join((self.box, *self.relays))}]}}\nrecords:\n"
            f"  '': [{{type: MX, values: [{mx}]}}, {{type: TXT, value: '{self.spf}'}}]\n{records}"
            f"  _dmarc: {{type: TXT, value: 'v=DMARC1; p=reject; rua=mailto:d@acme.net'}}\n"
        )


@st.composite
def estates(draw: st.DrawFn) -> Built:
    box = draw(st.sampled_from(sorted(BOXES)))
    relays = tuple(draw(st.lists(st.sampled_from(sorted(RELAYS)), unique=True)))
    parts = [BOXES[box], *(RELAYS[name] for name in relays)]
    terms = draw(st.permutations([part.spf for part in parts if part.spf]))
    records = dict(draw(st.permutations([each for part in parts for each in part.records])))
    return Built(box, relays, " ".join(("v=spf1", *terms, "-all")), parts[0].mx, records)


def faults(built: Built) -> dict[str, tuple[str, Built]]:
    """What can be broken, by what must be told of it."""
    found = {
        "mx": ("intent-mx-differs", built._replace(mx=("10 mx.stranger.org.",))),
        "shut": ("intent-sender-unauthorised", built._replace(spf=built.spf.replace(f"{BOXES[built.box].spf} ", ""))),
    }
    records = built.records

    def other(name: str, value: str) -> Built:
        return built._replace(records={**records, name: value})

    def without(*names: str) -> Built:
        return built._replace(records={name: value for name, value in records.items() if name not in names})

    if built.box == "office":
        found["token"] = ("provider-record-differs", built._replace(mx=("0 acme-org.mail.protection.outlook.com.",)))
        found["tenant"] = (
            "provider-record-differs",
            other("selector1._domainkey", records["selector1._domainkey"].replace(".acme.", ".beta.")),
        )
        found["autodiscover"] = ("autodiscover-missing", without("autodiscover"))
    if built.box == "fast":
        found["key"] = (
            "provider-record-differs",
            other("fm2._domainkey", records["fm2._domainkey"].replace("acme.net", "acme.org")),
        )
    if built.box == "google":
        found["google"] = ("provider-record-missing", without("google._domainkey"))
    if "ses" in built.relays:
        found["bounce"] = (
            "provider-record-missing",
            other("bounce", "{type: TXT, value: v=spf1 include:amazonses.com -all}"),
        )
        found["keys"] = ("intent-dkim-missing", without("t1._domainkey", "t2._domainkey", "t3._domainkey"))
    if "letters" in built.relays:
        found["letters"] = ("intent-sender-unaligned", without("l1._domainkey"))
    if "erp" in built.relays:
        found["erp"] = ("intent-dkim-missing", without("erp._domainkey"))
    return found  # fmt: skip


def told(check_zone: CheckZone, built: Built) -> list[str]:
    return [each.rule for each in check_zone(built.text()) if each.severity != "info"]


@given(built=estates())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_estate_of_right_parts_is_silent_and_passes(built: Built, check_zone: CheckZone) -> None:
    assert told(check_zone, built) == []

    estate = Estate([], ".", [])
    estate.add(Source("zone.yaml", built.text()))
    index = estate.index(estate.zones_of("zone.yaml")[0])
    assert index is not None
    mail = declared_mail(Facts(index, estate.resolver, estate, Publishing(), Parsers()))
    rows = mail.senders(mail.entries[0])
    assert [row.needs.name for row in rows] == [built.box, *built.relays]
    assert {(row.verdict, row.forwarded) for row in rows} == {("pass", "pass")}


@given(data=st.data(), built=estates())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_fault_that_is_built_in_is_told_once(data: st.DataObject, built: Built, check_zone: CheckZone) -> None:
    rule, broken = data.draw(st.sampled_from(sorted(faults(built).values(), key=str)))

    assert told(check_zone, broken) == [rule]
