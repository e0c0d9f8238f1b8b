"""`mailzone lock` as people run it, against real name servers on this machine."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.live.resolvers import resolving
from tests.live.servers import Server, running
from tests.report.readers import READERS

from .conftest import Run

SOA = "$TTL 300\n@ IN SOA ns.example. host.example. 1 3600 600 86400 60\n@ IN NS ns.example.\n"
VENDOR = f"""{SOA}
spf.vendor IN TXT "v=spf1 ip4:192.0.2.0/24 include:a.vendor.example " "-all"
spf.vendor IN TXT "site=\\"quoted\\" \\200\\000\\\\ # {{%x}} & *a"
a.vendor 60 IN TXT "v=spf1 include:b.vendor.example -all"
b.vendor IN TXT "v=spf1 -all"
mx.vendor IN A 192.0.2.25
mx.vendor IN AAAA 2001:db8::25
key.vendor IN TXT "v=DKIM1; p="
selector.vendor IN CNAME key.vendor
"""
GROWN = VENDOR.replace('"v=spf1 -all"', '"v=spf1 include:c.vendor.example a:mx.vendor.example mx -all"') + (
    'c.vendor IN TXT "v=spf1 a:mx.vendor.example a:mx.vendor.example a:mx.vendor.example a:mx.vendor.example -all"\n'
    "b.vendor IN MX 10 mx.vendor\n"
)
ZONE = """\
'':
  - type: MX
    value: {preference: 10, exchange: mx.vendor.example.}
  - type: TXT
    value: v=spf1 include:spf.vendor.example include:gone.vendor.example -all
s1._domainkey: {type: CNAME, value: selector.vendor.example.}
mail: {type: MX, value: {preference: 10, exchange: mx.example.com.}}
mx: {type: A, value: 192.0.2.26}
"""


@pytest.fixture(scope="module")
def vendor() -> Iterator[Server]:
    """The vendor's name server."""
    with running({"example.": VENDOR}) as server:
        yield server


@pytest.fixture(scope="module")
def grown() -> Iterator[Server]:
    """The vendor's name server, after it included two more records."""
    with running({"example.": GROWN}) as server:
        yield server


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    """A repository with one zone; where its lock lies."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "example.com.yaml").write_text(ZONE)
    return tmp_path / "mailzone.lock"


def at(server: Server) -> tuple[str, str]:
    return ("--server", f"{server.address}:{server.port}")


def test_a_lock_is_written_and_an_unchanged_one_stays_as_it_is(zone: Path, mailzone: Run, vendor: Server) -> None:
    first = mailzone("lock", *at(vendor))
    text = zone.read_text()
    before = zone.stat().st_mtime_ns

    assert first.status == 0
    number = first.out.split()[1]  # what rules ask for is theirs to say
    assert first.out == f"mailzone.lock: {number} answers, {number} new\n"
    assert first.err.splitlines() == [
        f"mailzone: no answer for {what}: refused: the server says REFUSED; it stays unknown"
        for what in ("TXT of `_dmarc.com`", "SOA of `example.com`")
    ]
    assert re.search(r"\n  gone\.vendor\.example: \{status: nxdomain, seen: 20..-..-..\}\n", text)
    assert '        - "site=\\"quoted\\" \\\\200\\\\000\\\\\\\\ # {%x} & *a"\n' in text
    assert "example.com" not in text
    again = mailzone("lock", *at(vendor))
    assert (again.status, again.out) == (0, f"mailzone.lock: {number} answers, nothing moved\n")
    assert (zone.read_text(), zone.stat().st_mtime_ns) == (text, before)
    checked = mailzone("lock", "--check", *at(vendor))
    assert (checked.status, checked.out) == (0, "mailzone.lock: nothing moved\n")
    assert {path.name for path in zone.parent.iterdir()} == {".git", "example.com.yaml", "mailzone.lock"}


def test_check_says_what_moved_and_writes_nothing(zone: Path, mailzone: Run, vendor: Server, grown: Server) -> None:
    mailzone("lock", *at(vendor))
    text = zone.read_text()
    ran = mailzone("lock", "--check", *at(grown))

    assert ran.status == 1
    grew = "`b.vendor.example` grew from 0 to 7 lookups: `example.com` now needs 11, 1 too many"
    assert f"mailzone.lock: {grew}\n" in ran.out
    assert zone.read_text() == text
    assert mailzone("lock", *at(grown)).status == 0
    assert "c.vendor.example" in zone.read_text()
    assert "lookups: 11 of at most 10" in mailzone("spf", "example.com").out


def test_check_says_it_in_every_format(zone: Path, mailzone: Run, vendor: Server, grown: Server) -> None:
    mailzone("lock", *at(vendor))
    key = zone.read_text().split("\n").index("  b.vendor.example:") + 1
    wanted = [word for name in (*READERS, "markdown", "html") for word in ("-f", f"{name}={name}.out")]

    ran = mailzone("lock", "--check", *at(grown), *wanted)

    assert (ran.status, ran.out) == (1, "")
    for name, read in READERS.items():
        found = [each for each in read((zone.parent / f"{name}.out").read_text()) if "b.vendor" in each.message]
        place = ("mailzone.lock", key, "lock-moved", "warning")
        assert [each[:4] for each in found if "grew from 0 to 7" in each.message] == [place], name
    assert "grew from 0 to 7 lookups" in (zone.parent / "markdown.out").read_text()
    assert "grew from 0 to 7 lookups" in (zone.parent / "html.out").read_text()
    annotated = mailzone("lock", "--check", *at(grown), env={"GITHUB_ACTIONS": "true"})
    assert "\n::warning file=mailzone.lock,line=" in annotated.out


def test_a_lock_that_nobody_answered_about_reads_as_clean_in_no_format(
    zone: Path, mailzone: Run, vendor: Server
) -> None:
    mailzone("lock", *at(vendor))
    ran = mailzone(
        "lock", "--check", "--tries", "1", "--timeout", "0.2", "--server", "127.0.0.1:1", "-f", "json", "-f", "junit=j"
    )

    assert ran.status == 2
    (problem,) = json.loads(ran.out)["problems"]
    assert problem["path"] == "mailzone.lock"
    assert 'errors="1"' in (zone.parent / "j").read_text()


def test_what_is_written_is_told_in_every_format(zone: Path, mailzone: Run, vendor: Server, grown: Server) -> None:
    wanted = [word for name in (*READERS, "markdown", "html") for word in ("-f", f"{name}={name}.out")]

    first = mailzone("lock", *at(vendor), *wanted)
    assert (first.status, first.out) == (0, "")
    assert [read((zone.parent / f"{name}.out").read_text()) for name, read in READERS.items()] == [[]] * len(READERS)
    ran = mailzone("lock", *at(grown), *wanted)

    assert (ran.status, ran.out) == (0, "")
    key = zone.read_text().split("\n").index("  b.vendor.example:") + 1
    for name, read in READERS.items():
        found = [each for each in read((zone.parent / f"{name}.out").read_text()) if "grew from 0 to 7" in each.message]
        assert [each[:4] for each in found] == [("mailzone.lock", key, "lock-moved", "warning")], name
    assert mailzone("lock", *at(vendor), env={"GITHUB_ACTIONS": "true"}).out.count("::") == 0


def test_a_report_does_not_take_the_place_of_the_lock(zone: Path, mailzone: Run, vendor: Server) -> None:
    ran = mailzone("lock", *at(vendor), "-f", "json=./mailzone.lock")

    assert (ran.status, "two outputs for one file" in ran.err) == (2, True)
    assert not zone.exists()


def test_servers_that_do_not_answer_leave_the_lock_and_the_next_one_is_asked(
    zone: Path, mailzone: Run, vendor: Server
) -> None:
    mailzone("lock", *at(vendor))
    text = zone.read_text()
    quick = ("--tries", "1", "--timeout", "0.2", "--server", "127.0.0.1:1")
    mute = mailzone("lock", *quick)

    assert mute.status == 2
    assert "no answer to any of " in mute.err
    assert zone.read_text() == text
    assert mailzone("lock", *quick, *at(vendor)).status == 0
    assert zone.read_text() == text


def test_a_faulty_lock_is_refused_when_a_question_reaches_it(zone: Path, mailzone: Run) -> None:
    zone.write_text("version: 1\nanswers:\n  a.example: nxdomian\n")

    for command in (("check",), ("spf", "example.com"), ("lock", "--server", "127.0.0.1:1")):
        ran = mailzone(*command)
        assert ran.status == 2
        assert "mailzone.lock:3:14: `nxdomian` is not a status of a name" in ran.err
    (zone.parent / "example.com.yaml").write_text("www: {type: A, value: 192.0.2.1}\n")
    assert mailzone("check").status == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-",), "a lock is for files"),
        (("missing.yaml",), "cannot read missing.yaml"),
        (("--server", "a b"), "is not a server"),
        (("--timeout", "0"), "is not a time to wait"),
        (("--tries", "x"), "invalid"),
    ],
)
@pytest.mark.usefixtures("zone")
def test_usage_errors(mailzone: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = mailzone("lock", *arguments)

    assert ran.status == 2
    assert words in ran.err


def test_the_configuration_names_the_lock_and_check_wants_it_there(zone: Path, mailzone: Run, vendor: Server) -> None:
    (zone.parent / ".mailzone.yaml").write_text("zones: ['*.com.yaml']\nlock: answers.lock\n")
    missing = mailzone("check")

    assert (missing.status, "there is no file `answers.lock`" in missing.err) == (2, True)
    assert mailzone("lock", *at(vendor)).status == 0
    assert (zone.parent / "answers.lock").is_file()
    assert not zone.exists()
    checked = mailzone("check")
    assert (checked.status, "error[spf-include-without-record]" in checked.out) == (1, True)
    assert "`gone.vendor.example`" in checked.out


def test_a_part_of_the_zones_drops_nothing_of_the_others(zone: Path, mailzone: Run, vendor: Server) -> None:
    (zone.parent / "other.org.yaml").write_text("x: {type: TXT, value: 'v=spf1 include:a.vendor.example -all'}\n")
    (zone.parent / ".mailzone.yaml").write_text("zones: ['*.com.yaml', '*.org.yaml']\n")
    mailzone("lock", *at(vendor))
    text = zone.read_text()

    assert mailzone("lock", "other.org.yaml", *at(vendor)).status == 0
    assert zone.read_text() == text


def test_a_clean_file_that_asks_nothing_does_not_read_the_lock(zone: Path, mailzone: Run) -> None:
    zone.write_bytes(b"\xff\xfe nobody can read this")
    (zone.parent / "example.com.yaml").write_text("'': {type: MX, value: {preference: 0, exchange: .}}\n")

    assert "mailzone.lock" not in mailzone("check").err


def test_a_lock_that_is_a_link_out_of_the_repository_is_neither_read_nor_written(
    tmp_path_factory: pytest.TempPathFactory, zone: Path, mailzone: Run
) -> None:
    outside = tmp_path_factory.mktemp("elsewhere") / "secret"
    outside.write_text("secret")
    zone.symlink_to(outside)

    for command in ("check", "lock"):
        ran = mailzone(command)
        assert (ran.status, "lies outside the repository" in ran.err, "secret" in ran.out) == (2, True, False)
    assert outside.read_text() == "secret"


def test_zones_that_need_nobody_have_no_lock(zone: Path, mailzone: Run) -> None:
    (zone.parent / "example.com.yaml").write_text("www: {type: A, value: 192.0.2.1}\n")
    ran = mailzone("lock", "--server", "127.0.0.1:1")

    assert (ran.status, ran.out) == (0, "mailzone.lock: no name in other people's zones is needed\n")
    assert not zone.exists()


def test_answers_of_the_command_line_come_before_the_lock_and_are_not_asked_for(
    zone: Path, mailzone: Run, vendor: Server
) -> None:
    mailzone("lock", *at(vendor))
    answers = zone.parent / "answers.yml"
    answers.write_text("answers: {spf.vendor.example: {TXT: ['v=spf1 a:mx.vendor.example -all']}}\n")
    given = ("--answers", "answers.yml")

    assert "answers.yml:1" in mailzone("spf", "example.com", *given).out
    assert "include-without-record" in mailzone("check", *given).out
    answers.write_text("answers: {gone.vendor.example: {TXT: ['v=spf1 -all']}}\n")
    assert "include-without-record" not in mailzone("check", *given).out
    assert mailzone("lock", *given, *at(vendor)).status == 0
    assert "gone.vendor.example" not in zone.read_text()


def test_what_another_run_has_locked_in_the_meantime_is_not_lost(zone: Path, process: Run, vendor: Server) -> None:
    at = ("--server", f"{vendor.address}:{vendor.port}")
    other = zone.with_name("example.net.yaml")
    other.write_text("'': {type: TXT, value: v=spf1 include:b.vendor.example include:nope.vendor.example -all}\n")
    with ThreadPoolExecutor(4) as pool:
        files = ["example.com.yaml", "example.net.yaml"] * 2
        ran = list(pool.map(lambda file: process("lock", file, *at), files))
    text = zone.read_text()

    assert {each.status for each in ran} == {0}
    assert all(f"  {name}.vendor.example:" in text for name in ("spf", "a", "b", "mx", "nope", "gone"))
    assert {path.name for path in zone.parent.iterdir()} == {".git", zone.name, "example.com.yaml", other.name}


def test_what_a_cache_has_left_of_a_ttl_is_not_locked(zone: Path, mailzone: Run, vendor: Server) -> None:
    with resolving({"example.": vendor.port}) as resolver:
        mailzone("lock", "--server", f"{resolver.address}:{resolver.port}")

    assert "values:" in zone.read_text()
    assert "ttl:" not in zone.read_text()


def test_a_conflict_of_git_is_named(zone: Path, mailzone: Run) -> None:
    zone.write_text("version: 1\nanswers:\n<<<<<<< HEAD\n  a.example: nodata\n=======\n>>>>>>> other\n")

    ran = mailzone("lock", "--server", "127.0.0.1:1")

    assert ran.status == 2
    assert "mailzone.lock:3:1: a merge conflict of git is not resolved here" in ran.err


def test_the_soa_of_declared_zones_is_locked_and_its_serial_is_no_move(zone: Path, mailzone: Run) -> None:
    own = "@ IN MX 10 mx.vendor.example.\n"
    with running({"example.": VENDOR, "example.com.": SOA + own}) as server:
        mailzone("lock", *at(server))
    text = zone.read_text()
    assert "    SOA: {ttl: 300, seen: " in text
    assert 'values: ["ns.example. host.example. 1 3600 600 86400 60"]}' in text
    with running({"example.": VENDOR, "example.com.": SOA.replace(" 1 3600", " 2 3600") + own}) as server:
        assert mailzone("lock", *at(server)).out.endswith("nothing moved\n")
        assert mailzone("lock", "--check", *at(server)).status == 0
    assert zone.read_text() == text


def test_check_names_the_domains_whose_mail_a_change_breaks(zone: Path, mailzone: Run, vendor: Server) -> None:
    mailzone("lock", *at(vendor))
    gone = "".join(line for line in VENDOR.splitlines(True) if not line.startswith(("mx.", "selector.")))
    with running({"example.": gone}) as server:
        ran = mailzone("lock", "--check", *at(server))
        written = mailzone("lock", *at(server))

    broken = [line.partition(": ")[2] for line in ran.out.splitlines() if "breaks mail of" in line]
    assert ran.status == 1
    assert len(broken) == 2
    assert broken[0].startswith("breaks mail of `example.com`: `mx.vendor.example` does not exist, so mail for")
    assert broken[1].startswith(
        "breaks mail of `example.com`: `selector.vendor.example` does not exist, so nothing signed"
    )
    assert written.out.count("breaks mail of `example.com`") == 2
    assert "breaks mail" not in mailzone("lock", "--check", *at(vendor)).out, "what comes back breaks nothing"
