"""Histograms of real zones: how they are counted, and the numbers that are checked in; no zone is.

`python -m benchmarks.histograms FOLDER ...` counts folders of octoDNS zones and prints what belongs into
`histograms.json`; the faults are those that a run of the rules has found there.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

BANDS = (4, 8, 16, 64, 1_000_000)
"""Zones of up to so many record sets are mixed alike: what is parked is small, what hosts much is large."""
CHECKED_IN = Path(__file__).with_name("histograms.json")
_OURS = {"Route53Provider/ALIAS": "A"}
"""Types of one provider alone, and the one that is generated in their place."""


class Histograms(NamedTuple):
    """Counts of zones by number of record sets; in each band, of sets by place and type; of values and octets of sets.

    `faults` counts the zones out of `zones` in which a rule found something.
    """

    zones: int
    sizes: Mapping[int, int]
    mixes: Mapping[int, Mapping[str, int]]
    values: Mapping[str, Mapping[int, int]]
    octets: Mapping[int, int]
    faults: Mapping[str, int]

    def mix(self, size: int) -> Mapping[str, int]:
        """What zones of that size are made of."""
        return self.mixes[next(band for band in BANDS if size <= band)]


def drawn(counts: Mapping[Any, int], by: random.Random) -> Any:
    """One key, as often as it was counted."""
    return by.choices(list(counts), list(counts.values()))[0]


def load() -> Histograms:
    """The histograms that are checked in."""
    read: dict[str, Any] = json.loads(CHECKED_IN.read_text(encoding="utf-8"))
    return Histograms(
        zones=read["zones"],
        sizes=_by_number(read["sizes"]),
        mixes={int(band): mix for band, mix in read["mixes"].items()},
        values={kind: _by_number(counts) for kind, counts in read["values"].items()},
        octets=_by_number(read["octets"]),
        faults=read["faults"],
    )


def _by_number(counts: Mapping[str, int]) -> dict[int, int]:
    return {int(number): count for number, count in counts.items()}


def place(name: str) -> str:
    """Where in a zone a name lies, as far as it says what is there."""
    if not name:
        return "apex"
    labels = name.split(".")
    if "_domainkey" in labels:
        return "_domainkey"
    if labels[0] == "_dmarc":
        return "_dmarc"
    return "underscore" if labels[0].startswith("_") else "host"


class _Set(NamedTuple):
    place: str
    kind: str
    values: list[Any]


def _sets(zone: Mapping[Any, Any]) -> Iterator[_Set]:
    for name, records in zone.items():
        for record in records if isinstance(records, list) else [records]:
            if isinstance(record, dict) and isinstance(record.get("type"), str):
                values = record.get("values", record.get("value"))
                kind = str(record["type"])
                kind = _OURS.get(kind, kind)
                yield _Set(place(str(name or "")), kind, values if isinstance(values, list) else [values])


def counted(zones: Sequence[Mapping[Any, Any]]) -> dict[str, Any]:
    """The histograms of zones as PyYAML loads them, ready for JSON; without `faults`, which the zones do not say."""
    sizes: Counter[int] = Counter()
    mixes: dict[int, Counter[str]] = {band: Counter() for band in BANDS}
    values: dict[str, Counter[int]] = {}
    octets: Counter[int] = Counter()
    for zone in zones:
        sets = list(_sets(zone))
        sizes[len(sets)] += 1
        band = next(band for band in BANDS if len(sets) <= band)
        for found in sets:
            mixes[band][f"{found.place} {found.kind}"] += 1
            values.setdefault(found.kind, Counter())[len(found.values)] += 1
            if found.kind == "TXT" and found.place in ("apex", "host", "underscore"):
                octets.update(-(-len(str(value)) // 16) * 16 for value in found.values)
    return {
        "zones": len(zones),
        "sizes": dict(sorted(sizes.items())),
        "mixes": {band: dict(mix.most_common()) for band, mix in mixes.items()},
        "values": {kind: dict(sorted(counts.items())) for kind, counts in sorted(values.items())},
        "octets": dict(sorted(octets.items())),
    }


def main(folders: Sequence[str]) -> None:
    """Print the histograms of all zones in the folders."""
    files = sorted(path for folder in folders for path in Path(folder).glob("*.yaml"))
    loaded = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in files]
    print(json.dumps(counted([zone for zone in loaded if zone and isinstance(zone, dict)]), indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
