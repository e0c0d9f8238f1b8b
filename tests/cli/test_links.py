"""A link out of the repository is refused whatever a file is to the command; what is not a file is never absence."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import CHECKOUT, Run

SECRET = "hunter2"
ZONE = "www: {type: A, value: 192.0.2.1}\n"
ASKS = "'': {type: TXT, value: v=spf1 include:spf.example.net -all}\n"
OUT = "a link leads outside the repository and is not followed"
GONE = "no such file or directory"
POLICY = "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800\n"
OCTODNS = """
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones}
zones: {example.com.: {sources: [config]}}
"""


class Kind(NamedTuple):
    """A file that the command reads: where it lies, what it holds, what names it, and how the command is run."""

    path: str
    text: str
    others: dict[str, str]
    arguments: tuple[str, ...] = ("check",)


KINDS = {
    "zone, named": Kind("zones/a.example.yaml", ZONE, {}, ("check", "zones/a.example.yaml", "zones/example.com.yaml")),
    "zone, found": Kind("zones/a.example.yaml", ZONE, {}, ("check", "zones")),
    "zone, of the configuration": Kind("zones/a.example.yaml", ZONE, {".mailzone.yaml": "zones: ['zones/*.yaml']"}),
    "zone, deeper": Kind("zones/a.example.yaml", ZONE, {".mailzone.yaml": "zones: ['**/*.example.yaml']"}),
    "zone of octoDNS": Kind("zones/example.com.yaml", ZONE, {"octodns.yaml": OCTODNS}, ("check", "octodns.yaml")),
    "zone, for spf": Kind("zones/a.example.yaml", ASKS, {}, ("spf", "a.example", "zones")),
    "configuration": Kind(".mailzone.yaml", "profile: strict", {}, ("check", "zones")),
    "configuration, by -c": Kind("x.yaml", "profile: strict", {}, ("check", "-c", "x.yaml", "zones")),
    "profile": Kind("p.yaml", "extends: strict", {".mailzone.yaml": "profile: ./p.yaml"}),
    "profile, by --profile": Kind("p.yaml", "extends: strict", {}, ("check", "--profile", "./p.yaml", "zones")),
    "policy": Kind("p.txt", POLICY, {".mailzone.yaml": "mta-sts: {example.com: p.txt}"}),
    "lock": Kind("mailzone.lock", "answers: {}", {"zones/a.example.yaml": ASKS}),
    "lock of a configuration": Kind(
        "x.lock", "answers: {}", {"zones/a.example.yaml": ASKS, ".mailzone.yaml": "lock: x.lock"}
    ),
    "answers": Kind("x.yml", "answers: {}", {}, ("check", "--answers", "x.yml", "zones")),
    "octoDNS": Kind("octodns.yaml", OCTODNS, {}, ("check", "zones")),
    "octoDNS, in config": Kind("config/dns.yaml", OCTODNS, {}, ("check", "zones")),
    "octoDNS, production": Kind("production.yaml", OCTODNS, {}, ("check", "zones/example.com.yaml")),
    "octoDNS, named": Kind("octodns.yaml", OCTODNS, {}, ("check", "octodns.yaml")),
}
INCLUDED = Kind("part.yaml", "v=spf1 -all", {"zones/a.example.yaml": "'': {type: TXT, value: !include ../part.yaml}\n"})


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The working folder of `mailzone`, a repository; beside it lies what is not its own."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "zones").mkdir()
    (tmp_path / "zones/example.com.yaml").write_text(ZONE)
    return tmp_path


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret").write_text(f"{SECRET}: {SECRET}: [\n")
    return folder


def laid(repository: Path, kind: Kind, make: Callable[[Path], None]) -> None:
    """Lay out what belongs to a kind of file, and make the file itself in an odd way."""
    for name, text in kind.others.items():
        (repository / name).write_text(text)
    place = repository / kind.path
    place.parent.mkdir(exist_ok=True)
    place.unlink(missing_ok=True)
    make(place)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("how", ["file", "absolute", "chain", "gone", "folder", "environ", "git", "way"])
def test_a_link_out_is_refused_with_its_place(
    mailzone: Run, repository: Path, outside: Path, kind: Kind, how: str
) -> None:
    def make(place: Path) -> None:
        if how == "way":
            if place.parent in (repository, repository / "zones"):
                pytest.skip("this file lies in no folder that could be a link")
            place.parent.rmdir()
            (outside / place.name).write_text(SECRET)
            place.parent.symlink_to(outside)
        elif how == "chain":
            (repository / "first").symlink_to("second")
            (repository / "second").symlink_to(outside / "secret")
            place.symlink_to(os.path.relpath(repository / "first", place.parent))
        elif how == "git":
            (repository / ".git/config").write_text(f"{SECRET}: [")
            place.symlink_to(os.path.relpath(repository / ".git/config", place.parent))
        else:
            relative = os.path.relpath(outside / "secret", place.parent)
            (outside / "folder").mkdir()
            targets = {"file": relative, "gone": str(outside / "gone"), "folder": str(outside / "folder")}
            place.symlink_to({**targets, "environ": "/proc/self/environ"}.get(how, str(outside / "secret")))

    laid(repository, kind, make)

    ran = mailzone(*kind.arguments, env={"TOKEN": SECRET})

    if how == "way":  # octoDNS's folder of configurations is none where it leads outside, be there one or not
        assert (ran.status, SECRET in ran.out + ran.err) == (0, False)
        return
    assert ran.status == 2
    assert kind.path in ran.err
    assert OUT in ran.err or "lies outside the repository" in ran.err
    assert SECRET not in ran.out + ran.err


@pytest.mark.parametrize("kind", [*KINDS.values(), INCLUDED], ids=[*KINDS, "included"])
@pytest.mark.parametrize("how", ["chain", "absolute", "way"])
def test_a_link_within_is_followed(mailzone: Run, repository: Path, kind: Kind, how: str) -> None:
    def make(place: Path) -> None:
        (repository / "real").mkdir()
        (repository / "real/file").write_text(kind.text)
        if how == "way":
            (repository / "way").symlink_to("real")
            place.symlink_to(os.path.relpath(repository / "way/file", place.parent))
        elif how == "chain":
            (repository / "first").symlink_to("real/file")
            place.symlink_to(os.path.relpath(repository / "first", place.parent))
        else:
            place.symlink_to(repository / "real/file")

    laid(repository, kind, make)

    ran = mailzone(*kind.arguments, *(("--select", "yaml-syntax") if "check" in kind.arguments else ()))

    assert ("outside" in ran.err, "cannot" in ran.err) == (False, False)
    assert ran.status in (0, 1)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("how", ["dangling", "pipe", "folder", "circle"])
def test_what_is_not_a_file_is_told_and_not_absent(mailzone: Run, repository: Path, kind: Kind, how: str) -> None:
    def make(place: Path) -> None:
        if how == "dangling":
            place.symlink_to("gone")
        elif how == "pipe":
            os.mkfifo(place)
        elif how == "circle":
            place.symlink_to(place.name)
        elif kind.path.startswith("zones/") or (kind.path == "octodns.yaml" and "octodns.yaml" in kind.arguments):
            pytest.skip("a folder may be named like this file: it is searched for zones")
        else:
            place.mkdir()

    laid(repository, kind, make)

    ran = mailzone(*kind.arguments)

    reasons = {
        "dangling": GONE,
        "pipe": "is not a regular file",
        "folder": "is a directory",
        "circle": "too many levels of symbolic links",
    }
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert kind.path in ran.err
    assert reasons[how] in ran.err


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("path", ["../../{0}", "../link", "../folder/secret", "../.git/config", "{1}/secret"])
def test_an_include_does_not_leave_the_repository(
    mailzone: Run, repository: Path, outside: Path, path: str, there: bool
) -> None:
    (repository / "link").symlink_to(outside / "secret")
    (repository / "folder").symlink_to(outside)
    (repository / ".git/config").write_text(SECRET)
    if not there:
        (outside / "secret").unlink()
    written = path.format(os.path.join(os.path.relpath(outside, repository.parent), "secret"), outside)
    (repository / "zones/a.example.yaml").write_text(f"'': {{type: TXT, value: !include {written}}}\n")

    ran = mailzone("check", "zones")

    assert f"zones/a.example.yaml:1:33: error[yaml-syntax]: `{written}` lies outside the repository" in ran.out
    assert (ran.status, ran.err, SECRET in ran.out) == (1, "", False)


@pytest.mark.parametrize(
    ("glob", "said"),
    [
        ("../*.yaml", "may point outside the repository and is not followed"),
        ("zones/../../*.yaml", "may point outside the repository"),
        ("**/../*.yaml", "may point outside the repository"),
        ("/etc/*", "may point outside the repository"),
        ("//etc/*", "may point outside the repository"),
        (".git/config", "points into `.git` and is not followed"),
        (".GIT/*", "points into `.git` and is not followed"),
        ("a\\0b", "has a null character"),
        ("*/" * 65, "names more than 64 folders"),
    ],
)
@pytest.mark.parametrize("options", [(), ("-c", ".mailzone.yaml")])
def test_a_glob_that_leads_out_is_refused_at_its_place(
    mailzone: Run, repository: Path, glob: str, said: str, options: tuple[str, ...]
) -> None:
    (repository / ".mailzone.yaml").write_text(f'zones:\n- zones/*.yaml\n- "{glob}"\n')

    for command in ("check", "compare", "lock", "spf a.example"):
        ran = mailzone(*command.split(), *options)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("mailzone: .mailzone.yaml:3:3: `")
        assert said in ran.err


def test_what_lies_outside_is_the_users_own_on_the_command_line(
    mailzone: Run, repository: Path, outside: Path, tmp_path: Path
) -> None:
    (outside / "b.example.yaml").write_text(ZONE)
    (outside / "c.example.yaml").symlink_to("b.example.yaml")
    (outside / "x.yaml").write_text("rules: {not-a-zone: error}")
    (outside / "y.yaml").symlink_to("x.yaml")
    (outside / "answers.yml").write_text("answers: {}")
    (outside / "to").symlink_to(repository / "zones")

    for path in ("b.example.yaml", "c.example.yaml", "", "to", "to/example.com.yaml"):
        ran = mailzone("check", os.path.join(os.path.relpath(outside, repository), path))
        assert (ran.status, ran.err) == (0, ""), path
    ran = mailzone("check", "-c", str(outside / "y.yaml"), "--answers", str(outside / "answers.yml"), "zones")
    assert (ran.status, ran.err) == (0, "")


def test_of_a_file_that_is_not_text_there_is_no_excerpt(mailzone: Run, repository: Path, outside: Path) -> None:
    (outside / "a.example.yaml").write_bytes(f"TOKEN={SECRET}\0HOME=/\0".encode())
    (outside / "b.example.yaml").write_bytes(b"\x01\x02 " + SECRET.encode() + b" \xff\xfe\n")

    for options in ((), ("-f", "json")):
        ran = mailzone("check", *options, str(outside))
        assert (ran.status, ran.err, ran.out.count("this is not a text file")) == (1, "", 2)
        assert SECRET not in ran.out
    policies = repository / ".mailzone.yaml"
    (repository / "p.txt").write_bytes(f"TOKEN={SECRET}\0".encode())
    policies.write_text("mta-sts: {example.com: p.txt}")
    (repository / "zones/example.com.yaml").write_text("_mta-sts: {type: TXT, value: v=STSv1; id=1}\n")
    ran = mailzone("check", "zones")
    assert (SECRET in ran.out, "mta-sts-policy-invalid" in ran.out) == (False, True)


@pytest.mark.parametrize("directory", ["./out", "./zones/../../{0}", "{1}", "./in/out"])
def test_octodns_reads_no_folder_outside(mailzone: Run, repository: Path, outside: Path, directory: str) -> None:
    told = []
    for there in (True, False):
        if there:
            (outside / "z").mkdir()
            (outside / "z/example.com.yaml").write_text(f"{SECRET}: {SECRET}")
            (repository / "in").mkdir()
            (repository / "in/out").symlink_to(outside / "z")
            (repository / "out").symlink_to(outside / "z")
        else:
            (outside / "z/example.com.yaml").unlink()
            (outside / "z").rmdir()
        place = directory.format(os.path.relpath(outside / "z", repository.parent), outside / "z")
        source = f"  more: {{class: octodns.provider.yaml.YamlProvider, directory: {place}}}\nzones:"
        (repository / "octodns.yaml").write_text(
            OCTODNS.replace("zones: {", source + " {").replace("[config]", "[config, more]")
        )
        ran = mailzone("check", "-f", "json", "zones")
        assert (ran.status, ran.err, SECRET in ran.out) == (0, "", False)
        told.append(json.loads(ran.out))
    assert told[0] == told[1]


def test_what_a_zone_split_over_a_linked_folder_holds_is_not_told(
    mailzone: Run, repository: Path, outside: Path
) -> None:
    (outside / f"{SECRET}.yaml").write_text("x: 1")
    (repository / "zones/example.com.").symlink_to(outside)
    split = OCTODNS.replace("./zones", "./zones, split_extension: .")
    (repository / "octodns.yaml").write_text(split)

    for paths in (["zones"], ["octodns.yaml"], ["zones/example.com.yaml"]):
        ran = mailzone("check", *paths)
        assert SECRET not in ran.out + ran.err
    ran = mailzone("check", "zones/example.com.")
    assert (ran.status, OUT in ran.err, SECRET in ran.err) == (2, True, False)


@pytest.mark.parametrize(
    "arguments", [("check", "zones"), ("check", "--profile", "uk-gov", "zones"), ("explain", "5.7.23"), ("rules",)]
)
def test_the_package_itself_may_lie_behind_a_link(mailzone: Run, repository: Path, arguments: tuple[str, ...]) -> None:
    (repository / "venv").symlink_to(CHECKOUT)  # as `.venv` does for many

    ran = mailzone(*arguments, env={"PYTHONPATH": str(repository / "venv")})

    assert (ran.status, ran.err) == (0, "")


def test_links_in_circles_end_for_every_way_to_name_them(mailzone: Run, repository: Path) -> None:
    (repository / "d").mkdir()
    for name in "abcdef":
        (repository / "d" / name).symlink_to(".")
    (repository / ".mailzone.yaml").write_text("zones: ['**/*.yaml']\n")

    for arguments in (["check"], ["check", "."], ["spf", "a.example"], ["check", "d/a/b/c/d/e/f", "zones"]):
        ran = mailzone(*arguments)
        assert ran.status in (0, 2)
        assert "Traceback" not in ran.err
    assert "1 zone" in mailzone("check").out
