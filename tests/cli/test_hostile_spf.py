"""SPF records made to hang or to crash whoever reads them: each command gives an answer that says what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

CHAIN = {f"r{number}": f"v=spf1 include:r{number + 1}.example.com -all" for number in range(5_000)}
HOSTILE: dict[str, tuple[dict[str, str], str, str]] = {
    # name: records by their names, a rule that speaks, words of the result
    "64 kB of terms": ({"r": f"v=spf1 {'ip4:192.0.2.1 ' * 4_680}-all"}, "spf-duplicate-term", "pass"),
    "64 kB in one term": ({"r": f"v=spf1 include:{'a' * 65_500}.example -all"}, "txt-set-too-large", "permerror"),
    "10,000 terms": ({"r": f"v=spf1 {'a ' * 10_000}-all"}, "spf-too-many-lookups", "permerror"),
    "10,000 faults": ({"r": f"v=spf1 {'nclude:a.example ' * 10_000}"}, "spf-unknown-mechanism", "permerror"),
    "10,000 redirects": ({"r": f"v=spf1 {'redirect=a.example ' * 10_000}"}, "spf-duplicate-modifier", "permerror"),
    "a chain of 5,000": ({"r": "v=spf1 include:r0.example.com -all", **CHAIN}, "spf-too-many-lookups", "permerror"),
    "itself": ({"r": "v=spf1 include:r.example.com -all"}, "spf-loop", "permerror"),
    "itself by %{d}": ({"r": "v=spf1 include:%{d} -all"}, "spf-loop", "permerror"),
    "itself by %{o}": ({"r": "v=spf1 include:%{o} -all"}, "spf-loop", "permerror"),
    "null bytes": ({"r": "v=spf1 a:x\0y.example \0 -all"}, "spf-syntax", "permerror"),
    "a null byte at the end": ({"r": "v=spf1 -all\0"}, "spf-syntax", "permerror"),
    "emoji": ({"r": "v=spf1 include:\U0001f511.example \U0001f511 -all"}, "spf-syntax", "permerror"),
    "control characters": ({"r": "v=spf1 \x1b[31m \x07\u202e -all"}, "spf-syntax", "permerror"),
}
by_record = pytest.mark.parametrize(("records", "rule", "result"), HOSTILE.values(), ids=HOSTILE)


def zone(records: dict[str, str]) -> str:
    """A zone in JSON, which YAML reads but for the halves of characters beyond 16 bits."""
    return json.dumps({name: {"type": "TXT", "value": text} for name, text in records.items()}, ensure_ascii=False)


def shown_safely(text: str) -> bool:
    return not set(text) & {"\0", "\x1b", "\x07", "\u202e"}


@by_record
def test_a_check_reports_it(mailzone: Run, tmp_path: Path, records: dict[str, str], rule: str, result: str) -> None:
    (tmp_path / "example.com.yaml").write_text(zone(records), encoding="utf-8")

    ran = mailzone("check", "example.com.yaml", "-f", "text", "-f", "json=found.json")

    assert (ran.status in (0, 1), ran.err) == (True, "")
    assert shown_safely(ran.out)
    found: dict[str, Any] = json.loads((tmp_path / "found.json").read_text())
    assert rule in {finding["rule"] for finding in found["findings"] if finding["name"].endswith("example.com.")}


@by_record
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_tree_and_the_evaluation_come_to_an_end(
    mailzone: Run, tmp_path: Path, records: dict[str, str], rule: str, result: str, form: str
) -> None:
    (tmp_path / "example.com.yaml").write_text(zone(records), encoding="utf-8")

    tree = mailzone("spf", "r.example.com", "example.com.yaml", "-f", form)
    evaluated = mailzone("spf", "r.example.com", "example.com.yaml", "--ip", "192.0.2.1", "-f", form)

    for ran in (tree, evaluated):
        assert (ran.status in (0, 1), ran.err) == (True, "")
        assert shown_safely(ran.out)
    assert (f"result: {result}" if form == "text" else f'"result": "{result}"') in evaluated.out
