"""Real authoritative servers for tests: NSD, Knot, BIND or PowerDNS with given zones, on this machine."""

import base64
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import dns.exception
import dns.flags
import dns.message
import dns.query
import dns.rdatatype
import pytest

from linter.live.tsig_key import TsigKey

ADDRESS = "127.0.0.1"
_ATTEMPTS = 5
_POLLS = 500
_PATIENCE = 0.1
"""Seconds that one such question waits: a port that nobody listens on yet gives no sign."""
_PAUSE = 0.02
"""Seconds between two questions to a server that does not answer yet."""


class NotStarted(Exception):
    """The server ended before it answered; the text is what it said."""


class Server:
    """A running server: `port` on an address of this machine, for UDP and TCP alike."""

    def __init__(self, name: str, port: int, address: str = ADDRESS) -> None:
        self.name = name
        self.address = address
        self.port = port

    def ask(self, name: str, kind: str, timeout: float = 10) -> dns.message.Message:
        """One question over UDP, over TCP where the answer was cut short; `name` is absolute."""
        question = dns.message.make_query(name, kind, use_edns=0, payload=4096)
        question.flags &= ~dns.flags.RD
        answer, _ = dns.query.udp_with_fallback(question, self.address, timeout, self.port, ignore_unexpected=True)
        return answer


_NSD = """\
server:
  ip-address: {address}@{port}
  port: {port}
  username: ""
  chroot: ""
  zonesdir: "{folder}"
  pidfile: "{folder}/nsd.pid"
  xfrdfile: "{folder}/xfrd.state"
  xfrdir: "{folder}"
  zonelistfile: "{folder}/zone.list"
  database: ""
  server-count: 1
  rrl-ratelimit: 0
  rrl-whitelist-ratelimit: 0
  verbosity: 1
remote-control:
  control-enable: no
{keys}{zones}"""

_NSD_ZONE = 'zone:\n  name: "{name}"\n  zonefile: "{file}"\n  provide-xfr: {address}/32 {key}\n'
_NSD_KEY = 'key:\n  name: "{key.name}"\n  algorithm: {key.algorithm}\n  secret: "{secret}"\n'

_KNOT = """\
server:
  listen: {address}@{port}
  rundir: {folder}
  # On a busy machine half a second, the usual bound for sending one message, is soon over.
  tcp-io-timeout: 0
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: {folder}/db
  # The usual sizes are address space of half a gigabyte and more for each.
  journal-db-max-size: 10M
  kasp-db-max-size: 10M
  timer-db-max-size: 10M
  catalog-db-max-size: 10M
log:
  - target: stderr
    any: warning
{keys}acl:
  - id: transfer
    address: {address}
    action: transfer
{key}template:
  - id: default
    storage: {folder}
    zonefile-sync: -1
    journal-content: none
    semantic-checks: off
    acl: transfer
zone:
{zones}"""

_KNOT_KEY = "key:\n  - id: {key.name}\n    algorithm: {key.algorithm}\n    secret: {secret}\n"
_KNOT_ZONE = "  - domain: {name}\n    file: {file}\n"

_BIND = """\
options {{
  directory "{folder}";
  pid-file none;
  session-keyfile none;
  lock-file none;
  listen-on port {port} {{ {address}; }};
  listen-on-v6 {{ none; }};
  recursion no;
  notify no;
  dnssec-validation no;
  check-names primary ignore;
}};
controls {{ }};
{keys}{zones}"""
_BIND_KEY = 'key "{key.name}" {{ algorithm {key.algorithm}; secret "{secret}"; }};\n'
_BIND_ZONE = 'zone "{name}" {{ type primary; file "{file}"; allow-transfer {{ {key} }}; }};\n'

_PDNS = """\
launch=bind
bind-config={folder}/named.conf
local-address={address}
local-port={port}
socket-dir={folder}
allow-axfr-ips={address}
disable-axfr=no
cache-ttl=0
query-cache-ttl=0
negquery-cache-ttl=0
security-poll-suffix=
"""
_PDNS_ZONE = 'zone "{name}" {{ type master; file "{file}"; }};\n'

_Command = Callable[[str], list[str]]
_KINDS: dict[str, tuple[str, str, str, str, _Command]] = {
    "nsd": ("nsd", _NSD, _NSD_ZONE, _NSD_KEY, lambda config: ["nsd", "-d", "-c", config]),
    "knot": ("knotd", _KNOT, _KNOT_ZONE, _KNOT_KEY, lambda config: ["knotd", "-c", config]),
    "bind": ("named", _BIND, _BIND_ZONE, _BIND_KEY, lambda config: ["named", "-g", "-n", "1", "-c", config]),
    "pdns": (
        "pdns_server",
        _PDNS,
        _PDNS_ZONE,
        "",
        lambda config: ["pdns_server", f"--config-dir={Path(config).parent}", "--daemon=no", "--guardian=no"],
    ),
}
KINDS = tuple(_KINDS)


def need(program: str) -> None:
    """Skip the test where a program is not installed."""
    if program_of(program) is None:
        pytest.skip(f"`{program}` is not installed on this machine; on Debian, `apt-get install` its package")


def program_of(program: str) -> str | None:
    """The path of a program; Debian keeps servers out of the search path of those who are not root."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin:/usr/local/sbin")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on, for UDP and for TCP."""
    while True:
        with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
            stream.bind((ADDRESS, 0))
            port: int = stream.getsockname()[1]
            try:
                datagrams.bind((ADDRESS, port))
            except OSError:
                continue
            return port


@contextmanager
def running(
    zones: Mapping[str, str], kind: str = "nsd", key: TsigKey | None = None, address: str = ADDRESS, port: int = 0
) -> Iterator[Server]:
    """A server of one of KINDS with these zones: absolute names to master files (RFC 1035 section 5).

    Whoever asks for a whole zone gets it, or with `key`, which PowerDNS is not given, whoever signs with that.

    It answers when the block begins and has ended behind it, at `port` of `address`, or a free one. Skips the test
    where the server is not installed; raises NotStarted where the server refuses its zones or does not answer.
    """
    program, config, zone, key_form, command = _KINDS[kind]
    keys = key_form.format(key=key, secret=base64.b64encode(key.secret).decode()) if key else ""
    need(program)
    with tempfile.TemporaryDirectory(prefix=f"mailzone-{kind}-") as folder:
        (Path(folder) / "db").mkdir()
        entries = []
        for number, (name, text) in enumerate(zones.items()):
            file = Path(folder) / f"{number}.zone"
            file.write_text(text, "ascii")
            entries.append(zone.format(name=name, file=file, address=address, key=_key_named(kind, key)))
        for attempt in range(_ATTEMPTS):
            tried = port or free_port()
            path = Path(folder) / ("pdns.conf" if kind == "pdns" else "server.conf")
            (Path(folder) / "named.conf").write_text("".join(entries))
            filled = {"address": address, "port": tried, "folder": folder, "zones": "".join(entries)}
            path.write_text(config.format(**filled, keys=keys, key=_key_named(kind, key)))
            try:
                with process(command(str(path)), Path(folder) / "log") as started:
                    await_answers(started, Server(kind, tried, address), list(zones))
                    yield Server(kind, tried, address)
                    return
            except NotStarted as error:
                # Between our look and its start, another test's server may have taken the port.
                if attempt + 1 == _ATTEMPTS or "in use" not in str(error).lower():
                    raise


def _key_named(kind: str, key: TsigKey | None) -> str:
    """How a server's configuration says who may have whole zones."""
    if kind == "knot":
        return f"    key: {key.name}\n" if key else ""
    if kind == "bind":
        return f'key "{key.name}";' if key else "any;"
    return key.name if key else "NOKEY"


class Process:
    """A started program and where it writes what it says."""

    def __init__(self, popen: subprocess.Popen[bytes], log: Path) -> None:
        self.popen = popen
        self._log = log

    @property
    def said(self) -> str:
        """What the program has written to its output and error streams."""
        return self._log.read_text("utf-8", "replace")

    def has_ended_within(self, seconds: float) -> bool:
        """Whether the program ends before so much time has passed."""
        try:
            self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True


@contextmanager
def process(command: list[str], log: Path) -> Iterator[Process]:
    """A program that runs while the block does: asked to end behind it, and made to where it does not."""
    path = program_of(command[0])
    if path is None:
        raise NotStarted(f"{command[0]} is not installed")
    with log.open("wb") as stream:
        popen = subprocess.Popen([path, *command[1:]], stdin=subprocess.DEVNULL, stdout=stream, stderr=stream)
    try:
        yield Process(popen, log)
    finally:
        popen.terminate()
        try:
            popen.wait(20)
        except subprocess.TimeoutExpired:
            popen.kill()
            popen.wait()


def await_answers(started: Process, server: Server, names: list[str]) -> None:
    """Ask until the server has said for every name that it is authoritative. Raises NotStarted."""
    waiting = list(names)
    for _ in range(_POLLS):
        while waiting and _is_authoritative(server, waiting[-1]):
            waiting.pop()
        if not waiting:
            return
        if started.has_ended_within(_PAUSE):
            break
    raise NotStarted(f"{server.name} does not answer for {', '.join(waiting[-3:])}\n{started.said}")


def _is_authoritative(server: Server, name: str) -> bool:
    try:
        answer = server.ask(name, "SOA", timeout=_PATIENCE)
    except (dns.exception.Timeout, OSError):
        return False
    return bool(answer.flags & dns.flags.AA)
