"""`mailzone providers`: the vendors, what people call them, and what one needs with who says so."""

import json
from pathlib import Path

import pytest

from linter.providers.catalogue import catalogue

from .conftest import Run

KNOWN = catalogue().providers
CALLED = (
    ("o365", "microsoft-365"),
    ("office365", "microsoft-365"),
    ("Office 365", "microsoft-365"),
    ("exchange-online", "microsoft-365"),
    ("gsuite", "google-workspace"),
    ("google", "google-workspace"),
    ("SendGrid", "sendgrid"),
)


def test_all_are_listed_with_what_people_call_them(mailzone: Run) -> None:
    ran = mailzone("providers")

    assert (ran.status, ran.err) == (0, "")
    assert [line.split()[0] for line in ran.out.splitlines()] == sorted(KNOWN)
    of_microsoft = next(line for line in ran.out.splitlines() if line.startswith("microsoft-365 "))
    assert "o365, office365" in of_microsoft


def test_the_list_is_a_document(mailzone: Run) -> None:
    listed = json.loads(mailzone("providers", "-f", "json").out)

    assert listed["version"] == 1
    assert {each["provider"]: tuple(each["aliases"]) for each in listed["providers"]} == {
        key: provider.aliases for key, provider in KNOWN.items()
    }


@pytest.mark.parametrize(("word", "key"), CALLED)
def test_one_is_found_by_what_people_call_it(mailzone: Run, word: str, key: str) -> None:
    ran = mailzone("providers", *word.split())

    assert ran.status == 0
    assert ran.out.startswith(f"{key}: {KNOWN[key].name} (")


@pytest.mark.parametrize("key", KNOWN)
def test_every_fact_has_its_witness(mailzone: Run, key: str) -> None:
    text = mailzone("providers", key).out
    shown = json.loads(mailzone("providers", key, "-f", "json").out)["provider"]

    witnessed = [*shown["records"], *shown["manual"], *shown["retired"], *shown["reports"]]
    for each in witnessed:
        evidence = each["evidence"]
        assert evidence is None or evidence.keys() == {"kind", "source", "seen", "confirmed"}
    unsure = [each["evidence"] for each in witnessed if each["evidence"] and not each["evidence"]["confirmed"]]
    assert (" not confirmed" in text.replace("\n  ", " ").replace("\n    ", " ")) >= bool(unsure)
    assert {each["name"] for each in shown["parameters"]} == {each.name for each in KNOWN[key].parameters}
    assert max(map(len, text.splitlines())) < 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sendgridd",), "did you mean `sendgrid`?"),
        (("offic365",), "did you mean"),
        (("\x1b[2J",), "`mailzone providers` lists them"),
        (("zzzz", "zzzz"), "`mailzone providers` lists them"),
    ],
)
def test_who_is_not_known_is_refused(mailzone: Run, words: tuple[str, ...], said: str) -> None:
    ran = mailzone("providers", *words)

    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.rstrip("\n").isprintable()


@pytest.mark.parametrize(("word", "key"), CALLED)
def test_a_configuration_that_names_an_alias_learns_the_key(
    mailzone: Run, tmp_path: object, word: str, key: str
) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "a.example.yaml").write_text("'': {type: MX, value: {preference: 1, exchange: mx.b.net.}}\n")
    (folder / ".mailzone.yaml").write_text(
        f"systems: {{m: {{provider: {word}}}}}\nmail: {{a.example: {{receives: m}}}}\n"
    )

    found = mailzone("check", "-f", "concise").out

    assert (f"did you mean `{key}`?" in found) == (word != key)


OWN = (
    "provider: acme\nname: Acme Mail\nroles: [mailboxes]\nsingle-host: true\n"
    "mx: [{host: mx.acme.example, source: handbook, seen: 2026-11-01, confirmed: true}]\n"
    "spf: [{term: 'include:_spf.acme.example', source: handbook, seen: 2026-11-01, confirmed: true}]\n"
)
ZONE = (
    "'':\n  - {type: MX, value: {preference: 1, exchange: mx.acme.example.}}\n"
    "  - {type: TXT, value: 'v=spf1 include:_spf.acme.example -all'}\n"
)


def test_providers_of_the_configuration_are_among_them(process: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.yml").write_text(OWN)
    (tmp_path / ".mailzone.yaml").write_text("providers: [acme.yml]\n")

    assert process("providers", "acme").status == 0
    assert "acme" in process("providers").out
    assert process("providers", "acme", "--no-config").status == 2
    (tmp_path / "acme.yml").write_text("provider: acme\nname: Acme\nroles: [mailbox]\n")
    said = process("providers")
    assert said.status == 2
    assert "acme.yml:3:9: `mailbox` is unknown" in said.err


def test_a_first_configuration_recognises_and_names_them(process: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.yml").write_text(OWN)
    (tmp_path / "example.com.yaml").write_text(ZONE)
    said = process("init", "--providers", "acme.yml")

    assert said.status == 0
    written = (tmp_path / ".mailzone.yaml").read_text()
    assert 'providers: ["acme.yml"]' in written
    assert "provider: acme" in written
    assert "example.com: {receives: acme, sends: [acme]}" in written
    assert "intent-unknown-system" not in process("check").out
    assert process("init", "--print").out == written


def test_a_system_may_be_one_and_another_is_meant(process: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.yml").write_text(OWN)
    (tmp_path / "example.com.yaml").write_text(ZONE)
    config = "providers: [acme.yml]\nsystems: {a: {provider: KEY}}\nmail: {example.com: {receives: a, sends: [a]}}\n"
    (tmp_path / ".mailzone.yaml").write_text(config.replace("KEY", "acme"))
    assert "intent-unknown-system" not in process("check").out

    (tmp_path / ".mailzone.yaml").write_text(config.replace("KEY", "acne"))
    assert "did you mean `acme`?" in process("check").out
