"""What the documents show is what the command prints and takes: run with MAILZONE_UPDATE=1 to write it anew."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from linter.config.load import load_settings
from linter.lookup.recorded_reader import read_recording
from linter.source.text import Source
from tests.cli.conftest import clean_environment

ROOT = Path(__file__).parents[2]
SHOWN = re.compile(r"<!-- run: (\S+) -->\n```console\n\$ mailzone ([^\n]*)\n(.*?)```", re.DOTALL)
COMMANDS = (
    "check", "compare", "review", "plan", "spf", "lock", "senders", "records", "explain", "rules", "schema",
    "test-rules", "init", "providers", "completion", "server", "clean",
)  # fmt: skip
PAGES = [ROOT / "README.md", ROOT / "docs" / "usage.md", *sorted((ROOT / "examples").glob("*/README.md"))]
PAGES.remove(ROOT / "examples" / "rule-plugin" / "README.md")  # shown by the test that installs it


def shown_yaml(page: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / page).read_text(), re.DOTALL)


def output(folder: str, arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "linter", *arguments.split()],
        cwd=ROOT / folder,
        capture_output=True,
        text=True,
        env=clean_environment() | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    return done.stdout + done.stderr


def anew(page: str) -> str:
    """A page with the output of its commands as it is now."""

    def block(match: re.Match[str]) -> str:
        folder, arguments, _ = match.groups()
        return f"<!-- run: {folder} -->\n```console\n$ mailzone {arguments}\n{output(folder, arguments)}```"

    return SHOWN.sub(block, page)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_shown_output_is_real(path: Path) -> None:
    written = path.read_text()
    real = anew(written)
    if os.environ.get("MAILZONE_UPDATE"):
        path.write_text(real)

    assert real == path.read_text()
    assert "<!-- run:" in written


def test_the_configuration_shown_is_accepted(tmp_path: Path) -> None:
    blocks = shown_yaml("configuration.md")
    (tmp_path / ".mailzone.yaml").write_text(next(block for block in blocks if "target-dots" in block))

    (tmp_path / "sts").mkdir()
    (tmp_path / "sts" / "example.com.txt").write_text("version: STSv1\nmode: none\nmax_age: 86400\n")

    settings = load_settings(str(tmp_path / ".mailzone.yaml"))

    assert (settings.zones, settings.publishing.target_dots) == (("zones/*.yaml",), "optional")
    assert settings.rules["dmarc-policy-none"].severity == "off"


def test_the_declaration_shown_is_accepted(tmp_path: Path) -> None:
    blocks = shown_yaml("configuration.md")
    (tmp_path / ".mailzone.yaml").write_text(next(block for block in blocks if block.startswith("systems:")))

    intent = load_settings(str(tmp_path / ".mailzone.yaml")).intent

    assert intent is not None
    assert sorted(intent.mail) == ["fabrikam.example.", "parked.example."]


def test_the_zone_shown_is_clean(tmp_path: Path) -> None:
    blocks = shown_yaml("zones.md")
    (tmp_path / "any.yaml").write_text(next(block for block in blocks if block.startswith("zone:")))
    # The one thing to say about it is that nobody knows what the vendor's record costs, so here somebody does.
    (tmp_path / "mailzone.lock").write_text(
        'answers: {_spf.mail.example.net: {TXT: ["v=spf1 ip4:198.51.100.0/24 -all"]}}'
    )

    assert "nothing to report: 4 records of 1 zone checked" in output(
        str(tmp_path), "check any.yaml --answers mailzone.lock"
    )


def test_the_lock_shown_is_accepted(tmp_path: Path) -> None:
    (text,) = shown_yaml("lock.md")

    recording = read_recording(Source("mailzone.lock", text))

    assert (recording.faults, sorted(recording.names)) == ((), ["gone.example.", "spf.protection.outlook.com."])


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_commands_and_options_shown_exist(page: Path) -> None:
    """An option that a page names is one of some command's help."""
    text = page.read_text()
    shown = set(re.findall(r"`[^`\n]*?(--[a-z][a-z-]+)", text)) | set(re.findall(r"mailzone [^\n]*?(--[a-z-]+)", text))
    commands = set(re.findall(r"[`$] ?mailzone ([a-z]+(?:-[a-z]+)*)", text))

    helped = "".join(output(".", f"{command} --help") for command in COMMANDS) + "--help"

    assert sorted(shown - set(re.findall(r"--[a-z][a-z-]+", helped))) == []
    assert commands <= set(COMMANDS)
