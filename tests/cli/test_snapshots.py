"""Providers' snapshots answer at the end of the chain: after the zones, and after whatever the user recorded."""

import json
from pathlib import Path

import pytest

from linter.config.profiles import PROFILES

from .conftest import Run

ZONE = """\
'':
  - type: MX
    value: {preference: 1, exchange: smtp.google.com.}
  - type: TXT
    value: v=spf1 include:spf.protection.outlook.com -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.com
"""
ANSWERS = """\
version: 1
answers:
  spf.protection.outlook.com: {TXT: ["v=spf1 include:_spf.google.com -all"]}
"""


def rules(out: str) -> list[str]:
    return [finding["rule"] for finding in json.loads(out)["findings"]]


def test_check_knows_what_a_vendor_published(mailzone: Run) -> None:
    done = mailzone("check", "--stdin-filename", "example.com.yaml", "-f", "json", "-", stdin=ZONE)

    assert "provider-mismatch" in rules(done.out)
    assert done.status == 0


def test_a_recorded_answer_is_believed_before_a_snapshot(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(ANSWERS)

    done = mailzone(
        "check", "--answers", "answers.yaml", "--stdin-filename", "example.com.yaml", "-f", "json", "-", stdin=ZONE
    )

    assert "provider-mismatch" not in rules(done.out)


FULL = "v=spf1 include:_spf.salesforce.com %s -all"
HOSTS = " ".join(f"a:h{number}.example.net" for number in range(20))


def lookups(mailzone: Run, hosts: int, answers: str = "") -> list[tuple[str, str]]:
    """(severity, message) of what is said of the limit for an include of a vendor and some hosts."""
    zone = f"a: {{type: TXT, value: '{FULL % ' '.join(HOSTS.split()[:hosts])}'}}\n"
    options = ("--answers", answers) if answers else ()
    select = ("--select", "spf-too-many-lookups")
    done = mailzone("check", *options, *select, "--stdin-filename", "example.com.yaml", "-f", "json", "-", stdin=zone)
    return [(each["severity"], each["message"]) for each in json.loads(done.out)["findings"]]


def test_a_count_that_only_a_snapshot_takes_over_the_limit_is_a_warning(mailzone: Run, tmp_path: Path) -> None:
    # The vendor's record costs two lookups: its own include, and the `exists` in it.
    assert lookups(mailzone, 8) == []
    ((severity, message),) = lookups(mailzone, 9)
    assert severity == "warning"
    what, day = message.split(" (")
    limit = "11 lookups, 1 too many: receivers answer permerror"
    assert what == f"{limit}, if `_spf.salesforce.com` still needs what was there"
    assert day.startswith("provider snapshot of 20")


@pytest.mark.parametrize("profile", PROFILES)
def test_no_profile_lifts_what_only_a_snapshot_says(profile: str, mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / ".mailzone.yaml").write_text(f"profile: {profile}\nrules: {{provider-mismatch: error}}\n")
    done = mailzone("check", "--stdin-filename", "example.com.yaml", "-f", "json", "-", stdin=ZONE)

    assert [severity for severity, _ in lookups(mailzone, 9)] == ["warning"]
    told = {each["rule"]: each["severity"] for each in json.loads(done.out)["findings"]}
    assert told["provider-mismatch"] == "warning"


def test_a_count_over_the_limit_without_snapshots_is_an_error(mailzone: Run, tmp_path: Path) -> None:
    assert lookups(mailzone, 10) == [("error", "12 lookups, 2 too many: receivers answer permerror")]


def test_a_locked_record_is_no_snapshot(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("answers: {_spf.salesforce.com: {TXT: ['v=spf1 exists:%{i}.x.example -all']}}\n")

    assert lookups(mailzone, 9, "a.yaml") == [("error", "11 lookups, 1 too many: receivers answer permerror")]
