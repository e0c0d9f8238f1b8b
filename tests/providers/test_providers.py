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

from linter import RELEASED
from linter.providers.catalogue import DATA, catalogue
from linter.providers.document import provider_of
from linter.providers.evidence import Evidence
from linter.providers.files import provider_documents
from linter.providers.holes import holes_in
from linter.providers.model import Provider
from linter.providers.pattern import pattern_of
from linter.providers.schema import provider_schema

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "policies" / "providers"
DOCUMENTS = dict(provider_documents(str(FOLDER)))
PROVIDERS = tuple(provider_of(document, RELEASED) for document in DOCUMENTS.values())
SOURCES = tuple(yaml.safe_load((ROOT / "policies" / "sources.yaml").read_text()))
FACTS = ("mx", "spf", "dkim", "envelope", "verification", "clients", "reports", "retired", "manual", "snapshots")
STEPS = ("first", "before-mx", "after-mx", "after-dkim", "last")
SCHEMA = Draft202012Validator(provider_schema())


def facts(provider: Provider) -> Iterator[Any]:
    for kind in FACTS:
        yield from getattr(provider, kind)
    if provider.no_spf is not None:
        yield provider.no_spf


def evidences(provider: Provider) -> Iterator[Evidence]:
    yield from (fact.evidence for fact in facts(provider))
    yield from (term.counted for term in provider.spf if term.counted is not None)
    yield from (key.evidence for key in provider.shared_keys)
    if provider.rewrites is not None:
        yield provider.rewrites


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
    for evidence in evidences(provider):
        source = evidence.source
        known = any(source == each or re.match(rf"{re.escape(each)}[: ]", source) for each in SOURCES)
        assert known or re.match(r"RFC [0-9]+", source), source
        if source.startswith(("memory", "secondary", "audit")):
            assert not evidence.confirmed, evidence


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


@pytest.mark.parametrize(
    ("seen", "is_old"),
    [
        ("2024-11-29", True),
        ("2024-11-30", False),
        ("2024-12-01", False),
        ("2024-11", True),
        ("2024-12", False),
        ("2024", True),
        ("2025", False),
        ("2026-11-30", False),
        ("2023-02", True),
    ],
)
def test_what_was_seen_more_than_24_months_ago_is_old(seen: str, is_old: bool) -> None:
    evidence = Evidence("RFC 7208", seen, True)

    assert evidence.is_old_on("2026-11-30") is is_old
    assert evidence.as_of("2026-11-30").confirmed is not is_old
    assert evidence._replace(confirmed=False).as_of("2026-11-30").confirmed is False


def test_of_a_leap_day_two_years_later_there_is_a_day_as_well() -> None:
    assert Evidence("RFC 7208", "2026-02-28", True).is_old_on("2028-02-29")
    assert not Evidence("RFC 7208", "2026-03-01", True).is_old_on("2028-02-29")


def test_nothing_old_counts_as_confirmed() -> None:
    released = RELEASED
    known = [evidence for provider in catalogue().providers.values() for evidence in evidences(provider)]

    assert any(evidence.is_old_on(released) for evidence in known)
    assert [each for each in known if each.confirmed and each.is_old_on(released)] == []


def test_no_alias_is_a_key_or_another_s_alias() -> None:
    names = [name for provider in PROVIDERS for name in (provider.key, *provider.aliases)]

    assert [name for name, number in Counter(names).items() if number > 1] == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("o365", "microsoft-365"),
        ("office365", "microsoft-365"),
        ("Office 365", "microsoft-365"),
        ("exchange-online", "microsoft-365"),
        ("exchange_online", "microsoft-365"),
        ("M365", "microsoft-365"),
        ("gsuite", "google-workspace"),
        ("google", "google-workspace"),
        ("gmail", "google-workspace"),
        ("ses", "amazon-ses"),
        ("microsoft-365", "microsoft-365"),
        ("office", None),
        ("", None),
    ],
)
def test_a_vendor_is_found_by_what_people_call_it(name: str, key: str | None) -> None:
    found = catalogue().called(name)

    assert (found.key if found is not None else None) == key
    assert {"o365", "microsoft-365"} <= set(catalogue().names())


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.key)
def test_a_name_of_another_s_is_recognised_as_its_owner_s(provider: Provider) -> None:
    for term in provider.spf:
        if term.owner:
            recognised = catalogue().of_spf(term.target)
            assert recognised is not None
            assert recognised.provider.key == term.owner != provider.key
    for key in provider.dkim:
        if key.owner and key.target:
            recognised = catalogue().of_dkim_target(key.examples[0] if key.examples else key.target)
            assert recognised is not None
            assert recognised.provider.key == key.owner != provider.key


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.key)
def test_a_hole_is_a_parameter_and_a_style_that_a_value_chooses_exists(provider: Provider) -> None:
    named = {"domain", "dashed", "token", "*", *(parameter.name for parameter in provider.parameters)}
    texts = [each.host for each in provider.mx] + [each.term for each in provider.spf]
    texts += [text for each in provider.dkim for text in (each.selector, each.target)]
    texts += [text for each in provider.envelope for text in (each.name, each.value)]
    texts += [each.target for each in provider.clients]
    styles = {each.style for each in provider.mx} | {each.style for each in provider.spf}
    styles |= {each.style for each in provider.dkim} | {each.style for each in provider.envelope}

    assert {hole for text in texts for hole in holes_in(text)} <= named
    assert {value.style for each in provider.parameters for value in each.values if value.style} <= styles


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.key)
def test_manual_steps_are_in_the_order_of_their_places_and_named_once(provider: Provider) -> None:
    places = [STEPS.index(step.when) for step in provider.manual]

    assert places == sorted(places)
    assert len({step.key for step in provider.manual}) == len(provider.manual)
    assert not any(step.what.endswith(".") for step in provider.manual)


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
        "ex.test.mail.protection.outlook.com",
        "contoso-com.x.mail.protection.outlook.com",
        "contoso.com.e-v1.mx.microsoft",
        "selector1-contoso-com.contoso.onmicrosoft.com",
        "selector1-contoso.com._domainkey.contoso.onmicrosoft.com",
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
        ("*.mx.microsoft", "a.mx.microsoft", True),
        ("*.mx.microsoft", "a.b.mx.microsoft", False),
        ("*.mx.microsoft", "mx.microsoft", False),
        ("**.mx.microsoft", "a.b.mx.microsoft", True),
        ("**.mx.microsoft", "a.mx.microsoft", True),
        ("**.mx.microsoft", "mx.microsoft", False),
        ("**.mx.microsoft", "amx.microsoft", False),
        ("**.x.*.example", "a.b.x.c.example", True),
        ("**.x.*.example", "a.b.x.c.d.example", False),
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


@pytest.mark.parametrize(
    ("seen", "counts"),
    [
        ("2024-11-30", True),
        ("2024-11-29", False),
        ("2024-11", False),
        ("2024-12", True),
        ("2024", False),
        ("2025", True),
        ("2026-11-30", True),
    ],
)
def test_what_was_read_more_than_two_years_before_the_release_is_not_confirmed(seen: str, counts: bool) -> None:
    assert Evidence("MS", seen, True).as_of("2026-11-30").confirmed == counts
    assert not Evidence("memory", seen, False).as_of("2026-11-30").confirmed


def test_no_fact_of_the_catalogue_is_confirmed_and_old() -> None:
    """By the day of the release, which is data, whatever day it is today."""
    for provider in catalogue().providers.values():
        held = (value for field in provider for value in (field if isinstance(field, tuple) else (field,)))
        for fact in held:
            evidence = fact if isinstance(fact, Evidence) else getattr(fact, "evidence", None)
            assert evidence is None or not (evidence.confirmed and evidence.is_old_on(RELEASED)), fact
