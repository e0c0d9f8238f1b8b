"""The cache of runs: an unchanged run is not judged again, and a changed one is, whatever has changed."""

import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.cli import cache
from linter.run.plugins import Entry
from linter.source.inputs import digest

from .conftest import Ran, Run

ZONE = """\
'':
  - {type: MX, value: {preference: 10, exchange: mx.example.net.}}
  - {type: TXT, value: 'v=spf1 include:_spf.example.org -all'}
_dmarc: {type: TXT, value: 'v=DMARC1\\; p=none'}
"""
FILES = {
    ".gitignore": "ignored.example.yaml\n",
    ".mailzone.yaml": "profile: ./profile.yaml\nbaseline: known.yaml\nmta-sts: {a.example: policies/a.txt}\n",
    "profile.yaml": "extends: recommended\nrules: {dmarc-policy-none: info}\n",
    "known.yaml": "0123456789abcdef: dmarc-policy-none zones/b.example.yaml\n",
    "policies/a.txt": "version: STSv1\nmode: enforce\nmx: mx.example.net\nmax_age: 86400\n",
    "zones/a.example.yaml": f"{ZONE}www: !include part/www.yaml\n",
    "zones/b.example.yaml": ZONE,
    "zones/part/www.yaml": "{type: TXT, value: 'v=spf1 nclude:x.example -all'}\n",
    "ignored.example.yaml": "a: [\n",
    "config/production.yaml": "providers:\n"
    "  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones}\n"
    "zones:\n  a.example.: {sources: [config]}\n",
    "answers.lock": "version: 1\nanswers: {}\n",
}
Change = Callable[[Path], object]


def _write(name: str, text: str) -> Change:
    def write(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)

    return write


def _git(*arguments: str) -> Change:
    return lambda folder: subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def _relink(folder: Path) -> None:
    (folder / "zones" / "c.example.yaml").symlink_to("b.example.yaml")


CHANGES: dict[str, Change] = {
    "a zone": _write("zones/b.example.yaml", ZONE.replace("p=none", "p=reject")),
    "a zone beside": _write("zones/c.example.yaml", ZONE),
    "a folder beside": _write("zones/more/c.example.yaml", ZONE),
    "a zone that is gone": lambda folder: (folder / "zones/b.example.yaml").unlink(),
    "a link to a zone": _relink,
    "the configuration": _write(".mailzone.yaml", "rules: {dmarc-policy-none: off}\n"),
    "a configuration nearer by": _write("zones/.mailzone.yaml", "rules: {dmarc-policy-none: off}\n"),
    "the profile": _write("profile.yaml", "extends: strict\n"),
    "the baseline": _write("known.yaml", "nothing\n"),
    "a policy": _write("policies/a.txt", "version: STSv1\nmode: none\nmax_age: 86400\n"),
    "an included file": _write("zones/part/www.yaml", "{type: TXT, value: 'v=spf1 -all'}\n"),
    "octoDNS's configuration": _write("config/production.yaml", "a: b\n"),
    "octoDNS's configuration elsewhere": _write("octodns.yaml", FILES["config/production.yaml"]),
    "a lock that was looked for": _write("mailzone.lock", "version: 1\nanswers: {}\n"),
    "what git ignores": _write(".gitignore", ""),
    "what git tracks": _git("add", "--force", "ignored.example.yaml"),
    "who may read a zone": lambda folder: (folder / "zones/part").chmod(0o700),
    "what git takes for a repository": _git("init", "zones"),
}


@pytest.fixture(autouse=True)
def _keeps_everything() -> Iterator[None]:
    """However little a run reads, it is worth keeping."""
    with mock.patch.object(cache, "WORTH_KEEPING", 0):
        yield


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return _made(tmp_path)


def _made(folder: Path) -> Path:
    for name, text in FILES.items():
        _write(name, text)(folder)
    if not (folder / ".git").exists():
        _git("init")(folder)
    return folder


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


class Cached:
    """Runs `check` with a cache, and knows how often it has judged."""

    def __init__(self, mailzone: Run, folder: Path) -> None:
        self._run, self._folder = mailzone, folder
        self.judged = 0

    def __call__(self, *arguments: str, env: dict[str, str] | None = None) -> Ran:
        from linter.cli import check

        def judge(*given: object) -> object:
            self.judged += 1
            return run(*given)  # type: ignore[arg-type]

        run = check._run
        with mock.patch.object(check, "_run", judge):
            given = {"MAILZONE_CACHE_DIR": str(self._folder), **(env or {})}
            return self._run("check", "--today", "2026-11-23", *arguments, env=given)


@pytest.fixture
def check(mailzone: Run, kept: Path, repository: Path) -> Cached:
    return Cached(mailzone, kept)


def test_an_unchanged_run_says_the_same_without_judging(check: Cached, kept: Path) -> None:
    first = check()
    assert (first.status, check.judged) == (1, 1), first.err
    assert (check(), check.judged) == (first, 1)
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept.iterdir()] == [0o600]


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_run_is_judged_again(what: str, check: Cached, repository: Path) -> None:
    check()
    CHANGES[what](repository)
    said = check()
    assert check.judged == 2
    assert said == check("--no-cache")


@pytest.mark.parametrize("what", ["a zone", "a zone that is gone", "a zone beside"])
def test_a_run_of_one_zone_depends_on_those_that_it_looks_into(what: str, check: Cached, repository: Path) -> None:
    (repository / "zones" / "a.example.yaml").write_text("www: {type: TXT, value: v=spf1 -all}\n")
    named = ("zones/a.example.yaml",)
    check(*named)
    check(*named)
    assert check.judged == 1
    CHANGES[what](repository)
    said = check(*named)
    assert check.judged == 2
    assert said == check("--no-cache", *named)


def test_a_run_that_only_looks_into_much_is_not_kept(check: Cached, kept: Path, repository: Path) -> None:
    (repository / "zones" / "large.example.yaml").write_text(ZONE + "# \n" * 40_000)
    with mock.patch.object(cache, "WORTH_KEEPING", 64 * 1024):
        check("zones/b.example.yaml")
        assert not list(kept.iterdir())
        check("zones/large.example.yaml")
        assert len(list(kept.iterdir())) == 1


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changes=st.lists(st.sampled_from([None, *CHANGES.values()]), max_size=4))
def test_what_is_said_never_depends_on_the_cache(
    changes: list[Change | None], mailzone: Run, tmp_path: Path, kept: Path
) -> None:
    subprocess.run("rm -rf .git zones mailzone.lock octodns.yaml", shell=True, cwd=tmp_path, check=True)
    _made(tmp_path)
    check = Cached(mailzone, kept)
    for change in changes:
        if change is not None:
            try:
                change(tmp_path)
            except OSError:  # gone, or there already
                continue
        assert check() == check("--no-cache")


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (("--today", "2026-11-24"), {}),
        (("--color", "always"), {}),
        (("--profile", "strict"), {}),
        (("-f", "json"), {}),
        ((), {"COLUMNS": "60"}),
        ((), {"GITHUB_ACTIONS": "true"}),
        ((), {"GIT_CONFIG_GLOBAL": "/nowhere"}),
        ((), {"FORCE_COLOR": "1"}),
        ((), {"FORCE_HYPERLINK": "1"}),
    ],
)
def test_other_surroundings_are_another_run(arguments: tuple[str, ...], env: dict[str, str], check: Cached) -> None:
    check()
    check(*arguments, env=env)
    assert check.judged == 2


def test_rules_of_others_make_it_another_run() -> None:
    one, two = (
        cache._key((), "2026-11-23", [Entry("a", "a", f"a-{version}.dist-info/entry_points.txt")]) for version in "12"
    )
    assert one != two != cache._key((), "2026-11-23", [])


@pytest.mark.parametrize(
    "arguments", [("--no-cache",), ("--since", "HEAD"), ("--create-baseline",), ("--stdin-filename", "a.example", "-")]
)
def test_what_depends_on_more_than_files_is_not_kept(
    arguments: tuple[str, ...], check: Cached, kept: Path, repository: Path
) -> None:
    _git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--allow-empty", "-m", "a")(repository)
    check(*arguments)
    assert not list(kept.iterdir())


def test_what_could_not_be_done_is_not_kept(check: Cached, kept: Path) -> None:
    assert check("zones", "missing.yaml").status == 2
    assert not list(kept.iterdir())


def test_nothing_is_kept_inside_a_repository(check: Cached, repository: Path) -> None:
    check(env={"MAILZONE_CACHE_DIR": str(repository / "cache")})
    assert not (repository / "cache").exists()


def test_a_report_is_written_into_its_file_again(check: Cached, repository: Path) -> None:
    check("-f", "json=report.json", "-f", "text")
    check("-f", "json=report.json", "-f", "text")  # the folder holds the report by now
    first = (repository / "report.json").read_text()
    (repository / "report.json").write_text("changed")
    check("-f", "json=report.json", "-f", "text")
    assert ((repository / "report.json").read_text(), check.judged) == (first, 2)


def test_a_report_is_not_written_over_what_the_run_has_read(check: Cached, repository: Path) -> None:
    check("-f", "json=report.json", "zones")
    (repository / "report.json").unlink()
    os.link(repository / "zones" / "b.example.yaml", repository / "report.json")
    assert check("-f", "json=report.json", "zones").status == 2
    assert (repository / "zones" / "b.example.yaml").read_text() == ZONE


def _spoilt(kind: str, path: Path) -> None:
    octets = path.read_bytes()
    if kind == "cut":
        path.write_bytes(octets[:-1])
    elif kind == "changed":
        path.write_bytes(octets.replace(b"warning", b"nothing"))
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "of others":
        path.chmod(0o666)
    elif kind == "a link":
        path.rename(path.with_name("elsewhere"))
        path.symlink_to("elsewhere")
    elif kind == "a folder":
        path.unlink()
        path.mkdir()
    else:
        body = b"[[]]"
        path.write_bytes(digest(body).encode() + b"\n" + body)


@pytest.mark.parametrize("kind", ["cut", "changed", "empty", "of others", "a link", "a folder", "of another form"])
def test_an_entry_in_doubt_is_a_miss_and_is_replaced(kind: str, check: Cached, kept: Path) -> None:
    first = check()
    _spoilt(kind, next(kept.iterdir()))
    assert (check(), check.judged) == (first, 2)
    assert (check(), check.judged) == (first, 3 if kind == "a folder" else 2)


def test_an_entry_under_the_name_of_another_is_a_miss(check: Cached, kept: Path) -> None:
    first = check()
    (one,) = kept.iterdir()
    strict = check("--profile", "strict")
    (two,) = set(kept.iterdir()) - {one}
    two.write_bytes(one.read_bytes())
    assert check("--profile", "strict") == strict != first


def test_runs_beside_each_other_leave_whole_entries(process: Run, kept: Path, repository: Path) -> None:
    (repository / "zones" / "large.example.yaml").write_text(ZONE + "# \n" * 40_000)
    env = {"MAILZONE_CACHE_DIR": str(kept)}
    with ThreadPoolExecutor(4) as pool:
        said = {each.out for each in pool.map(lambda _: process("check", env=env), range(4))}
    assert len(said) == 1
    assert [path.suffix for path in kept.iterdir()] == [".run"]


def test_every_process_tells_what_it_has_read(process: Run, kept: Path, repository: Path) -> None:
    (repository / "zones" / "large.example.yaml").write_text(ZONE + "# \n" * 40_000)
    env = {"MAILZONE_CACHE_DIR": str(kept)}
    process("check", "-j", "2", env=env)
    _write("zones/part/www.yaml", "{type: TXT, value: 'v=spf1 -all'}\n")(repository)
    assert process("check", "-j", "2", env=env).out == process("check", "--no-cache").out


def test_the_cache_is_bounded(check: Cached, kept: Path) -> None:
    with mock.patch.object(cache, "_MOST_ENTRIES", 2):
        for day in range(10, 15):
            check("--today", f"2026-11-{day}")
    assert len(list(kept.iterdir())) == 2


def test_clean_deletes_what_was_kept_and_nothing_else(check: Cached, mailzone: Run, kept: Path) -> None:
    check()
    (kept / "notes.txt").write_text("mine")
    ran = mailzone("clean", env={"MAILZONE_CACHE_DIR": str(kept)})
    assert (ran.status, ran.err) == (0, f"mailzone: 1 kept run deleted from {kept}\n")
    assert [path.name for path in kept.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, "/home/a/.cache/mailzone"),
        ("linux", {"XDG_CACHE_HOME": "/var/a"}, "/var/a/mailzone"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/a/.cache/mailzone"),
        ("darwin", {}, "/home/a/Library/Caches/mailzone"),
        ("win32", {}, ""),
        ("linux", {cache.FOLDER: "/own"}, "/own"),
    ],
)
def test_where_runs_are_kept(platform: str, environment: dict[str, str], folder: str) -> None:
    with mock.patch.dict(os.environ, {"HOME": "/home/a"}):
        assert cache.cache_folder(environment, platform) == folder
