"""Every finding names its witness: what goes when somebody's word is taken away had named whose word it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest

from linter.cli.check import _run as run_check
from linter.cli.options import CheckOptions
from linter.facts import facts as facts_of_a_zone  # noqa: F401  # loaded before anything is taken away
from linter.finding import FACT, LOCK, SNAPSHOT, Finding
from linter.lookup.lock_document import entries_of, lock_text
from linter.lookup.recorded_reader import read_recording
from linter.providers import catalogue, mail_hosts, name_signs, signs
from linter.providers.catalogue import Catalogue
from linter.rules import pages, registry
from linter.rules.manual import sections
from linter.run.examples import Example, examples_under, findings
from linter.source.text import Source

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = "2026-10-11"
TABLES = ("RETIRED_INCLUDES", "RETIRED_REPORTS", "SNAPSHOTS", "SPF_COSTS")


@cache
def manuals() -> tuple[Example, ...]:
    return tuple(
        each
        for rule in registry.all_rules()
        for heading in ("Bad", "Good")
        for each in examples_under(heading, rule, sections(pages.manual(rule.name)))
    )


def found(example: Example) -> tuple[Finding, ...]:
    with TemporaryDirectory() as folder:
        return findings(example, Path(folder))


def place(finding: Finding) -> tuple[str, str, int, int]:
    return finding.rule, Path(finding.span.source.path).name, finding.span.start, finding.span.end


def said(finding: Finding) -> str:
    return " ".join((finding.message, finding.help, *(related.message for related in finding.related)))


def dated(dns: str) -> str:
    """The answers of a block, all of one day."""
    recording = read_recording(Source("mailzone.lock", dns))
    entries = {pair: entry._replace(seen=DAY) for pair, entry in entries_of(recording).items()}
    complete = "complete: true\n" if recording.complete else ""
    return complete + lock_text(entries)


@contextmanager
def nothing_known_of_vendors() -> Iterator[None]:
    """A world in which no vendor is known."""
    of_hosts = {name: type(getattr(signs, name))() for name in ("MX", "VENDORS")}
    of_names = {name: type(getattr(name_signs, name))() for name in TABLES}
    with (
        mock.patch.multiple(signs, **of_hosts),
        mock.patch.multiple(name_signs, **of_names),
        mock.patch.object(catalogue, "_loaded", [Catalogue(())]),
        mock.patch.multiple(mail_hosts, MX={}, VENDORS={}, _known={}),
    ):
        yield
    mail_hosts._known.clear()


@pytest.mark.parametrize("example", [each for each in manuals() if each.dns], ids=str)
def test_what_rests_on_a_lock_says_so_with_the_day(example: Example) -> None:
    example = example._replace(dns=dated(example.dns))
    without = {place(each) for each in found(example._replace(dns=""))}

    for each in found(example):
        witnesses = [witness for witness in each.evidence if witness.kind == LOCK]
        if place(each) not in without:
            assert witnesses, each
        assert all((witness.source, witness.seen) == ("mailzone.lock", DAY) for witness in witnesses)
        assert not witnesses or DAY in said(each), each


OF_THE_FORMAT = frozenset({"intent-unknown-parameter", "intent-unknown-system", "intent-tenants-conflict"})
"""What these say is about words of our own documents, not about what a vendor does."""


def wanting(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> list[Finding]:
    """What rests on what is known of vendors without a word of it."""
    left = {place(each) for each in after}
    gone = [each for each in before if place(each) not in left and each.rule not in OF_THE_FORMAT]
    return [each for each in gone if not any(witness.kind in (FACT, SNAPSHOT) for witness in each.evidence)]


def assert_told(each: Finding) -> None:
    """What nobody confirmed, and what a snapshot says, stands in the words as well."""
    for witness in each.evidence:
        if witness.kind == SNAPSHOT:
            assert "snapshot of 20" in said(each), each
        if witness.kind == FACT and not witness.confirmed:
            assert "not confirmed" in said(each), each


@pytest.mark.parametrize("example", manuals(), ids=str)
def test_what_rests_on_a_vendor_s_fact_names_it(example: Example) -> None:
    before = found(example)
    for each in before:
        assert_told(each)
    with nothing_known_of_vendors():
        after = found(example)
    assert wanting(before, after) == []


@pytest.mark.skipif(not CORPORA.is_dir(), reason=f"the real zones are not at {CORPORA}; the manuals are like them")
@pytest.mark.parametrize("name", ["ministry-of-justice", "small-octodns"])
def test_what_is_found_in_real_zones_names_its_witnesses(name: str) -> None:
    options = CheckOptions()
    options.no_config, options.paths, options.jobs = True, [str(CORPORA / name)], 1
    before = run_check(options).findings
    with nothing_known_of_vendors():
        after = run_check(options).findings

    for each in before:
        assert_told(each)
    assert wanting(before, after) == []


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in EXAMPLES.glob("*/.mailzone.yaml")), ids=lambda f: f.name
)
def test_what_is_found_in_the_examples_names_its_witnesses(folder: Path) -> None:
    options = CheckOptions()
    options.paths, options.jobs = [str(folder)], 1  # under the configuration beside it
    before = run_check(options).findings
    with nothing_known_of_vendors():
        after = run_check(options).findings

    for each in before:
        assert_told(each)
    assert wanting(before, after) == []


ZONE = """'':
- {type: MX, value: {preference: 1, exchange: mx.away.test.}}
- {type: TXT, value: 'v=spf1 include:spf.away.test a:gone.away.test a:gone2.away.test a:gone3.away.test -all'}
_dmarc: {type: TXT, value: v=DMARC1\\; p=none\\; rua=mailto:r@away.test}
s1._domainkey: {type: CNAME, value: s1.away.test.}
_mta-sts: {type: TXT, value: v=STSv1\\; id=1}
mta-sts: {type: CNAME, value: sts.away.test.}
_imap._tcp: {type: SRV, value: {priority: 1, weight: 1, port: 143, target: imap.away.test.}}
loop: {type: CNAME, value: loop.away.test.}
"""
GONE = ("spf", "gone", "gone2", "gone3", "s1", "sts", "imap")
LOCKS = {
    "nothing is there": (
        {f"{name}.away.test": "{status: nxdomain, seen: %s}" for name in (*GONE, "mx")},
        {"mx-target-missing", "spf-include-without-record", "spf-too-many-void-lookups", "dkim-target-missing"}
        | {"mta-sts-host-missing", "srv-target-missing"},
    ),
    "no type is there": (
        {"mx.away.test": "{A: {status: nodata, seen: %s}, AAAA: {status: nodata, seen: %s}}"}
        | {"away.test": "{MX: {status: nodata, seen: %s}}", "spf.away.test": "{TXT: {status: nodata, seen: %s}}"},
        {"mx-target-missing", "dmarc-report-address-unreachable", "spf-include-without-record"},
    ),
    "something else is there": (
        {"mx.away.test": "{CNAME: {seen: %s, values: [real.away.test]}}"}
        | {"imap.away.test": "{CNAME: {seen: %s, values: [real.away.test]}}"}
        | {"loop.away.test": "{CNAME: {seen: %s, values: [loop.a.example]}}"}
        | {"away.test": "{MX: {seen: %s, values: ['1 mx.away.test']}}"}
        | {"a.example._report._dmarc.away.test": "{status: nxdomain, seen: %s}"},
        {"mx-target-is-alias", "srv-target-is-alias", "cname-loop", "dmarc-report-unauthorised"},
    ),
    "only private addresses are there": (
        {"mx.away.test": "{A: {seen: %s, values: [10.0.0.1]}, AAAA: {status: nodata, seen: %s}}"},
        {"mx-target-private"},
    ),
    "only new addresses are there": (
        {"mx.away.test": "{AAAA: {seen: %s, values: ['2a00:1450::1']}, A: {status: nodata, seen: %s}}"},
        {"mx-target-ipv6-only"},
    ),
}


@pytest.mark.parametrize("is_lock", [True, False], ids=["lock", "answers"])
@pytest.mark.parametrize(("answers", "rules"), LOCKS.values(), ids=LOCKS.keys())
def test_each_rule_that_asks_elsewhere_says_who_answered(
    tmp_path: Path, answers: dict[str, str], rules: set[str], is_lock: bool
) -> None:
    (tmp_path / "a.example.yaml").write_text(ZONE)
    path = tmp_path / ("mailzone.lock" if is_lock else "told.yaml")
    path.write_text(
        "answers:\n" + "".join(f"  {name}: {value.replace('%s', DAY)}\n" for name, value in answers.items())
    )
    options = CheckOptions()
    options.no_config, options.paths, options.jobs = True, [str(tmp_path)], 1
    options.answers = [] if is_lock else [str(path)]
    found = {each.rule: each for each in run_check(options).findings if each.evidence}

    assert found.keys() >= rules
    for each in found.values():
        assert any(
            (witness.kind, witness.seen) == ("lock" if is_lock else "recording", DAY) for witness in each.evidence
        )
        assert DAY in said(each)


def test_what_a_pack_demands_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.example.yaml").write_text("'': {type: TXT, value: v=spf1 ?all}\n")
    options = CheckOptions()
    options.no_config, options.paths, options.jobs, options.profile = True, [str(tmp_path)], 1, "uk-gov"

    (each,) = [each for each in run_check(options).findings if each.rule == "spf-neutral-all"]

    reason = "uk-gov: GOV.UK:Securing government email: SPF that ends in ~all or -all"
    assert [(witness.kind, witness.source) for witness in each.evidence] == [("pack", reason)]
    assert reason in each.message
    (tmp_path / ".mailzone.yaml").write_text("profile: uk-gov\nrules: {spf-neutral-all: warning}\n")
    options.no_config, options.profile = False, None
    (each,) = [each for each in run_check(options).findings if each.rule == "spf-neutral-all"]
    assert each.evidence == (), "what somebody chose here is no pack's demand"
