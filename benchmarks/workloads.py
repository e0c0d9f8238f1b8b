"""The estates that are timed, made from a seed, each with the findings that it must yield."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks import dense, snapshot
from benchmarks.histograms import load
from benchmarks.zone_text import RecordSet, mx, text

SEED = 20
_MANY = 20
"""Record sets of a zone with hosts."""
_LONGEST_MESSAGE = 65_535
"""Octets of a DNS message (RFC 1035 section 4.2.2)."""
_REPORTS = "v=DMARC1; p=reject; rua=mailto:dmarc@w.example"
_ALL_VALIDATORS = """\
manager:
  include_meta: false
  validators:
    enabled: [legacy, strict, best-practice]
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones, default_ttl: 3600, enforce_order: false}
zones:
  '*': {lenient: true, sources: [config], targets: [config]}
"""
"""For octodns-validate; it lies beside the folder of zones, where mailzone is not asked to look."""


class Workload(NamedTuple):
    """Zone files by name, the number of their records, and the findings that they must yield, by rule."""

    files: Mapping[str, str]
    records: int
    expected: Counter[str]

    @property
    def digest(self) -> str:
        """What tells that two are the same, octet by octet."""
        sums = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            sums.update(f"{name}\n{content}".encode())
        return sums.hexdigest()[:16]

    def write(self, place: Path) -> None:
        """Put the files into `zones` of a folder, and octoDNS's configuration beside that."""
        (place / "zones").mkdir(parents=True)
        for name, content in self.files.items():
            (place / "zones" / name).write_text(content, encoding="utf-8")
        (place / "octodns.config").write_text(_ALL_VALIDATORS, encoding="utf-8")


def file_name(number: int) -> str:
    """The file of the zone of that number."""
    return f"z{number}.example.yaml"


def snapshots(zones: int, seed: int = SEED) -> Workload:
    """So many zones as real repositories hold them."""
    histograms = load()
    return _together(zones, lambda number: snapshot.zone(number, histograms, seed))


def mail_dense(zones: int, seed: int = SEED) -> Workload:
    """So many zones of fifty record sets of mail with twelve findings each."""
    return _together(zones, lambda number: dense.faulty(number, seed))


def clean(zones: int, sets: int = dense.SETS, seed: int = SEED) -> Workload:
    """So many zones of so many record sets, of which nothing is to be said."""
    return _together(zones, lambda number: dense.clean(number, seed, sets))


def _together(zones: int, made: Callable[[int], snapshot.Drawn]) -> Workload:
    files: dict[str, str] = {}
    expected: Counter[str] = Counter()
    records = 0
    for number in range(zones):
        found = made(number)
        files[file_name(number)] = text(found.sets)
        expected += found.expected
        records += _records(found.sets)
    return Workload(files, records, expected)


def _records(sets: Iterable[RecordSet]) -> int:
    return sum(len(found.values) for found in sets)


def sharing(zones: int) -> Workload:
    """A zone with the SPF record that all others include; their number counts it."""
    shared = [
        RecordSet("_spf", "TXT", ("v=spf1 ip4:192.0.2.0/24 -all",)),
        *_mail("v=spf1 include:_spf.z0.example -all"),
    ]
    others = [*_mail("v=spf1 include:_spf.z0.example -all"), RecordSet("www", "A", ("192.0.2.80",))]
    files = {file_name(number): text(others if number else shared) for number in range(zones)}
    return Workload(files, _records(shared) + (zones - 1) * _records(others), Counter())


def wide(includes: int) -> Workload:
    """One record that includes so many, all declared: one record too long, and with too many lookups."""
    names = [f"_i{number}" for number in range(includes)]
    record = f"v=spf1 {' '.join(f'include:{name}.z0.example' for name in names)} -all"
    below = [RecordSet(name, "TXT", (_address(number),)) for number, name in enumerate(names)]
    faults = ["spf-record-too-long", "spf-too-many-lookups"]
    if len(record) > _LONGEST_MESSAGE:
        faults.append("txt-set-too-large")
    return _one([*_mail(record), *below], faults)


def deep(levels: int) -> Workload:
    """One record that includes the next, so many deep: one has too many lookups, another nearly."""
    links = [f"v=spf1 include:_i{number + 1}.z0.example -all" for number in range(levels - 1)]
    below = [RecordSet(f"_i{number}", "TXT", (link,)) for number, link in enumerate([*links, "v=spf1 -all"])]
    return _one(
        [*_mail("v=spf1 include:_i0.z0.example -all"), *below], ("spf-too-many-lookups", "spf-near-lookup-limit")
    )


def _one(sets: list[RecordSet], faults: Iterable[str]) -> Workload:
    return Workload({file_name(0): text(sets)}, _records(sets), Counter(faults))


def _mail(spf: str) -> list[RecordSet]:
    return [
        RecordSet("", "MX", mx("mx1.mail.example.net.", "mx2.mail.example.net.")),
        RecordSet("", "TXT", (spf,)),
        RecordSet("_dmarc", "TXT", (_REPORTS,)),
        RecordSet("s1._domainkey", "CNAME", ("s1.keys.example.net.",)),
    ]


def _address(number: int) -> str:
    return f"v=spf1 ip4:{11 + (number >> 16)}.{number >> 8 & 255}.{number & 255}.7 -all"


def one_with_mail(seed: int = SEED) -> Workload:
    """One zone as real repositories hold it: the first with hosts and mail."""
    histograms = load()
    number = 0
    while len((found := snapshot.zone(number, histograms, seed)).sets) < _MANY or not _has_mail(found):
        number += 1
    return Workload({file_name(0): text(found.sets)}, _records(found.sets), found.expected)


def _has_mail(found: snapshot.Drawn) -> bool:
    return any((held.name, held.kind) == ("", "MX") for held in found.sets)
