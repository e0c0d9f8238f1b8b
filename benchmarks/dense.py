"""Zones that are all mail: fifty record sets, twelve of them with a fault of its own each, or none."""

import random
from collections import Counter
from collections.abc import Callable

from benchmarks.snapshot import Drawn
from benchmarks.zone_text import RecordSet, dkim_key, mx

SETS = 50
_SPF = "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 -all"


def faulty(number: int, seed: int) -> Drawn:
    """Fifty record sets of mail with twelve findings, of twelve rules."""
    by = random.Random(f"{seed} {number}")
    sets = [*_apex(number, by)]
    expected: Counter[str] = Counter()
    for place, (fault, made) in enumerate(_FAULTS.items()):
        sets += made(f"unit{place}", by)
        expected[fault] += 1
    return Drawn(tuple(_filled(sets, by)), expected)


def clean(number: int, seed: int, sets: int = SETS) -> Drawn:
    """So many record sets of which nothing is said: the mail of the apex, then hosts."""
    by = random.Random(f"{seed} {number}")
    made = [*_apex(number, by)]
    made += [RecordSet(f"host{host}", "A", (f"198.51.100.{host % 256}",)) for host in range(sets - len(made))]
    return Drawn(tuple(made), Counter())


def _apex(number: int, by: random.Random) -> list[RecordSet]:
    return [
        RecordSet("", "MX", mx("mx1.mail.example.net.", "mx2.mail.example.net.")),
        RecordSet("", "TXT", (_SPF,)),
        RecordSet("_dmarc", "TXT", (f"v=DMARC1; p=reject; rua=mailto:dmarc@z{number}.example",)),
        RecordSet("s1._domainkey", "TXT", (dkim_key(by, 2048),)),
    ]


def _filled(sets: list[RecordSet], by: random.Random) -> list[RecordSet]:
    """The sets, and subdomains with mail in order until there are fifty."""
    serial = 0
    while len(sets) < SETS:
        serial += 1
        name = f"list{serial}"
        more = [
            RecordSet(name, "MX", mx(f"mx1.list{serial}.example.net.", f"mx2.list{serial}.example.net.")),
            RecordSet(name, "TXT", (f"v=spf1 ip4:203.0.113.{by.randrange(1, 255)} -all",)),
            RecordSet(f"s1._domainkey.{name}", "CNAME", (f"s1.list{serial}.keys.example.net.",)),
        ]
        sets += more[: SETS - len(sets)]
    return sets


def _spf(record: str) -> Callable[[str, random.Random], list[RecordSet]]:
    return lambda name, _: [RecordSet(name, "TXT", (record,))]


def _dmarc(record: str) -> Callable[[str, random.Random], list[RecordSet]]:
    return lambda name, _: [RecordSet(f"_dmarc.{name}", "TXT", (record,))]


def _key(bits: int) -> Callable[[str, random.Random], list[RecordSet]]:
    return lambda name, by: [RecordSet(f"old._domainkey.{name}", "TXT", (dkim_key(by, bits),))]


def _mx(target: str) -> Callable[[str, random.Random], list[RecordSet]]:
    return lambda name, _: [RecordSet(name, "MX", mx(target)), RecordSet(name, "TXT", (_SPF,))]


_FAULTS: dict[str, Callable[[str, random.Random], list[RecordSet]]] = {
    "mx-target-is-address": _mx("192.0.2.25"),
    "spf-unknown-mechanism": _spf("v=spf1 ip4:192.0.2.1 nclude:spf.example.net -all"),
    "spf-term-after-all": _spf("v=spf1 ip4:192.0.2.1 -all ip4:192.0.2.2"),
    "spf-version-misspelt": _spf("v=spf1; ip4:192.0.2.1 -all"),
    "spf-pass-all": _spf("v=spf1 +all"),
    "dmarc-invalid-value": _dmarc("v=DMARC1; p=quarentine; rua=mailto:a@example.com"),
    "dmarc-invalid-uri": _dmarc("v=DMARC1; p=reject; rua=a@example.com"),
    "dmarc-policy-none": _dmarc("v=DMARC1; p=none; rua=mailto:a@z.example"),
    "dkim-key-too-short": _key(1024),
    "dkim-text-is-hostname": lambda name, _: [
        RecordSet(f"s._domainkey.{name}", "TXT", (f"s-{name}._domainkey.example.onmicrosoft.com",))
    ],
    "domainkeys-leftover": lambda name, _: [RecordSet(f"_domainkey.{name}", "TXT", ("v=DKIM1; o=~",))],
    "tls-rpt-invalid-uri": lambda name, _: [
        RecordSet(f"_smtp._tls.{name}", "TXT", ("v=TLSRPTv1; rua=reports@example.com",))
    ],
}
"""The sets that make each fault, under a name of their own."""
