"""Random changes of random zones: a review says something sound of each, in every form, and nothing of no change."""

import json
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.config.load import load_profile
from linter.config.settings import ActiveRules, Settings
from linter.facts.facts import Facts
from linter.report.formats import FORMATS, report_lines
from linter.report.schema import report_schema
from linter.review.model import Review
from linter.review.render.as_findings import review_report
from linter.review.render.as_json import review_json
from linter.review.render.as_markdown import review_markdown
from linter.review.render.as_text import review_text
from linter.review.reviewed import exit_status, reviewed
from linter.review.side import Side
from linter.run.check import Checker
from linter.run.estate import Estate, ZoneFiles
from linter.source.text import Source

ENTRIES = [
    "'':\n  - {type: MX, ttl: 3600, value: {preference: 10, exchange: mx.a.example.}}\n",
    "'':\n  - {type: MX, ttl: 300, values: [{preference: 1, exchange: smtp.google.com.}]}\n"
    "  - {type: TXT, value: v=spf1 include:_spf.google.com -all}\n",
    "'':\n  - {type: MX, values: [{preference: 0, exchange: a-example.mail.protection.outlook.com.}]}\n"
    "  - {type: TXT, value: v=spf1 include:spf.protection.outlook.com include:_spf.b.example ip4:192.0.2.0/28 -all}\n",
    "'':\n  - {type: MX, value: {preference: 0, exchange: .}}\n  - {type: TXT, values: [v=spf1 -all, v=spf1 +all]}\n",
    "'':\n  - {type: TXT, value: v=spf1 redirect=_spf.a.example}\n"
    "_spf: {type: TXT, value: v=spf1 mx include:a.example -all}\n",
    "_dmarc: {type: TXT, value: v=DMARC1\\; p=none\\; rua=mailto:d@a.example}\n",
    "_dmarc: {type: TXT, value: v=DMARC1\\; p=reject\\; sp=none\\; t=y}\n",
    "_dmarc: {type: CNAME, value: _dmarc.b.example.}\n",
    "s1._domainkey: {type: TXT, value: v=DKIM1\\; k=ed25519\\; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}\n",
    "s1._domainkey: {type: TXT, value: v=DKIM1\\; p=}\n",
    "s2._domainkey: {type: CNAME, value: s2.dkim.b.example.}\n",
    "_mta-sts: {type: TXT, value: v=STSv1\\; id=1}\nmta-sts: {type: A, value: 192.0.2.80}\n",
    "_mta-sts: {type: TXT, value: v=STSv1\\; id=2}\n",
    "mx: {type: A, value: 192.0.2.1}\n",
    "mx: {type: CNAME, value: elsewhere.b.example.}\n",
    "_25._tcp.mx: {type: TLSA, value: {certificate_usage: 3, selector: 1, matching_type: 1, "
    f"certificate_association_data: {'ab' * 32}}}}}\n",
    "autodiscover: {type: CNAME, value: autodiscover.outlook.com.}\n",
    "_imaps._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 993, target: mx.a.example.}}\n",
    "sub: {type: NS, values: [ns.b.example.]}\n",
    "mail.sub:\n  - {type: MX, value: {preference: 1, exchange: mx.a.example.}}\n",
    "'*':\n  - {type: MX, value: {preference: 1, exchange: mx.a.example.}}\n",
    "www: {type: A, value: [x}\n",
    "x: {type: MX, value: {preference: many, exchange: '<b>`x`|'}}\n",
]
ZONES = st.lists(st.sampled_from(ENTRIES), unique=True, max_size=8)
ESTATES = st.dictionaries(
    st.sampled_from(["a.example.yaml", "sub.a.example.yaml", "b.example.yaml"]), ZONES, max_size=3
)
RULES = ActiveRules(load_profile("recommended"))
SCHEMA = Draft202012Validator(report_schema())


def side_of(files: dict[str, list[str]]) -> Side:
    estate, checker = Estate(list(files), ".", (), None, True), Checker(RULES, Settings())
    for path, entries in files.items():
        estate.add(Source(path, "---\n" + "".join(entries)))
    found: list[Facts] = []
    unread = []
    done: set[ZoneFiles] = set()
    for _, document, index in checker.opened(list(files), estate, done):
        if index is None:
            checker.judge_document(document, estate)
            unread.append(document.zone)
            continue
        facts = checker.facts(index, estate)
        checker.judge(facts)
        found.append(facts)
    return Side("x", found, estate.resolver, checker.outcome().findings, unread=unread)


def told(review: Review) -> None:
    """Every form of a review."""
    status = exit_status(review, "error")
    SCHEMA.validate(json.loads(review_json(review, status)))
    assert list(review_text(review, 60))
    assert sum(len(line.encode()) + 1 for line in review_markdown(review)) < 65_536
    for name in FORMATS[1:]:
        assert list(report_lines(name, review_report(review, 100))) or not (review.new or review.apart)
    assert bool(review.split) <= bool(review.apart)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ESTATES, min_size=2, max_size=3))
def test_every_change_has_a_review(history: list[dict[str, list[str]]]) -> None:
    for old, new in pairwise(history):
        told(reviewed(side_of(old), side_of(new)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ESTATES)
def test_no_change_means_nothing(files: dict[str, list[str]]) -> None:
    review = reviewed(side_of(files), side_of(dict(files)))
    assert [change for change in review.changes if change.kind != "zone"] == []
    assert not any((review.senders, review.addresses, review.apart, review.new, review.fixed))
    assert exit_status(review, "info") == 0
