"""`mailzone compare` as people run it, against real name servers on this machine."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from linter.live.tsig_key import TsigKey
from tests.live.misbehaving import misbehaving
from tests.live.servers import Server, free_port, running
from tests.live.worlds import BEHIND, DRIFTED, FILE, SERVED
from tests.report.readers import READERS

from .conftest import GATE, Run, clean_environment

QUICK = ("--timeout", "1", "--tries", "3")
"""Where somebody is silent: less patience would take a server for dead that is only busy."""


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    """A server with the zone as it is declared."""
    with running({"example.com.": SERVED}, "nsd") as server:
        yield server


@pytest.fixture(scope="module")
def behind() -> Iterator[Server]:
    """A secondary that did not get the last change."""
    with running({"example.com.": BEHIND}, "knot") as server:
        yield server


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    """A repository with one zone."""
    (tmp_path / ".git").mkdir()
    path = tmp_path / "example.com.yaml"
    path.write_text(FILE)
    return path


def at(*servers: Server) -> tuple[str, ...]:
    return tuple(word for each in servers for word in ("--server", f"{each.address}:{each.port}"))


def told(out: str) -> list[tuple[str, str]]:
    """(rule, owner and type) of each finding of a JSON report."""
    return [(each["rule"], f"{each['name']} {each['type']}") for each in json.loads(out)["findings"]]


def test_a_zone_that_is_served_as_declared_is_clean(zone: Path, mailzone: Run, served: Server) -> None:
    ran = mailzone("compare", *at(served))

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "nothing to report: 7 records of 1 zone compared"


def test_drift_is_told_with_places(zone: Path, mailzone: Run, drifted: Server) -> None:
    ran = mailzone("compare", *at(drifted), env={"COLUMNS": "100"})

    assert ran.status == 1
    if os.environ.get("MAILZONE_UPDATE"):
        REPORT.write_text(ran.out)
    assert ran.out == REPORT.read_text()
    assert ran.err == ""


REPORT = Path(__file__).parent / "compare_report.txt"


FINDING = {
    "rule": "drift-differs",
    "severity": "error",
    "message": "SPF of `example.com` differs from DNS: `-all` is served as `~all`, `ip4:198.51.100.7` is only in DNS",
    "help": "publish the file, or declare what is served: "
    "`v=spf1 mx include:_spf.mail.example.net ip4:198.51.100.7 ~all`",
    "path": "example.com.yaml",
    "line": 8,
    "column": 9,
    "end_line": 8,
    "end_column": 53,
    "zone": "example.com.",
    "name": "example.com.",
    "type": "TXT",
    "reference": "RFC 2181 section 5",
    "related": [],
    "fix": None,
    "fingerprint": "c40bf6b197979677",
}


def test_the_json_report_has_the_shape_of_check(zone: Path, mailzone: Run, drifted: Server) -> None:
    document = json.loads(mailzone("compare", *at(drifted), "-f", "json", "--today", "2026-11-30").out)

    counted = {"files": 1, "zones": 1, "records": 7, "error": 5, "warning": 1, "info": 0, "unknown": 0, **GATE}
    assert document["summary"] | counted == document["summary"]
    assert document["unknown"] == []
    (witness,) = document["findings"][3].pop("evidence")
    assert document["findings"][3] == FINDING
    assert witness.pop("source").startswith(drifted.address)
    assert witness == {"kind": "live", "seen": "2026-11-30", "confirmed": True}


def test_drift_is_told_in_every_format(zone: Path, mailzone: Run, drifted: Server) -> None:
    wanted = [word for name in (*READERS, "markdown", "html") for word in ("-f", f"{name}={name}.out")]

    ran = mailzone("compare", *at(drifted), *wanted)

    assert (ran.status, ran.out) == (1, "")
    rules = [each.rule for each in READERS["concise"]((zone.parent / "concise.out").read_text())]
    assert rules
    for name, read in READERS.items():
        assert sorted(each.rule for each in read((zone.parent / f"{name}.out").read_text())) == sorted(rules), name
    assert "compared" in (zone.parent / "markdown.out").read_text()
    assert "mail flow of example.com" in (zone.parent / "html.out").read_text()


def test_all_compares_what_mail_does_not_need(zone: Path, mailzone: Run, drifted: Server) -> None:
    mail = json.loads(mailzone("compare", *at(drifted), "-f", "json").out)
    everything = json.loads(mailzone("compare", *at(drifted), "-f", "json", "--all").out)

    extra = [each for each in everything["findings"] if each not in mail["findings"]]
    assert [(each["rule"], each["name"], each["line"]) for each in extra] == [("drift-differs", "www.example.com.", 15)]
    assert set(everything) == {"version", "tool", "summary", "findings", "problems", "unknown"}


def test_servers_that_disagree_and_one_that_drops(zone: Path, mailzone: Run, served: Server, behind: Server) -> None:
    nobody = ("--server", f"127.0.0.1:{free_port()}")
    ran = mailzone("compare", *at(served, behind), *nobody, *QUICK, "-f", "json")

    assert told(ran.out) == [
        ("drift-lookup-failed", "None None"),
        ("drift-nameservers-disagree", "_dmarc.example.com. TXT"),
    ]
    lost, split = json.loads(ran.out)["findings"]
    assert lost["message"].endswith("timeout: no answer within 3 s and 3 tries")
    assert "2 more like this" not in split["message"]
    assert "serves as declared" in split["message"]
    assert "7 at" in split["help"]
    assert "6 at" in split["help"]
    assert ran.status == 1


def test_a_comparison_is_replayed_without_network(zone: Path, mailzone: Run, drifted: Server, behind: Server) -> None:
    asked = ("compare", "--all", *at(drifted, behind), "--server", f"127.0.0.1:{free_port()}", *QUICK)
    live = mailzone(*asked, "--record", "seen.answers", "-f", "json")
    text = (zone.parent / "seen.answers").read_text()

    replayed = mailzone("compare", "--answers", "seen.answers", "-f", "json")

    assert len(told(live.out)) > 2
    assert json.loads(replayed.out) == json.loads(live.out)
    assert (replayed.status, replayed.err) == (live.status, live.err)
    assert text.startswith("# What the name servers of these zones served; written by `mailzone compare --record`.\n")
    assert {path.name for path in zone.parent.iterdir()} == {".git", "example.com.yaml", "seen.answers"}


def test_what_is_served_is_judged_by_all_rules(zone: Path, mailzone: Run) -> None:
    broken = SERVED.replace("mx include:", "mx nclude:").replace("p=reject", "p=rejct")
    with running({"example.com.": broken}) as server:
        mailzone("compare", *at(server), "--record", "seen.answers")
    declared = mailzone("check", "-f", "json", "--ignore", "mx")
    ran = mailzone("check", "--answers", "seen.answers", "-f", "json", "--ignore", "mx")

    assert "error" not in {each["severity"] for each in json.loads(declared.out)["findings"]}
    assert ran.status == 1
    found = [each for each in json.loads(ran.out)["findings"] if each["severity"] == "error"]
    lines = (zone.parent / "seen.answers").read_text().splitlines()
    marked = [(each["rule"], lines[each["line"] - 1][each["column"] - 1 : each["end_column"] - 1]) for each in found]
    assert {each["path"] for each in found} == {"seen.answers"}
    assert ("spf-unknown-mechanism", "nclude:_spf.mail.example.net") in marked
    assert any(rule.startswith("dmarc-") and "rejct" in text for rule, text in marked)


def test_a_whole_world_of_servers_that_do_not_answer_is_no_clean_zone(zone: Path, mailzone: Run) -> None:
    ran = mailzone("compare", "--server", f"127.0.0.1:{free_port()}", *QUICK, "-f", "json")

    assert ran.status == 2
    assert told(ran.out) == [("drift-zone-unreachable", "example.com. SOA")]
    assert ran.err == "mailzone: no answer to any question, so what is served is not known\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_recording_of_silence_is_no_clean_zone(zone: Path, mailzone: Run, jobs: str) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    assert mailzone("compare", "--server", nobody, *QUICK, "--record", "seen.answers").status == 2
    (zone.parent / "example.net.yaml").write_text("www: {type: A, value: 192.0.2.80}\n")

    ran = mailzone("check", "--jobs", jobs, "--answers", "seen.answers", "-f", "json", ".")

    assert told(ran.out) == [("drift-zone-unreachable", "example.com. SOA")]


def test_a_server_that_refuses_the_zone_is_not_one_that_lacks_it(zone: Path, mailzone: Run) -> None:
    with running({"example.org.": SERVED.replace("example.com", "example.org")}) as other:
        ran = mailzone("compare", *at(other), "-f", "json")

    assert (ran.status, told(ran.out)) == (2, [("drift-zone-unreachable", "example.com. SOA")])
    assert "refused: the server says REFUSED" in json.loads(ran.out)["findings"][0]["message"]


TRICKS = {
    "_dmarc.example.com.": ("silent", "timeout: no answer within 3 s"),
    "s1._domainkey.example.com.": ("unreadable", "malformed: a reply that cannot be read"),
    "autodiscover.example.com.": ("truncated", "unreachable: TCP: the server closed the connection"),
    "mx1.example.com.": ("wrong-id", ""),
    "_mta-sts.example.com.": ("garbage", ""),
}


def test_what_a_misbehaving_server_says_is_told_for_what_it_is(zone: Path, mailzone: Run) -> None:
    with misbehaving({name: trick for name, (trick, _) in TRICKS.items()}, {"autodiscover.example.com.": "half"}) as it:
        ran = mailzone("compare", "--server", f"127.0.0.1:{it.port}", *QUICK, "-f", "json")

    failed = [each["message"] for each in json.loads(ran.out)["findings"] if each["rule"] == "drift-lookup-failed"]
    for name, (_, words) in TRICKS.items():
        about = [message for message in failed if f"`{name.rstrip('.')}`" in message]
        assert [words in message for message in about] == ([True] if words else []), (name, failed)
    missing = [each["name"] for each in json.loads(ran.out)["findings"] if each["rule"] == "drift-missing"]
    assert not {name for name, (_, words) in TRICKS.items() if words} & set(missing)


def test_a_run_ends_within_its_bound_when_servers_are_slow(zone: Path, mailzone: Run) -> None:
    silent = dict.fromkeys(TRICKS, "silent")
    with misbehaving(silent) as it:
        ran = mailzone("compare", "--server", f"127.0.0.1:{it.port}", "--max-time", "0.000001", "-f", "json")

    assert ran.status == 2
    assert "the run has taken its 1e-06 s" in ran.out


EXTRA = """spf TXT "v=spf1 -all"
_dmarc.sub TXT "v=DMARC1; p=none"
other TXT "token=2"
host A 192.0.2.7
child NS ns.child
ns.child A 192.0.2.53
mail 60 CNAME mx1
"""


@pytest.mark.parametrize("kind", ["nsd", "knot"])
def test_a_transfer_sees_every_undeclared_name(zone: Path, mailzone: Run, kind: str) -> None:
    key = TsigKey("mailzone.test.", "hmac-sha256", b"0123456789abcdef0123456789abcdef")
    (zone.parent / "good.key").write_text("hmac-sha256:mailzone.test:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
    with running({"example.com.": SERVED + EXTRA}, kind, key) as server:
        signed = ("compare", *at(server), "-f", "json", "--transfer", "--key")
        mail = mailzone(*signed, "good.key", "--record", "seen.answers")
        everything = mailzone(*signed, "good.key", "--all")

    beyond = [("_dmarc.sub.example.com.", "TXT"), ("child.example.com.", "NS"), ("spf.example.com.", "TXT")]
    assert sorted((each["name"], each["type"]) for each in json.loads(mail.out)["findings"]) == beyond
    more = {(each["name"], each["type"]) for each in json.loads(everything.out)["findings"]}
    assert more == {
        *beyond,
        ("other.example.com.", "TXT"),
        ("host.example.com.", "A"),
        ("mail.example.com.", "CNAME"),
        ("ns1.example.com.", "A"),
        ("ns2.example.com.", "A"),
    }
    replayed = mailzone("compare", "--answers", "seen.answers", "-f", "json")
    assert json.loads(replayed.out) == json.loads(mail.out)
    assert (replayed.status, replayed.err) == (mail.status, "") == (0, mail.err)


WITHOUT = "its names were asked one by one, which cannot show undeclared names"


def test_a_server_that_refuses_the_transfer_is_asked_name_by_name(zone: Path, mailzone: Run) -> None:
    key = TsigKey("mailzone.test.", "hmac-sha256", b"0123456789abcdef0123456789abcdef")
    (zone.parent / "bad.key").write_text("hmac-sha256:mailzone.test:c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0")
    with running({"example.com.": DRIFTED + EXTRA}, "nsd", key) as server:
        single = mailzone("compare", *at(server), "-f", "json")
        asked = ("compare", *at(server), "-f", "json", "--transfer")
        refused = mailzone(*asked, "--record", "seen.answers")
        badly_signed = mailzone(*asked, "--key", "bad.key")
    replayed = mailzone("compare", "--answers", "seen.answers", "-f", "json")

    assert len(told(single.out)) > 4
    for ran, why in (
        (refused, "the server refuses the transfer (REFUSED): it does not have the zone, or gives it only to other"),
        (badly_signed, "the server does not accept the signature: it has another secret for the key `mailzone.test.`"),
    ):
        document = json.loads(ran.out)
        assert (ran.status, document["findings"]) == (1, json.loads(single.out)["findings"])
        assert [(each["name"], each["type"]) for each in document["unknown"]] == [("example.com.", "AXFR")]
        assert ran.err.startswith(f"mailzone: no transfer of `example.com` from {server.address}:{server.port}: {why}")
        assert ran.err.endswith(f"; {WITHOUT}\n")
    assert (replayed.out, replayed.err) == (refused.out, refused.err)


def test_a_server_that_refuses_the_transfer_is_held_against_those_that_give_it(zone: Path, mailzone: Run) -> None:
    key = TsigKey("mailzone.test.", "hmac-sha256", b"0123456789abcdef0123456789abcdef")
    with running({"example.com.": SERVED + EXTRA}) as gives, running({"example.com.": BEHIND}, "knot", key) as refuses:
        ran = mailzone("compare", *at(gives, refuses), "-f", "json", "--transfer", "--record", "seen.answers")
    replayed = mailzone("compare", "--answers", "seen.answers", "-f", "json")

    assert told(ran.out) == [("drift-nameservers-disagree", "_dmarc.example.com. TXT")]
    assert "and on TXT of `spf.example.com`: " in ran.out
    assert ran.err.endswith(f"{WITHOUT}\n")
    assert (json.loads(replayed.out), replayed.err) == (json.loads(ran.out), ran.err)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-",), "compare is for files"),
        (("missing.yaml",), "cannot read missing.yaml"),
        (("--server", "a b"), "is not a server"),
        (("--resolver", "a b"), "--resolver: `a b` is not a server"),
        (("--timeout", "0"), "is not a time to wait"),
        (("--timeout", "nan"), "is not a time to wait"),
        (("--max-time", "0"), "is not a time for a run"),
        (("--tries", "x"), "invalid"),
        (("--answers", "none.answers"), "cannot read none.answers"),
        (("--answers", "x", "--server", "127.0.0.1"), "--answers asks no server"),
        (("--key", "x"), "it needs `--transfer`"),
        (("--transfer", "--key", "none.key", "--server", "127.0.0.1:1"), "cannot read none.key"),
        (("--transfer", "--key", "example.com.yaml", "--server", "127.0.0.1:1"), "example.com.yaml:1:"),
        (("-f", "yaml", "--server", "127.0.0.1:1"), "there is no format `yaml`"),
        (("--sever", "a"), "did you mean `--server`?"),
        (("--select", "drfit", "--server", "127.0.0.1:1"), "did you mean `drift"),
        (("--record", "no/where", "--server", "127.0.0.1:1"), "cannot use no/where: no such file or directory"),
        (("--record", ".git", "--server", "127.0.0.1:1"), "cannot use .git: is a directory"),
    ],
)
def test_usage_errors(zone: Path, mailzone: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = mailzone("compare", *arguments)

    assert ran.status == 2
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_a_folder_without_zones_is_refused(tmp_path: Path, mailzone: Run) -> None:
    ran = mailzone("compare", "--server", "127.0.0.1:1", *QUICK)

    assert (ran.status, ran.err) == (2, "mailzone: no zone file in `.`\n")


def test_a_broken_file_is_a_finding_and_no_clean_zone(zone: Path, mailzone: Run, served: Server) -> None:
    zone.write_text(FILE + "x: [\n")
    ran = mailzone("compare", *at(served), "-f", "json")

    assert ran.status == 1
    assert "yaml-syntax" in [rule for rule, _ in told(ran.out)]


def test_zones_of_which_nothing_is_recorded_are_named(zone: Path, mailzone: Run, served: Server) -> None:
    mailzone("compare", *at(served), "--record", "seen.answers")
    (zone.parent / "example.org.yaml").write_text(FILE)
    (zone.parent / "other.answers").write_text("version: 1\nanswers: {www.example.net: nxdomain}\n")

    some, none = (mailzone("compare", "--answers", f"{name}.answers") for name in ("seen", "other"))

    assert (some.status, some.out.splitlines()[-1]) == (
        1,
        "not all is known: 7 records of 1 zone in 2 files compared, 6 unknown",
    )
    assert some.err.startswith("mailzone: passed over: nothing is recorded of `example.org`\n")
    assert "6 record sets stayed unknown" in some.err
    assert (none.status, none.out) == (2, "")
    assert none.err.endswith("mailzone: other.answers: nothing is recorded of any of these zones\n")


def test_rules_are_chosen_as_for_check(zone: Path, mailzone: Run, drifted: Server) -> None:
    (zone.parent / ".mailzone.yaml").write_text("zones: ['*.com.yaml']\nrules: {drift-differs: info}\n")
    ran = mailzone("compare", *at(drifted), "--ignore", "drift-undeclared,drift-missing", "-f", "json")

    assert {rule for rule, _ in told(ran.out)} == {"drift-differs"}
    assert ran.status == 0
    assert mailzone("compare", *at(drifted), "--fail-on", "info", "--select", "drift-differs").status == 1


def test_what_cannot_be_compared_is_named(zone: Path, mailzone: Run, served: Server) -> None:
    zone.write_text(FILE + "odd: {type: CERT, value: {a: b}}\n")

    ran = mailzone("compare", "--all", *at(served))

    assert ran.status == 0, ran.out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_tells_and_keeps_what_it_found(zone: Path, number: signal.Signals) -> None:
    zone.with_name("other.example.yaml").write_text("'': {type: TXT, value: v=spf1 -all}\n")
    with misbehaving({"_dmarc.example.com.": "silent", "other.example.": "silent"}) as it:
        # Whoever runs the tests in the background has them ignore interrupts, and what they start.
        program = (
            "import signal as s; s.signal(s.SIGINT, s.default_int_handler); from linter.cli.main import entry; entry()"
        )
        command = [sys.executable, "-c", program, "compare", "--server", f"127.0.0.1:{it.port}"]
        command = [*command, "--timeout", "60", "--record", "seen.answers", "-f", "json=report.json"]
        started = subprocess.Popen(
            command, cwd=zone.parent, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        while (
            not {("udp", "_dmarc.example.com."), ("udp", "other.example.")} <= set(it.asked) and started.poll() is None
        ):
            with suppress(subprocess.TimeoutExpired):
                started.wait(0.05)
        os.kill(started.pid, number)
        _, err = started.communicate(timeout=60)

    assert started.returncode == -number
    assert b"Traceback" not in err
    report = json.loads((zone.parent / "report.json").read_text())
    unknown = {(each["name"], each["type"]): each["reason"] for each in report["unknown"]}
    assert "interrupted" in unknown["_dmarc.example.com.", "TXT"]
    assert "interrupted" in unknown["other.example.", "TXT"]
    assert (report["summary"]["unknown"], len(unknown)) == (len(unknown), len(unknown))
    assert "drift-missing" in {each["rule"] for each in report["findings"]}
    assert (zone.parent / "seen.answers").read_text().count("complete: false") == 2


def test_zones_that_share_a_dead_server_wait_for_it_once(zone: Path, mailzone: Run, served: Server) -> None:
    for number in range(200):
        (zone.parent / f"z{number}.example.yaml").write_text("'': {type: MX, value: {preference: 0, exchange: .}}\n")
    with misbehaving({"*": "silent"}) as it:
        ran = mailzone("compare", "--server", f"127.0.0.1:{it.port}", *QUICK, "--concurrency", "4", "-f", "json")

    assert len(told(ran.out)) == 201
    assert len(it.asked) < 40
    assert ran.status == 2


def test_names_limit_what_is_compared(zone: Path, mailzone: Run, drifted: Server) -> None:
    whole = {name for _, name in told(mailzone("compare", *at(drifted), "--all", "-f", "json").out)}
    apex = mailzone("compare", *at(drifted), "--names", "example.com", "-f", "json")
    below = mailzone("compare", *at(drifted), "--names", "*.example.com", "-f", "json")

    assert {name for _, name in told(apex.out)} == {name for name in whole if name.startswith("example.com. ")} != set()
    assert {name for _, name in told(below.out)} == {name for name in whole if not name.startswith("example.com. ")}
    assert "no zone has a name" in mailzone("compare", *at(drifted), "--names", "other.test").err
    assert mailzone("compare", *at(drifted), "--transfer", "--names", "x").status == 2


def test_names_count_for_what_was_recorded_too(zone: Path, mailzone: Run, drifted: Server) -> None:
    seen = str(zone.parent / "seen.answers")
    mailzone("compare", *at(drifted), "--record", seen)
    asked = mailzone("compare", *at(drifted), "--names", "_dmarc.example.com", "-f", "json")
    replayed = mailzone("compare", "--answers", seen, "--names", "_dmarc.example.com", "-f", "json")
    assert told(replayed.out) == told(asked.out)


def test_what_the_configuration_excludes_is_not_unknown(zone: Path, mailzone: Run, served: Server) -> None:
    zone.with_name("old.example.yaml").write_text(FILE)
    zone.with_name(".mailzone.yaml").write_text("exclude: [old.example.yaml]\n")

    ran = mailzone("compare", ".", *at(served))

    assert (ran.status, ran.out.splitlines()[-1]) == (0, "nothing to report: 7 records of 1 zone compared")


def test_a_wildcard_is_told_of_by_its_own_name(zone: Path, mailzone: Run, served: Server, drifted: Server) -> None:
    told_by = mailzone("compare", *at(served, drifted))

    assert "MX of `*.lists.example.com`" in told_by.out
    assert "mailzone-" not in told_by.out


def test_a_wildcard_without_an_answer_is_told_of_by_its_own_name(zone: Path, mailzone: Run) -> None:
    zone.write_text("'*.lists': {type: MX, value: {preference: 10, exchange: mx1.example.com.}}\n")
    with misbehaving({"*": "silent", "example.com.": "honest"}) as it:
        ran = mailzone("compare", "--server", f"127.0.0.1:{it.port}", "--timeout", "0.1", "--tries", "1")

    assert "MX of `*.lists.example.com`" in ran.out
    assert "mailzone-" not in ran.out
