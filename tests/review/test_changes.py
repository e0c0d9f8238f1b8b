"""What single changes mean for mail, one row for each; and what is no change."""

from typing import Any

import pytest

from .conftest import Reviewed
from .pull_requests import KEY, ZONE, zone

SELECTOR = "{{type: TXT, value: v=DKIM1\\; k=ed25519\\; p={}}}"
STS = "_mta-sts: {{type: TXT, value: v=STSv1\\; id={}}}\n"
HOST = "mx: {{type: A, value: {}}}\n"
NEW_KEY = "s2._domainkey: {type: CNAME, value: s2.keys.other.example.}\n"
TLSA = "_25._tcp.mx: {type: TLSA, value: {certificate_usage: 3, selector: 1, matching_type: 1, "
TLSA += f"certificate_association_data: {'ab' * 32}}}}}\n"
OWN = "10, exchange: mx.acme.example."
AUTO = "autodiscover: {{type: CNAME, value: {}}}\n"
SRV = "_imaps._tcp: {{type: SRV, value: {{priority: 0, weight: 1, port: 993, target: {}}}}}\n"


def said(document: Any) -> set[tuple[str, str]]:
    return {(change["kind"], change["severity"]) for change in document["changes"]}


def laws(document: Any) -> set[str]:
    return {step["law"] for step in document["steps"]}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (zone(), zone(ttl=300)),
        (zone(), zone().replace("ttl: 3600", "ttl: 7200")),
        (zone(), zone().replace("    ttl: 3600\n", "")),
        (zone(), zone(more="www: {type: A, value: 192.0.2.1}\n# a comment\n")),
        (zone(more="www: {type: A, value: 192.0.2.1}\n"), zone(more="www: {type: A, value: 192.0.2.2}\n")),
        (zone(), zone().replace("    value: v=spf1", "    values: [v=spf1").replace("-all\n", "-all, other=text]\n")),
        ({ZONE: zone(), "README.yaml": "a: b\n"}, {"README.yaml": "a: c\n"}),
        (
            {ZONE: zone(more="_x.sub: {type: TXT, value: x}\n")},
            {ZONE: zone(), "zones/sub.acme.example.yaml": "---\n_x: {type: TXT, value: x}\n"},
        ),
        (
            {ZONE: zone(), "zones/sub.acme.example.yaml": "---\n_x: {type: TXT, value: x}\n"},
            {ZONE: zone(more="_x.sub: {type: TXT, value: x}\n"), "zones/sub.acme.example.yaml": None},
        ),
    ],
    ids=[
        "ttl lowered",
        "ttl raised",
        "ttl by default",
        "web",
        "web host",
        "other text",
        "no zone",
        "moved",
        "moved back",
    ],
)
def test_nothing_for_mail(review: Reviewed, before: Any, after: Any) -> None:
    document = review(before, after)
    assert document["nothing"], document
    assert document["verdict"] == "nothing for mail"
    assert document["status"] == 0


@pytest.mark.parametrize(
    ("before", "after", "kind", "severity", "words"),
    [
        (zone(), zone(mx="10, exchange: mx2.webhost.example."), "mx", "info", "stay with webhost.example"),
        (zone(), zone(mx="0, exchange: ."), "mx", "warning", "no longer receives mail"),
        (zone(mx=OWN, more=HOST.format("192.0.2.1")), zone(mx=OWN, more=HOST.format("192.0.2.2")), "mail-host",
         "warning", "receives mail of `acme.example`"),
        (zone(mx=OWN, more=HOST.format("192.0.2.1")), zone(mx=OWN), "dangling", "error", "goes with this change"),
        (zone(), zone(more=NEW_KEY), "dkim", "info", "missing -> unknown"),
        (zone(key=SELECTOR.format(KEY)), zone(key=SELECTOR.format("")), "dkim", "warning", "verifies -> revoked"),
        (zone(), zone(dmarc="v=DMARC1\\; p=none\\; rua=mailto:dmarc@acme.example"), "dmarc", "warning", "looser"),
        (zone(), zone(dmarc="v=DMARC1\\; p=reject\\; rua=mailto:dmarc@acme.example"), "dmarc", "info", "stricter"),
        (zone(), zone(dmarc="v=DMARC1\\; p=quarantine"), "dmarc", "info", "`rua`"),
        (zone(), zone(more=STS.format("1")), "mta-sts", "info", "is new"),
        (zone(more=STS.format("1")), zone(more=STS.format("2")), "mta-sts", "info", "`1` -> `2`"),
        (zone(mx=OWN, more=HOST.format("192.0.2.1") + TLSA), zone(mx=OWN, more=HOST.format("192.0.2.1")), "tlsa",
         "warning", "its key must stay"),
        (zone(more=SRV.format("imap.webhost.example.")), zone(), "clients", "warning", "no longer find IMAP"),
        (zone(), zone(more="sub: {type: NS, value: ns.other.example.}\n"), "delegation", "info", "unknown from now"),
        (zone(more="mail.sub: {type: MX, value: {preference: 1, exchange: mx.webhost.example.}}\n"),
         zone(more="sub: {type: NS, value: ns.other.example.}\n"), "delegation", "warning", "1 name there is unknown"),
        (zone(more="'*': {type: MX, value: {preference: 1, exchange: mx.webhost.example.}}\n"),
         zone(more="'*': {type: MX, value: {preference: 1, exchange: mx.webhost.example.}}\n"
              "shop: {type: A, value: 192.0.2.1}\n"), "mx", "warning", "hide the MX of the wildcard"),
    ],
)  # fmt: skip
def test_what_a_change_means(review: Reviewed, before: str, after: str, kind: str, severity: str, words: str) -> None:
    document = review(before, after)
    assert (kind, severity) in said(document), document["changes"]
    assert any(words in change["message"] for change in document["changes"]), document["changes"]
    assert document["steps"] == []


M_B = "1, exchange: mx.b.example."
M365 = "0, exchange: acme-example.mail.protection.outlook.com."
MOVED = {
    "L1": (zone(), zone(mx="10, exchange: mx.other.example.")),
    "L2": (zone(), zone(mx=OWN, more=HOST.format("192.0.2.1"))),
    "L4": (zone(ttl=300), zone("v=spf1 include:_spf.webhost.example ip4:192.0.2.7 -all", "1, exchange: mx.b.example.")),
    "L5": (zone(ttl=300), zone(mx="1, exchange: mx.b.example.", more=NEW_KEY)),
    "L9": (zone(more=STS.format("1")), zone(mx="1, exchange: mx.b.example.", more=STS.format("2"))),
    "L10": (zone(mx=OWN, more=HOST.format("192.0.2.1") + TLSA), zone(mx=OWN, more=HOST.format("192.0.2.2"))),
    "L13": (
        zone(more=AUTO.format("auto.webhost.example.")),
        zone(
            mx="0, exchange: acme-example.mail.protection.outlook.com.", more=AUTO.format("autodiscover.outlook.com.")
        ),
    ),
    "L14": (zone(), zone("v=spf1 -all", "1, exchange: mx.b.example.")),
    "L15": (zone(key=SELECTOR.format(KEY)), zone(more=NEW_KEY, key="{type: TXT, value: gone}")),
    "L16": (zone(more=STS.format("1")), zone()),
    "L18": (zone(ttl=300), zone(mx="1, exchange: mx.b.example.")),
    "L19": (zone(dmarc="v=DMARC1\\; p=none\\; rua=mailto:a@acme.example"), zone(dmarc="v=DMARC1\\; p=reject")),
}


@pytest.mark.parametrize("law", MOVED)
def test_what_must_not_be_merged_together(review: Reviewed, law: str) -> None:
    before, after = MOVED[law]
    document = review(before, after)
    assert law in laws(document), document["steps"]
    assert document["status"] == 1
    assert document["split"]
    assert all(step["changes"] for step in document["split"])


def test_a_name_without_mail_may_be_strict_at_once(review: Reviewed) -> None:
    more = "info:\n  - {type: MX, value: {preference: 10, exchange: mx.acme.example.}}\n"
    none = "v=DMARC1\\; p=none\\; rua=mailto:dmarc@acme.example"
    strict = "_dmarc.info: {type: TXT, value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@acme.example}\n"
    old = zone(dmarc=none, more=HOST.format("192.0.2.1"))
    assert review(old, zone(dmarc=none, more=HOST.format("192.0.2.1") + more + strict))["steps"] == []
    parked = "v=spf1 -all", "0, exchange: ."
    before = zone(*parked, dmarc=none)
    assert review(before, zone(*parked, dmarc="v=DMARC1\\; p=reject"))["steps"] == []


def test_a_sender_that_another_replaces_in_one_change_is_refused(review: Reviewed) -> None:
    """Whoever they are: their includes are not each other's, whatever nobody here knows of what is in them."""
    document = review(zone(), zone("v=spf1 include:_spf.other.example -all"))
    assert laws(document) == {"L14"}
    assert [step["phase"] for step in document["split"]] == ["authorise", "retire"]
    assert review(zone(), zone("v=spf1 -all"))["steps"] == []


def test_hosts_of_two_systems_in_one_set_are_refused(review: Reviewed) -> None:
    google = "{preference: 1, exchange: smtp.google.com.}"
    before = zone("v=spf1 include:_spf.google.com -all", "1, exchange: smtp.google.com.", ttl=300)
    after = before.replace(f"value: {google}", f"values: [{google}, {{preference: {M365}}}]")
    assert after != before
    assert laws(review(before, after)) == {"L11"}


def test_a_key_replaced_in_its_place_is_refused(review: Reviewed) -> None:
    other = "PvEOAcMcXWIiWvm0mZ9Bm6sBUUuDJLb2z8JqkpkM2Vw="
    document = review(zone(key=SELECTOR.format(KEY)), zone(key=SELECTOR.format(other)))
    assert laws(document) == {"L15"}
    assert "another selector" in document["split"][0]["changes"][0]["what"]


def test_no_step_keeps_a_record_that_receivers_cannot_use(review: Reviewed) -> None:
    """Old and new terms in one record are of use only where the old record is one."""
    new = "v=spf1 include:_spf.other.example -all"
    for old, is_kept in (("include:_spf.webhost.example", True), ("nclude:_spf.webhost.example", False)):
        none = "v=DMARC1\\; p=none\\; rua=mailto:dmarc@acme.example"
        before = zone(f"v=spf1 {old} -all", dmarc=none)
        document = review(before, zone(new, dmarc=none.replace("none", "reject")))
        said = [change["what"] for step in document["split"] for change in step["changes"]]
        assert any(words.startswith("SPF with both") for words in said) is is_kept, said
        assert not any("nclude:" in words.replace("include:", "") for words in said)


def test_a_fault_under_an_edited_value_is_not_new(review: Reviewed) -> None:
    before = zone("v=spf1 include:_spf.webhost.example nclude:a.example -all")
    document = review(before, zone("v=spf1 include:_spf.webhost.example includ:b.example -all"))
    assert document["findings"] == {"new": [], "fixed": []}
    assert document["status"] == 0


def test_a_new_fault_is_new_and_a_fixed_one_is_fixed(review: Reviewed) -> None:
    bad = zone("v=spf1 include:_spf.webhost.example nclude:a.example -all")
    document = review(zone(), bad)
    assert [finding["rule"] for finding in document["findings"]["new"]] == ["spf-unknown-mechanism"]
    assert document["findings"]["new"][0]["path"] == ZONE
    assert document["status"] == 1
    back = review(bad, zone())
    assert [finding["rule"] for finding in back["findings"]["fixed"]] == ["spf-unknown-mechanism"]
    assert back["status"] == 0


def test_fail_on_counts_for_new_findings(review: Reviewed) -> None:
    document = review(zone(), zone(dmarc="v=DMARC1\\; p=none"), "--fail-on", "info")
    assert document["findings"]["new"]
    assert document["status"] == 1


def test_a_zone_that_leaves_is_unknown(review: Reviewed) -> None:
    document = review({ZONE: zone(), "zones/b.example.yaml": "---\nx: {type: A, value: 192.0.2.1}\n"}, {ZONE: None})
    assert said(document) == {("zone", "warning")}
    assert document["findings"]["fixed"] == []
    assert document["status"] == 0


def test_a_file_that_is_broken_on_one_side(review: Reviewed) -> None:
    broken = zone().replace("'':\n", "'':\n  - [\n")
    document = review(zone(), broken)
    assert said(document) == {("zone", "warning")}
    assert [finding["rule"] for finding in document["findings"]["new"]] == ["yaml-syntax"]
    assert document["status"] == 1
    back = review(broken, zone())
    assert said(back) == {("zone", "warning")}
    assert back["status"] == 0


def test_declared_senders_that_pass_no_longer_are_refused(review: Reviewed) -> None:
    config = """systems:
  web: {receives: [mx.webhost.example], spf: 'include:_spf.webhost.example'}
mail: {acme.example: {receives: web, sends: [web]}}
"""
    document = review({".mailzone.yaml": config, ZONE: zone()}, {ZONE: zone("v=spf1 -all")})
    assert ("sender", "error") in said(document)
    assert document["status"] == 1
    row = document["senders"][0]
    assert (row["system"], row["declared"], row["verdict"]) == ("web", True, "worse")


def test_addresses_are_the_difference_of_whole_trees(review: Reviewed) -> None:
    lock = """version: 1
answers:
  _spf.webhost.example:
    TXT:
      ttl: 60
      seen: 2026-11-02
      values: ["v=spf1 -ip4:198.51.100.7 ip4:198.51.100.0/28 include:_x.webhost.example -all"]
"""
    document = review(
        {"mailzone.lock": lock, ZONE: zone()}, {ZONE: zone("v=spf1 ip4:198.51.100.0/29 ip4:192.0.2.0/31 -all")}
    )
    found = document["addresses"]["acme.example."]
    assert (found["added_ipv4"], found["removed_ipv4"]) == (3, 8)
    assert found["added"] == ["192.0.2.0/31", "198.51.100.7"]
    assert found["removed"] == ["198.51.100.8/29"]
    assert not found["known"]
    assert found["unknown"] == ["_x.webhost.example"]
    assert found["source"] == "mailzone.lock, seen 2026-11-02"


STS_CONFIG = "mta-sts: {acme.example: policy.txt}\n"
POLICY = "version: STSv1\nmode: enforce\n{}max_age: 604800\n"


def policy(*hosts: str) -> str:
    return POLICY.format("".join(f"mx: {host}\n" for host in hosts))


@pytest.mark.parametrize(
    ("hosts", "number", "mx", "law"),
    [
        (("mx.webhost.example", "mx.b.example"), "1", "10, exchange: mx.webhost.example.", {"L9"}),
        (("mx.webhost.example", "mx.b.example"), "2", "10, exchange: mx.webhost.example.", set()),
        (("mx.webhost.example",), "1", "10, exchange: mx.b.example.", {"L9"}),
        (("mx.b.example",), "2", "10, exchange: mx.b.example.", {"L9"}),
    ],
    ids=["id stays", "id changes", "policy lacks the host", "policy with the MX"],
)
def test_the_policy_of_mta_sts(review: Reviewed, hosts: tuple[str, ...], number: str, mx: str, law: set[str]) -> None:
    old = zone(ttl=300, more=STS.format("1"))
    new = zone(ttl=300, mx=mx, more=STS.format(number))
    before = {".mailzone.yaml": STS_CONFIG, "policy.txt": policy("mx.webhost.example"), ZONE: old}
    document = review(before, {"policy.txt": policy(*hosts), ZONE: new})
    assert laws(document) == law
    if len(hosts) == 2:
        assert ("mta-sts", "warning" if law else "info") in said(document)


def test_a_policy_that_lists_both_lets_the_mx_go(review: Reviewed) -> None:
    files = {".mailzone.yaml": STS_CONFIG, "policy.txt": policy("mx.webhost.example", "mx.b.example")}
    old, new = (zone(ttl=300, mx=mx, more=STS.format("1")) for mx in ("1, exchange: mx.webhost.example.", M_B))
    assert review({**files, ZONE: old}, {ZONE: new})["steps"] == []


def test_lookups_of_what_is_unknown_are_the_least(review: Reviewed) -> None:
    review(zone(), zone("v=spf1 include:_spf.webhost.example include:_spf.crm.example -all"))
    out = review.run("review", "HEAD").out
    assert "lookups: acme.example at least 1 -> at least 2" in out


def test_what_is_delegated_is_unknown_and_not_gone(review: Reviewed) -> None:
    below = "mail.sub: {type: MX, value: {preference: 1, exchange: mx.webhost.example.}}\n"
    document = review(zone(more=below), zone(more="sub: {type: NS, value: ns.other.example.}\n"))
    assert said(document) == {("delegation", "warning")}
    assert document["names"] == []


def test_what_is_not_read_to_its_end_is_unknown_and_not_gone(review: Reviewed) -> None:
    document = review(zone(), zone().replace("_dmarc: {", "_dmarc: {[").replace("s1._domainkey", "x"))
    assert {kind for kind, _ in said(document)} == {"zone"}
    assert document["findings"]["fixed"] == []


OCTODNS = """providers:
  files: {class: octodns.provider.yaml.YamlProvider, directory: zones}
  other: {class: octodns_bind.ZoneFileSource, directory: bind}
zones: {acme.example.: {sources: [files, other], targets: [files]}}
"""


def test_what_another_source_may_have_is_unknown_and_not_gone(review: Reviewed) -> None:
    before = {"octodns.yaml": OCTODNS, ZONE: zone(more=STS.format("1"))}
    document = review(before, {ZONE: zone()})
    assert document["nothing"], document


def test_a_file_that_is_broken_on_both_sides_is_told(review: Reviewed) -> None:
    broken = zone().replace("'':\n", "'':\n  - [\n")
    document = review(broken, broken.replace("webhost", "other"))
    assert {change["kind"] for change in document["changes"]} == {"zone"}
    assert not document["nothing"]
