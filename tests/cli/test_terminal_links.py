"""Paths and rules lead to files and pages where a terminal can open them, and nowhere a text is measured by that."""

import io
import re
from pathlib import Path

import pytest

from linter.cli.streams import wants_links
from linter.report.links import file_uri, linked

from .conftest import Run

LINK = re.compile("\x1b]8;;([^\x1b]*)\x1b\\\\")
ZONE = "'': {type: TXT, value: v=spf1 nclude:x.example -all}\n"


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM_PROGRAM": "vscode", "TERM": "xterm-256color"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"VTE_VERSION": "7200"}, True),
        ({"VTE_VERSION": "4900"}, False),
        ({"VTE_VERSION": "x"}, False),
        ({"WT_SESSION": "a"}, True),
        ({"WT_SESSION": "a", "CI": "true"}, False),
        ({"WT_SESSION": "a", "TERM": "dumb"}, False),
        ({"WT_SESSION": "a", "TERM": "tmux-256color"}, False),
        ({"WT_SESSION": "a", "FORCE_HYPERLINK": "0"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
    ],
)
def test_who_opens_links(environment: dict[str, str], expected: bool) -> None:
    assert wants_links(Terminal(), environment) is expected
    assert wants_links(io.StringIO(), environment) is (environment.get("FORCE_HYPERLINK") == "1")


@pytest.mark.parametrize("uri", ["", "https://x/ y", "https://x/\x1b\\", "https://x/é", "a\nb"])
def test_what_is_not_a_uri_never_reaches_the_terminal(uri: str) -> None:
    assert linked("words", uri) == "words"


def test_a_file_has_a_uri_whatever_its_name(tmp_path: Path) -> None:
    assert file_uri(str(tmp_path / "a é\x1b.yaml")) == f"{tmp_path.as_uri()}/a%20%C3%A9%1B.yaml"
    assert file_uri("<stdin>") == ""


def test_a_report_links_rules_to_pages_and_places_to_files(process: Run, tmp_path: Path) -> None:
    (tmp_path / "example.com.yaml").write_text(ZONE)
    force = {"FORCE_HYPERLINK": "1"}
    plain = process("check", "--color", "always", ".", env={})
    told = process("check", "--color", "always", ".", env=force)
    never = process("check", "--color", "never", ".", env=force)

    assert LINK.sub("", told.out) == plain.out
    assert "\x1b" not in never.out
    uris = LINK.findall(told.out)
    assert (tmp_path / "example.com.yaml").as_uri() in uris
    assert any(uri.endswith("/docs/rules/spf-unknown-mechanism.md") for uri in uris)
