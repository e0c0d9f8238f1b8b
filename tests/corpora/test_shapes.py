"""Shapes that real repositories hold, each as a small zone of our own: silent where right, loud where not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.cli.check import _run as run_check
from linter.cli.options import CheckOptions
from linter.finding import Finding
from linter.run.outcome import Outcome

RIGHT, WRONG = "v=spf1 ip4:192.0.2.1 -all", "v=spf1 nclude:a.example -all"
POLICY = "_dmarc: {type: TXT, value: 'v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net'}\n"
HOST = "mail: {type: A, value: 192.0.2.25}\ns1._domainkey: {type: CNAME, value: s1.keys.example.net.}\n"

SHAPES = {
    "one record as a mapping": "'':\n  type: TXT\n  value: {spf}\n",
    "records as a list": "'':\n  - type: MX\n    value: {{preference: 10, exchange: mail.example.com.}}\n"
    "  - type: TXT\n    value: {spf}\n",
    "values for one value": "'': {{type: TXT, values: ['{spf}']}}\n",
    "values as plain text": "'': {{type: TXT, values: '{spf}'}}\n",
    "value as a list": "'': {{type: TXT, value: ['{spf}']}}\n",
    "values as a mapping": "'':\n  - {{type: MX, values: {{preference: 10, exchange: mail.example.com.}}}}\n"
    "  - {{type: TXT, value: {spf}}}\n",
    "old keys of MX": "'':\n  - {{type: MX, values: [{{priority: '10', value: mail.example.com.}}]}}\n"
    "  - {{type: TXT, value: {spf}}}\n",
    "folded over two lines": "'':\n  type: TXT\n  value: v=spf1\n    {rest}\n",
    "a folded block": "'':\n  type: TXT\n  value: >-\n    v=spf1\n    {rest}\n",
    "a literal block": "'':\n  type: TXT\n  value: |-\n    {spf}\n",
    "double quotes": "'': {{type: TXT, value: \"{spf}\"}}\n",
    "an anchor and an alias": "x-spf: {{type: TXT, value: &spf '{spf}'}}\n'': {{type: TXT, value: *spf}}\n",
    "a merge key": "'':\n  - &base {{type: TXT, ttl: 300, value: '{spf}'}}\n  - <<: *base\n    type: SSHFP\n"
    "    value: {{algorithm: 4, fingerprint_type: 2, fingerprint: aa}}\n",
    "a question mark for a key": "? ''\n: {{type: TXT, value: '{spf}'}}\n",
    "the apex in double quotes": "\"\": {{type: TXT, value: '{spf}'}}\n",
    "keys that YAML takes for others": "44.74: {{type: A, value: 192.0.2.1}}\n67: {{type: A, value: 192.0.2.1}}\n"
    "on: {{type: A, value: 192.0.2.1}}\n'': {{type: TXT, value: '{spf}'}}\n",
    "extras of octoDNS": "'':\n  octodns: {{lenient: true, cloudflare: {{proxied: true}}}}\n  ttl: 942942942\n"
    "  type: TXT\n  value: '{spf}'\n",
    "types of a provider": "www: {{type: Route53Provider/ALIAS, value: {{name: x, type: A}}}}\n"
    "old: {{type: URLFWD, value: {{path: /, target: 'https://example.org', code: 301, masking: 2, query: 0}}}}\n"
    "'': {{type: TXT, value: '{spf}'}}\n",
    "dynamic records": "geo:\n  type: A\n  dynamic: {{pools: {{one: {{values: [{{value: 192.0.2.1}}]}}}},\n"
    "    rules: [{{pool: one}}]}}\n  value: 192.0.2.1\n'': {{type: TXT, value: '{spf}'}}\n",
    "comments everywhere": "# ünïcode 漢字\n'': # the apex\n  type: TXT # why\n  value: '{spf}' # by us\n",
    "windows line ends": "'':\r\n  type: TXT\r\n  value: '{spf}'\r\n",
    "a document start": "---\n'': {{type: TXT, value: '{spf}'}}\n",
    "a byte order mark": "\ufeff'': {{type: TXT, value: '{spf}'}}\n",
    "a flow list with commas in values": "'': {{type: TXT, values: ['{spf}', 'a, b, c']}}\n",
    "two strings in quotes": "'': {{type: TXT, value: '\"v=spf1 \" \"{rest}\"'}}\n",
    "a value in quotes": "'': {{type: TXT, value: '\"{spf}\"'}}\n",
    "its own dialect": "zone: example.com\nrecords:\n  '': {{type: TXT, value: '{spf}'}}\n",
}

REMARKED = {
    "values for one value": {"zone-value-shape"},
    "values as plain text": {"zone-value-shape"},
    "value as a list": {"zone-value-shape"},
    "values as a mapping": {"zone-value-shape"},
    "keys that YAML takes for others": {"zone-key-type"},
    "extras of octoDNS": {"ttl-out-of-bounds"},
}
"""What is remarked on where octoDNS takes a shape with a warning, or something beside it is odd."""


def zone(shape: str, spf: str) -> str:
    filled = shape.format(spf=spf, rest=spf.removeprefix("v=spf1 "))
    if "zone: example.com" in filled:
        return filled + "".join(f"  {line}\n" for line in (POLICY + HOST).splitlines())
    return filled + (POLICY + HOST).replace("\n", "\r\n" if "\r\n" in filled else "\n")


def checked(folder: Path) -> Outcome:
    options = CheckOptions()
    options.no_config, options.paths = True, [str(folder)]
    return run_check(options)


def faults(outcome: Outcome) -> Iterator[Finding]:
    return (finding for finding in outcome.findings if finding.severity != "info")


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_is_silent_where_it_is_right_and_loud_where_it_is_not(name: str, tmp_path: Path) -> None:
    shape, remarks = SHAPES[name], REMARKED.get(name, set())
    path = tmp_path / "example.com.yaml"
    path.write_text(zone(shape, RIGHT), newline="")
    right = checked(tmp_path)
    path.write_text(zone(shape, WRONG), newline="")
    wrong = checked(tmp_path)

    assert [told(finding) for finding in faults(right) if finding.rule not in remarks] == []
    assert (right.zones, right.records >= 3, right.problems) == (1, True, ())
    loud = [finding for finding in faults(wrong) if finding.rule not in remarks]
    assert {finding.rule for finding in loud} == {"spf-unknown-mechanism"}
    assert {finding.span.text for finding in loud} == {"nclude:a.example"}


def told(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.message


MX = "'':\n  - {type: MX, value: {preference: 10, exchange: mail.example.com.}}\n"
SPF = f"  - {{type: TXT, value: {RIGHT}}}\n"
MUST = {
    "no SPF beside an MX": (MX + POLICY + HOST, "spf-missing"),
    "no DMARC beside an MX": (MX + SPF + HOST, "dmarc-missing"),
    "a colon for an equals sign": (
        MX + SPF + HOST + "_dmarc: {type: TXT, value: 'v=DMARC1; p:reject'}\n",
        "dmarc-syntax",
    ),
    "a policy that is not one": (
        MX + SPF + HOST + "_dmarc: {type: TXT, value: 'v=DMARC1; p=block; rua=mailto:a@reports.example.net'}\n",
        "dmarc-invalid-value",
    ),
    "a key at the wrong name": (
        MX + SPF + HOST + POLICY + "s1: {type: TXT, value: 'v=DKIM1; k=rsa; p='}\n",
        "dkim-wrong-name",
    ),
    "what DomainKeys has left": (
        MX + SPF + HOST + POLICY + "_domainkey: {type: TXT, value: 'o=~; r=postmaster@example.com'}\n",
        "domainkeys-leftover",
    ),
}


@pytest.mark.parametrize(("text", "rule"), MUST.values(), ids=MUST)
def test_what_real_zones_get_wrong_is_found(text: str, rule: str, tmp_path: Path) -> None:
    (tmp_path / "example.com.yaml").write_text(text)

    assert rule in {finding.rule for finding in checked(tmp_path).findings}


def test_a_zone_that_is_parked_to_perfection_is_silent(tmp_path: Path) -> None:
    (tmp_path / "parked.example.yaml").write_text(
        "'':\n  - {type: MX, value: {preference: 0, exchange: .}}\n  - {type: TXT, value: v=spf1 -all}\n"
        "'*._domainkey': {type: TXT, value: 'v=DKIM1; p='}\n"
        "_dmarc: {type: TXT, value: 'v=DMARC1; p=reject; sp=reject; adkim=s; aspf=s'}\n"
    )

    assert list(map(told, faults(checked(tmp_path)))) == []


SKIPPED = "skipped"
"""In the place of a rule: the file is counted among those of others."""

BROKEN = {
    "a value of nothing": ("'': {type: TXT, value: }\n", "zone-shape"),
    "a list with nothing in it": ("'': {type: TXT, values: [~]}\n", "zone-shape"),
    "an include that is not there": ("'': !include nowhere.yaml\n", "yaml-syntax"),
    "a file for something else": ("services: {web: {image: nginx}}\n", SKIPPED),
    "a record of type SPF": ("'': {type: SPF, value: v=spf1 -all}\n", "spf-record-type"),
}


@pytest.mark.parametrize(("text", "rule"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_says_so(text: str, rule: str, tmp_path: Path) -> None:
    (tmp_path / "example.com.yaml").write_text(text)
    (tmp_path / "other.example.yaml").write_text(MX + SPF + POLICY + HOST)

    outcome = checked(tmp_path)

    skipped = {SKIPPED for path in outcome.skipped if Path(path).name == "example.com.yaml"}
    assert rule in skipped | {finding.rule for finding in outcome.findings}


def test_a_zone_in_a_folder_of_its_own_is_one(tmp_path: Path) -> None:
    folder = tmp_path / "example.com."
    folder.mkdir()
    (folder / "$example.com.yaml").write_text(zone(SHAPES["records as a list"], RIGHT))
    (folder / "_dmarc.yaml").write_text("---\n" + POLICY)

    outcome = checked(tmp_path)

    assert (outcome.zones, outcome.problems) == (1, ())
