"""A circle of aliases is one fault: whatever leads into it says nothing of its own."""

import os
from pathlib import Path

import pytest

from linter.config.settings import ActiveRules, Settings
from linter.lookup.recorded import Recorded
from linter.lookup.recorded_reader import read_recording
from linter.run.check import Checker
from linter.run.estate import Estate
from linter.run.files import estate_folder_files
from linter.source.text import Source
from tests.profiles import built_in

OWN = "x: {type: CNAME, value: x.example.com.}\n"
ACROSS = "x: {type: CNAME, value: x.example.net.}\n"
BACK = "x: {type: CNAME, value: x.example.com.}\n"
THROUGH_LOCK = "x: {type: CNAME, value: x.vendor.example.}\n"
LOCK = "answers: {x.vendor.example: {CNAME: [x.example.com.]}}\n"
USERS = {
    "include": "a: {type: TXT, value: v=spf1 include:x.example.com -all}\n",
    "redirect": "a: {type: TXT, value: v=spf1 redirect=x.example.com}\n",
    "a": "a: {type: TXT, value: v=spf1 a:x.example.com -all}\n",
    "mx": "a: {type: TXT, value: v=spf1 mx:x.example.com -all}\n",
    "exists": "a: {type: TXT, value: v=spf1 exists:x.example.com -all}\n",
    "several": "a: {type: TXT, value: v=spf1 a:x.example.com mx:x.example.com exists:x.example.com -all}\n",
    "selector": "s1._domainkey: {type: CNAME, value: x.example.com.}\n",
    "policy": "_dmarc: {type: CNAME, value: x.example.com.}\n",
    "report": "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:d@x.example.com'}\n",
}


@pytest.mark.parametrize("use", USERS)
@pytest.mark.parametrize("circle", [(OWN, ""), (ACROSS, BACK), (THROUGH_LOCK, "")])
def test_only_the_circle_is_told(use: str, circle: tuple[str, str], tmp_path: Path) -> None:
    policy = "" if "_dmarc" in USERS[use] else "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject'}\n"
    key = "" if "_domainkey" in USERS[use] else "s1._domainkey: {type: CNAME, value: s1.mail.example.}\n"
    (tmp_path / "example.com.yaml").write_text(circle[0] + USERS[use] + policy + key)
    (tmp_path / "example.net.yaml").write_text(circle[1] or "kept: {type: A, value: 50.0.0.1}\n")
    files = estate_folder_files(str(tmp_path))
    estate = Estate(files, str(tmp_path), [Recorded([read_recording(Source("mailzone.lock", LOCK))])])
    checker = Checker(ActiveRules(built_in("recommended"), {}, (), ()), Settings())
    checker.check(files, estate)

    found = [
        (os.path.basename(each.span.source.path), each.rule)
        for each in checker.outcome().findings
        if each.severity != "info"
    ]
    assert ("example.com.yaml", "cname-loop") in found
    assert {rule for _, rule in found} == {"cname-loop"}
