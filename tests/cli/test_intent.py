"""`mailzone senders` and `mailzone records` as people run them: tables, formats, exit statuses, and odd input."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from linter.report.shown import width

from .conftest import Run

CONFIG = """\
systems:
  webhost:
    receives: [mx1.webhost.example, mx2.webhost.example]
    spf: include:_spf.webhost.example
    dkim: [default]
    clients: {imaps: imap.webhost.example}
  office: {provider: microsoft-365}
  erp: {spf: "ip4:50.0.0.25"}
mail:
  example.com:
    receives: webhost
    split: [{to: office, through: office.example.com}]
    sends: [webhost, office, erp]
  parked.example: none
"""
ZONE = """\
'':
  - {type: MX, values: [{preference: 10, exchange: mx1.webhost.example.}, {preference: 20, exchange: mx.old.example.}]}
  - {type: TXT, values: [token=x, "v=spf1 include:_spf.webhost.example ip4:50.0.0.25 -all"]}
default._domainkey: {type: CNAME, value: default.keys.webhost.example.}
_dmarc: {type: TXT, value: v=DMARC1\\; p=quarantine\\; rua=mailto:dmarc@example.com}
"""


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A configuration with two zones beside it."""
    (tmp_path / ".mailzone.yaml").write_text(CONFIG)
    (tmp_path / "example.com.yaml").write_text(ZONE)
    (tmp_path / "parked.example.yaml").write_text("www: {type: A, value: 50.0.0.80}\n")
    return tmp_path


TEXT = """\
example.com (receives: webhost + office, p=quarantine)
  sender   SPF          DKIM    DMARC
  webhost  pass         signs   pass
  office   not covered  no key  fail: to junk
  erp      pass         none    pass, fails when forwarded
  - MX names mx.old.example, which is not webhost's
  - the split to office has no route: it has neither MX nor address
  - office: SPF of example.com lacks include:spf.protection.outlook.com
  - office: signs with the tenant's onmicrosoft.com domain
  - office: no key at selector1._domainkey.example.com
  - office: no key at selector2._domainkey.example.com

parked.example (receives: no mail)
"""


@pytest.mark.usefixtures("world")
def test_senders_are_a_table_for_people(mailzone: Run) -> None:
    ran = mailzone("senders")

    assert (ran.status, ran.err, ran.out) == (1, "", TEXT)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("columns", ["60", "40", "20"])
def test_a_narrow_screen_gets_narrow_lines(mailzone: Run, columns: str) -> None:
    ran = mailzone("senders", env={"COLUMNS": columns})

    lines = ran.out.splitlines()
    table = [line for line in lines if line.startswith("  ") and not line.startswith(("  - ", "    "))]
    assert table
    assert max(map(width, table)) <= max(int(columns), 38)
    if columns == "60":
        assert all(width(line) <= 60 for line in lines)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("columns", ["60", "50"])
def test_records_fit_a_narrow_screen_and_what_is_to_be_copied_stays_whole(mailzone: Run, columns: str) -> None:
    lines = mailzone("records", "example.com", env={"COLUMNS": columns}).out.splitlines()

    copied = [line for line in lines if line.startswith(("      want: v=", "      is:   v="))]
    assert all(width(line) <= int(columns) for line in lines if line not in copied)
    assert ("      for:  webhost" in lines) is (columns == "50")
    assert any(line.endswith("include:spf.protection.outlook.com -all") for line in copied)


@pytest.mark.usefixtures("world")
def test_a_wildcard_has_no_policy_of_its_own(mailzone: Run) -> None:
    found = json.loads(mailzone("records", "*.parked.example", "-f", "json").out)["records"]

    assert [each["type"] for each in found] == ["MX", "TXT"]


@pytest.mark.usefixtures("world")
def test_the_entry_of_a_name_that_is_there_is_a_comment_with_its_other_texts(mailzone: Run) -> None:
    out = mailzone("records", "example.com", "-f", "yaml").out

    assert yaml.safe_load(out) is None or "" not in yaml.safe_load(out)
    commented = "\n".join(line.removeprefix("#") for line in out.splitlines() if line.startswith("#  "))
    (texts,) = (each["values"] for each in yaml.safe_load(commented) if each["type"] == "TXT")
    assert "token=x" in texts
    assert len(texts) == 2


@pytest.mark.usefixtures("world")
def test_senders_are_a_document_for_programs(mailzone: Run) -> None:
    ran = mailzone("senders", "example.com.yaml", "-f", "json")

    document = json.loads(ran.out)
    assert (ran.status, document["version"]) == (1, 1)
    (name,) = document["names"]
    assert (name["name"], name["receives"], name["mail"]) == ("example.com.", "webhost", True)
    assert name["split"] == [{"to": "office", "through": "office.example.com.", "route": "nowhere"}]
    rows: dict[str, Any] = {row["system"]: row for row in name["senders"]}
    assert rows["office"]["provider"] == "microsoft-365"
    assert rows["office"]["spf"]["uncovered"] == ["include:spf.protection.outlook.com"]
    assert [key["published"] for key in rows["office"]["dkim"]["selectors"]] == [False, False]
    assert rows["office"]["dmarc"] == {
        "verdict": "fail",
        "policy": "quarantine",
        "outcome": "fail: to junk",
        "forwarded": "fail",
        "policy_rfc7489": "quarantine",
        "testing": False,
        "pct": None,
    }
    assert rows["webhost"]["dkim"]["state"] == "published"
    assert rows["erp"]["spf"]["aligned"] is True


@pytest.mark.usefixtures("world")
def test_senders_are_a_markdown_table_for_pull_requests(mailzone: Run) -> None:
    ran = mailzone("senders", "-f", "markdown")

    assert ran.out.splitlines()[:3] == [
        "| name | sender | SPF | DKIM | DMARC |",
        "|---|---|---|---|---|",
        "| example.com | webhost | pass | signs | pass (p=quarantine) |",
    ]
    assert "- example.com: office: no key at selector1.\\_domainkey.example.com" in ran.out


def test_recorded_answers_change_what_is_known(mailzone: Run, world: Path) -> None:
    (world / "answers.yml").write_text("answers: {office.example.com: {MX: ['0 x.mail.protection.outlook.com.']}}\n")
    (world / "example.com.yaml").write_text(ZONE + "office: {type: NS, values: [ns.example.net.]}\n")

    open_way = json.loads(mailzone("senders", "-f", "json").out)["names"][0]["split"][0]["route"]
    known = json.loads(mailzone("senders", "-f", "json", "--answers", "answers.yml").out)["names"][0]["split"][0][
        "route"
    ]

    assert (open_way, known) == ("unknown", "open")


@pytest.mark.usefixtures("world")
def test_records_tell_what_is_there_and_what_to_publish(mailzone: Run) -> None:
    ran = mailzone("records", "Example.COM.")

    assert (ran.status, ran.err) == (1, "")
    assert ran.out.splitlines()[:7] == [
        "example.com: 2 of 7 records that the declared mail needs are there",
        "  differs  MX     example.com                       webhost",
        "      is:   10 mx1.webhost.example.",
        "      is:   20 mx.old.example.",
        "      want: 10 mx1.webhost.example.",
        "      want: 20 mx2.webhost.example.",
        "  differs  TXT    example.com",
    ]
    assert "want: v=spf1 include:_spf.webhost.example ip4:50.0.0.25 include:spf.protection.outlook.com -all" in ran.out


def test_records_can_be_pasted_and_then_nothing_is_missing(mailzone: Run, world: Path) -> None:
    (world / ".mailzone.yaml").write_text(
        CONFIG.replace(", office, erp", ", erp").replace("    split: [{to: office, through: office.example.com}]\n", "")
    )
    config = world / ".mailzone.yaml"
    config.write_text(config.read_text().replace("    receives: w", "    dmarc: {rua: d@example.com}\n    receives: w"))
    (world / "example.com.yaml").write_text("www: {type: A, value: 50.0.0.80}\n")
    pasted = mailzone("records", "example.com", "-f", "yaml").out

    assert isinstance(yaml.safe_load(pasted), dict)
    assert "# to look up: TXT default._domainkey.example.com (the key that the system made)" in pasted
    (world / "example.com.yaml").write_text(pasted + ZONE.splitlines()[3] + "\n")
    ran = mailzone("records", "example.com")
    assert (ran.status, ran.out.splitlines()[0]) == (
        0,
        "example.com: 5 of 5 records that the declared mail needs are there",
    )
    assert mailzone("check", "--select", "intent,clients,spf-missing,dmarc-missing").status == 0


@pytest.mark.usefixtures("world")
def test_a_parked_name_needs_three_records(mailzone: Run) -> None:
    ran = mailzone("records", "parked.example", "-f", "json")

    found = [(each["type"], each["name"], each["values"][0], each["state"]) for each in json.loads(ran.out)["records"]]
    assert found == [
        ("MX", "parked.example.", "0 .", "missing"),
        ("TXT", "parked.example.", "v=spf1 -all", "missing"),
        ("TXT", "_dmarc.parked.example.", "v=DMARC1; p=reject", "missing"),
    ]


@pytest.mark.parametrize(
    ("status", "words", "arguments"),
    [
        (2, "did you mean `example.com`?", ["records", "exmaple.com"]),
        (2, "nothing is declared for `www.example.com`", ["records", "www.example.com"]),
        (1, "www.parked.example", ["records", "www.parked.example"]),
        (2, "nothing is declared about mail:", ["senders", "--no-config"]),
        (2, "nothing is declared about mail:", ["records", "example.com", "--no-config"]),
        (
            2,
            "there is no format `yaml`; expected one of `text`, `markdown`, `json`, `html` or `mermaid`",
            ["senders", "-f", "yaml"],
        ),
        (2, "cannot read nowhere.yaml", ["senders", "nowhere.yaml"]),
        (0, "receives: no mail", ["senders", "parked.example.yaml"]),
    ],
)
@pytest.mark.usefixtures("world")
def test_the_exit_status_tells_what_became_of_it(mailzone: Run, status: int, words: str, arguments: list[str]) -> None:
    ran = mailzone(*arguments)

    assert (status, True) == (ran.status, words in ran.out + ran.err), ran


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ("systems: {web: {recieves: x.example}}", "1:17", "did you mean `receives`?"),
        ("systems: {web: {clients: {imap4: x.example}}}", "1:27", "did you mean `imap`?"),
        ("mail: {example.com: nome}", "1:21", "did you mean `none`?"),
        ("mail: {example.com: {receives: web, behind: web}}", "1:45", "cannot be behind itself"),
    ],
)
def test_a_mistake_in_the_declaration_is_told_before_any_rule_runs(
    line: str, place: str, words: str, mailzone: Run, world: Path
) -> None:
    (world / ".mailzone.yaml").write_text(f"{line}\n")

    ran = mailzone("check")

    assert (ran.status, ran.out) == (2, "")
    assert f".mailzone.yaml:{place}: " in ran.err
    assert words in ran.err


def test_what_a_stranger_writes_never_reaches_the_terminal_raw(mailzone: Run, world: Path) -> None:
    evil = '"e\\u001b[31mvil|`<b>"'
    (world / ".mailzone.yaml").write_text(
        f"systems: {{{evil}: {{spf: mx}}}}\nmail: {{example.com: {{receives: {evil}, sends: [{evil}, 'no\\tne']}}}}\n"
    )

    for form in ("text", "markdown", "json"):
        ran = mailzone("senders", "-f", form)
        assert (ran.status in (0, 1), ran.err) == (True, "")
        assert "\x1b" not in ran.out
    assert "\x1b" not in mailzone("records", "example.com").out + mailzone("check").out


ABROAD = """\
systems:
  desk: {provider: zendesk, spf: include:mail.zendesk.com, envelope: bounce.other.example, signs: other.example,
    dkim: [z1]}
mail: {example.com: {sends: [desk]}}
"""


def test_what_another_zone_needs_is_no_name_of_this_one(mailzone: Run, tmp_path: Path) -> None:
    """Also: a key that leads away stays as it is, and what an alias gives away is not published beside it."""
    (tmp_path / ".mailzone.yaml").write_text(ABROAD)
    (tmp_path / "example.com.yaml").write_text("'': {type: TXT, value: v=spf1 -all}\n")
    (tmp_path / "other.example.yaml").write_text("www: {type: A, value: 50.0.0.80}\n")

    done = mailzone("records", "example.com", "-f", "yaml")

    assert yaml.safe_load(done.out) is None
    assert "# to look up: TXT _dmarc.example.com (`v=DMARC1; p=none; rua=mailto:…`, with the mailbox that" in done.out
    comments = [line for line in done.out.splitlines() if line.startswith("# in another zone: ")]
    assert [line.split()[4:6] for line in comments] == [
        ["TXT", "bounce.other.example:"],
        ["CNAME", "z1._domainkey.other.example:"],
    ]
