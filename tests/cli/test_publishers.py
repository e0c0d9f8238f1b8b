"""Repositories with an octoDNS configuration, judged as what their targets publish."""

import json
from pathlib import Path

import pytest

from .conftest import Run

REST = (
    "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:d@example.org'}\n"
    "s1._domainkey: {type: CNAME, value: s1.vendor.example.}\n"
)
MAIL = (
    "'':\n"
    "  - {type: MX, value: {preference: 10, exchange: mx.example.org.}}\n"
    "  - {type: TXT, value: v=spf1 include:_spf.example.org -all}\n" + REST
)
PROXIED = "octodns: {cloudflare: {proxied: true}}"
ROUTE53, CLOUDFLARE = "octodns_route53.Route53Provider", "octodns_cloudflare.CloudflareProvider"
GANDI, OVH, GOOGLE = "octodns_gandi.GandiProvider", "octodns_ovh.OvhProvider", "octodns_googlecloud.GoogleCloudProvider"


def config(*targets: str, sources: str = "", zone: str = "", more: str = "") -> str:
    """A configuration whose targets are of these classes, with settings where a class has some behind it."""
    lines = ["providers:", "  files: {class: octodns.provider.yaml.YamlProvider, directory: ./zones}"]
    lines += [f"  t{number}: {{class: {target}}}" for number, target in enumerate(targets)]
    lines += [more] if more else []
    listed = ", ".join(f"t{number}" for number in range(len(targets)))
    entry = f"{{sources: [files{sources}], targets: [{listed}]{zone}}}"
    return "\n".join([*lines, "zones:", f"  example.com.: {entry}", ""])


def found(
    mailzone: Run, folder: Path, files: dict[str, str], least: tuple[str, ...] = ("error", "warning")
) -> list[tuple[str, int]]:
    """(rule, line) of what is found in the zone."""
    (folder / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    ran = mailzone("check", "-f", "json", ".")
    assert ran.status in (0, 1), ran.err
    told = json.loads(ran.out)["findings"]
    return [(each["rule"], each["line"]) for each in told if each["severity"] in least]


def zone(text: str) -> dict[str, str]:
    return {"zones/example.com.yaml": text}


UNDOTTED = (
    "www: {type: CNAME, value: web.example.org}\n"
    "_imaps._tcp: {type: SRV, value: {priority: 0, weight: 0, port: 993, target: imap.example.org}}\n"
    "sub: {type: NS, values: [ns1.example.org]}\n"
)
DOTS = "target-without-trailing-dot"


@pytest.mark.parametrize(
    ("targets", "lines"),
    [
        ((ROUTE53,), []),
        (("octodns.provider.route53.Route53Provider",), []),
        (("octodns_azure.AzureProvider",), []),
        ((CLOUDFLARE,), [2]),
        ((GOOGLE,), [2, 3]),
        ((GANDI,), [1, 2, 3]),
        ((ROUTE53, GOOGLE), [2, 3]),
        ((ROUTE53, GANDI), [1, 2, 3]),
        ((ROUTE53, "octodns.provider.yaml.YamlProvider, directory: ./copy"), []),
        (("somebody.Else",), [1, 2, 3]),
    ],
)
def test_final_dots_are_asked_for_where_a_target_needs_them(
    mailzone: Run, tmp_path: Path, targets: tuple[str, ...], lines: list[int]
) -> None:
    files = {"config.yaml": config(*targets), **zone(UNDOTTED)}

    assert found(mailzone, tmp_path, files) == [(DOTS, line) for line in lines]


@pytest.mark.parametrize(
    ("word", "target", "lines"), [("required", ROUTE53, [1, 2, 3]), ("optional", GANDI, []), ("optional", ROUTE53, [])]
)
def test_the_configuration_s_word_counts_before_the_targets(
    mailzone: Run, tmp_path: Path, word: str, target: str, lines: list[int]
) -> None:
    files = {".mailzone.yaml": f"dns: {{target-dots: {word}}}\n", "config.yaml": config(target), **zone(UNDOTTED)}

    assert found(mailzone, tmp_path, files) == [(DOTS, line) for line in lines]


def test_a_single_label_is_no_host_where_all_targets_are_absolute(mailzone: Run, tmp_path: Path) -> None:
    text = MAIL.replace("mx.example.org.", "mail") + "mail: {type: A, value: 11.22.33.44}\n"
    files = {"config.yaml": config(ROUTE53).replace("example.com", "contoso.com"), "zones/contoso.com.yaml": text}

    assert ("mx-target-not-a-host", 2) in found(mailzone, tmp_path, files)


def ttl(seconds: int, octodns: str = "") -> str:
    return MAIL.replace("exchange: mx.example.org.}}", f"exchange: mx.example.org.}}, ttl: {seconds}{octodns}}}")


@pytest.mark.parametrize(
    ("targets", "text", "is_found"),
    [
        ((CLOUDFLARE,), ttl(1), False),
        ((CLOUDFLARE,), ttl(30), False),
        ((f"{CLOUDFLARE}, min_ttl: 30",), ttl(30), True),
        ((f"{CLOUDFLARE}, min_ttl: 1",), ttl(1), False),
        ((f"{CLOUDFLARE}, min_ttl: 30",), ttl(30, ", octodns: {cloudflare: {auto-ttl: true}}"), False),
        ((ROUTE53,), ttl(30, ", octodns: {cloudflare: {auto-ttl: true}}"), True),
        ((CLOUDFLARE,), ttl(2592000), True),
        ((OVH,), ttl(0), False),
        ((OVH,), ttl(1), True),
        ((ROUTE53,), ttl(0), True),
        ((CLOUDFLARE, ROUTE53), ttl(1), True),
        (("octodns_rackspace.RackspaceProvider",), ttl(1), False),
        (("somebody.Else",), ttl(1), True),
    ],
)
def test_a_ttl_is_the_one_that_is_served(
    mailzone: Run, tmp_path: Path, targets: tuple[str, ...], text: str, is_found: bool
) -> None:
    files = {"config.yaml": config(*targets), **zone(text)}

    assert found(mailzone, tmp_path, files) == ([("ttl-out-of-bounds", 2)] if is_found else [])


@pytest.mark.parametrize(
    ("target", "rules"), [(OVH, []), (ROUTE53, [("spf-record-type", 3)]), ("somebody.Else", [("spf-record-type", 3)])]
)
def test_type_spf_is_txt_where_it_is_served_so(
    mailzone: Run, tmp_path: Path, target: str, rules: list[tuple[str, int]]
) -> None:
    files = {
        "config.yaml": config(target),
        **zone(MAIL.replace("{type: TXT, value: v=spf1", "{type: SPF, value: v=spf1")),
    }

    assert found(mailzone, tmp_path, files) == rules


def test_a_fault_in_a_record_of_type_spf_is_found_where_it_is_served_as_txt(mailzone: Run, tmp_path: Path) -> None:
    text = MAIL.replace("{type: TXT, value: v=spf1 include", "{type: SPF, value: v=spf1 nclude")

    assert found(mailzone, tmp_path, {"config.yaml": config(OVH), **zone(text)}) == [("spf-unknown-mechanism", 3)]


ALIAS = "{type: CNAME, value: web.example.org."
BESIDE = f"www:\n  - {ALIAS}}}\n  - {{type: TXT, value: x}}\n"
PROXIED_BESIDE = f"www:\n  - {ALIAS}, {PROXIED}}}\n  - {{type: TXT, value: x}}\n"


@pytest.mark.parametrize(
    ("targets", "text", "severities"),
    [
        ((CLOUDFLARE,), PROXIED_BESIDE, []),
        ((CLOUDFLARE,), BESIDE, ["error"]),
        ((ROUTE53,), PROXIED_BESIDE, ["error"]),
        ((CLOUDFLARE, ROUTE53), PROXIED_BESIDE, ["error"]),
        ((f"{CLOUDFLARE}, cdn: true",), PROXIED_BESIDE, ["error"]),
    ],
)
def test_a_proxied_cname_stands_beside_other_data(
    mailzone: Run, tmp_path: Path, targets: tuple[str, ...], text: str, severities: list[str]
) -> None:
    files = {"config.yaml": config(*targets), **zone(text)}

    assert found(mailzone, tmp_path, files) == [("cname-and-other-data", 2) for _ in severities]


@pytest.mark.parametrize(
    ("zone_settings", "text", "is_refused"),
    [
        ("", BESIDE, True),
        (", lenient: true", BESIDE, False),
        ("", BESIDE.replace("value: x", "value: x, octodns: {lenient: true}"), False),
        ("", BESIDE.replace("value: x", "value: x, octodns: {lenient: false}"), True),
        (", lenient: false", BESIDE, True),
    ],
)
def test_octodns_stops_where_nothing_is_lenient(
    mailzone: Run, tmp_path: Path, zone_settings: str, text: str, is_refused: bool
) -> None:
    files = {"config.yaml": config(ROUTE53, zone=zone_settings), **zone(text)}

    assert found(mailzone, tmp_path, files) == [("cname-and-other-data", 2)]
    assert ("octoDNS does not publish" in mailzone("check", ".").out) is is_refused


@pytest.mark.parametrize(("target", "rules"), [(CLOUDFLARE, []), (ROUTE53, [("cname-at-apex", 4)])])
def test_a_cname_at_the_apex_is_what_the_publisher_makes_of_it(
    mailzone: Run, tmp_path: Path, target: str, rules: list[tuple[str, int]]
) -> None:
    text = MAIL.replace(REST, f"  - {ALIAS}}}\n{REST}")

    told = found(mailzone, tmp_path, {"config.yaml": config(target), **zone(text)})
    assert [each for each in told if each[0].startswith("cname")] == rules
    if not rules:
        assert told == []


def test_what_octodns_leaves_out_is_not_concluded_from(mailzone: Run, tmp_path: Path) -> None:
    tlsa = "{usage}: 3".replace("{usage}", "certificate_usage")
    value = f"{{{tlsa}, selector: 1, matching_type: 1, certificate_association_data: '00'}}"
    text = f"{MAIL}_25._tcp.mx: {{type: TLSA, value: {value}}}\nmx: {{type: A, value: 11.22.33.44}}\n"
    strict = {"config.yaml": config(ROUTE53), **zone(text)}
    lax = {"config.yaml": config(f"{ROUTE53}, strict_supports: false"), **zone(text)}

    assert any(rule.startswith("tlsa") for rule, _ in found(mailzone, tmp_path, strict))
    assert not any(rule.startswith("tlsa") for rule, _ in found(mailzone, tmp_path, lax))


REPLY = "'': {type: A, value: 11.22.33.44}\nreply: {type: MX, value: {preference: 10, exchange: mx.example.org.}}\n"
MISSING = [("dmarc-missing", 2), ("spf-missing", 2)]


@pytest.mark.parametrize(
    ("source", "text", "rules"),
    [
        ("octodns_ddns.DdnsSource, types: [A]", REPLY, MISSING),
        ("octodns.source.envvar.EnvVarSource, variable: V, name: deploy", REPLY, MISSING),
        ("octodns.source.envvar.EnvVarSource, variable: V, name: reply", REPLY, MISSING[:1]),
        ("octodns.source.envvar.EnvVarSource, variable: V, name: env/N", REPLY, []),
        ("octodns_spf.SpfSource", REPLY, MISSING),
        ("octodns_netbox.NetboxSource, url: u", REPLY, MISSING),
        ("octodns_fastly.FastlyAcmeSource", REPLY, MISSING),
        ("somebody.Else", REPLY, []),
        ("octodns_spf.SpfSource", MAIL.replace("v=spf1 include:_spf.example.org -all", "token=1"), []),
        (
            "octodns_ddns.DdnsSource",
            MAIL.replace("v=spf1 include:_spf.example.org -all", "token=1"),
            [("spf-missing", 2)],
        ),
    ],
)
def test_a_source_whose_reach_is_known_leaves_the_rest_known(
    mailzone: Run, tmp_path: Path, source: str, text: str, rules: list[tuple[str, int]]
) -> None:
    made = config(GANDI, sources=", more", more=f"  more: {{class: {source}}}")

    assert found(mailzone, tmp_path, {"config.yaml": made, **zone(text)}) == rules


def test_an_alias_is_published_by_the_targets_of_the_other(mailzone: Run, tmp_path: Path) -> None:
    made = f"{config(ROUTE53)}  example.net.: {{alias: example.com.}}\n"

    assert found(mailzone, tmp_path, {"config.yaml": made, **zone(UNDOTTED)}) == []
