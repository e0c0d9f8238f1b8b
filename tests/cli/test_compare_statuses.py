"""Exit status, summary and JSON of `mailzone compare` for every status that a server may have."""

import json
from contextlib import ExitStack
from pathlib import Path

import pytest

from linter.live.tsig_key import TsigKey
from tests.live.misbehaving import misbehaving
from tests.live.servers import KINDS, free_port, running
from tests.live.worlds import DRIFTED, FILE, SERVED

from .conftest import Ran, Run

QUICK = ("--timeout", "1", "--tries", "2")
ZONES = {"example.com.": SERVED}
LACKING = {"example.org.": SERVED.replace("example.com", "example.org")}


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    """A repository with one zone."""
    (tmp_path / ".git").mkdir()
    path = tmp_path / "example.com.yaml"
    path.write_text(FILE)
    return path


def rules(ran: Ran) -> list[str]:
    return sorted({each["rule"] for each in json.loads(ran.out)["findings"]})


def unknown(ran: Ran) -> list[tuple[str, str]]:
    document = json.loads(ran.out)
    assert document["summary"]["unknown"] == len(document["unknown"])
    return sorted((each["name"], each["type"]) for each in document["unknown"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", [(), ("--transfer",), ("--all",)])
def test_every_server_is_understood(zone: Path, mailzone: Run, kind: str, mode: tuple[str, ...]) -> None:
    with running(ZONES, kind) as same, running({"example.com.": DRIFTED}, kind) as drifted:
        clean = mailzone("compare", "--server", f"127.0.0.1:{same.port}", "-f", "json", *mode)
        ran = mailzone("compare", "--server", f"127.0.0.1:{drifted.port}", "-f", "json", *mode)

    found = json.loads(clean.out)["findings"]
    # All that is served and undeclared, of which there are the name servers, is told of with `--all` as advice.
    assert [each for each in found if each["severity"] == "error"] == []
    assert (clean.status, unknown(clean)) == (0, [])
    assert (ran.status, unknown(ran)) == (1, [])
    assert {"drift-differs", "drift-missing", "drift-undeclared"} <= set(rules(ran))


@pytest.mark.parametrize(
    ("trick", "rule"),
    [
        ("silent", "drift-lookup-failed"),
        ("servfail", "drift-lookup-failed"),
        ("unreadable", "drift-lookup-failed"),
        ("header", "drift-lookup-failed"),
        ("header-refused", "drift-lookup-failed"),
        ("truncated", "drift-lookup-failed"),
        ("upward", "drift-lookup-failed"),
    ],
)
def test_a_declared_set_without_an_answer_is_no_clean_run(zone: Path, mailzone: Run, trick: str, rule: str) -> None:
    zone.write_text("_dmarc: {type: TXT, value: 'v=DMARC1\\; p=none'}\n")
    name = "_dmarc.example.com."
    with misbehaving({name: trick}, {name: "truncated"}) as server:
        asked = ("compare", *QUICK, "--server", f"127.0.0.1:{server.port}", "--ignore", "drift-undeclared")
        ran = mailzone(*asked, "-f", "json")
        told = mailzone(*asked)
        allowed = mailzone(*asked, "--allow-unknown")
        never = mailzone(*asked, "--fail-on", "never")

    assert (rules(ran), unknown(ran)) == ([rule], [("_dmarc.example.com.", "TXT")])
    assert [each.status for each in (ran, told, allowed, never)] == [1, 1, 0, 0]
    assert "0 records of 1 zone compared, 1 unknown" in told.out
    assert "not served" not in told.out


def test_what_servers_misunderstand_or_get_over_is_no_fault(zone: Path, mailzone: Run) -> None:
    zone.write_text("_dmarc: {type: TXT, value: honest}\na: {type: TXT, value: 'v=spf1 -all'}\n")
    with misbehaving({"_dmarc.example.com.": "no-edns", "a.example.com.": "servfail-once"}) as server:
        ran = mailzone("compare", *QUICK, "--server", f"127.0.0.1:{server.port}", "-f", "json")

    assert unknown(ran) == []
    assert "drift-lookup-failed" not in rules(ran)


def test_a_server_that_lacks_the_zone_beside_one_that_has_it(zone: Path, mailzone: Run) -> None:
    with running(ZONES) as has, running(LACKING, "knot") as lacks:
        at = ("--server", f"127.0.0.1:{has.port}", "--server", f"127.0.0.1:{lacks.port}")
        ran = mailzone("compare", *at, "-f", "json", "--record", "seen.answers")
    replayed = mailzone("compare", "--answers", "seen.answers", "-f", "json")

    assert (ran.status, rules(ran), unknown(ran)) == (1, ["drift-zone-missing"], [])
    assert (replayed.status, replayed.out) == (ran.status, ran.out)


def test_a_dead_secondary_of_many_zones_is_told_of_once(zone: Path, mailzone: Run) -> None:
    zones = {f"z{number}.example.": SERVED.replace("example.com", f"z{number}.example") for number in range(20)}
    for name in zones:
        zone.with_name(f"{name}yaml").write_text("'': {type: TXT, value: token=1}\n")
    zone.unlink()
    with running(zones) as server:
        at = ("--server", f"127.0.0.1:{server.port}", "--server", f"127.0.0.1:{free_port()}")
        ran = mailzone("compare", *at, *QUICK, "-f", "json", "--select", "drift-lookup-failed")

    (lost,) = json.loads(ran.out)["findings"]
    assert "for the zone `z0.example` and 19 more zones from" in lost["message"]
    assert ran.status == 0


@pytest.mark.parametrize("kind", ["nsd", "knot", "bind"])
def test_a_transfer_that_nobody_gives_is_no_clean_run(zone: Path, mailzone: Run, kind: str) -> None:
    key = TsigKey("mailzone.test.", "hmac-sha256", b"0123456789abcdef0123456789abcdef")
    with running(ZONES, kind, key) as server:
        asked = ("compare", "--server", f"127.0.0.1:{server.port}", "--transfer")
        ran = mailzone(*asked, "-f", "json")
        allowed = mailzone(*asked, "--allow-unknown")

    assert (ran.status, rules(ran), unknown(ran)) == (1, [], [("example.com.", "AXFR")])
    assert allowed.status == 0


VIEW = """\
zones: ['*.yaml']
compare:
  servers: {{'*.com': ['127.0.0.1:{port}']}}
  keys: {{example.com: inside.key}}
"""


def test_servers_and_keys_of_a_configuration_ask_the_view_that_the_files_are(zone: Path, mailzone: Run) -> None:
    key = TsigKey("mailzone.test.", "hmac-sha256", b"0123456789abcdef0123456789abcdef")
    zone.with_name("inside.key").write_text("hmac-sha256:mailzone.test:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
    with running(ZONES, "bind", key) as server:
        zone.with_name(".mailzone.yaml").write_text(VIEW.format(port=server.port))
        ran = mailzone("compare", "-f", "json", "--resolver", "127.0.0.1:1")
        whole = mailzone("compare", "-f", "json", "--resolver", "127.0.0.1:1", "--transfer")
        zone.with_name("inside.key").write_text("hmac-sha256:mailzone.test:c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0")
        wrong = mailzone("compare", "-f", "json", "--resolver", "127.0.0.1:1")

    assert (ran.status, rules(ran), unknown(ran)) == (0, [], [])
    assert (whole.status, unknown(whole)) == (0, [])
    assert "another secret for the key `mailzone.test.`" in wrong.out
    assert "c2Vjc" not in wrong.out + wrong.err
    assert wrong.status != 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("compare: {servers: {a: [b c]}}\n", "is not a server"),
        ("compare: {keys: {a: ../../x.key}}\n", "outside the repository"),
        ("compare: {keys: {a: none.key}}\n", "cannot read none.key"),
        ("compare: {server: {}}\n", "did you mean `servers`?"),
        ("internal: x\n", "`x` is not a list"),
    ],
)
def test_a_mistake_in_the_configuration_is_named(zone: Path, mailzone: Run, text: str, words: str) -> None:
    zone.with_name(".mailzone.yaml").write_text(text)

    ran = mailzone("compare", "--server", "127.0.0.1:1", *QUICK)

    assert ran.status == 2
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_many_servers_of_all_kinds_agree(zone: Path, mailzone: Run) -> None:
    with ExitStack() as stack:
        servers = [stack.enter_context(running(ZONES, kind)) for kind in KINDS]
        at = [word for each in servers for word in ("--server", f"127.0.0.1:{each.port}")]
        ran = mailzone("compare", *at, "-f", "json")

    assert (ran.status, rules(ran), unknown(ran)) == (0, [], [])
