"""`mailzone records --diff` and `--write`: what becomes of files, what is refused, and a second run does nothing."""

import json
import shutil
import subprocess
from collections import Counter
from difflib import ndiff
from pathlib import Path

import pytest
import yaml

from linter.source.text import Source
from linter.zone.presented import presented
from linter.zone.reading import read_document, zone_from

from .conftest import Run

EXAMPLES = Path(__file__).parents[2] / "examples"
CONFIG = """\
systems:
  box: {provider: fastmail}
  web: {receives: [mx.web.example], spf: include:_spf.web.example}
  exchange: {receives: [mail.example.com], spf: mx, clients: {autodiscover: mail.example.com}}
mail:
  example.com: {receives: web, sends: [web], dmarc: {rua: d@example.com}}
"""
STUDENTS = "  students.example.com: {receives: web, sends: [web], dmarc: {p: none, rua: d@example.com}}\n"
BEFORE = """\
# our zone
'':
  # the web site
  - {type: A, value: 50.0.0.80}
  - type: MX  # old
    values:
      - {preference: 10, exchange: mx.old.example.}  # since 2011
  - {type: TXT, values: ["token=x", "v=spf1 ip4:50.0.0.1 -all"]}   # both
www: {type: A, value: 50.0.0.80}
"""
AFTER = """\
# our zone
'':
  # the web site
  - {type: A, value: 50.0.0.80}
  - type: MX  # old
    values:
      - {preference: 10, exchange: mx.web.example.}  # since 2011
  - {type: TXT, values: ["token=x", "v=spf1 ip4:50.0.0.1 include:_spf.web.example -all"]}   # both
_dmarc:
  type: TXT
  value: 'v=DMARC1\\; p=none\\; rua=mailto:d@example.com'
www: {type: A, value: 50.0.0.80}
"""


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A configuration with one zone beside it."""
    (tmp_path / ".mailzone.yaml").write_text(CONFIG)
    (tmp_path / "example.com.yaml").write_text(BEFORE)
    return tmp_path


def sets(path: Path) -> dict[tuple[str, str], Counter[str]]:
    zone = zone_from([read_document(Source(path.name, path.read_text()))])
    assert zone is not None
    found: dict[tuple[str, str], Counter[str]] = {}
    for record in zone.records:
        found.setdefault((record.name, record.type), Counter()).update(str(presented(each)) for each in record.values)
    return found


def test_only_what_is_lacking_changes_and_a_second_run_has_no_work(mailzone: Run, world: Path) -> None:
    ran = mailzone("records", "example.com", "--write")

    assert (ran.status, ran.err) == (0, "mailzone: example.com.yaml: written\n")
    assert ran.out == "example.com: 3 of 3 records that the declared mail needs are there\n"
    assert (world / "example.com.yaml").read_text() == AFTER
    again = mailzone("records", "example.com", "--write")
    assert (again.status, again.err, again.out) == (0, "", ran.out)
    assert mailzone("records", "example.com", "--diff") == (0, "", "")
    assert mailzone("check", "--select", "intent,dmarc-missing,spf-missing").status == 0


@pytest.mark.parametrize("is_cut", [False, True], ids=["ended", "cut"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_diff_is_what_patch_takes_and_write_does(mailzone: Run, world: Path, newline: str, is_cut: bool) -> None:
    path = world / "example.com.yaml"
    text = (BEFORE.rstrip("\n") if is_cut else BEFORE).replace("\n", newline)
    path.write_bytes(text.encode())
    ran = mailzone("records", "example.com", "--diff")
    (world / "a.patch").write_bytes(ran.out.encode())
    assert ran.status == 1
    assert path.read_bytes() == text.encode()
    if shutil.which("patch") is None:
        pytest.skip("`patch` is not installed")
    subprocess.run(["patch", "-p1", "--binary", "-i", "a.patch"], cwd=world, check=True, capture_output=True)
    patched = path.read_bytes()
    path.write_bytes(text.encode())
    mailzone("records", "example.com", "--write")

    assert path.read_bytes() == patched
    assert patched.count(b"\r\n") == (patched.count(b"\n") if newline == "\r\n" else 0)


def test_a_native_zone_is_changed_below_records(mailzone: Run, tmp_path: Path) -> None:
    declared = f"zone: example.com\nttl: 300\n{CONFIG}records:\n"
    below = "".join(f"  {line}\n" for line in BEFORE.splitlines())
    (tmp_path / "any.yaml").write_text(declared + below)

    assert mailzone("records", "example.com", "--write").status == 0
    assert (tmp_path / "any.yaml").read_text() == declared + "".join(f"  {line}\n" for line in AFTER.splitlines())


SPLIT = {
    "example.com./$example.com.yaml": "'': {type: A, value: 50.0.0.80}\n",
    "example.com./www.yaml": "www: {type: A, value: 50.0.0.80}\n",
}


@pytest.mark.parametrize("given", [[], ["example.com./www.yaml"]], ids=["folder", "other-file"])
def test_a_split_zone_is_changed_where_the_name_is(mailzone: Run, tmp_path: Path, given: list[str]) -> None:
    (tmp_path / ".mailzone.yaml").write_text(CONFIG)
    (tmp_path / "example.com.").mkdir()
    for path, text in SPLIT.items():
        (tmp_path / path).write_text(text)
    ran = mailzone("records", "example.com", *given, "--write")

    assert ran.status == 0, ran
    assert (tmp_path / "example.com./www.yaml").read_text() == SPLIT["example.com./www.yaml"]
    rest = sets(tmp_path / "example.com./$example.com.yaml")
    assert {kind for _, kind in rest} == {"A", "MX", "TXT"}


ALIASED = "x: &x\n  - {type: A, value: 50.0.0.1}\n'': *x\n"
APART = {f"example.com./{name}.yaml": f"{name}: {{type: A, value: 50.0.0.1}}\n" for name in "ab"}
SHARED = {f"example.com./{kind}.yaml": f"'': {{type: {kind}, value: '2a00::1'}}\n" for kind in ("AAAA", "PTR")}
REFUSED = [
    (APART, 1, "which of these takes new names is not known"),
    (SHARED, 1, "PTR.yaml` hold records of the name"),
    ({"in/example.com.yaml": BEFORE, "out/example.com.yaml": BEFORE}, 2, "name the file of the one to change"),
    ({"example.com.yaml": ALIASED}, 1, "come through an alias"),
    ({"other.example.yaml": "'': {type: A, value: 50.0.0.1}\n"}, 2, "mailzone.yaml:7, but no file here holds its zone"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "status", "words"), REFUSED, ids=[f"{row}" for row in range(len(REFUSED))])
def test_what_cannot_be_written_is_said_with_the_reason(
    mailzone: Run, tmp_path: Path, files: dict[str, str], status: int, words: str
) -> None:
    (tmp_path / ".mailzone.yaml").write_text(f"zones: ['*.yaml', '*/*.yaml']\n{CONFIG}")
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    ran = mailzone("records", "example.com", "--write")

    assert (ran.status, words in ran.err) == (status, True), ran
    if status == 2:
        assert all((tmp_path / path).read_text() == text for path, text in files.items())
        assert (mailzone("records", "example.com").status == 2) is ("no file" in words)


WILDCARDS = [
    # What a wildcard answers a name keeps when it gets records of its own.
    ("'*': [{type: A, value: 50.0.0.9}, {type: MX, value: {preference: 5, exchange: mx.old.example.}}]\n", ["A"], ""),
    ("'*': {type: MX, value: {preference: 5, exchange: mx.web.example.}}\n", ["MX"], ""),
    ("'*': {type: CNAME, value: www.example.com.}\n", [], "with a CNAME, which would be lost"),
    ("students: {type: CNAME, value: www.example.com.}\n", [], "is an alias of `www.example.com`"),
    ("students: {type: NS, values: [ns.example.net.]}\n", [], ""),
]  # fmt: skip


@pytest.mark.parametrize(("records", "kept", "words"), WILDCARDS, ids=[f"{row}" for row in range(len(WILDCARDS))])
def test_a_name_below_a_wildcard_keeps_what_that_answers(
    mailzone: Run, world: Path, records: str, kept: list[str], words: str
) -> None:
    path = world / "example.com.yaml"
    (world / ".mailzone.yaml").write_text(CONFIG + STUDENTS)
    path.write_text(f"{records}www: {{type: A, value: 50.0.0.80}}\n")
    ran = mailzone("records", "students.example.com", "--write")
    found = {kind for name, kind in sets(path) if name == "students.example.com."}

    assert words in ran.err
    assert set(kept) <= found
    if kept:
        assert {"MX", "TXT"} <= found
        assert "written" not in mailzone("records", "students.example.com", "--write").err


def test_autodiscover_by_address_gives_way_to_the_alias(mailzone: Run, world: Path) -> None:
    (world / ".mailzone.yaml").write_text(CONFIG.replace("receives: web, sends: [web], d", "receives: exchange, d", 1))
    path = world / "example.com.yaml"
    path.write_text(
        "'': {type: MX, value: {preference: 10, exchange: mail.example.com.}}\n'*': {type: A, value: 50.0.0.9}\n"
        "_dmarc: {type: TXT, value: v=DMARC1\\; p=none\\; rua=mailto:d@example.com}\n"
        "mail: {type: A, value: 50.0.0.25}\n"
    )
    ran = mailzone("records", "example.com", "--write")

    assert ran.status == 0, ran
    assert sets(path)["autodiscover.example.com.", "CNAME"] == Counter(["mail.example.com."])


def test_a_file_that_cannot_be_written_is_no_success(mailzone: Run, world: Path) -> None:
    (world / "zones").mkdir()
    (world / "example.com.yaml").rename(world / "zones" / "real.yaml")
    (world / "example.com.yaml").symlink_to("zones/real.yaml")
    ran = mailzone("records", "example.com", "example.com.yaml", "--write")

    assert ran.status == 2
    assert "is a link" in ran.err
    assert (world / "zones" / "real.yaml").read_text() == BEFORE


def test_standard_input_has_a_diff_and_is_not_written(mailzone: Run, world: Path) -> None:
    given = ("records", "example.com", "-", "--stdin-filename", "example.com.yaml")
    ran = mailzone(*given, "--diff", stdin=BEFORE.replace("50.0.0.80", "50.0.0.81"))

    assert "+      - {preference: 10, exchange: mx.web.example.}  # since 2011\n" in ran.out
    assert mailzone(*given, "--write", stdin=BEFORE).status == 2
    assert (world / "example.com.yaml").read_text() == BEFORE


def test_reports_go_beside_a_diff_into_files_alone(mailzone: Run, world: Path) -> None:
    ran = mailzone("records", "example.com", "--diff", "-f", "json=out.json")

    assert ran.out.startswith("--- a/example.com.yaml\n")
    assert json.loads((world / "out.json").read_text())["records"] == []
    assert mailzone("records", "example.com", "--diff", "-f", "json").status == 2
    assert mailzone("records", "example.com", "--diff", "--write").status == 2


@pytest.mark.usefixtures("world")
def test_all_lists_what_is_there_as_well(mailzone: Run) -> None:
    mailzone("records", "example.com", "--write")
    few, every = (json.loads(mailzone("records", "example.com", "-f", "json", *each).out) for each in ([], ["--all"]))

    assert few["records"] == []
    assert [each["state"] for each in every["records"]] == ["present"] * 3
    assert "  ok  MX   example.com         web\n" in mailzone("records", "example.com", "--all").out
    pasted = mailzone("records", "example.com", "--all", "-f", "yaml").out
    assert all(line.startswith("#") for line in pasted.splitlines())


def declared_names(folder: Path) -> list[str]:
    declared = yaml.safe_load((folder / ".mailzone.yaml").read_text()).get("mail", {})
    return [name for key in declared for name in key.split(", ") if "*" not in key]


FOLDERS = sorted(path.parent.name for path in EXAMPLES.glob("*/.mailzone.yaml"))


@pytest.mark.parametrize("name", FOLDERS)
def test_of_every_example_only_the_needed_lines_differ(mailzone: Run, tmp_path: Path, name: str) -> None:
    shutil.copytree(EXAMPLES / name, tmp_path, dirs_exist_ok=True)
    zones = sorted((tmp_path / "zones").glob("*.yaml"))
    for domain in declared_names(tmp_path):
        before = {path: (path.read_text(), sets(path)) for path in zones}
        shown = mailzone("records", domain, "-f", "json")
        if shown.status == 2:
            assert "no file here holds its zone" in shown.err
            continue
        asked = {(each["name"], each["type"]) for each in json.loads(shown.out)["records"] if each["values"]}
        diff = mailzone("records", domain, "--diff").out
        mailzone("records", domain, "--write")
        for path, (text, old) in before.items():
            new = sets(path)
            changed = {pair for pair in {*old, *new} if old.get(pair) != new.get(pair)}
            assert changed <= asked, (domain, changed, asked)
            lines = [line for line in ndiff(text.splitlines(), path.read_text().splitlines()) if line[0] in "+-"]
            assert bool(lines) == bool(changed)
            assert bool(lines) == (path.name in diff)
            assert sum(1 for line in lines if line.startswith("-")) <= 3 * len(changed), lines
            comments = [line.partition("# ")[2] for line in text.splitlines() if "# " in line]
            assert all(comment in path.read_text() for comment in comments)
        once = {path: path.read_text() for path in zones}
        mailzone("records", domain, "--write")
        assert {path: path.read_text() for path in zones} == once


def test_what_is_not_known_here_is_counted(mailzone: Run, world: Path) -> None:
    (world / ".mailzone.yaml").write_text(CONFIG + STUDENTS)
    (world / "example.com.yaml").write_text("students: {type: NS, values: [ns.example.net.]}\n")
    ran = mailzone("records", "students.example.com")

    assert (ran.status, ran.out) == (
        0,
        "students.example.com: 0 of 3 records that the declared mail needs are there; 3 not known here\n",
    )
    assert mailzone("records", "students.example.com", "--diff").out == ""


STEPS = """\
zone: example.com
systems: {m365: {provider: microsoft-365, tenant: acme}}
mail: {example.com: {receives: m365}}
records: {www: {type: A, value: 50.0.0.80}}
"""


def test_every_format_ends_with_the_steps_outside_dns(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(STEPS)
    document = json.loads(mailzone("records", "example.com", "-f", "json").out)

    assert [step["when"] for step in document["steps"]] == ["first", "before-mx", "after-mx"]
    assert document["steps"][0]["source"] == "MS:Add DNS records to connect your domain"
    for form in ("text", "yaml"):
        out = mailzone("records", "example.com", "-f", form).out
        assert out.endswith(" (2026-11-30, not confirmed)\n")
        assert "1. m365 (Microsoft 365): add the domain" in out
    assert "\n1. m365 (Microsoft 365): add the domain" in mailzone("records", "example.com", "-f", "markdown").out
    page = mailzone("records", "example.com", "-f", "html").out.replace("\n", "")
    assert "<ol><li>m365 (Microsoft 365): add the domain" in page


def test_a_file_in_braces_takes_no_pasted_lines_and_can_be_written(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(STEPS)
    piece = mailzone("records", "example.com", "-f", "yaml").out
    mailzone("records", "example.com", "--write")

    assert all(line.startswith("#") for line in piece.splitlines())
    assert "autodiscover: {type: CNAME, value: autodiscover.outlook.com.}" in (tmp_path / "a.yaml").read_text()


@pytest.mark.parametrize("is_native", [True, False])
def test_what_is_pasted_at_the_end_repeats_no_key(mailzone: Run, world: Path, is_native: bool) -> None:
    path = world / "example.com.yaml"
    below = "".join(f"    {line}\n" for line in BEFORE.splitlines())
    text = f"zone: example.com\nrecords:\n{below}" if is_native else BEFORE
    given = ("-", "--stdin-filename", path.name)
    path.write_text(text + mailzone("records", "example.com", "-f", "yaml", *given, stdin=text).out)
    found = {each["rule"] for each in json.loads(mailzone("check", "-f", "json").out)["findings"]}

    assert found.isdisjoint({"yaml-syntax", "yaml-duplicate-key", "zone-shape"})
    assert ("_dmarc.example.com.", "TXT") in sets(path)
