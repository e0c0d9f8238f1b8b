"""What is held back of a comparison: overrides and comments hold for drift too."""

import json
from pathlib import Path

import pytest

from tests.live.servers import Server
from tests.live.worlds import FILE

from .conftest import Run
from .test_compare import at, told


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    path = tmp_path / "example.com.yaml"
    path.write_text(FILE)
    return path


def test_overrides_hold_for_drift(zone: Path, mailzone: Run, drifted: Server) -> None:
    before = told(mailzone("compare", *at(drifted), "-f", "json").out)
    override = "{names: [example.com], rules: {drift-differs: off}, reason: edited by hand}"
    zone.with_name(".mailzone.yaml").write_text(f"overrides: [{override}]\n")
    ran = mailzone("compare", *at(drifted), "-f", "json")
    gone = [each for each in before if each == ("drift-differs", "example.com. TXT")]

    assert gone
    assert [each for each in told(ran.out) if each in gone] == []
    number = json.loads(ran.out)["summary"]["suppressed"]["overridden"]
    assert number == len(before) - len(told(ran.out))
    zone.with_name(".mailzone.yaml").write_text("overrides: [{paths: ['*'], rules: {drift: info}}]\nfail-on: warning\n")
    assert mailzone("compare", *at(drifted)).status == 0


def test_comments_hold_for_drift(zone: Path, mailzone: Run, drifted: Server) -> None:
    zone.write_text(f"# mailzone: file-ignore[drift] it is edited by hand until=2099-01-01\n{FILE}")
    ran = mailzone("compare", *at(drifted))

    assert ran.status == 0
    assert " ignored\n" in ran.out
    zone.write_text(f"# mailzone: file-ignore[drift] it was edited by hand until=2001-01-01\n{FILE}")
    assert mailzone("compare", *at(drifted)).status == 1


def test_a_check_does_not_ask_for_drift(zone: Path, mailzone: Run) -> None:
    zone.write_text(f"# mailzone: file-ignore[drift] it is edited by hand\n{FILE}")

    assert "unused-ignore" not in mailzone("check").out
