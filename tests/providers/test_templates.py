"""Every fact that cites a Domain Connect template is in that template, where the templates are beside the project."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linter.providers.document import provider_of
from linter.providers.evidence import Evidence
from linter.providers.files import policies_folder, provider_documents
from linter.providers.model import ClientRecord, DkimSelector, EnvelopeRecord, MxHost, NoSpfTerm, SpfTerm, Verification

from .templates import Record, stands_in

TEMPLATES = Path(__file__).parents[3] / "shared" / "corpora" / "domain-connect"
KINDS = ("mx", "spf", "dkim", "envelope", "verification", "clients", "reports", "no_spf")
READ = Evidence("DC:vendor.example.mail", "2026-08-20", True)
RECORDS: list[Record] = [
    {"type": "MX", "host": "@", "pointsTo": "mx%region%.vendor.example.", "priority": 10, "ttl": 3600},
    {"type": "SPFM", "host": "@", "spfRules": "include:_spf.vendor.example a:out.vendor.example"},
    {"type": "TXT", "host": "bounce", "data": "v=spf1 include:bounce.vendor.example ~all"},
    {"type": "CNAME", "host": "s1._domainkey", "pointsTo": "s1.%account%.keys.vendor.example"},
    {"type": "TXT", "host": "k1._domainkey", "data": "%key%"},
    {"type": "TXT", "host": "@", "data": "vendor-verification=%code%"},
    {"type": "CNAME", "host": "autodiscover", "pointsTo": "discover.vendor.example"},
    {"type": "SRV", "service": "_imaps", "protocol": "_tcp", "name": "@", "target": "imap.vendor.example",
     "priority": 0, "weight": 1, "port": 993},
]  # fmt: skip


def cited() -> Iterator[tuple[str, Any]]:
    """Every fact that cites a template, with the provider and the template."""
    for _, document in provider_documents(f"{policies_folder()}/providers"):
        provider = provider_of(document)
        for kind in KINDS:
            for fact in filter(None, (getattr(provider, kind),) if kind == "no_spf" else getattr(provider, kind)):
                if fact.evidence.source.startswith("DC:"):
                    yield provider.key, fact


@pytest.mark.skipif(not TEMPLATES.is_dir(), reason=f"the templates are not at {TEMPLATES}")
def test_every_fact_that_cites_a_template_is_in_it() -> None:
    missing, wrong = [], []
    for key, fact in cited():
        template = TEMPLATES / f"{fact.evidence.source.removeprefix('DC:')}.json"
        if not template.is_file():
            missing.append((key, template.name))
        elif not stands_in(fact, json.loads(template.read_text(encoding="utf-8"))["records"]):
            wrong.append((key, fact))

    assert missing == []
    assert wrong == []


def test_there_are_facts_that_cite_templates() -> None:
    assert sum(1 for _ in cited()) > 10


def mx(host: str, preference: int | None) -> MxHost:
    return MxHost(host, "", "", preference, False, (), READ)


def srv(port: int) -> ClientRecord:
    return ClientRecord("srv", "_imaps._tcp", "SRV", "imap.vendor.example", port, 0, 1, False, (), READ)


FACTS = [
    (mx("mx{region}.vendor.example", 10), True),
    (mx("mx*.vendor.example", None), True),
    (mx("mx1.vendor.example", 10), False),
    (mx("mx*.vendor.example", 20), False),
    (SpfTerm("include:_spf.vendor.example", "domain", 1, "", (), READ), True),
    (SpfTerm("include:bounce.vendor.example", "subdomain", 1, "", (), READ), True),
    (SpfTerm("include:vendor.example", "domain", 1, "", (), READ), False),
    (DkimSelector("s1", "CNAME", "s1.*.keys.vendor.example", "", (), READ), True),
    (DkimSelector("s2", "CNAME", "s1.*.keys.vendor.example", "", (), READ), False),
    (DkimSelector("s1", "CNAME", "s1.keys.vendor.example", "", (), READ), False),
    (DkimSelector("s1", "CNAME", "", "", (), READ), True),
    (DkimSelector("k1", "TXT", "", "", (), READ), True),
    (DkimSelector("k1", "CNAME", "k1.vendor.example", "", (), READ), False),
    (EnvelopeRecord("bounce", "SPF", "include:bounce.vendor.example", None, "", "", False, (), READ), True),
    (EnvelopeRecord("return", "SPF", "include:bounce.vendor.example", None, "", "", False, (), READ), False),
    (EnvelopeRecord("bounce", "CNAME", "bounce.vendor.example", None, "", "", False, (), READ), False),
    (Verification("@", "vendor-verification=", READ), True),
    (Verification("@", "vendor=", READ), False),
    (srv(993), True),
    (srv(143), False),
    (ClientRecord("autodiscover", "autodiscover", "CNAME", "discover.vendor.example", None, None, None, True, (), READ),
     True),
    (ClientRecord("autodiscover", "autodiscover", "CNAME", "other.vendor.example", None, None, None, True, (), READ),
     False),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "expected"), FACTS)
def test_the_comparison_can_tell(fact: object, expected: bool) -> None:
    assert stands_in(fact, RECORDS) is expected


def test_that_no_term_is_needed_is_what_a_template_without_spf_says() -> None:
    fact = NoSpfTerm("it has a return path of its own", READ)

    assert not stands_in(fact, RECORDS)
    assert stands_in(fact, [record for record in RECORDS if record["type"] == "CNAME"])


def test_no_fact_of_another_kind_cites_a_template() -> None:
    """So that each that does is compared."""
    others = []
    for _, document in provider_documents(f"{policies_folder()}/providers"):
        provider = provider_of(document)
        for kind, held in provider._asdict().items():
            for fact in held if isinstance(held, tuple) else (held,):
                evidence = fact if isinstance(fact, Evidence) else getattr(fact, "evidence", None)
                if evidence is not None and evidence.source.startswith("DC") and kind not in KINDS:
                    others.append((provider.key, fact))

    assert others == []
