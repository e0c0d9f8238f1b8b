"""`mailzone compare --policies` as people run it: a policy host on this machine, and what is kept of what it said."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live.policy_server import Authority, page, sends, serving
from tests.live.resolvers import resolving
from tests.live.servers import Server, running
from tests.live.worlds import FILE, SERVED

from .conftest import Ran, Run, clean_environment

RECORDS = '_mta-sts TXT "v=STSv1; id=1"\n_mta-sts.lists TXT "v=STSv1; id=1"\nlists MX 10 mx1\n'
DECLARED = """\
_mta-sts: {type: TXT, value: v=STSv1\\; id=1}
lists: {type: MX, value: {preference: 10, exchange: mx1.example.com.}}
_mta-sts.lists: {type: TXT, value: v=STSv1\\; id=1}
"""
POLICY = b"version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmax_age: 604800\r\n"
PROGRAM = """\
import socket
system = socket.getaddrinfo
def local(host, port, *rest, **more):
    return system("127.0.0.1", {port}, *rest, **more) if port == 443 else system(host, port, *rest, **more)
socket.getaddrinfo = local
from linter.cli.main import entry
entry()
"""
"""The command on a machine whose policy hosts are all at one port of loopback; all else is as it always is."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running({"example.com.": SERVED + RECORDS}) as started:
        yield started


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


Fetching = Callable[..., Ran]


@pytest.fixture
def fetching(tmp_path: Path, server: Server, authority: Authority) -> Fetching:
    """Run the command against a policy host that sends one answer to everybody, with a certificate for one name."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "example.com.yaml").write_text(FILE + DECLARED)
    authority.authority.cert_pem.write_to_path(str(tmp_path / ".git" / "authority.pem"))

    def run(answer: bytes, *arguments: str) -> Ran:
        asked = ("compare", "--server", f"127.0.0.1:{server.port}", "-f", "json", "--policies", *arguments)
        with serving(sends(answer), authority.showing("mta-sts.example.com")) as host:
            done = subprocess.run(
                [sys.executable, "-c", PROGRAM.format(port=host.port), *asked],
                cwd=tmp_path,
                capture_output=True,
                env=clean_environment() | {"SSL_CERT_FILE": str(tmp_path / ".git" / "authority.pem")},
                timeout=120,
                check=False,
            )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def test_policies_are_fetched_judged_recorded_and_judged_again(fetching: Fetching, mailzone: Run) -> None:
    ran = fetching(page(POLICY), "--record", "seen.answers")
    replayed = mailzone("compare", "--answers", "seen.answers", "-f", "json")

    findings = json.loads(ran.out)["findings"]
    assert [(each["rule"], each["path"], each["line"]) for each in findings] == [
        ("drift-lookup-failed", "example.com.yaml", 18),
        ("mta-sts-policy-omits-mx", "https://mta-sts.example.com/.well-known/mta-sts.txt", 3),
    ]
    assert findings[0]["message"].startswith(
        "no answer for the MTA-STS policy of `lists.example.com` from mta-sts.lists.example.com: the certificate is not"
    )
    assert "mx2.mail.example.net" in findings[1]["message"]
    assert json.loads(replayed.out) == json.loads(ran.out)
    assert (replayed.status, replayed.err) == (ran.status, ran.err) == (1, "")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (page(POLICY, headers="Content-Type: text/html\r\n"), "its media type is `text/html`, and for senders only"),
        (page(POLICY, headers=""), "its media type is not given, and for senders only `text/plain` counts"),
        (page(b"", "404 Not Found"), "the host answers with status 404"),
    ],
)
def test_a_policy_that_senders_would_not_take_is_none(fetching: Fetching, answer: bytes, words: str) -> None:
    ran = fetching(answer, "--select", "drift,mta-sts-policy")

    first = json.loads(ran.out)["findings"][0]
    assert (first["rule"], first["name"]) == ("drift-lookup-failed", "example.com.")
    assert words in first["message"]
    assert {each["rule"] for each in json.loads(ran.out)["findings"]} == {"drift-lookup-failed"}


def test_policies_are_not_judged_against_rules_that_were_left_out(fetching: Fetching) -> None:
    ran = fetching(page(POLICY), "--ignore", "mta-sts-policy-omits-mx,drift-lookup-failed")

    assert (ran.status, json.loads(ran.out)["findings"]) == (0, [])


@pytest.mark.parametrize("option", ["--transfer", "--policies"])
def test_an_interrupt_does_not_wait_for_what_blocks(tmp_path: Path, server: Server, option: str) -> None:
    (tmp_path / "example.com.yaml").write_text(FILE + DECLARED)
    program = (
        "import os, signal as s, time; s.signal(s.SIGINT, s.default_int_handler)\n"
        "def stuck(*given, **more): os.write(1, b'stuck\\n'); time.sleep(600)\n"
        "import linter.live.transfer as t, linter.live.policy_fetch as p; t.transfer = p.fetch_policy = stuck\n"
        "from linter.cli.main import entry; entry()"
    )
    command = [
        sys.executable,
        "-c",
        program,
        "compare",
        "--server",
        f"127.0.0.1:{server.port}",
        option,
        "--record",
        "seen.answers",
    ]
    with subprocess.Popen(
        command, cwd=tmp_path, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == b"stuck\n"
        os.kill(started.pid, signal.SIGINT)
        out, err = started.communicate(timeout=60)

    assert started.returncode == -signal.SIGINT
    assert b"Traceback" not in err
    assert b"example.com.yaml" in out
    assert (tmp_path / "seen.answers").exists()


def test_the_host_of_a_policy_is_found_by_the_given_resolver(fetching: Fetching) -> None:
    records = "mta-sts A 192.0.2.44\n"
    with running({"example.com.": SERVED + RECORDS + records}) as zone, resolving({"example.com.": zone.port}) as known:
        ran = fetching(page(POLICY), "--resolver", f"127.0.0.1:{known.port}")
        lost = fetching(page(POLICY), "--resolver", f"127.0.0.1:{zone.port}", "--tries", "1")

    told = [each["message"] for each in json.loads(ran.out)["findings"] if each["rule"] == "drift-lookup-failed"]
    assert "mta-sts-policy-omits-mx" in {each["rule"] for each in json.loads(ran.out)["findings"]}
    assert [message for message in told if "`lists.example.com`" in message and "no address for" in message]
    assert "mta-sts-policy-omits-mx" in lost.out
