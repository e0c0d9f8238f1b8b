"""octoDNS sends a zone through processors: what is published is judged, and not what is in the file."""

import json
from pathlib import Path
from typing import Any

import pytest

from linter.zone.octodns_processors import EFFECTS

from .conftest import Run

CONFIG = """\
manager: {processors: [%s]}
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones, escaped_semicolons: false}
  pdns: {class: octodns_powerdns.PowerDnsProvider}
processors:
  fill:
    class: octodns.processor.templating.Templating
    trailing_dots: false
    context: {host: mx, number: 5, secret: env/SECRET, mark: 'a;b'}
  dotted: {class: octodns.processor.templating.Templating}
  no-mx: {class: octodns.processor.filter.TypeRejectlistFilter, rejectlist: [MX]}
  no-txt-at-all: {class: octodns.processor.filter.TypeRejectlistFilter, rejectlist: [TXT], include_target: false}
  only-mx: {class: octodns.processor.filter.TypeAllowlistFilter, allowlist: [MX]}
  only-mx-at-all: {class: octodns.processor.filter.TypeAllowlistFilter, allowlist: [MX, A], include_target: false}
  no-mail: {class: octodns.processor.filter.NameRejectlistFilter, rejectlist: [mail]}
  no-m: {class: octodns.processor.filter.NameRejectlistFilter, rejectlist: [/^ma/]}
  vague: {class: octodns.processor.filter.NameRejectlistFilter, rejectlist: ['/(a+)+$/']}
  only-apex: {class: octodns.processor.filter.NameAllowlistFilter, allowlist: ['']}
  no-value: {class: octodns.processor.filter.ValueRejectlistFilter, rejectlist: ['v=spf1 nclude:a -all']}
  no-private: {class: octodns.processor.filter.NetworkValueRejectlistFilter, rejectlist: [10.0.0.0/8]}
  dots: {class: octodns.processor.trailing_dots.EnsureTrailingDots}
  clamp: {class: octodns.processor.clamp.TtlClampProcessor}
  owned: {class: octodns.processor.ownership.OwnershipProcessor}
  strange: {class: ours.Processor}
  quiet: {class: octodns.processor.restrict.TtlRestrictionFilter}
zones:
  example.com.: {sources: [config], processors: [%s], targets: [pdns]}
"""
MAIL = "mail: [{type: MX, ttl: 5, value: {preference: 10, exchange: mx.example.com.}}, {type: TXT, value: %s}]\n"
BAD = "v=spf1 nclude:a -all"


def found(mailzone: Run, folder: Path, zone: str, asked: str, everywhere: str = "") -> dict[str, dict[str, Any]]:
    """What is found above info, by rule."""
    (folder / ".git").mkdir(exist_ok=True)
    (folder / "zones").mkdir(exist_ok=True)
    (folder / "production.yaml").write_text(CONFIG % (everywhere, asked))
    (folder / "zones/example.com.yaml").write_text(zone)
    ran = mailzone("check", "-f", "json", ".")
    assert ran.status in (0, 1), ran.err
    return {each["rule"]: each for each in json.loads(ran.out)["findings"]}


TXT = "a: {type: TXT, value: '%s'}\n"
FILLED = [
    (TXT % "v=spf1 include:x.{zone_name} nclude:{zone_name} -all", "spf-unknown-mechanism", (53, 71)),
    (TXT % "v=spf1 include:{zone_encoded_name} nclude:a -all", "spf-unknown-mechanism", (59, 67)),
    (TXT % "v=spf1 exists:%{{i}}.{record_name}.test nclude:a -all", "spf-unknown-mechanism", (64, 72)),
    ("a: {type: MX, value: {preference: 1, exchange: 'gone.{zone_name}.'}}\n", "mx-target-missing", (48, 67)),
    (TXT % "v=spf1 exists:%{i}.x -all", "zone-shape", (39, 42)),
    ("a: {type: CNAME, value: '{zone_nam}.'}\n", "zone-shape", (26, 36)),
]


@pytest.mark.parametrize(("asked", "everywhere"), [("fill", ""), ("", "fill"), ("quiet, fill", "quiet")])
@pytest.mark.parametrize(("zone", "rule", "columns"), FILLED)
def test_values_are_judged_as_they_are_filled_in(
    zone: str, rule: str, columns: tuple[int, int], asked: str, everywhere: str, mailzone: Run, tmp_path: Path
) -> None:
    finding = found(mailzone, tmp_path, zone, asked, everywhere)[rule]

    assert (finding["path"], finding["column"], finding["end_column"]) == ("zones/example.com.yaml", *columns)


GOOD = """\
'': [{type: MX, value: {preference: 10, exchange: '{host}.{zone_name}.'}}, {type: TXT, value: 'v=spf1 mx -all'}]
mx: [{type: A, value: 50.0.0.25}, {type: TXT, value: 'v=spf1 a:{record_fqdn} -all'}]
_dmarc: {type: TXT, value: 'v=DMARC1; p=none; rua=mailto:dmarc{number}@{zone_name}'}
"""


def test_what_is_right_when_it_is_filled_in_is_right(mailzone: Run, tmp_path: Path) -> None:
    rules = found(mailzone, tmp_path, GOOD, "fill")

    assert set(rules) == {"dmarc-policy-none"}


def test_names_are_filled_in_with_their_dots_unless_told_otherwise(mailzone: Run, tmp_path: Path) -> None:
    zone = "'': {type: MX, value: {preference: 10, exchange: 'mx.{zone_name}'}}\nmx: {type: A, value: 50.0.0.25}\n"

    assert "target-without-trailing-dot" not in found(mailzone, tmp_path, zone, "dotted")
    assert "target-without-trailing-dot" in found(mailzone, tmp_path, zone, "fill")
    assert "target-without-trailing-dot" not in found(mailzone, tmp_path, zone, "fill, dots")


@pytest.mark.parametrize("field", ["{secret}", "{zone_num_records}", "{record_source_id}", "{host:>9999999999}"])
def test_what_nobody_here_can_fill_in_is_unknown(field: str, mailzone: Run, tmp_path: Path) -> None:
    mail = "'':\n  - {type: MX, value: {preference: 10, exchange: mx.example.net.}}\n"
    zone = f"{mail}  - {{type: TXT, value: 'x {field} nclude:a'}}\n"

    assert "spf-missing" not in found(mailzone, tmp_path, zone, "fill")


FILTERED = [
    ("", {"spf-unknown-mechanism", "ttl-out-of-bounds", "mx-target-missing", "dmarc-missing"}),
    ("no-mx", {"spf-unknown-mechanism"}),
    ("no-txt-at-all", {"ttl-out-of-bounds", "mx-target-missing", "spf-missing", "dmarc-missing"}),
    ("only-mx", {"ttl-out-of-bounds"}),
    ("only-mx-at-all", {"ttl-out-of-bounds", "mx-target-missing", "spf-missing", "dmarc-missing"}),
    ("no-mail", set()),
    ("no-m", set()),
    ("vague", {"spf-unknown-mechanism", "ttl-out-of-bounds"}),
    ("only-apex", set()),
    ("no-value", {"ttl-out-of-bounds"}),
    ("no-private", {"spf-unknown-mechanism", "ttl-out-of-bounds", "dmarc-missing"}),
    ("clamp", {"spf-unknown-mechanism", "mx-target-missing", "dmarc-missing"}),
    ("owned", {"spf-unknown-mechanism", "ttl-out-of-bounds"}),
    ("strange", {"zone-processor-unknown"}),
    ("nowhere-declared", {"zone-processor-unknown"}),
    ("quiet", {"spf-unknown-mechanism", "ttl-out-of-bounds", "mx-target-missing", "dmarc-missing"}),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "expected"), FILTERED)
def test_a_filter_drops_what_it_drops_and_leaves_unknown_what_it_leaves(
    asked: str, expected: set[str], mailzone: Run, tmp_path: Path
) -> None:
    assert set(found(mailzone, tmp_path, MAIL % f"'{BAD}'", asked)) == expected


def test_an_unknown_processor_is_named_where_it_is_declared(mailzone: Run, tmp_path: Path) -> None:
    finding = found(mailzone, tmp_path, MAIL % f"'{BAD}'", "strange")["zone-processor-unknown"]

    assert (finding["path"], finding["severity"]) == ("production.yaml", "info")
    assert CONFIG.splitlines()[finding["line"] - 1].startswith("  strange:")


def test_every_processor_that_is_known_has_an_effect_that_is_known() -> None:
    from linter.zone.octodns_processors import NOTHING, TEMPLATING
    from linter.zone.processed import CHANGES

    assert set(EFFECTS.values()) <= {*CHANGES, NOTHING, TEMPLATING}
