"""Every file of policies/providers fits its schema, is true to its own examples, and claims nothing of another's."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from linter.providers.catalogue import DATA, catalogue
from linter.providers.document import provider_of
from linter.providers.files import provider_documents
from linter.providers.model import Provider
from linter.providers.pattern import pattern_of
from linter.providers.schema import provider_schema

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "policies" / "providers"
DOCUMENTS = dict(provider_documents(str(FOLDER)))
PROVIDERS = tuple(provider_of(document) for document in DOCUMENTS.values())
SOURCES = tuple(yaml.safe_load((ROOT / "policies" / "sources.yaml").read_text()))
FACTS = ("mx", "spf", "dkim", "verification", "clients", "reports", "retired", "snapshots")
SCHEMA = Draft202012Validator(provider_schema())


def facts(provider: Provider) -> Iterator[Any]:
    for kind in FACTS:
        yield from getattr(provider, kind)


def patterns(provider: Provider) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(kind, pattern, examples) of all that a provider is recognised by."""
    yield from (("mx", each.host, each.examples) for each in provider.mx)
    yield from (("spf", each.target, each.examples) for each in provider.spf if "%" not in each.term and not each.owner)
    yield from (("dkim", each.target, each.examples) for each in provider.dkim if each.target and not each.owner)
    for client in provider.clients:
        if client.kind == "autodiscover":
            yield "autodiscover", client.target, client.examples


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: Path(path).stem)
def test_a_file_fits_the_schema_and_is_named_after_its_provider(path: str) -> None:
    document = DOCUMENTS[path]

    assert [error.message for error in SCHEMA.iter_errors(document)] == []
    assert document["provider"] == Path(path).stem


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.key)
def test_every_fact_names_a_source_that_is_explained(provider: Provider) -> None:
    for fact in facts(provider):
        source = fact.evidence.source
        known = any(source == each or re.match(rf"{re.escape(each)}[: ]", source) for each in SOURCES)
        assert known or re.match(r"RFC [0-9]+", source), source
        if source.startswith(("memory", "secondary", "audit")):
            assert not fact.evidence.confirmed, fact


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.key)
def test_a_pattern_matches_its_examples_and_recognises_its_owner(provider: Provider) -> None:
    found = catalogue()
    recognise = {
        "mx": found.of_mx,
        "spf": found.of_spf,
        "dkim": found.of_dkim_target,
        "autodiscover": found.of_autodiscover,
    }
    for kind, text, examples in patterns(provider):
        pattern = pattern_of(text)
        assert examples or pattern.exact, f"{text} has no example"
        for example in examples or (text,):
            assert pattern.matches(example), (text, example)
            recognised = recognise[kind](f"{example.upper()}.")
            assert recognised is not None
            assert recognised.provider.key == provider.key, (text, example)
            assert example in recognised.reason


@pytest.mark.parametrize("kind", ["mx", "spf", "dkim", "autodiscover"])
def test_no_two_facts_claim_the_same_pattern(kind: str) -> None:
    counted = Counter(text for each in PROVIDERS for found, text, _ in patterns(each) if found == kind)

    assert [text for text, number in counted.items() if number > 1] == []


def test_the_first_style_is_what_a_vendor_asks_for_today() -> None:
    first = {
        style for each in PROVIDERS for facts in (each.mx, each.dkim) for style in [facts[0].style if facts else ""]
    }

    assert first.isdisjoint({"old", "legacy"})


def test_what_is_retired_is_not_asked_for() -> None:
    asked = {each.target for provider in PROVIDERS for each in provider.spf}
    retired = [each.name for provider in PROVIDERS for each in provider.retired if each.kind == "include"]

    assert asked.isdisjoint(retired)
    assert len(retired) == len(set(retired))


def test_the_catalogue_holds_what_the_files_say() -> None:
    assert json.loads((ROOT / "linter" / "providers" / DATA).read_text()) == list(DOCUMENTS.values())
    assert tuple(catalogue().providers.values()) == PROVIDERS


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "mx.example.com",
        "google.com",
        "evilmx.microsoft",
        "mx.microsoft",
        "smtp.hve.mx.microsoft",
        "smtp.google.com.evil.example",
        "*." * 200,
    ],
)
def test_a_name_that_is_nobodys_is_recognised_as_nobodys(name: str) -> None:
    found = catalogue()

    assert found.of_mx(name) is None
    assert found.of_spf(name) is None
    assert found.of_dkim_target(name) is None


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("*.mx.microsoft", "a.b.mx.microsoft", True),
        ("*.mx.microsoft", "mx.microsoft", False),
        ("*.mx.microsoft", "amx.microsoft", False),
        ("mx0*.ionos.*", "mx00.ionos.de", True),
        ("mx0*.ionos.*", "mx00.ionos.co.uk", False),
        ("mx0*.ionos.*", "mx0.ionos.de", False),
        ("sig1.dkim.{domain}.at.icloudmailadmin.com", "sig1.dkim.a.b.example.at.icloudmailadmin.com", True),
        ("s-{dashed}.x.example", "s-a.b.x.example", False),
        ("s-{tenant}.x.example", "s-a-b.x.example", True),
    ],
)
def test_patterns(pattern: str, name: str, expected: bool) -> None:
    assert pattern_of(pattern).matches(name) is expected
