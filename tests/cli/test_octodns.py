"""Repositories with an octoDNS configuration: a zone is what octoDNS makes of its sources, and no file of it less."""

import json
from pathlib import Path

import pytest
import yaml
from octodns.provider.yaml import YamlProvider
from octodns.zone import DuplicateRecordException, Zone

from .conftest import JUDGED, Run

CONFIG = """\
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones, default_ttl: 300}
  mail: {class: octodns.provider.yaml.YamlProvider, directory: ./mail}
  inside: {class: octodns.provider.yaml.YamlProvider, directory: ./inside, populate_should_replace: true}
  parts: {class: octodns.provider.yaml.YamlProvider, directory: ./parts, split_extension: .tst, disable_zonefile: true}
  parked:
    class: octodns.provider.yaml.YamlProvider
    directory: ./parked
    shared_filename: all.yaml
  hidden: {class: octodns.provider.yaml.YamlProvider, directory: env/ZONES}
  route53: {class: octodns_route53.Route53Provider, access_key_id: env/AWS_ACCESS_KEY_ID}
zones:
"""
MX = "'': {type: MX, value: {preference: 10, exchange: mx.example.com.}}\n"
HOST = "mx: {type: A, value: 50.0.0.25}\n"
SPF = "'': {type: TXT, value: 'v=spf1 mx -all'}\n"
REST = (
    "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:d@example.com'}\n"
    "s1._domainkey: {type: CNAME, value: s1.vendor.example.}\n"
)
ONE = f"{MX}{HOST}{REST}"
"""All that a mail domain needs but its SPF record."""


def write(folder: Path, files: dict[str, str]) -> None:
    (folder / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def found(mailzone: Run, *arguments: str) -> set[tuple[str, str]]:
    """(path, rule) of what is found above info."""
    ran = mailzone("check", "-f", "json", *arguments)
    assert ran.status in (0, 1), ran.err
    return {(each["path"], each["rule"]) for each in json.loads(ran.out)["findings"] if each["severity"] != "info"}


TWO = {"zones/example.com.yaml": ONE, "mail/example.com.yaml": SPF}


@pytest.mark.parametrize("config", ["octodns.yaml", "config/production.yaml", "config.yml", "octodns.prod.yaml"])
@pytest.mark.parametrize("paths", [(), ("zones",), ("mail/example.com.yaml",), ("./zones/example.com.yaml",)])
def test_a_zone_from_several_directories_is_one_zone(
    config: str, paths: tuple[str, ...], mailzone: Run, tmp_path: Path
) -> None:
    write(tmp_path, {**TWO, config: f"{CONFIG}  example.com.: {{sources: [config, mail], targets: [route53]}}\n"})

    assert found(mailzone, *paths) == set()


def test_without_the_configuration_each_directory_is_an_estate_of_its_own(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, TWO)

    assert ("zones/example.com.yaml", "spf-missing") in found(mailzone)


def test_a_file_for_the_configuration_is_no_zone_and_not_spoken_of(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {**TWO, "octodns.yaml": f"{CONFIG}  example.com.: {{sources: [config, mail]}}\n"})

    ran = mailzone("check")

    assert (ran.status, ran.out) == (
        0,
        JUDGED + "nothing to report: 5 records of 1 zone in 3 files checked\n",
    )


@pytest.mark.parametrize("source", ["route53", "hidden", "confg"])
def test_what_another_source_may_hold_is_unknown(source: str, mailzone: Run, tmp_path: Path) -> None:
    other = "mail: {type: MX, value: {preference: 10, exchange: gone.example.com.}}\n"
    config = f"{CONFIG}  example.com.: {{sources: [config, {source}]}}\n"
    write(tmp_path, {"zones/example.com.yaml": f"{ONE}{other}", "octodns.yaml": config})

    assert found(mailzone, "zones") == set()


def test_records_of_a_later_source_replace_those_of_an_earlier_one(mailzone: Run, tmp_path: Path) -> None:
    broken = ONE.replace("50.0.0.25", "10.0.0.1")
    fine = "mx: {type: A, value: 50.0.0.26}\n"
    both = f"{CONFIG}  example.com.: {{sources: [config, mail, inside]}}\n"
    write(tmp_path, {"zones/example.com.yaml": broken, "mail/example.com.yaml": SPF, "inside/example.com.yaml": fine})
    write(tmp_path, {"octodns.yaml": both})

    assert found(mailzone) == set()
    write(tmp_path, {"octodns.yaml": both.replace("[config, mail, inside]", "[config, mail]")})
    assert found(mailzone, "zones") == {("zones/example.com.yaml", "mx-target-private")}


def test_two_views_of_one_zone_are_both_judged(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {**TWO, "inside/example.com.yaml": "mx: {type: A, value: 10.0.0.1}\n"})
    write(tmp_path, {"outside.yaml": f"{CONFIG}  example.com.: {{sources: [config, mail]}}\n"})
    write(tmp_path, {"inside.yaml": f"{CONFIG}  example.com.: {{sources: [config, mail, inside]}}\n"})

    assert found(mailzone) == {("zones/example.com.yaml", "mx-target-private")}


def test_split_folders_with_an_extension_of_their_own(mailzone: Run, tmp_path: Path) -> None:
    parts = {f"parts/example.com.tst/{name}.yaml": text for name, text in (("mx", ONE), ("$example.com", SPF))}
    write(tmp_path, {**parts, "octodns.yaml": f"{CONFIG}  example.com.: {{sources: [parts]}}\n"})

    assert found(mailzone) == set()
    assert found(mailzone, "parts/example.com.tst/mx.yaml") == set()
    (tmp_path / "parts/example.com.tst/$example.com.yaml").unlink()
    assert found(mailzone) == {("parts/example.com.tst/mx.yaml", "spf-missing")}


def test_a_shared_file_is_a_part_of_every_zone(mailzone: Run, tmp_path: Path) -> None:
    shared = "'':\n  - {type: TXT, value: v=spf1 nclude:x.example -all}\n"
    zones = "  a.example.: {sources: [parked]}\n  b.example.: {sources: [parked]}\n"
    write(tmp_path, {"parked/all.yaml": shared, "octodns.yaml": f"{CONFIG}{zones}"})

    ran = mailzone("check", "--select", "spf-unknown-mechanism", "parked/all.yaml")

    assert ran.out.count("spf-unknown-mechanism") == 1
    assert ran.out.endswith("1 error: 2 records of 2 zones in 1 file checked\n")


@pytest.mark.parametrize("entry", ["'*': {%s}", "'*': {%s, glob: 'exam*'}", "'*': {%s, regex: '^exam'}", "'*.': {%s}"])
def test_a_dynamic_entry_stands_for_the_zones_that_are_there(entry: str, mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {**TWO, "octodns.yaml": f"{CONFIG}  {entry % 'sources: [config, mail]'}\n"})

    assert found(mailzone) == set()


def test_an_alias_has_the_records_of_the_other_zone(mailzone: Run, tmp_path: Path) -> None:
    user = "'': {type: MX, value: {preference: 10, exchange: %s.}}\n"
    config = f"{CONFIG}  example.com.: {{sources: [config, mail]}}\n  example.net.: {{alias: example.com.}}\n"
    config += "  example.org.: {sources: [config]}\n"
    write(tmp_path, {**TWO, "zones/example.org.yaml": user % "mx.example.net", "octodns.yaml": config})
    assert ("zones/example.org.yaml", "mx-target-missing") not in found(mailzone)
    write(tmp_path, {"zones/example.org.yaml": user % "gone.example.net"})
    assert ("zones/example.org.yaml", "mx-target-missing") in found(mailzone)


def test_a_zone_that_is_held_elsewhere_is_unknown_and_not_part_of_the_one_above(mailzone: Run, tmp_path: Path) -> None:
    config = f"{CONFIG}  example.com.: {{sources: [config, mail]}}\n  sub.example.com.: {{sources: [route53]}}\n"
    there = "a: {type: MX, value: {preference: 10, exchange: mx.sub.example.com.}}\n"
    files = {"zones/example.com.yaml": f"{ONE}{there}", "mail/example.com.yaml": SPF, "octodns.yaml": config}
    write(tmp_path, files)

    assert ("zones/example.com.yaml", "mx-target-missing") not in found(mailzone)


def test_standard_input_takes_its_place_in_the_zone(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {**TWO, "octodns.yaml": f"{CONFIG}  example.com.: {{sources: [config, mail]}}\n"})

    fine = mailzone("check", "-", "--stdin-filename", "zones/example.com.yaml", stdin=ONE)
    gone = mailzone("check", "-", "--stdin-filename", "mail/example.com.yaml", stdin="x: {type: A, value: 50.0.0.1}\n")

    assert (fine.status, fine.out) == (
        0,
        JUDGED + "nothing to report: 5 records of 1 zone in 2 files checked\n",
    )
    assert "zones/example.com.yaml:1:50: warning[spf-missing]" in gone.out


def test_other_commands_see_the_same_zones(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {**TWO, "octodns.yaml": f"{CONFIG}  example.com.: {{sources: [config, mail]}}\n"})

    assert "v=spf1 mx -all" in mailzone("spf", "example.com", "zones").out


@pytest.mark.parametrize(
    "config",
    [
        "providers: []\nzones: {}\nx: {class: 1}\n",
        "providers: {a: {class: []}}\nzones: {a.example.: [], '*': null, '': {sources: 7}, 1: {alias: []}}\n",
        f"{CONFIG}  example.com.: {{alias: example.com.}}\n",
        f"{CONFIG}  example.com.: {{sources: [[config], {{}}]}}\n",
        CONFIG.replace("./zones", "../../../../../../../../../../etc") + "  '*': {sources: [config]}\n",
        CONFIG.replace("./zones", '"\\0"') + "  '*': {sources: [config]}\n",
        CONFIG.replace("all.yaml", "../../../../etc/passwd") + "  '*': {sources: [parked]}\n",
        "providers: &a {a: *a}\nzones: {}\nclass: 1\n",
        "providers: {class: &x [" + "[" * 200 + "\n",
    ],
)
def test_a_broken_configuration_breaks_nothing(config: str, mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {"zones/example.com.yaml": ONE, "octodns.yaml": config, "parked/example.com.yaml": ONE})

    ran = mailzone("check", "--select", "spf-missing,mx", "zones")

    assert (ran.status, ran.err) in ((0, ""), (1, ""))
    assert "1 zone" in ran.out


@pytest.mark.parametrize("config", ["octodns.yaml", "config/production.yaml", "deploy/prod.yaml"])
@pytest.mark.parametrize("command", ["check", "lock", "spf"])
def test_a_configuration_that_is_named_stands_for_its_zones(
    config: str, command: str, mailzone: Run, tmp_path: Path
) -> None:
    write(tmp_path, {**TWO, config: f"{CONFIG}  example.com.: {{sources: [config, mail]}}\n"})

    if command == "check":
        ran = mailzone("check", config)
        assert (ran.status, ran.out) == (
            0,
            JUDGED + "nothing to report: 5 records of 1 zone in 3 files checked\n",
        )
    elif command == "lock":
        ran = mailzone("lock", config, "--server", "127.0.0.1:1", "--tries", "1", "--timeout", "0.1")
        assert (ran.status, ran.out) == (2, "")
        assert "no answer to any of 2 questions" in ran.err  # the inherited policy, and the key that an alias leads to
    else:
        assert "v=spf1 mx -all" in mailzone("spf", "example.com", config).out


def test_folders_without_zones_have_no_lock(mailzone: Run, tmp_path: Path) -> None:
    config = f"{CONFIG}  example.com.: {{sources: [config, mail]}}\n"
    write(tmp_path, {**TWO, "config/octodns.yaml": config, "zones/example.com.yaml": f"{MX}{HOST}"})

    ran = mailzone("lock", ".", "--server", "127.0.0.1:1")

    assert "config" not in ran.out


def test_a_source_that_no_provider_is_stops_octodns(mailzone: Run, tmp_path: Path) -> None:
    zones = "  example.com.: {sources: [config, confg, auto-arpa]}\n  '*': {sources: [&x nobody, *x]}\n"
    write(tmp_path, {**TWO, "octodns.yaml": f"{CONFIG}{zones}"})

    ran = mailzone("check", "octodns.yaml")

    assert ran.status == 1
    line = len(CONFIG.splitlines()) + 1
    assert f"octodns.yaml:{line}:36: error[zone-shape]: `confg` is none of the `providers`" in ran.out
    assert "did you mean `config`?" in ran.out
    assert f"octodns.yaml:{line + 1}:22: error[zone-shape]: `nobody` is none of the `providers`" in ran.out
    assert "auto-arpa" not in ran.out.replace("confg, auto-arpa]", "")


@pytest.mark.parametrize(
    ("setting", "written", "said"),
    [
        ("false", ";", ""),
        ("false", "\\;", "`\\;` in a file that octoDNS reads with `escaped_semicolons: false`"),
        ("true", "\\;", ""),
        ("true", ";", "`;` in a file that octoDNS reads with `escaped_semicolons: true`"),
        ("env/ESCAPED", ";", ""),
    ],
)
def test_semicolons_are_written_as_the_provider_reads_them(
    setting: str, written: str, said: str, mailzone: Run, tmp_path: Path
) -> None:
    config = CONFIG.replace("directory: ./zones", f"directory: ./zones, escaped_semicolons: {setting}")
    write(tmp_path, {**TWO, "octodns.yaml": f"{config}  example.com.: {{sources: [config, mail]}}\n"})
    write(tmp_path, {"zones/example.com.yaml": ONE.replace("\\;", written)})

    ran = mailzone("check", "-f", "json")

    assert [(each["rule"], each["message"]) for each in json.loads(ran.out)["findings"]] == (
        [("semicolons-escaped-inconsistently", said)] if said else []
    )


def test_the_configuration_may_lie_behind_other_files(mailzone: Run, tmp_path: Path) -> None:
    config = f"{CONFIG}  example.com.: {{sources: [config, mail]}}\n"
    others = {".hidden.yaml": "", "a.example.net.yaml": "x: {type: A, value: 50.0.0.1}\n", "b.yaml": "- 1\n"}
    write(tmp_path, {**TWO, **others, "octodns.yaml": config})

    assert found(mailzone, "zones") == set()


def test_a_file_that_is_called_like_a_domain_and_includes_what_is_not_there_is_told(
    tmp_path: Path, mailzone: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "example.com.yaml").write_text("'': !include nowhere.yaml\n")
    (tmp_path / "example.org.yaml").write_text("www: {type: A, value: 192.0.2.1}\n")
    monkeypatch.chdir(tmp_path)

    ran = mailzone("check")

    assert ran.status == 1
    assert "example.com.yaml:1:14: error[yaml-syntax]: `nowhere.yaml` cannot be included" in ran.out


AGAIN = "a: [{type: A, value: 192.0.2.1}, {type: A, value: 10.0.0.1}]\nmx: {type: A, value: 50.0.0.26}\n"


LIKE_OURS = {"enforce_order": False, "escaped_semicolons": True}


def _loads(folder: Path, sources: str) -> bool:
    """Whether octoDNS itself makes the zone of these sources."""
    providers = yaml.safe_load(f"{CONFIG}  {{}}\n")["providers"]
    zone = Zone("example.com.", [])
    for name in yaml.safe_load(sources):
        given = {key: value for key, value in providers[name].items() if key != "class"}
        source = YamlProvider(name, **{**given, "directory": str(folder / given["directory"])}, **LIKE_OURS)
        try:
            source.populate(zone, lenient=True)
        except DuplicateRecordException:
            return False
    return True


@pytest.mark.parametrize(
    ("sources", "files", "told"),
    [
        ("[config]", {"zones/example.com.yaml": AGAIN}, {"zones/example.com.yaml": "error"}),
        ("[inside]", {"inside/example.com.yaml": AGAIN}, {"inside/example.com.yaml": "warning"}),
        ("[config, mail]", {"zones/example.com.yaml": MX, "mail/example.com.yaml": SPF}, {}),
        (
            "[config, mail]",
            {"zones/example.com.yaml": SPF, "mail/example.com.yaml": SPF},
            {"mail/example.com.yaml": "error"},
        ),
        ("[mail, inside]", {"mail/example.com.yaml": SPF, "inside/example.com.yaml": SPF}, {}),
        (
            "[inside, mail]",
            {"mail/example.com.yaml": SPF, "inside/example.com.yaml": SPF},
            {"mail/example.com.yaml": "error"},
        ),
        (
            "[parts]",
            {"parts/example.com.tst/a.yaml": HOST, "parts/example.com.tst/b.yaml": HOST.replace("mx:", "MX:")},
            {"parts/example.com.tst/b.yaml": "error"},
        ),
        (
            "[parked]",
            {"parked/example.com.yaml": HOST, "parked/all.yaml": HOST},
            {"parked/example.com.yaml": "error"},
        ),
    ],
)
def test_a_second_entry_is_refused_where_octodns_refuses_it(
    sources: str, files: dict[str, str], told: dict[str, str], mailzone: Run, tmp_path: Path
) -> None:
    write(tmp_path, {**files, "octodns.yaml": f"{CONFIG}  example.com.: {{sources: {sources}}}\n"})

    ran = mailzone("check", "-f", "json")

    findings = [each for each in json.loads(ran.out)["findings"] if each["rule"] == "record-declared-twice"]
    assert {each["path"]: each["severity"] for each in findings} == told
    assert _loads(tmp_path, sources) is ("error" not in told.values())
