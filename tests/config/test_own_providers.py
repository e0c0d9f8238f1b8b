"""Providers of one's own are read with places, known beside the built-in ones, and never say otherwise than these."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.config.load import load_settings
from linter.config.settings import BadConfiguration
from linter.facts.hosts.vendors import retired_report
from linter.lookup.answer import FOUND
from linter.providers.catalogue import built_in, catalogue, patterns
from linter.providers.in_force import use
from linter.providers.mail_hosts import host_sign
from linter.providers.snapshots import Snapshots, spf_sign

SAID = 'source: "our handbook", seen: 2026-11-01, confirmed: true'
ACME = f"""
provider: acme
name: Acme Mail
aliases: [acme-mail]
roles: [mailboxes, gateway]
single-host: true
mx:
  - {{host: "mx*.acme.example", style: new, {SAID}}}
spf:
  - {{term: "include:_spf.acme.example", cost: 3, {SAID}}}
dkim:
  - {{selector: s1, type: CNAME, target: "s1.{{dashed}}.acme.example", {SAID}}}
clients:
  - {{kind: autodiscover, name: autodiscover, type: CNAME, target: auto.acme.example, {SAID}}}
retired:
  - {{kind: report-address, name: old.acme.example, reason: "is closed", {SAID}}}
snapshots:
  - {{name: _spf.acme.example, type: TXT, values: ["v=spf1 ip4:198.51.100.0/24 -all"], {SAID}}}
"""


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    yield
    use(())


def configured(folder: Path, *texts: str) -> None:
    """Has a configuration name files of these texts, and puts it in force."""
    for number, text in enumerate(texts):
        (folder / f"own{number}.yml").write_text(text)
    names = ", ".join(f"own{number}.yml" for number in range(len(texts)))
    (folder / ".mailzone.yaml").write_text(f"providers: [{names}]\n")
    use(load_settings(str(folder / ".mailzone.yaml")).providers)


def test_a_provider_of_ones_own_is_known_by_all_that_a_built_in_one_is(tmp_path: Path) -> None:
    configured(tmp_path, ACME)
    known = catalogue()

    found = (
        known.of_mx("mx7.acme.example."),
        known.of_spf("_spf.acme.example"),
        known.of_dkim_target("s1.example-com.acme.example"),
        known.of_autodiscover("auto.acme.example"),
    )
    assert [each.provider.key for each in found if each is not None] == ["acme"] * 4
    named = known.called("Acme Mail")
    assert named is not None
    assert named.key == "acme"
    sign = host_sign("mx7.acme.example.")
    assert sign is not None
    assert (sign.provider, sign.roles, sign.style) == ("acme", ("mailboxes", "gateway"), "new")
    assert Snapshots().lookup("_spf.acme.example.", "TXT").status == FOUND
    cost = spf_sign("_spf.acme.example")
    assert cost is not None
    assert cost.provider == "acme"
    assert retired_report("old.acme.example") is not None


def test_what_is_built_in_is_as_without_one(tmp_path: Path) -> None:
    plain = built_in()
    configured(tmp_path, ACME)

    for provider in plain.providers.values():
        for text, _ in patterns("mx", provider):
            host = text.replace("**", "x").replace("*", "x")
            assert catalogue().of_mx(host) == plain.of_mx(host)
    assert host_sign("smtp.google.com.") is not None
    use(())
    assert catalogue() is plain
    assert host_sign("mx7.acme.example.") is None
    assert spf_sign("_spf.acme.example") is None


def test_of_what_is_not_confirmed_ones_own_word_counts(tmp_path: Path) -> None:
    host = next(
        fact.host
        for each in built_in().providers.values()
        for fact in each.mx
        if not fact.evidence.confirmed and "*" not in fact.host and "{" not in fact.host
    )
    configured(tmp_path, f'provider: acme\nname: Acme\nroles: [mailboxes]\nmx: [{{host: "{host}", {SAID}}}]\n')
    found = catalogue().of_mx(host)

    assert found is not None
    assert (found.provider.key, found.confirmed) == ("acme", True)


def acme(**changes: str) -> str:
    """A provider of little, with other lines."""
    lines = {"provider": "acme", "name": "Acme", "roles": "[mailboxes]", **changes}
    return "".join(f"{key}: {value}\n" for key, value in lines.items())


@pytest.mark.parametrize(
    ("texts", "there", "message"),
    [
        (["a: [\n"], "", ""),
        ([""], "", "the file is empty"),
        (["- a\n"], "- a\n", "expected a mapping"),
        ([acme(rolls="[mailboxes]")], "rolls", "did you mean `roles`?"),
        ([acme(provider="mailgun")], "mailgun", "is the built-in provider Mailgun"),
        ([acme(aliases="[x, o365]")], "o365", "is the built-in provider Microsoft 365"),
        ([acme(), acme()], "acme", "is declared in another file as well"),
        ([acme(mx=f"[{{host: smtp.google.com, {SAID}}}]")], "smtp.google.com", "is known to be Google Workspace's"),
        ([acme(mx=f'[{{host: "*.google.com", {SAID}}}]')], '"*.google.com"', "means `smtp.google.com` as well"),
        (
            [acme(mx=f"[{{host: x.mail.protection.outlook.com, {SAID}}}]")],
            "x.mail.protection.outlook.com",
            "is known to be Microsoft 365's",
        ),
        (
            [acme(spf=f'[{{term: "include:_spf.google.com", {SAID}}}]')],
            '"include:_spf.google.com"',
            "`_spf.google.com` is known to be Google Workspace's",
        ),
        (
            [acme(retired=f"[{{kind: include, name: _spf.google.com, reason: is gone, {SAID}}}]")],
            "_spf.google.com",
            "is known to be Google Workspace's",
        ),
        ([acme(mx=f'[{{host: "a*a*a*a.acme.example", {SAID}}}]')], '"a*a*a*a.acme.example"', "too many wildcards"),
        ([acme(mx=f'[{{host: "*.*.*.*.*.acme.example", {SAID}}}]')], '"*.*.*.*.*.acme.example"', "too many wildcards"),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, texts: list[str], there: str, message: str) -> None:
    with pytest.raises(BadConfiguration) as caught:
        configured(tmp_path, *texts)

    fault = caught.value.faults[0]
    assert message in fault.message
    assert not there or fault.span.text == there
    assert fault.span.source.path.endswith(".yml")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.yml", "cannot read `gone.yml`"),
        ("../../x.yml", "lies outside the repository"),
        ("folder", "is a directory"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_where_it_is_named(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / ".mailzone.yaml").write_text(f"providers: [{name}]\n")
    with pytest.raises(BadConfiguration) as caught:
        load_settings(str(tmp_path / ".mailzone.yaml"))

    (fault,) = caught.value.faults
    assert message in fault.message
    assert fault.span.text == name
