"""What an edit means for other zones: found at the record there that depends on it, related to the edited file."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.config.settings import ActiveRules, Settings
from linter.finding import Finding
from linter.lookup.recorded import Recorded
from linter.lookup.recorded_reader import read_recording
from linter.rules.rule import Rule
from linter.run.check import Checker
from linter.run.estate import Estate
from linter.run.files import estate_folder_files
from linter.source.text import Source
from mailzone import RECORDS, WARNING, Complaint, Facts, Related, complaint
from tests.profiles import built_in

HOSTS = " ".join(f"a:h{number}.vendor.example" for number in range(8))
LOCK = f"""\
version: 1
answers:
  void.vendor.example: nxdomain
  x.vendor.example: {{TXT: [v=spf1 {HOSTS} -all]}}
"""


def check(folder: Path, files: dict[str, str], *edited: str, others: tuple[Rule, ...] = ()) -> list[Finding]:
    """The findings in other files than the edited ones, which alone are checked."""
    for name, text in files.items():
        (folder / name).write_text(text)
    beyond = [Recorded([read_recording(Source("mailzone.lock", LOCK))])]
    estate = Estate(estate_folder_files(str(folder)), str(folder), beyond)
    checker = Checker(ActiveRules(built_in("recommended"), others=others), Settings())
    checker.check([str(folder / name) for name in edited], estate)
    return [each for each in checker.outcome().findings if os.path.basename(each.span.source.path) not in edited]


def txt(*texts: str) -> str:
    return f"[{', '.join(f'{{type: TXT, value: {json.dumps(text)}}}' for text in texts)}]"


VOIDS = "a:void.vendor.example a:void.vendor.example"
KEPT = "kept: {type: A, value: 50.0.0.1}\n"
PROXIED = "mx: {type: A, octodns: {cloudflare: {proxied: true}}, value: 50.0.0.7}\n"
MX = "a: {type: MX, value: {preference: 10, exchange: mx.b.example.}}\n"
CASES = {
    # rule: (a.example.yaml, b.example.yaml, a word of the line that the finding is at)
    "spf-too-many-lookups": (
        f"a: {txt('v=spf1 include:x.vendor.example include:_spf.b.example -all')}\n",
        f"_spf: {txt('v=spf1 a:h1.vendor.example -all')}\n",
        "include:_spf.b.example",
    ),
    "spf-near-lookup-limit": (
        f"a: {txt(f'v=spf1 {HOSTS} include:_spf.b.example -all')}\n",
        f"_spf: {txt('v=spf1 a:h1.vendor.example -all')}\n",
        "include:_spf.b.example",
    ),
    "spf-too-many-void-lookups": (
        f"a: {txt('v=spf1 a:void.vendor.example include:_spf.b.example -all')}\n",
        f"_spf: {txt(f'v=spf1 {VOIDS} -all')}\n",
        "include:_spf.b.example",
    ),
    "spf-include-without-record": (
        f"a: {txt('v=spf1 include:_spf.b.example -all')}\n",
        KEPT,
        "include:_spf.b.example",
    ),
    "spf-lookups-unknown": (
        f"a: {txt('v=spf1 include:_spf.b.example -all')}\n",
        f"_spf: {txt('v=spf1 include:unknown.example -all')}\n",
        "include:_spf.b.example",
    ),
    "mx-target-missing": (MX, KEPT, "mx.b.example."),
    "mx-target-is-alias": (MX, f"mx: {{type: CNAME, value: kept.b.example.}}\n{KEPT}", "mx.b.example."),
    "mx-target-private": (MX, "mx: {type: A, value: 10.0.0.1}\n", "mx.b.example."),
    "mx-target-ipv6-only": (MX, "mx: {type: AAAA, value: '2600::1'}\n", "mx.b.example."),
    "dkim-target-missing": ("s1._domainkey: {type: CNAME, value: s1.b.example.}\n", KEPT, "s1.b.example."),
    "dmarc-report-unauthorised": (
        f"_dmarc: {txt('v=DMARC1; p=reject; rua=mailto:d@b.example')}\n",
        "'': {type: MX, value: {preference: 10, exchange: mx.vendor.example.}}\n",
        "mailto:d@b.example",
    ),
    "dmarc-report-address-unreachable": (
        f"_dmarc: {txt('v=DMARC1; p=reject; rua=mailto:d@b.example')}\n",
        KEPT,
        "mailto:d@b.example",
    ),
    "srv-target-missing": (
        "_imaps._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 993, target: imap.b.example.}}\n",
        KEPT,
        "imap.b.example.",
    ),
    "mx-target-proxied": (MX, PROXIED, "mx.b.example."),
    "spf-authorises-proxy": (f"a: {txt('v=spf1 a:mx.b.example -all')}\n", PROXIED, "a:mx.b.example"),
    "cname-loop": (
        "a: {type: CNAME, value: a.b.example.}\n",
        f"a: {{type: CNAME, value: a.a.example.}}\n{KEPT}",
        "a.b.example.",
    ),
    "mta-sts-host-missing": (
        f"_mta-sts: {txt('v=STSv1; id=1;')}\nmta-sts: {{type: CNAME, value: www.b.example.}}\n",
        "www: {type: CNAME, value: gone.b.example.}\n",
        "v=STSv1; id=1;",
    ),
    "bimi-without-enforcement": (
        f"default._bimi: {txt('v=BIMI1; l=https://a.example/a')}\n_dmarc: {{type: CNAME, value: _dmarc.b.example.}}\n",
        f"_dmarc: {txt('v=DMARC1; p=none; rua=mailto:d@b.example')}\n",
        "v=BIMI1",
    ),
    "srv-target-is-alias": (
        "_imaps._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 993, target: imap.b.example.}}\n",
        f"imap: {{type: CNAME, value: kept.b.example.}}\n{KEPT}",
        "imap.b.example.",
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_an_edit_is_told_where_others_depend_on_it(rule: str, tmp_path: Path) -> None:
    own, other, place = CASES[rule]

    found = check(tmp_path, {"a.example.yaml": own, "b.example.yaml": other}, "b.example.yaml")

    told = [each for each in found if each.rule == rule]
    assert len(told) == 1, found
    assert place in told[0].span.text
    assert "b.example.yaml" in {os.path.basename(each.span.source.path) for each in told[0].related}
    assert len(told[0].related) < 80


def test_a_record_in_a_third_zone_is_told_to_the_first(tmp_path: Path) -> None:
    files = {
        "a.example.yaml": f"a: {txt('v=spf1 include:_spf.b.example -all')}\n",
        "b.example.yaml": f"_spf: {txt('v=spf1 include:_spf.c.example -all')}\n",
        "c.example.yaml": f"_spf: {txt(f'v=spf1 {VOIDS} a:void.vendor.example -all')}\n",
    }

    found = check(tmp_path, files, "c.example.yaml")

    assert [each.rule for each in found] == ["spf-too-many-void-lookups"] * len(found) != []


INCLUDED = "_spf.b.example"
WAYS = {
    "by an include": {
        "a.example.yaml": "a: !include part.yaml\n",
        "part.yaml": "{type: TXT, value: 'v=spf1 include:SPF -all'}\n",
    },
    "by an include in one": {
        "a.example.yaml": "a: !include part.yaml\n",
        "part.yaml": "{type: TXT, values: !include more.yaml}\n",
        "more.yaml": "['v=spf1 include:SPF -all']\n",
    },
    "by a code": {"a.example.yaml": 'a: {type: TXT, value: "v=spf1 include:_spf.b.e\\x78ample -all"}\n'},
    "by a longer code": {"a.example.yaml": 'a: {type: TXT, value: "v=spf1 include:_spf.b.\\U00000065xample -all"}\n'},
    "over lines": {"a.example.yaml": 'a: {type: TXT, value: "v=spf1 include:_spf.b.e\\\n    xample -all"}\n'},
    "in two strings": {"a.example.yaml": 'a: {type: TXT, value: \'"v=spf1 include:_spf.b.e" "xample -all"\'}\n'},
    "in capitals": {"a.example.yaml": "a: {type: TXT, value: 'v=spf1 include:_SPF.B.Example -all'}\n"},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("others", [0, 20], ids=["of two zones", "of many"])
def test_a_name_is_found_however_it_is_written(way: str, others: int, tmp_path: Path) -> None:
    files = {name: text.replace("SPF", INCLUDED) for name, text in WAYS[way].items()}
    edited = {f"n{number}.example.yaml": KEPT for number in range(others)} | {"b.example.yaml": KEPT}

    found = check(tmp_path, files | edited, *edited)

    assert [each.rule for each in found] == ["spf-include-without-record"]


def test_a_part_is_looked_for_by_its_last_word_however_many_there_are(tmp_path: Path) -> None:
    part = "{type: TXT, value: 'v=spf1 include:_spf.b.example -all'}\n"
    files = {f"a{number}.example.yaml": f"a: !include Of {number}.yaml\n" for number in range(30)}
    files |= {f"Of {number}.yaml": part for number in range(30)}

    found = check(tmp_path, files | {"b.example.yaml": KEPT}, "b.example.yaml")

    assert [each.rule for each in found] == ["spf-include-without-record"] * 30


def test_a_name_in_capital_letters_of_another_script_is_found(tmp_path: Path) -> None:
    files = {
        "a.example.yaml": "a: {type: MX, value: {preference: 10, exchange: mx.BÜCHER.example.}}\n",
        "xn--bcher-kva.example.yaml": KEPT,
    }

    found = check(tmp_path, files, "xn--bcher-kva.example.yaml")

    assert [each.rule for each in found] == ["mx-target-missing"]


@pytest.mark.parametrize("between", [0, 1, 3])
def test_an_alias_leads_through_other_zones(between: int, tmp_path: Path) -> None:
    zones = [f"z{number}.example" for number in range(between + 2)]
    files = {f"{zones[0]}.yaml": "a: {type: MX, value: {preference: 10, exchange: mx.z1.example.}}\n"}
    for zone, behind in zip(zones[1:], (*zones[2:], "none.test"), strict=True):
        files[f"{zone}.yaml"] = f"mx: {{type: CNAME, value: mx.{behind}.}}\n"

    found = check(tmp_path, files, f"{zones[-1]}.yaml")

    assert "mx-target-is-alias" in [each.rule for each in found if zones[0] in each.span.source.path]


KEPT_ELSEWHERE = "{type: CNAME, value: kept.c.example.}\n"
LEADING = {
    "a name": f"mx: {KEPT_ELSEWHERE}",
    "a name of a name": f"mx: {{type: CNAME, value: more.b.example.}}\nmore: {KEPT_ELSEWHERE}",
    "a wildcard": f"'*': {KEPT_ELSEWHERE}",
    "a name that a wildcard has": f"mx: {{type: CNAME, value: any.w.b.example.}}\n'*.w': {KEPT_ELSEWHERE}",
    "a renamed tree": f"{KEPT}mx: {{type: CNAME, value: mx.t.b.example.}}\nt: {{type: DNAME, value: c.example.}}\n",
    "a zone with an entry that cannot be read": f"mx: {KEPT_ELSEWHERE}{KEPT}more: [1]\n",
}


@pytest.mark.parametrize("way", LEADING)
def test_a_zone_between_leads_on_by(way: str, tmp_path: Path) -> None:
    other = "kept: {type: CNAME, value: none.c.example.}\nmx: {type: CNAME, value: none.c.example.}\n"

    found = check(
        tmp_path, {"a.example.yaml": MX, "b.example.yaml": LEADING[way], "c.example.yaml": other}, "c.example.yaml"
    )

    told = [each for each in found if os.path.basename(each.span.source.path) == "a.example.yaml"]
    assert [each.rule for each in told] == ["mx-target-is-alias"]
    assert "c.example.yaml" in {os.path.basename(each.span.source.path) for each in told[0].related}


def test_a_zone_between_that_leads_elsewhere_has_nothing_judged_for_it(tmp_path: Path) -> None:
    files = {f"a{number}.example.yaml": MX for number in range(30)}
    files["b.example.yaml"] = f"mx: {{type: CNAME, value: kept.b.example.}}\n{KEPT}c: {KEPT_ELSEWHERE}"
    for name, text in {**files, "c.example.yaml": KEPT}.items():
        (tmp_path / name).write_text(text)
    estate = Estate(estate_folder_files(str(tmp_path)), str(tmp_path))
    edited = str(tmp_path / "c.example.yaml")
    estate.document(edited)

    assert [os.path.basename(each) for each in estate.dependents([edited]).files] == ["b.example.yaml"]


def test_a_loop_is_told_where_it_is_closed(tmp_path: Path) -> None:
    files = {
        "a.example.yaml": f"_spf: {txt('v=spf1 include:_spf.b.example -all')}\n",
        "b.example.yaml": f"_spf: {txt('v=spf1 include:_spf.a.example -all')}\n",
    }

    (found,) = check(tmp_path, files, "a.example.yaml")

    assert (found.rule, found.span.text) == ("spf-loop", "include:_spf.a.example")
    assert [os.path.basename(each.span.source.path) for each in found.related] == ["a.example.yaml"]


def test_a_policy_that_is_gone_is_told_to_the_zones_that_inherited_it(tmp_path: Path) -> None:
    mail = "'': [{type: MX, value: {preference: 10, exchange: mx.vendor.example.}}]\n"
    files = {"example.com.yaml": KEPT, "sub.example.com.yaml": mail}

    found = check(tmp_path, files, "example.com.yaml")

    assert [(os.path.basename(each.span.source.path), each.rule) for each in found] == [
        ("sub.example.com.yaml", "dmarc-missing")
    ]


def test_a_part_of_another_zone_that_cannot_be_read_is_no_fault_of_this_one(tmp_path: Path) -> None:
    (tmp_path / "a.example.").mkdir()
    (tmp_path / "a.example." / "gone.yaml").symlink_to("nowhere.yaml")
    files = {"a.example./mail.yaml": MX, "b.example.yaml": KEPT, "c.example.yaml": MX}

    found = check(tmp_path, files, "b.example.yaml")

    assert [os.path.basename(each.span.source.path) for each in found] == ["c.example.yaml"]


def test_a_rule_of_another_package_may_lead_anywhere_whatever_its_name(tmp_path: Path) -> None:
    def led(facts: Facts) -> Iterator[Complaint]:
        for record, target in facts.targets:
            there = facts.resolver.lookup(target.name, "A").spans
            yield complaint(target.span, "is there", at=record, related=[Related(span, "here") for span in there])

    own = Rule("name-invalid", WARNING, led, "", (RECORDS,))
    files = {"a.example.yaml": "a: {type: CNAME, value: kept.b.example.}\n", "b.example.yaml": KEPT}

    found = check(tmp_path, files, "b.example.yaml", others=(own,))

    assert [(each.rule, each.message) for each in found] == [("name-invalid", "is there")]
