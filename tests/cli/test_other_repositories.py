"""Repositories that hold more than zones: only the zones are spoken of, and what is claimed is never passed over."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

ZONE = """\
'':
  - {type: MX, value: {preference: 10, exchange: mx.mail.example.net.}}
  - {type: TXT, value: v=spf1 nclude:spf.mail.example.net -all}
_dmarc: {type: TXT, value: 'v=DMARC1\\; p=none\\; rua=mailto:d@reports.example.net'}
"""
OCTODNS = """\
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones}
  published: {class: octodns_cloudflare.CloudflareProvider, token: env/T}
zones:
  '*': {sources: [config], targets: [published]}
"""
HELM = "metadata:\n  name: {{ .Values.name }}-app\n"
OF_OTHERS = {
    "charts/app/templates/deployment.yaml": HELM,
    "charts/app/templates/ingress.yml": "{{- if .Values.on }}\nkind: Ingress\n{{- end }}\n",
    "charts/app/values.yaml": "image: {tag: '1'}\nport: {value: 80}\n",
    "charts/app/values.prod.yaml": "port: {value: 80}\nkind: {value: x}\n",
    "charts/app/values.dev.yaml": HELM,
    "kubernetes/secret.yaml": "\0GITCRYPT\0\1\2",
    "kubernetes/app.yaml": "kind: Service\nspec: {type: ClusterIP}\n",
    ".github/workflows/ci.yaml": "on: push\njobs: {}\n",
    "docker-compose.yaml": "services: {web: {image: nginx}}\n",
    "host_vars/web1.example.com.yml": "dns: {value: 1}\nusers: [a, b]\n",
    "azure/main.parameters.yaml": "place: {value: westeurope}\n",
    "cloud/stack.yaml": "record: {type: 'AWS::Route53::RecordSet', value: x}\nref: !Ref Other\n",
    "regions.yaml": "zone: eu-west-1\nrecords: 3\n",
    "play.yaml": "- hosts: all\n  tasks: []\n",
    "many.yaml": "a: 1\n---\nb: 2\n",
}


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def checked(mailzone: Run, *arguments: str) -> Any:
    """The JSON report of a run that did its work."""
    ran = mailzone("check", "-f", "json", "--fail-on", "never", *arguments)
    assert (ran.status, ran.err) == (0, "")
    return json.loads(ran.out)


@pytest.mark.parametrize("octodns", [True, False])
def test_only_the_zones_are_spoken_of(mailzone: Run, tmp_path: Path, octodns: bool) -> None:
    zones = {f"zones/{name}.yaml": ZONE for name in ("a.example", "b.example", "c.example")}
    write(tmp_path, {**OF_OTHERS, **zones, **({"config/production.yaml": OCTODNS} if octodns else {})})

    report = checked(mailzone)

    assert {each["path"].removeprefix("./") for each in report["findings"]} == {*zones}
    assert report["summary"]["zones"] == 3
    assert report["summary"]["skipped"] == len([path for path in OF_OTHERS if not path.startswith(".")])


def test_what_was_skipped_is_counted_in_one_line_and_listed_if_asked_for(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a.example.yaml": ZONE, "x/app.yaml": HELM, "y/app.yaml": "kind: Service\n"})

    assert "2 other YAML files skipped (-v lists them)\n" in mailzone("check").out
    assert "skipped x/app.yaml\nskipped y/app.yaml\n2 other YAML files skipped\n" in mailzone("check", "-v").out
    assert "skipped" not in mailzone("check", "-q").out


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"config.yaml": OCTODNS, "zones/a.example.yaml": ZONE, "zones/broken.yaml": HELM}, "zones/broken.yaml"),
        ({".mailzone.yaml": "zones: [x/*.yaml]\n", "x/a.example.yaml": ZONE, "x/broken.yaml": HELM}, "x/broken.yaml"),
        ({"a.example.yaml": ZONE, "broken.co.uk.yaml": HELM}, "broken.co.uk.yaml"),
        ({"a.example.yaml": ZONE, "broken.example./www.yaml": HELM}, "broken.example./www.yaml"),
    ],
)  # fmt: skip
def test_a_file_that_is_claimed_to_be_a_zone_has_to_parse(
    mailzone: Run, tmp_path: Path, files: dict[str, str], path: str
) -> None:
    write(tmp_path, files)

    found = {(each["rule"], each["path"]) for each in checked(mailzone)["findings"]}

    assert ("yaml-syntax", path) in found


@pytest.mark.parametrize(
    "text",
    [
        "www: {typ: A, value: 192.0.2.1}\nftp: {typ: A, value: 192.0.2.1}\n",
        "www: {type: a, value: 192.0.2.1}\n",
        "www: {type: A, valu: 192.0.2.1}\n",
    ],
)
def test_a_zone_of_records_that_are_all_misspelt_is_no_file_of_another_program(
    mailzone: Run, tmp_path: Path, text: str
) -> None:
    write(tmp_path, {"dns/example.com.yaml": text})

    assert "zone-shape" in {each["rule"] for each in checked(mailzone)["findings"]}


@pytest.mark.parametrize(
    ("path", "status"),
    [("x/broken.yaml", 1), ("app.yaml", 2), ("empty.yaml", 2), ("list.yaml", 2), ("values.yaml", 2)],
)
def test_a_file_that_is_named_is_a_zone_or_the_users_mistake(
    mailzone: Run, tmp_path: Path, path: str, status: int
) -> None:
    others = {"app.yaml": "kind: Service\n", "empty.yaml": "", "list.yaml": "- a\n", "values.yaml": "a: {value: 1}\n"}
    write(tmp_path, {"x/broken.yaml": HELM, **others})

    ran = mailzone("check", path)

    assert ran.status == status
    assert (f"mailzone: {path} is not a zone" in ran.err) is (status == 2)


def test_a_zone_that_is_named_beside_one_that_is_none_is_checked_all_the_same(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a.example.yaml": ZONE, "app.yaml": "kind: Service\n"})

    ran = mailzone("check", "-f", "json", "a.example.yaml", "app.yaml")

    report = json.loads(ran.out)
    assert (ran.status, report["summary"]["error"]) == (2, 1)
    assert report["problems"] == [
        {"message": "is not a zone: no names with records", "path": "app.yaml", "zone": None, "rule": None}
    ]


def test_empty_standard_input_is_no_clean_zone(mailzone: Run) -> None:
    assert mailzone("check", "-", stdin="").status == 2


LAYOUTS = [
    {"zones/send.yaml": "'': {type: MX, value: {preference: 1, exchange: mx.example.org.}}\n"},
    {"zones/example.com.yaml": "records:\n  - {type: MX, value: 10 mx.example.net}\n"},
    {"zones/example.com/_zone.yaml": "ttl: 1\n", "zones/example.com/www.yaml": "www: {type: A, value: 192.0.2.1}\n"},
    {"zones/a.yaml": "zone: example.com\nrecords:\n  - {name: www, type: A, value: 192.0.2.1}\n"},
]


@pytest.mark.parametrize("files", LAYOUTS)
def test_a_layout_that_is_not_known_is_a_note_and_no_verdicts(
    mailzone: Run, tmp_path: Path, files: dict[str, str]
) -> None:
    write(tmp_path, files)

    (finding,) = checked(mailzone)["findings"]

    assert (finding["rule"], finding["severity"]) == ("not-a-zone", "info")
    assert finding["message"].startswith("not judged")


def test_many_files_in_one_layout_are_one_note(mailzone: Run, tmp_path: Path) -> None:
    record = "records: [{type: A, value: 192.0.2.1}]\n"
    folders = [f"zones/z{number}.example" for number in range(20)]
    write(tmp_path, {f"{folder}/_zone.yaml": "ttl: 1\n" for folder in folders})
    write(tmp_path, {f"{folder}/{name}.yaml": record for folder in folders for name in ("send", "www")})

    (finding,) = checked(mailzone, "--jobs", "2")["findings"]

    assert "nor are 39 more files of this layout" in finding["message"]


def test_two_configurations_over_one_folder_count_its_zones_once(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {"production.yaml": OCTODNS, "staging.yaml": OCTODNS.replace("sources", "lenient: true, sources")})
    write(tmp_path, {"zones/a.example.yaml": ZONE, "zones/b.example.yaml": ZONE})

    for jobs in ("1", "2"):
        summary = checked(mailzone, "--jobs", jobs)["summary"]
        assert (summary["zones"], summary["records"], summary["error"]) == (2, 6, 2)


def test_a_configuration_that_is_named_is_one_whatever_it_is_called(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {"my.octodns.yaml": OCTODNS, "prod.example.com.yaml": OCTODNS, "zones/a.example.yaml": ZONE})

    for path in ("my.octodns.yaml", "prod.example.com.yaml"):
        assert checked(mailzone, path)["summary"]["zones"] == 1


def test_zones_of_a_configuration_that_are_not_there_are_told(mailzone: Run, tmp_path: Path) -> None:
    lost = OCTODNS.replace("'*'", "gone.example.") + "  a.example.: {sources: [config], targets: [published]}\n"
    write(tmp_path, {"config.yaml": lost, "zones/a.example.yaml": ZONE})

    assert ("not-a-zone", "config.yaml", 5) in {
        (each["rule"], each["path"], each["line"]) for each in checked(mailzone)["findings"]
    }
    (tmp_path / "zones" / "a.example.yaml").unlink()
    ran = mailzone("check", "config.yaml")
    assert ran.status == 2
    assert "there is no file for it in `./zones`" in ran.err


def test_parts_of_zones_that_another_class_reads_miss_nothing(mailzone: Run, tmp_path: Path) -> None:
    other = OCTODNS.replace("  published", "  mailset: {class: octodns_x.Other, directory: ./shared}\n  published")
    part = ZONE.replace("nclude", "include").partition("_dmarc")[0]
    write(tmp_path, {"config.yaml": other, "zones/a.example.yaml": ZONE, "shared/a.example.yaml": part})

    assert "shared/a.example.yaml" not in {
        each["path"] for each in checked(mailzone)["findings"] if each["severity"] != "info"
    }


def test_a_folder_without_zones_says_what_it_holds_instead(mailzone: Run, tmp_path: Path) -> None:
    zone = "$ORIGIN example.com.\n@ 3600 IN SOA ns hostmaster 1 2 3 4 5\n"
    write(tmp_path, {"dnsconfig.js": "D('example.com')\n", "a/main.tf": "resource\n", "b/db.example.com": zone})
    write(tmp_path, {"notes.txt": "SOA IN\n", "app.yaml": "kind: Service\n"})

    ran = mailzone("check")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("mailzone: no zone file in `.`: 1 other YAML file skipped\n")
    for words in ("`dnsconfig.js`: DNSControl's", "`a/main.tf`: Terraform's", "`b/db.example.com`: zone files"):
        assert words in ran.err
    assert "notes.txt" not in ran.err


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_what_git_ignores_is_left_out_and_what_it_tracks_never_is(mailzone: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    zones = ("zones/a.example.yaml", "build/b.example.yaml", "build/deep/c.example.yaml", "zones/d.example.yaml")
    write(tmp_path, dict.fromkeys(zones, ZONE))
    write(tmp_path, {".gitignore": "build/\n*.d.example.yaml\nd.example.yaml\n", "build/kept.example.yaml": ZONE})
    git(tmp_path, "add", "--force", "build/kept.example.yaml")

    def paths(**more: Any) -> set[str]:
        ran = mailzone("check", "-f", "json", "--fail-on", "never", **more)
        return {each["path"] for each in json.loads(ran.out)["findings"]}

    assert paths() == {"zones/a.example.yaml", "build/kept.example.yaml"}
    # Without git, everything is looked at: too much is better than too little.
    assert paths(env={"PATH": ""}) == {*zones, "build/kept.example.yaml"}
    assert checked(mailzone, "build/b.example.yaml")["summary"]["zones"] == 1


def test_a_repository_inside_another_is_asked_itself(mailzone: Run, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "inner"):
        folder.mkdir(exist_ok=True)
        git(folder, "init", "--quiet")
    write(tmp_path, {"inner/.gitignore": "b.example.yaml\n", "b.example.yaml": ZONE})
    write(tmp_path, {"inner/a.example.yaml": ZONE, "inner/b.example.yaml": ZONE})

    assert {each["path"] for each in checked(mailzone)["findings"]} == {"b.example.yaml", "inner/a.example.yaml"}


def test_nothing_that_a_repository_configures_is_run(mailzone: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {"a.example.yaml": ZONE, "evil": "#!/bin/sh\ntouch ran\n"})
    (tmp_path / "evil").chmod(0o755)
    git(tmp_path, "config", "core.fsmonitor", str(tmp_path / "evil"))
    git(tmp_path, "config", "diff.external", str(tmp_path / "evil"))
    git(tmp_path, "config", "core.hooksPath", str(tmp_path))
    (tmp_path / "git").symlink_to("evil")
    git(tmp_path, "-c", "core.fsmonitor=false", "add", "a.example.yaml")
    (tmp_path / "ran").unlink(missing_ok=True)

    assert checked(mailzone)["summary"]["zones"] == 1
    assert checked(mailzone, "--changed")["summary"]["zones"] == 1
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("globs", "left"),
    [
        ("[archive]", {"a.example.yaml", "old/archive/c.example.yaml", "old/d.example.yaml"}),
        ("['**/archive/**']", {"a.example.yaml", "old/d.example.yaml"}),
        ("['*.yaml']", {"archive/b.example.yaml", "old/archive/c.example.yaml", "old/d.example.yaml"}),
        ("['**/*.yaml']", set()),
        ("['old/*.example.yaml', archive/]", {"a.example.yaml", "old/archive/c.example.yaml"}),
    ],
)
def test_what_is_excluded_is_not_searched_for(mailzone: Run, tmp_path: Path, globs: str, left: set[str]) -> None:
    zones = ("a.example.yaml", "archive/b.example.yaml", "old/archive/c.example.yaml", "old/d.example.yaml")
    write(tmp_path, dict.fromkeys(zones, ZONE))
    (tmp_path / ".mailzone.yaml").write_text(f"exclude: {globs}\n")

    ran = mailzone("check", "-f", "json")

    assert ran.status == (1 if left else 2)
    if left:
        assert {each["path"] for each in json.loads(ran.out)["findings"]} == left
    assert checked(mailzone, *zones)["summary"]["zones"] == 4


def test_zones_of_the_configuration_go_without_what_it_excludes(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {"zones/a.example.yaml": ZONE, "zones/old/b.example.yaml": ZONE})
    (tmp_path / ".mailzone.yaml").write_text("zones: ['zones/**']\nexclude: [zones/old]\n")

    assert checked(mailzone)["summary"]["zones"] == 1
    assert checked(mailzone, "zones")["summary"]["zones"] == 1
