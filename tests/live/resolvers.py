"""A real resolver for tests: Unbound, which asks servers of this machine for the zones that it is told of."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import dns.exception
import dns.message
import dns.query

from .servers import ADDRESS, NotStarted, Process, Server, free_port, need, process

_ATTEMPTS = 5
_POLLS = 500
_CONFIG = """\
server:
  interface: {address}
  port: {port}
  username: ""
  chroot: ""
  directory: "{folder}"
  pidfile: "{folder}/unbound.pid"
  use-syslog: no
  num-threads: 1
  do-ip6: no
  do-not-query-localhost: no
  module-config: "iterator"
  access-control: {address}/32 allow
  local-zone: "." refuse
{local}remote-control:
  control-enable: no
{stubs}"""
_LOCAL = '  local-zone: "{zone}" transparent\n'
_STUB = 'stub-zone:\n  name: "{zone}"\n  stub-addr: {place}\n'


@contextmanager
def resolving(zones: Mapping[str, int | str]) -> Iterator[Server]:
    """Unbound for these zones: absolute names to the ports of their servers; all other names are refused.

    A text in the place of a port is an address, `@`, and a port.

    Skips the test where Unbound is not installed; raises NotStarted where it does not answer.
    """
    need("unbound")
    with tempfile.TemporaryDirectory(prefix="mailzone-unbound-") as folder:
        path = Path(folder) / "unbound.conf"
        local = "".join(_LOCAL.format(zone=zone) for zone in zones)
        places = {zone: place if isinstance(place, str) else f"{ADDRESS}@{place}" for zone, place in zones.items()}
        stubs = "".join(_STUB.format(zone=zone, place=place) for zone, place in places.items())
        for attempt in range(_ATTEMPTS):
            port = free_port()
            path.write_text(_CONFIG.format(address=ADDRESS, port=port, folder=folder, local=local, stubs=stubs))
            try:
                with process(["unbound", "-d", "-c", str(path)], Path(folder) / "log") as started:
                    _await(started, port, next(iter(zones)))
                    yield Server("unbound", port)
                    return
            except NotStarted as error:
                if attempt + 1 == _ATTEMPTS or "in use" not in str(error).lower():
                    raise


def _await(started: Process, port: int, zone: str) -> None:
    question = dns.message.make_query(zone, "SOA")
    for _ in range(_POLLS):
        try:
            if dns.query.udp(question, ADDRESS, 0.2, port, ignore_unexpected=True).answer:
                return
        except (dns.exception.Timeout, OSError):
            pass
        if started.has_ended_within(0.02):
            break
    raise NotStarted(f"unbound does not answer for {zone}\n{started.said}")
