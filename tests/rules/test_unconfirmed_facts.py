"""No error rests on a fact that nobody confirmed: whatever is an error stays one when such facts are unknown.

For every vendor, zones are made of all its facts, and zones that contradict them. Each is checked twice, the second
time with a catalogue that holds confirmed facts alone, and with every rule made an error: no profile can ask for more.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from linter import RELEASED
from linter.config.profiles import PROFILES
from linter.providers import catalogue as catalogue_module
from linter.providers import mail_hosts, name_signs
from linter.providers.catalogue import Catalogue, catalogue
from linter.providers.document import provider_of
from linter.providers.evidence import Evidence
from linter.providers.files import policies_folder, provider_documents
from linter.providers.model import Provider
from linter.providers.sign_data import sign_data
from linter.rules.registry import all_rules

from .conftest import CheckZone

DOCUMENTS = [document for _, document in provider_documents(f"{policies_folder()}/providers")]
KINDS = ("mx", "spf", "dkim", "verification", "clients", "reports", "retired", "snapshots")
TO_OFFICE = "  autodiscover: {type: CNAME, value: autodiscover.outlook.com.}\n"
LIFTED = "rules:\n" + "".join(f"  {rule.name}: error\n" for rule in all_rules())
STRANGE_MX, OFFICE_MX = "mx.stranger.example.", "x.mail.protection.outlook.com."


def is_confirmed(fact: dict[str, Any]) -> bool:
    """Whether somebody confirmed it, and not too long ago."""
    return Evidence(fact["source"], fact["seen"], fact["confirmed"]).as_of(RELEASED).confirmed


def is_doubted(document: dict[str, Any]) -> bool:
    return any(not is_confirmed(fact) for kind in KINDS for fact in document.get(kind, ()))


def confirmed(document: dict[str, Any]) -> dict[str, Any]:
    """A vendor as it would be known without what nobody confirmed."""
    kept = {kind: [fact for fact in document[kind] if is_confirmed(fact)] for kind in KINDS if document.get(kind)}
    return {**document, **kept}


def know(monkeypatch: pytest.MonkeyPatch, documents: list[dict[str, Any]]) -> None:
    """Let the rules know these vendors and no others."""
    data = sign_data(documents)
    monkeypatch.setattr(catalogue_module, "_loaded", [Catalogue(provider_of(each, RELEASED) for each in documents)])
    for table in ("MX", "VENDORS"):
        monkeypatch.setattr(mail_hosts, table, data[table])
    for table in ("RETIRED_INCLUDES", "RETIRED_REPORTS"):
        monkeypatch.setattr(name_signs, table, data[table])
    monkeypatch.setattr(mail_hosts, "_known", {})


def filled(text: str) -> str:
    """A pattern as one of the names that it stands for."""
    for part, value in (
        ("{domain}", "example.com"),
        ("{dashed}", "example-com"),
        ("{token}", "example-com"),
        ("*", "x1"),
    ):
        text = text.replace(part, value)
    return "".join("x1" if piece.startswith("{") else piece for piece in text.replace("}", "{").split("{"))


def example(examples: tuple[str, ...], pattern: str) -> str:
    return examples[0] if examples else filled(pattern)


def mx(*hosts: str) -> str:
    values = ", ".join(f"{{preference: {10 + number}, exchange: {host}}}" for number, host in enumerate(hosts))
    return f"    - {{type: MX, values: [{values}]}}\n" if hosts else ""


def records(hosts: tuple[str, ...], spf: str, more: str = "", rua: str = "dmarc@reports.example.net") -> str:
    return f"records:\n  '':\n{mx(*hosts)}    - {{type: TXT, value: 'v=spf1 {spf}'}}\n{more}" \
        f"  _dmarc: {{type: TXT, value: 'v=DMARC1; p=reject; rua=mailto:{rua}'}}\n"  # fmt: skip


def keys(provider: Provider, target: str = "") -> str:
    found = {}
    for key in provider.dkim:
        name, leads_to = filled(key.selector), target or example(key.examples, key.target or "k.example.net")
        found[name] = f"  {name}._domainkey: {{type: CNAME, value: {leads_to}.}}\n"
    return "".join(found.values())


def discovery(provider: Provider) -> str:
    targets = [each for each in provider.clients if each.kind == "autodiscover"]
    return (
        f"  autodiscover: {{type: CNAME, value: {example(targets[0].examples, targets[0].target)}.}}\n"
        if targets
        else ""
    )


def zones(provider: Provider) -> Iterator[str]:
    """Zones of which each holds what the vendor asks for, or something else in its place."""
    head = "zone: example.com\n"
    systems = f"{head}systems:\n  web: {{receives: [{STRANGE_MX}], spf: 'ip4:50.0.0.1'}}\n"
    systems += f"  one: {{provider: {provider.key}}}\n"
    own = f"{systems}mail: {{example.com: {{receives: one, sends: [one]}}}}\n"
    sends = f"{systems}mail: {{example.com: {{sends: [one]}}}}\n"
    other = f"{systems}mail: {{example.com: {{receives: web, sends: [web]}}}}\n"
    hosts = tuple(f"{example(host.examples, host.host)}." for host in provider.mx if not host.verification)[:6]
    usual = f"{' '.join(filled(term.term) for term in provider.spf if '%' not in term.term)} -all".strip()
    withdrawn = " ".join(f"include:{each.name}" for each in provider.retired if each.kind == "include")
    closed = next(
        (f"x@{each.name}" for each in provider.retired if each.kind == "report-address"), "a@reports.example.net"
    )
    for intent in (own, other):
        yield f"{intent}{records(hosts, usual, keys(provider) + discovery(provider))}"
    yield f"{own}{records((STRANGE_MX,), '-all')}"
    yield f"{own}{records((OFFICE_MX,), usual, TO_OFFICE)}"
    for intent in (own, sends):
        yield f"{intent}{records((), '-all', keys(provider, 'k.dkim.amazonses.com'))}"
        yield f"{intent}records:\n  www: {{type: A, value: 50.0.0.80}}\n" \
            f"  _dmarc: {{type: TXT, value: 'v=DMARC1; p=reject; rua=mailto:a@reports.example.net'}}\n"  # fmt: skip
    for more in (OFFICE_MX, "eu-smtp-inbound-1.mimecast.com."):
        yield f"{head}{records((*hosts, more), usual)}"
    yield f"{head}{records(hosts, f'{withdrawn} -all'.strip(), '', closed)}"


def errors(check_zone: CheckZone, zone: str, config: str = LIFTED) -> set[tuple[str, str]]:
    """What no profile and no choice of the user could keep from being an error."""
    return {(each.rule, each.span.text) for each in check_zone(zone, config=config) if each.severity == "error"}


@pytest.mark.parametrize("key", [document["provider"] for document in DOCUMENTS if is_doubted(document)])
def test_no_error_rests_on_what_nobody_confirmed(
    key: str, check_zone: CheckZone, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list(zones(catalogue().providers[key]))
    known = [errors(check_zone, zone) for zone in made]

    know(monkeypatch, [confirmed(document) for document in DOCUMENTS])

    judged = zip(made, known, strict=True)
    assert [(zone, resting) for zone, found in judged if found and (resting := found - errors(check_zone, zone))] == []


DOUBTED_MX = f"zone: example.com\n{records(('mx.runbox.com.', OFFICE_MX), 'include:spf.runbox.com -all')}"
CHOICES = [LIFTED, *(f"profile: {name}\n" for name in PROFILES)]


@pytest.mark.parametrize("chosen", CHOICES)
def test_no_choice_lifts_what_rests_on_an_unconfirmed_fact(chosen: str, check_zone: CheckZone) -> None:
    found = [each for each in check_zone(DOUBTED_MX, config=chosen) if each.rule == "mx-split-between-systems"]

    assert [each.severity for each in found] == ["warning" if chosen == LIFTED else "info"]


def test_there_are_doubted_facts_of_every_kind_that_a_rule_looks_at() -> None:
    kinds = {
        kind for document in DOCUMENTS for kind in KINDS for fact in document.get(kind, ()) if not is_confirmed(fact)
    }

    assert {"mx", "spf", "dkim", "clients", "retired"} <= kinds


def test_the_comparison_can_tell(check_zone: CheckZone, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that rests on a confirmed fact is gone where that fact is taken away."""
    provider = catalogue().providers["google-workspace"]
    zone = next(zone for zone in zones(provider) if "mimecast" in zone and "systems" not in zone)
    assert ("mx-gateway-bypass", "smtp.google.com.") in {(rule, text) for rule, text in errors(check_zone, zone)}

    know(monkeypatch, [document for document in DOCUMENTS if document["provider"] != "mimecast"])

    assert "mx-gateway-bypass" not in {rule for rule, _ in errors(check_zone, zone)}
