"""Time `mailzone compare` from files to report over many zones against dnsperf with the very same questions."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live.servers import ADDRESS, program_of, running

_RUN_TIME = re.compile(r"Run time \(s\):\s+([0-9.]+)")
_SERVED = """\
$ORIGIN {zone}
$TTL 300
@ SOA ns1 host 7 2 3 4 60
@ NS ns1
@ MX 10 mx1.mail.example.net.
@ MX 20 mx2.mail.example.net.
@ TXT "v=spf1 include:_spf.mail.example.net ip4:192.0.2.{octet} -all"
@ TXT "token={octet}"
ns1 A 127.0.0.1
www A 192.0.2.80
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:reports@example.com"
s1._domainkey CNAME s1.keys.example.net.
autodiscover CNAME autodiscover.example.net.
"""
_FILE = """\
'':
  - type: MX
    values:
      - {{preference: 10, exchange: mx1.mail.example.net.}}
      - {{preference: 20, exchange: mx2.mail.example.net.}}
  - type: TXT
    values: ['v=spf1 include:_spf.mail.example.net ip4:192.0.2.{octet} -all', token={octet}]
_dmarc: {{type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:reports@example.com'}}
s1._domainkey: {{type: CNAME, value: s1.keys.example.net.}}
autodiscover: {{type: CNAME, value: autodiscover.example.net.}}
www: {{type: A, value: 192.0.2.80}}
ns1: {{type: A, value: 127.0.0.1}}
"""
_NOTING = """\
import sys
import linter.live.engine as engine
begin, questions = engine._Run.begin, open(sys.argv.pop(1), "w")
def noting(run, question, server):
    questions.write(f"{question.name} {question.kind}\\n")
    begin(run, question, server)
engine._Run.begin = noting
from linter.cli.main import entry
try:
    entry()
finally:
    questions.close()
"""
"""The command, with each of its questions written into a file as dnsperf reads them."""


class Estate:
    """Zones on disk and on a server of this machine, and the questions that a comparison of them asks."""

    def __init__(self, folder: Path, port: int) -> None:
        self.questions = str(folder / "questions")
        self._port = port
        server = f"{ADDRESS}:{port}"
        self._arguments = ["compare", str(folder / "zones"), "--server", server, "--per-second", "1000000"]
        self._run("-c", _NOTING, self.questions)
        with open(self.questions, encoding="ascii") as stream:
            self.number = sum(1 for _ in stream)

    def ours(self) -> float:
        """Seconds of the whole command; it must find that all is as declared."""
        begin = time.perf_counter()
        said = self._run("-m", "linter")
        taken = time.perf_counter() - begin
        if not said.splitlines()[-1].startswith("nothing to report"):
            raise SystemExit(f"the answer is wrong:\n{said[-500:]}")
        return taken

    def theirs(self) -> float:
        """Seconds of dnsperf's own run."""
        command = [str(program_of("dnsperf")), "-s", ADDRESS, "-p", str(self._port), "-d", self.questions, "-n", "1"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = _RUN_TIME.search(done.stdout)
        if found is None:
            raise SystemExit(f"dnsperf did not say how long it took:\n{done.stdout}")
        return float(found[1])

    def _run(self, *program: str) -> str:
        done = subprocess.run(
            [sys.executable, *program, *self._arguments],
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
            check=True,
        )
        return done.stdout


@contextmanager
def estate(zones: int) -> Iterator[Estate]:
    """So many zones, served as they are declared, while the block runs."""
    served = {}
    with tempfile.TemporaryDirectory(prefix="mailzone-bench-") as folder:
        (Path(folder) / "zones").mkdir()
        for number in range(zones):
            name = f"z{number}.example"
            served[f"{name}."] = _SERVED.format(zone=f"{name}.", octet=number % 250)
            (Path(folder) / "zones" / f"{name}.yaml").write_text(_FILE.format(octet=number % 250))
        with running(served) as server:
            yield Estate(Path(folder), server.port)
