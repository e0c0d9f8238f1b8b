"""Advice that people act on: no record that shuts out who is declared to send, none milder than the profile demands."""

import json
from pathlib import Path

import pytest

from .conftest import Run

FORMS = ("text", "yaml", "json", "markdown", "html")
OPEN = "systems: {box: {provider: tuta}, ses: {provider: amazon-ses, envelope: b.example.com}}\n"
SENDS = "systems: {box: %s}\nmail: {example.com: {sends: [box]}}\n"
UNKNOWN = {
    "vendor": "{provider: tuta}",
    "own": "{receives: [mx.example.net], dkim: [s1]}",
    "own-envelope": "{envelope: example.com}",
    "reports": "{provider: dmarcian}",
}
MX_NULL = "{type: MX, value: {preference: 0, exchange: .}}"
MX = "{type: MX, value: {preference: 10, exchange: mx.example.net.}}"
ZONES = [
    "www: {type: A, value: 50.0.0.80}\n",
    f"'': {MX_NULL}\n",
    f"'': {MX}\n",
    "'': {type: TXT, value: v=spf1 ip4:50.0.0.1}\n",
    "'': {type: TXT, value: v=spf1 +all}\n",
    "'': {type: TXT, value: v=spf1 ip4:50.0.0.1 ?all}\n",
    "'': {type: TXT, value: v=spf1 ip4:50.0.0.1 ~all}\n",
    "'': {type: TXT, value: v=spf1 -all}\n",
    f"'': [{MX_NULL}, {{type: TXT, value: v=spf1 ip4:50.0.0.1 -all}}]\n",
    "'': {type: TXT, values: [v=spf1 ip4:50.0.0.1 -all, v=spf1 -all]}\n",
]


def live(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.lstrip().startswith("#")]


@pytest.mark.parametrize("system", UNKNOWN.values(), ids=UNKNOWN)
@pytest.mark.parametrize("zone", ZONES, ids=[f"{row}" for row in range(len(ZONES))])
def test_nothing_that_is_printed_shuts_out_a_sender_whose_term_is_unknown(
    mailzone: Run, tmp_path: Path, zone: str, system: str
) -> None:
    (tmp_path / ".mailzone.yaml").write_text(SENDS % system)
    path = tmp_path / "example.com.yaml"
    path.write_text(zone)
    held = set(zone.split("v=spf1")[1:])
    for form in FORMS:
        ran = mailzone("records", "example.com", "--all", "-f", form)
        new = [line for line in live(ran.out) if "v=spf1" in line and "all" in line.split("v=spf1")[1]]
        assert all(any(old.split("}")[0].strip(" ]").split(",")[0] in line for old in held) for line in new), new
        assert ran.status == 1
    diff = mailzone("records", "example.com", "--diff").out
    assert not any("v=spf1" in line for line in diff.splitlines() if line.startswith("+"))
    mailzone("records", "example.com", "--write")
    assert path.read_text().count("v=spf1") == zone.count("v=spf1")
    report = json.loads(mailzone("check", "--profile", "strict", "-f", "json").out)
    for finding in report["findings"]:
        closes = any(f"{word} `{sign}all`" in finding["help"] for word in ("write", "with", "or") for sign in "-~")
        assert not closes or "look up" in finding["help"] or finding["rule"] == "spf-duplicate", finding
        assert "publish `v=spf1 -all`" not in finding["help"]


@pytest.mark.parametrize(
    ("record", "spf"), [("", "no record"), ("v=spf1 -all", "not covered"), ("v=spf1 mx -all", "unknown")]
)
def test_a_declared_mail_from_domain_asks_for_the_term_that_nobody_said(
    mailzone: Run, tmp_path: Path, record: str, spf: str
) -> None:
    (tmp_path / ".mailzone.yaml").write_text(SENDS % "{envelope: b.example.com}")
    text = f", {{type: TXT, value: {record}}}" if record else ""
    (tmp_path / "example.com.yaml").write_text(f"b: [{{type: A, value: 50.0.0.80}}{text}]\n")
    found = json.loads(mailzone("records", "example.com", "-f", "json").out)["records"]
    (row,) = json.loads(mailzone("senders", "-f", "json").out)["names"]

    assert row["senders"][0]["spf"]["result"] == spf
    (left,) = (each for each in found if each["name"] == "b.example.com.")
    assert (left["values"], "declare it as `spf:`" in left["hint"]) == ([], True)


@pytest.mark.parametrize("policy", ["none", "reject"])
@pytest.mark.parametrize("vendor", ["sendgrid", "smtp2go"])
def test_a_return_path_that_is_to_be_an_alias_gets_no_record_beside_it(
    mailzone: Run, tmp_path: Path, vendor: str, policy: str
) -> None:
    (tmp_path / ".mailzone.yaml").write_text(SENDS % f"{{provider: {vendor}, envelope: em.example.com}}")
    path = tmp_path / "example.com.yaml"
    path.write_text(f"_dmarc: {{type: TXT, value: v=DMARC1\\; p={policy}}}\n")
    found = json.loads(mailzone("records", "example.com", "-f", "json").out)["records"]
    report = json.loads(mailzone("check", "-f", "json").out)["findings"]

    assert [each["type"] for each in found if each["name"] == "em.example.com."] == ["CNAME"]
    (about,) = (each for each in report if each["rule"] == "intent-sender-unaligned")
    assert "`em.example.com` has no SPF record" in about["message"]
    assert "publish the CNAME that the vendor asks for at `em.example.com`" in about["help"]
    assert not any("v=spf1" in each["help"] for each in report if "em.example.com" in each["message"])
    # Without the alias, records of one's own stand there instead, and SPF is one of them.
    path.write_text("em: {type: MX, value: {preference: 10, exchange: mx.example.net.}}\n")
    found = json.loads(mailzone("records", "example.com", "-f", "json").out)["records"]
    assert "TXT" in [each["type"] for each in found if each["name"] == "em.example.com."]


def test_a_return_path_that_is_to_be_an_alias_is_one_finding(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / ".mailzone.yaml").write_text(SENDS % "{provider: sendgrid, envelope: em.example.com}")
    (tmp_path / "example.com.yaml").write_text("www: {type: A, value: 50.0.0.80}\n")
    report = json.loads(mailzone("check", "-f", "json").out)["findings"]

    assert [each["rule"] for each in report if "`em.example.com`" in each["message"]] == ["provider-record-missing"]


def test_a_domain_in_the_mail_from_of_a_sender_is_never_closed(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / ".mailzone.yaml").write_text(f"{OPEN}mail: {{example.com: {{sends: [ses]}}, '*': none}}\n")
    (tmp_path / "example.com.yaml").write_text("www: {type: A, value: 50.0.0.80}\nb: {type: A, value: 50.0.0.80}\n")
    ran = mailzone("records", "b.example.com")

    assert ran.status == 2
    assert "serves mail of another name" in ran.err
    (tmp_path / ".mailzone.yaml").write_text(f"{OPEN}mail: {{example.com: {{sends: [ses]}}, b.example.com: none}}\n")
    assert "v=spf1 -all" not in mailzone("records", "b.example.com", "-f", "yaml").out + mailzone("check").out


PROFILES = sorted(path.stem for path in (Path(__file__).parents[2] / "policies" / "profiles").glob("*.yaml"))
KNOWN = """\
systems: {box: {spf: "ip4:50.0.0.9"}, app: {envelope: bounce.example.net, spf: "ip4:50.0.0.8"}}
mail:
  example.com: {sends: [box]}
  example.org: {sends: [box, app]}
"""


@pytest.mark.parametrize("profile", PROFILES)
def test_the_policy_that_is_proposed_passes_under_the_profile(mailzone: Run, tmp_path: Path, profile: str) -> None:
    """Also as help, and by the configuration's own word; a mailbox is declared, demanded or left open."""
    (tmp_path / ".mailzone.yaml").write_text(f"profile: {profile}\n{KNOWN}")
    for name in ("example.com", "example.org"):
        (tmp_path / f"{name}.yaml").write_text("'': {type: TXT, value: 'v=spf1 ip4:50.0.0.9 -all'}\n")
    asks = [mailzone("records", name, "-f", "yaml").out for name in ("example.com", "example.org")]
    helps = [each["help"] for each in json.loads(mailzone("check", "-f", "json").out)["findings"]]
    mailzone("records", "example.com", "--write")
    found = json.loads(mailzone("check", "example.com.yaml", "-f", "json").out)["findings"]

    strict = {"cisa-bod-18-01": "reject", "m3aawg-parked": "reject"} | dict.fromkeys(
        ("bsi-tr-03182", "nl-internet", "uk-gov"), "quarantine"
    )
    policy = strict.get(profile, "none")
    assert all(f"p={policy}" in text for text in asks)
    assert all("p=none" not in text or policy == "none" for text in (*asks, *helps))
    assert "once every sender passes; not known to pass: `app`" in asks[1] or policy == "none"
    assert not any("rua=mailto:dmarc" in line for text in asks for line in live(text))
    loud = [each["rule"] for each in found if each["severity"] in ("error", "warning")]
    assert not {"dmarc-policy-none", "dmarc-policy-not-reject", "dmarc-expected-report-address-missing"} & set(loud)
    if profile == "cisa-bod-18-01":
        assert "'v=DMARC1\\; p=reject\\; rua=mailto:reports@dmarc.cyber.dhs.gov'" in asks[0]


@pytest.mark.parametrize(("profile", "policy"), [("recommended", "quarantine"), ("cisa-bod-18-01", "reject")])
def test_a_policy_that_falls_short_is_to_become_what_is_demanded(
    mailzone: Run, tmp_path: Path, profile: str, policy: str
) -> None:
    record = "v=DMARC1\\; p=none\\; rua=mailto:d@example.com"
    (tmp_path / "example.com.yaml").write_text(f"{ZONES[2]}_dmarc: {{type: TXT, value: {record}}}\n")
    report = json.loads(mailzone("check", "--profile", profile, "-f", "json").out)
    (found,) = (each for each in report["findings"] if each["rule"] == "dmarc-policy-none")

    assert found["help"].startswith(f"change to `p={policy}` when")


def test_rules_of_the_configuration_demand_as_well(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / ".mailzone.yaml").write_text(f"rules: {{dmarc-policy-not-reject: error}}\n{KNOWN}")
    (tmp_path / "example.com.yaml").write_text(
        "'': {type: TXT, value: 'v=spf1 ip4:50.0.0.9 -all'}\n"
        "_dmarc: {type: TXT, value: v=DMARC1\\; p=none\\; rua=mailto:d@example.com}\n"
    )

    assert "v=DMARC1; p=reject; rua=mailto:d@example.com" in mailzone("records", "example.com").out
    assert mailzone("records", "example.com", "--profile", "uk-gov", "--no-config").status == 2
    assert mailzone("records", "example.com", "--profile", "uk-goff").status == 2


REPORTS = [
    ("dmarc: {rua: me@example.com}", "", "rua=mailto:me@example.com"),
    ("dmarc: {p: quarantine, sp: reject, rua: [me@example.com, you@example.net]}", "",
     "p=quarantine\\; sp=reject\\; rua=mailto:me@example.com,mailto:you@example.net"),
    ("", "v=DMARC1\\; p=reject\\; rua=mailto:all@reports.example.net", "rua=mailto:all@reports.example.net"),
    ("", "v=TLSRPTv1\\; rua=mailto:tls@reports.example.net", ""),
    ("", "v=DMARC1\\; p=reject\\; rua=mailto:all@example.org", ""),
    ("", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "other", "wanted"), REPORTS, ids=[f"{row}" for row in range(len(REPORTS))])
def test_reports_go_where_somebody_says_and_else_nowhere(
    mailzone: Run, tmp_path: Path, declared: str, other: str, wanted: str
) -> None:
    (tmp_path / ".mailzone.yaml").write_text(
        f'systems: {{box: {{spf: "ip4:50.0.0.9"}}}}\nmail: {{example.com: {{sends: [box], {declared}}}}}\n'
    )
    (tmp_path / "example.com.yaml").write_text("www: {type: A, value: 50.0.0.80}\n")
    (tmp_path / "example.org.yaml").write_text(f"_dmarc: {{type: TXT, value: '{other or 'x'}'}}\n")
    out = mailzone("records", "example.com", "-f", "yaml").out

    assert [line for line in live(out) if "DMARC1" in line and "rua=" in line] == (
        [f"    value: '{next(line for line in live(out) if 'DMARC1' in line).split(chr(39))[1]}'"] if wanted else []
    )
    assert wanted in out
    assert wanted or "rua=mailto:…" in out


BROKEN = [
    ("_dmarc: {type: TXT, values: [v=DMARC1; p=none, v=DMARC1; p=reject]}", "_dmarc.example.com"),
    ("_dmarc: {type: TXT, value: V=dmarc1; p=none}", "_dmarc.example.com"),
    ("_dmarc: {type: TXT, value: 'v=DMARC1; p=quarentine'}", "_dmarc.example.com"),
    ("'': {type: TXT, value: v=spf1 nclude:x.example ip4:50.0.0.9 -all}", "example.com"),
    ("'': {type: TXT, value: v=spf1 include:gone.example.com ip4:50.0.0.9 -all}", "example.com"),
]


@pytest.mark.parametrize(("record", "name"), BROKEN, ids=[f"{row}" for row in range(len(BROKEN))])
def test_nothing_is_put_beside_a_record_that_is_broken(mailzone: Run, tmp_path: Path, record: str, name: str) -> None:
    (tmp_path / ".mailzone.yaml").write_text(KNOWN)
    path = tmp_path / "example.com.yaml"
    path.write_text(f"{record}\nwww: {{type: A, value: 50.0.0.80}}\n")
    mailzone("records", "example.com", "--write")
    (left,) = (
        each
        for each in json.loads(mailzone("records", "example.com", "-f", "json").out)["records"]
        if each["name"] == f"{name}." and each["found"]
    )

    assert record in path.read_text()
    assert (left["state"], left["values"], "says why" in left["hint"]) == ("differs", [], True)


def test_declared_report_addresses_elsewhere_need_the_agreement_of_their_domain(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / ".mailzone.yaml").write_text(
        'systems: {box: {spf: "ip4:50.0.0.9"}}\nmail: {example.com: {sends: [box], dmarc: {rua: d@example.org}}}\n'
    )
    (tmp_path / "example.com.yaml").write_text("www: {type: A, value: 50.0.0.80}\n")
    (tmp_path / "example.org.yaml").write_text("www: {type: A, value: 50.0.0.80}\n")
    place = "TXT example.com._report._dmarc.example.org"

    assert f"# in another zone: {place}: v=DMARC1;" in mailzone("records", "example.com", "-f", "yaml").out
    assert f"not written: {place.replace(' ', ' of `')}`: it belongs to `example.org`" in (
        mailzone("records", "example.com", "--write").err
    )
