"""`mailzone init`: a first configuration that check accepts and senders works with, whatever lies in the zones."""

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.config.load import FILE_NAME, load_settings
from linter.report.first_config import comment

from .conftest import Run

ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
EXAMPLES = sorted(folder for folder in (ROOT / "examples").iterdir() if (folder / "zones").is_dir())
PARKED = """'':
- {type: MX, value: {preference: 0, exchange: .}}
- {type: TXT, value: v=spf1 -all}
_dmarc: {type: TXT, value: v=DMARC1\\; p=reject}
'*._domainkey': {type: TXT, value: v=DKIM1\\; p=}
"""
TENANT = """'':
- {type: MX, value: {preference: 0, exchange: %s-example.mail.protection.outlook.com.}}
- {type: TXT, value: v=spf1 include:spf.protection.outlook.com -all}
_dmarc: {type: TXT, value: v=DMARC1\\; p=reject}
autodiscover: {type: CNAME, value: autodiscover.outlook.com.}
selector1._domainkey: {type: CNAME, value: selector1-%s-example._domainkey.contoso.onmicrosoft.com.}
selector2._domainkey: {type: CNAME, value: selector2-%s-example._domainkey.contoso.onmicrosoft.com.}
"""


def tried(mailzone: Run, folder: Path) -> str:
    """The configuration, written, accepted by check, and enough for senders at once; it changes no exit status."""
    before = mailzone("check")
    made = mailzone("init")
    text = (folder / FILE_NAME).read_text()

    assert (made.status, made.out) == (0, "")
    assert yaml.safe_load(text).keys() <= {"zones", "exclude", "dns", "systems", "mail"}
    load_settings(str(folder / FILE_NAME))
    assert mailzone("check").status == before.status
    shown = mailzone("senders")
    assert (shown.status, shown.err) == (0, "")
    again = mailzone("init")
    assert (again.status, (folder / FILE_NAME).read_text()) == (2, text)
    assert "never written over" in again.err
    return text


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda folder: folder.name)
def test_an_example_gets_a_configuration_that_works(example: Path, mailzone: Run, tmp_path: Path) -> None:
    shutil.copytree(example / "zones", tmp_path / "zones")

    text = tried(mailzone, tmp_path)

    settings = load_settings(str(tmp_path / FILE_NAME))
    assert settings.zones
    assert all("#" in line for line in text.splitlines() if line.startswith(("  -", "  :")))


@pytest.mark.skipif(not CORPORA.is_dir(), reason=f"the real zones are not at {CORPORA}; the other tests are like them")
@pytest.mark.parametrize("with_configuration", [True, False])
def test_real_zones_get_a_configuration_that_works(mailzone: Run, tmp_path: Path, with_configuration: bool) -> None:
    zones = CORPORA / "ministry-of-justice"
    shutil.copytree(zones, tmp_path / zones.name)
    if with_configuration:
        shutil.copy(zones.parent / f"{zones.name}.octodns.yaml", tmp_path)

    text = tried(mailzone, tmp_path)

    declared = load_settings(str(tmp_path / FILE_NAME)).intent
    assert declared is not None
    assert sum(mail.is_none for mail in declared.mail.values()) > 90
    assert text.count("\n  : none  #") == 1, "said once for all that are parked"
    assert ("octoDNS's configuration says who publishes" in text) == with_configuration


def test_what_hundreds_of_zones_have_alike_is_said_once(mailzone: Run, tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"parked{number}.example.yaml").write_text(PARKED)
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.example.yaml").write_text(TENANT.replace("%s", name))

    text = tried(mailzone, tmp_path)

    declared = yaml.safe_load(text)
    assert declared["zones"] == ["*.yaml"]
    assert sorted(declared["mail"].values(), key=str) == [
        "none",
        {"receives": "microsoft-365", "sends": ["microsoft-365"]},
    ]
    assert declared["systems"] == {"microsoft-365": {"provider": "microsoft-365", "tenant": "contoso"}}
    assert max(map(len, text.splitlines())) < 250


def test_what_is_not_recognised_is_to_fill_in(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "a.example.yaml").write_text(
        "'':\n- type: MX\n  values:\n  - {preference: 1, exchange: smtp.google.com.}\n"
        "  - {preference: 2, exchange: mx.b.net.}\n"
        "- {type: TXT, value: v=spf1 ip4:192.0.2.1 include:_spf.b.net -all}\n"
        "s1._domainkey: {type: TXT, value: v=DKIM1; p=}\n"
    )

    text = tried(mailzone, tmp_path)

    assert "# a.example: its MX names hosts of Google Workspace and other hosts: who receives?" in text
    assert yaml.safe_load(text)["mail"] == {"a.example": {"sends": ["b-net", "own-servers"]}}
    assert 'spf: "ip4:192.0.2.1"  # ' not in text


def test_a_gateway_stands_before_the_mailboxes_that_other_records_name(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "a.example.yaml").write_text(
        "'':\n- {type: MX, values: [{preference: 1, exchange: eu-smtp-inbound-1.mimecast.com.},"
        " {preference: 1, exchange: eu-smtp-inbound-2.mimecast.com.}]}\n"
        "- {type: TXT, value: 'v=spf1 include:eu._netblocks.mimecast.com include:spf.protection.outlook.com -all'}\n"
        "selector1._domainkey: {type: CNAME, value: selector1-a-example._domainkey.ten.onmicrosoft.com.}\n"
        "selector2._domainkey: {type: CNAME, value: selector2-a-example._domainkey.ten.onmicrosoft.com.}\n"
        "autodiscover: {type: CNAME, value: autodiscover.outlook.com.}\n"
    )

    declared = yaml.safe_load(tried(mailzone, tmp_path))

    mail = declared["mail"]["a.example"]
    assert declared["systems"][mail["behind"]]["provider"] == "mimecast"
    assert declared["systems"][mail["receives"]]["provider"] == "microsoft-365"


def test_other_files_beside_zones_are_left_out(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "zones").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "zones" / f"{name}.example.yaml").write_text(PARKED)
    (tmp_path / "zones" / "values[1].yaml").write_text("replicas: 3\n")

    declared = yaml.safe_load(tried(mailzone, tmp_path))

    assert declared["zones"] == ["zones/*.yaml"]
    assert declared["exclude"] == ["zones/values[[]1].yaml"]


def test_targets_without_dots_are_told(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "a.example.yaml").write_text("'':\n  type: MX\n  value: {preference: 1, exchange: mx.b.net}\n")

    assert yaml.safe_load(mailzone("init", "--print").out)["dns"] == {"target-dots": "optional"}


def test_print_writes_nothing_and_does_not_mind_a_configuration(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "a.example.yaml").write_text(PARKED)
    (tmp_path / FILE_NAME).write_text("profile: strict\n")

    ran = mailzone("init", "--print")

    assert (ran.status, ran.err) == (0, "")
    assert "a.example: none" in ran.out
    assert (tmp_path / FILE_NAME).read_text() == "profile: strict\n"


@pytest.mark.parametrize("name", [FILE_NAME, "somewhere"])
def test_what_lies_there_stays(mailzone: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.example.yaml").write_text(PARKED)
    (tmp_path / FILE_NAME).symlink_to(tmp_path / name)  # to itself, and to nothing

    ran = mailzone("init")

    assert ran.status == 2
    assert (tmp_path / FILE_NAME).is_symlink()
    assert not (tmp_path / "somewhere").exists()


def test_paths_elsewhere_get_it_there(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.example.yaml").write_text(PARKED)

    assert mailzone("init", str(tmp_path / "there")).status == 0
    assert (tmp_path / FILE_NAME).exists() != (tmp_path / "there" / FILE_NAME).exists()
    assert mailzone("check", "there").status == 0


@pytest.mark.parametrize("files", [{}, {"values.yaml": "replicas: 3\n"}, {"README.md": "x"}])
def test_where_there_is_no_zone_there_is_no_configuration(mailzone: Run, tmp_path: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    ran = mailzone("init")

    assert (ran.status, ran.out) == (2, "")
    assert "no zone file" in ran.err
    assert not (tmp_path / FILE_NAME).exists()


@pytest.mark.parametrize("path", ["nowhere", "\0", ""])
def test_a_path_that_is_not_there_is_refused(mailzone: Run, tmp_path: Path, path: str) -> None:
    (tmp_path / "a.example.yaml").write_text(PARKED)

    assert mailzone("init", path).status == 2
    assert not (tmp_path / FILE_NAME).exists()


HOSTILE = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=40) | st.sampled_from(
    ["x: y", "# z", "\n  y: z", "*", "&a", "on", "x'\"", "{", "- a", "\x1b[2J", "a.example\nmail: none", "::error::x"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(HOSTILE, min_size=4, max_size=4))
def test_nothing_in_a_zone_breaks_the_configuration(mailzone: Run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / FILE_NAME).unlink(missing_ok=True)
    host, name, term, key = words
    zone = {
        "": [
            {"type": "MX", "value": {"preference": 1, "exchange": f"{host}.b.net."}},
            {"type": "TXT", "value": f"v=spf1 include:{term} ip4:192.0.2.1 -all"},
        ],
        name: {"type": "MX", "value": {"preference": 1, "exchange": "smtp.google.com."}},
        f"{key}._domainkey": {"type": "CNAME", "value": f"{term}.b.net."},
        "_imaps._tcp": {"type": "SRV", "value": {"priority": 1, "weight": 1, "port": 993, "target": f"{host}.b.net."}},
    }
    (tmp_path / "a.example.yaml").write_text(yaml.safe_dump(zone))

    made = mailzone("init")

    assert made.status == 0, made.err
    text = (tmp_path / FILE_NAME).read_text()
    assert text.isprintable() or set("".join(each for each in text if not each.isprintable())) == {"\n"}
    assert load_settings(str(tmp_path / FILE_NAME)).zones == ("*.yaml",)
    assert yaml.safe_load(text).keys() <= {"zones", "dns", "systems", "mail"}
    assert mailzone("check").status < 2


@given(HOSTILE)
def test_a_comment_is_one_line_that_yaml_passes_over(words: str) -> None:
    assert yaml.safe_load(f"a: 1  {comment(words)}\nb: 2\n") == {"a": 1, "b": 2}
