"""Providers' snapshots answer at the end of the chain: after the zones, and after whatever the user recorded."""

import json
from pathlib import Path

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
