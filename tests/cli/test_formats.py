"""`-f` as people use it: every command in every format, in a workflow of GitHub, and from a folder below the root."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from linter.cli.arguments import whole_parser
from linter.report.formats import FORMATS
from linter.report.schema import report_schema
from tests.report.readers import READERS, elements, markdown_html

from .conftest import Ran, Run
from .test_changed import commit, git

BAD = (
    "'':\n  - {type: MX, value: {preference: 10, exchange: 192.0.2.25}}\n  - {type: TXT, value: v=spf1 nclude:a -all}\n"
)
HOSTILE = (
    "'':\n  - {type: MX, value: {preference: 10, exchange: \"<script>x</script>.\\e[31m\\u202e::error::\"}}\n"
    '  - {type: TXT, values: ["v=spf1 ]]>:@team \\n::stop-commands::x <img/src=x> `id` ${{github.token}} -all"]}\n'
    f"_dmarc: {{type: TXT, value: 'v=DMARC1; p={'é' * 30_000}; rua=--><b>'}}\n"
    "'|a|': {type: TXT, value: 'v=spf1 include:_spf.example.net -all'}\n"
)
INTENT = """\
systems:
  web: {receives: [mx.web.example], spf: 'include:_spf.web.example', dkim: [s1]}
  m365: {provider: microsoft-365, tenant: t}
mail:
  example.com: {receives: web, split: [{to: m365, through: t.mail.onmicrosoft.com}], sends: [web, m365]}
"""
PLAN = """\
title: away from the web host
stages:
  - name: all
    mail: {example.com: {receives: m365, sends: [m365]}}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one bad zone in a folder of its own."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "zones").mkdir()
    (tmp_path / "zones" / "example.com.yaml").write_text(BAD)
    return tmp_path


def valid(text: str, kind: str) -> Any:
    document, schema = json.loads(text), report_schema()
    Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]}).validate(document)
    Draft202012Validator(schema).validate(document)
    return document


@pytest.mark.parametrize("name", FORMATS)
def test_check_speaks_every_format(mailzone: Run, repository: Path, name: str) -> None:
    ran = mailzone("check", "-f", f"{name}=copy")
    assert (ran.status, ran.out, ran.err) == (1, "", "")
    said = (repository / "copy").read_text()
    assert said == mailzone("check", "-f", name).out
    if name in READERS:
        assert {"mx-target-is-address", "spf-unknown-mechanism"} <= {read.rule for read in READERS[name](said)}
        assert {"zones/example.com.yaml"} == {read.path for read in READERS[name](said)}
    else:
        assert "nclude" in said


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_zone_is_readable_in_every_format(mailzone: Run, repository: Path, name: str) -> None:
    (repository / "zones" / "example.com.yaml").write_text(HOSTILE)

    ran = mailzone("check", "-f", name)

    assert (ran.status, ran.err) == (1, "")
    assert [line for line in ran.out.split("\n") if not line.isprintable()] == []
    assert len(ran.out) < 200_000
    if name in READERS:
        assert len(READERS[name](ran.out)) >= 3
    elif name != "text":
        page = elements(markdown_html(ran.out) if name == "markdown" else ran.out)
        assert {"script", "img"}.isdisjoint(tag for tag, _ in page.found)
        assert "<script>x</script>" in "".join(page.text) or name == "markdown"
    if name != "github":
        assert [line for line in ran.out.split("\n") if line.lstrip().startswith(("::", "##["))] == []


def test_in_a_workflow_annotations_stand_behind_the_text(mailzone: Run, repository: Path) -> None:
    plain = mailzone("check")
    ran = mailzone("check", env={"GITHUB_ACTIONS": "true"})

    assert ran.out.startswith(plain.out)
    annotations = READERS["github"](ran.out[len(plain.out) :])
    assert annotations == READERS["github"](mailzone("check", "-f", "github").out)
    assert mailzone("check", "-f", "text", env={"GITHUB_ACTIONS": "true"}).out == plain.out
    assert mailzone("check", env={"GITHUB_ACTIONS": "false"}).out == plain.out


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"])
def test_paths_begin_at_the_root_of_the_repository(mailzone: Run, repository: Path, name: str) -> None:
    def paths(ran: Ran) -> set[str]:
        return {read.path for read in READERS[name](ran.out)}

    for spelled in ("zones/example.com.yaml", "./zones", str(repository / "zones" / "example.com.yaml")):
        assert paths(mailzone("check", "-f", name, spelled)) == {"zones/example.com.yaml"}
    (repository / "link.yaml").symlink_to("zones/example.com.yaml")
    assert paths(mailzone("check", "-f", name, "link.yaml")) == {"zones/example.com.yaml"}


def test_fingerprints_are_the_same_in_every_format(mailzone: Run, repository: Path) -> None:
    (repository / "zones" / "b.example.yaml").write_text(BAD)
    marks = [finding["fingerprint"] for finding in json.loads(mailzone("check", "-f", "json").out)["findings"]]

    assert len(set(marks)) == len(marks)
    lines = mailzone("check", "-f", "jsonl").out.splitlines()
    assert marks == [json.loads(line)["fingerprint"] for line in lines]
    assert marks == [entry["fingerprint"] for entry in json.loads(mailzone("check", "-f", "gitlab").out)]
    (run,) = json.loads(mailzone("check", "-f", "sarif").out)["runs"]
    assert marks == [result["partialFingerprints"]["mailzone/v1"] for result in run["results"]]


def test_a_format_that_nobody_knows_is_refused(mailzone: Run, repository: Path) -> None:
    ran = mailzone("check", "-f", "yaml")

    assert ran.status == 2
    assert ", ".join(f"`{each}`" for each in FORMATS[:-1]) in ran.err


def test_the_page_describes_each_domain(mailzone: Run, repository: Path) -> None:
    (repository / ".mailzone.yaml").write_text(INTENT)
    page = elements(mailzone("check", "-f", "html").out)
    text = " ".join(page.text)

    assert (next(tag for tag, _ in page.found if tag == "svg"), "true") == ("svg", "true")
    for words in (
        "example.com",
        "receives",
        "web + m365",
        "sends",
        "policy",
        "no DMARC",
        "SPF tree",
        "nclude:a",
        "^^^^",
    ):
        assert words in text, words


def test_a_zone_on_standard_input_is_described_too(mailzone: Run, repository: Path) -> None:
    ran = mailzone("check", "-f", "html", "-", "--stdin-filename", "zones/example.com.yaml", stdin=BAD)

    assert ran.status == 1
    assert "mail flow of example.com" in ran.out


def test_of_changed_files_a_page_describes_the_zones_that_were_judged(mailzone: Run, repository: Path) -> None:
    (repository / "zones" / "b.example.yaml").write_text(BAD)
    (repository / ".mailzone.yaml").write_text("zones: [zones/*.yaml]\n")
    files = ("zones/b.example.yaml", "README.md", ".mailzone.yaml")

    pages = [mailzone("check", "--changed", file, "-f", "html").out for file in files]

    told = [[name for name in ("example.com", "b.example") if f"mail flow of {name}" in page] for page in pages]
    assert told == [["b.example"], [], ["example.com", "b.example"]]


NO_SERVER = ("--server", "127.0.0.1:9", "--timeout", "1")
DOCUMENTS = [
    (("check",), "findings"),
    (("check", "nowhere.yaml", "zones"), "findings"),
    (("compare", "zones", *NO_SERVER), "findings"),
    (("lock", "--check", "zones", *NO_SERVER), "findings"),
    (("review", "HEAD"), "review"),
    (("senders",), "senders"),
    (("records", "example.com"), "records"),
    (("rules",), "rules"),
    (("rules", "--profile", "strict"), "rules"),
    (("plan", "PLAN.yaml"), "plan"),
    (("plan", "REFUSED.yaml"), "plan"),
    (("providers",), "providers"),
    *((("providers", key), "provider") for key in ("microsoft-365", "google-workspace", "amazon-ses", "mailjet")),
    (("spf", "example.com"), "spf"),
    (("spf", "nowhere.example"), "spf"),
    (("spf", "example.com", "--ip", "192.0.2.1"), "spf"),
]
"""Arguments, and what `-f json` prints with them."""


def test_every_command_that_speaks_json_has_its_document() -> None:
    speaking = {name for name, each in whole_parser().of_commands.items() if "--format" in each.format_help()}

    assert {arguments[0] for arguments, _ in DOCUMENTS} == speaking
    assert {kind for _, kind in DOCUMENTS} == {each["$ref"].split("/")[-1] for each in report_schema()["oneOf"]}


@pytest.mark.parametrize(("arguments", "kind"), DOCUMENTS)
def test_what_is_printed_as_json_fits_the_schema(
    mailzone: Run, repository: Path, arguments: tuple[str, ...], kind: str
) -> None:
    (repository / ".mailzone.yaml").write_text(INTENT)
    (repository / "broken.yaml").write_text("a: [")
    (repository / "PLAN.yaml").write_text(PLAN)
    (repository / "REFUSED.yaml").write_text(PLAN.replace("receives: m365", "receives: nowhere"))
    (repository / ".git").rmdir()
    git(repository, "init", "--quiet")
    commit(repository)
    (repository / "zones" / "example.com.yaml").write_text(BAD.replace("nclude", "include"))

    valid(mailzone(*arguments, "-f", "json").out, kind)


def test_the_schema_of_reports_is_checked_in(mailzone: Run) -> None:
    checked_in = Path(__file__).parents[2] / "policies" / "schemas" / "report.schema.json"
    assert mailzone("schema", "report").out == checked_in.read_text()


@pytest.mark.parametrize("name", ["markdown", "html", "mermaid"])
@pytest.mark.parametrize("command", ["senders", "records", "spf"])
def test_other_commands_show_pictures(mailzone: Run, repository: Path, command: str, name: str) -> None:
    (repository / ".mailzone.yaml").write_text(INTENT)
    (repository / "zones" / "example.com.yaml").write_text(HOSTILE)
    domain = [] if command == "senders" else ["example.com"]

    ran = mailzone(command, *domain, "-f", name)

    assert (ran.status in (0, 1), ran.err) == (True, ""), ran
    assert [line for line in ran.out.split("\n") if not line.isprintable()] == []
    page = elements(markdown_html(ran.out) if name == "markdown" else ran.out)
    assert {"script", "img", "a"}.isdisjoint(tag for tag, _ in page.found)
    assert ("<svg" if name == "html" else "flowchart LR") in ran.out


def test_the_flow_is_drawn_where_nothing_is_declared(mailzone: Run, repository: Path) -> None:
    (repository / "zones" / "example.com.yaml").write_text(
        BAD.replace("192.0.2.25", "example-com.mail.protection.outlook.com.")
    )

    drawn = mailzone("senders", "-f", "mermaid")

    assert (drawn.status, drawn.err) == (0, "")
    assert "Microsoft 365" in drawn.out
    assert mailzone("senders", "-f", "html").status == 0
    assert mailzone("senders").status == 2


def test_what_nobody_knows_is_dashed(mailzone: Run, repository: Path) -> None:
    (repository / "zones" / "example.com.yaml").write_text(
        "'': {type: TXT, value: 'v=spf1 include:_spf.x.example mx -all'}\n"
    )

    drawn = mailzone("spf", "example.com", "-f", "mermaid").out.splitlines()

    assert '  n1["_spf.x.example<br/>unknown"]' in drawn
    assert '  n0 -.->|"include #43;at least 1"| n1' in drawn
    assert "  class n1 unknown" in drawn
