"""Workloads are the same for the same seed, and yield the findings that were put into them, of all kinds and no others."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks import histograms, workloads
from benchmarks.dense import SETS
from benchmarks.histograms import counted, place
from benchmarks.measuring import Wrong
from benchmarks.offline import compare
from benchmarks.workloads import Workload
from tests.cli.conftest import clean_environment

ROOT = Path(__file__).parents[2]
MADE: dict[str, Callable[[int], Workload]] = {
    "snapshots": lambda seed: workloads.snapshots(40, seed),
    "mail-dense": lambda seed: workloads.mail_dense(3, seed),
    "clean": lambda seed: workloads.clean(3, seed=seed),
    "one with mail": workloads.one_with_mail,
}
ESTATES: dict[str, Workload] = {
    "snapshots": workloads.snapshots(80, 7),
    "mail-dense": workloads.mail_dense(3),
    "clean": workloads.clean(3),
    "one large": workloads.clean(1, 1_000),
    "sharing": workloads.sharing(12),
    "wide": workloads.wide(300),
    "wider than a message": workloads.wide(2_700),
    "deep": workloads.deep(60),
    "one with mail": workloads.one_with_mail(),
}


def report(place: Path) -> str:
    words = [sys.executable, "-m", "linter", "check", "zones", "-f", "json", "-j", "1"]
    environment = clean_environment() | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(words, cwd=place, env=environment, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("name", MADE)
def test_the_same_seed_gives_the_same_octets(name: str) -> None:
    made = MADE[name]

    assert made(3) == made(3)
    assert made(3).digest == made(3).digest
    assert made(3).digest != made(4).digest


def test_the_octets_are_those_of_every_machine() -> None:
    """Else two runs of the benchmark would not have measured the same; whoever changes a workload changes this."""
    sums = [workloads.snapshots(40).digest, workloads.mail_dense(3).digest, workloads.clean(3).digest]

    assert sums == ["8561faac1936f61a", "4dc38d0306b0221b", "2383dff1407d1f29"]


def test_more_zones_leave_the_first_as_they_are() -> None:
    few, many = workloads.snapshots(5), workloads.snapshots(9)

    assert few.files.items() <= many.files.items()


@pytest.mark.parametrize("name", ESTATES)
def test_the_findings_are_those_that_were_put_in(name: str, tmp_path: Path) -> None:
    ESTATES[name].write(tmp_path)

    compare(ESTATES[name], report(tmp_path))


def test_a_wrong_answer_is_refused(tmp_path: Path) -> None:
    made = workloads.mail_dense(1)
    made.write(tmp_path)
    found: dict[str, Any] = json.loads(report(tmp_path))
    fewer = found | {"findings": found["findings"][1:]}
    unseen = found | {"summary": found["summary"] | {"zones": 0}}

    for wrong in (fewer, unseen):
        with pytest.raises(Wrong):
            compare(made, json.dumps(wrong))


def test_mail_dense_zones_have_fifty_sets_and_twelve_findings_of_twelve_rules() -> None:
    made = workloads.mail_dense(1)
    (text,) = made.files.values()

    assert sum(len(held) if isinstance(held, list) else 1 for held in yaml.safe_load(text).values()) == SETS
    assert len(made.expected) == made.expected.total() == 12


def test_snapshots_have_every_fault_that_was_counted() -> None:
    made = workloads.snapshots(1_000)

    assert set(histograms.load().faults) <= set(made.expected)


def test_snapshots_are_of_the_sizes_that_were_counted() -> None:
    """Two thirds of the zones that were counted hold six record sets, and one in thirty more than fifty."""
    zones = [yaml.safe_load(text) for text in workloads.snapshots(300).files.values()]
    sizes = Counter({int(size): count for size, count in counted(zones)["sizes"].items()})

    assert 0.5 < sum(count for size, count in sizes.items() if 5 <= size <= 8) / 300 < 0.95
    assert 0 < sum(count for size, count in sizes.items() if size > 50) / 300 < 0.1


def test_histograms_count_sets_places_and_values() -> None:
    zone = {
        "": [{"type": "MX", "values": [{"exchange": "a.", "preference": 1}] * 2}, {"type": "TXT", "value": "x" * 17}],
        "www": {"type": "Route53Provider/ALIAS", "value": "b."},
        "s._domainkey.list": {"type": "CNAME", "value": "c."},
    }

    found = counted([zone])

    assert found["sizes"] == {4: 1}
    assert found["mixes"][4] == {"apex MX": 1, "apex TXT": 1, "host A": 1, "_domainkey CNAME": 1}
    assert found["values"]["MX"] == {2: 1}
    assert found["octets"] == {32: 1}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "apex"),
        ("_dmarc", "_dmarc"),
        ("_dmarc.list", "_dmarc"),
        ("s1._domainkey", "_domainkey"),
        ("*._domainkey", "_domainkey"),
        ("_smtp._tls", "underscore"),
        ("www", "host"),
        ("a._b", "host"),
    ],
)
def test_places(name: str, expected: str) -> None:
    assert place(name) == expected


def test_no_zone_of_anybody_is_checked_in() -> None:
    """Numbers under the names of types, places and rules, and nothing else."""
    read = json.loads(histograms.CHECKED_IN.read_text(encoding="utf-8"))

    def numbers(value: Any) -> bool:
        return all(map(numbers, value.values())) if isinstance(value, dict) else isinstance(value, int)

    assert numbers(read)
    assert not any("." in key for mix in read["mixes"].values() for key in mix)
