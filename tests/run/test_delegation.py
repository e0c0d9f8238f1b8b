"""Delegations as the servers of the zone above have them: three real servers on three addresses, and a resolver."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from linter.finding import Finding
from linter.live.engine import Limits
from linter.live.engine import Server as Address
from linter.lookup.served import Served
from linter.run.authority import Finder, Whom
from tests.live.misbehaving import misbehaving
from tests.live.resolvers import resolving
from tests.live.servers import free_port, running
from tests.live.worlds import FILE, SERVED

from .test_compare import compared

ABOVE, OTHER = "127.0.0.2", "127.0.0.3"
COM = f"$ORIGIN com.\n$TTL 300\n@ SOA ns host 1 2 3 4 60\n@ NS ns\nns A {ABOVE}\n"
TO_NS1 = "example NS ns1.example\nns1.example A 127.0.0.1\n"
TO_BOTH = f"{TO_NS1}example NS ns2.example\nns2.example A {OTHER}\n"
ZONE = SERVED.replace("ns2 A 127.0.0.1", f"ns2 A {OTHER}")
LIMITS = Limits(timeout=1.0, tries=2)


@contextmanager
def world(above: str, *own: tuple[str, str]) -> Iterator[tuple[int, int]]:
    """The zone above with these lines, and servers with these zones by their addresses: (their port, a resolver's)."""
    with ExitStack() as stack:
        port = free_port()
        if above:
            stack.enter_context(running({"com.": COM + above}, "nsd", address=ABOVE, port=port))
        for address, text in own:
            stack.enter_context(running({"example.com.": text}, "knot", address=address, port=port))
        zones = {"com.": f"{ABOVE}@{port}", "example.com.": f"127.0.0.1@{port}"}
        yield port, stack.enter_context(resolving(zones)).port


def found(folder: Path, port: int, resolver: int) -> tuple[tuple[Finding, ...], Served]:
    finder = Finder((), [Address("127.0.0.1", resolver)], port)
    findings, seen, _ = compared(folder, finder, {"example.com.yaml": FILE}, limits=LIMITS)
    return findings, seen[0]


def test_a_delegation_that_both_sides_name_is_nothing_to_tell(tmp_path: Path) -> None:
    with world(TO_BOTH, ("127.0.0.1", ZONE), (OTHER, ZONE)) as ports:
        findings, served = found(tmp_path, *ports)

    assert findings == ()
    assert served.servers == ("ns1.example.com (127.0.0.1)", f"ns2.example.com ({OTHER})")
    assert (served.delegation.status, served.delegation.parent) == ("seen", ("ns1.example.com.", "ns2.example.com."))


def test_servers_that_only_one_side_names_are_asked_too(tmp_path: Path) -> None:
    other = ZONE.replace("p=reject", "p=none")
    with world(TO_NS1, ("127.0.0.1", ZONE), (OTHER, other)) as ports:
        findings, served = found(tmp_path, *ports)

    assert [each.rule for each in findings] == ["drift-delegation-differs", "drift-nameservers-disagree"]
    assert "the zone itself `ns2.example.com` only" in findings[0].message
    assert f"ns2.example.com ({OTHER})" in served.said


def test_a_server_that_lacks_the_zone_is_told_of_once(tmp_path: Path) -> None:
    lacking = {"example.org.": SERVED.replace("example.com", "example.org")}
    with (
        world(TO_BOTH, ("127.0.0.1", ZONE)) as (port, resolver),
        running(lacking, "knot", address=OTHER, port=port),
    ):
        findings, served = found(tmp_path, port, resolver)

    assert [each.rule for each in findings] == ["drift-zone-missing"]
    assert list(served.said) == ["ns1.example.com (127.0.0.1)"]


@pytest.mark.parametrize("above", ["", "example TXT text\n", "a.example A 192.0.2.1\n"])
def test_a_zone_that_is_not_delegated_is_that_and_nothing_else(tmp_path: Path, above: str) -> None:
    with world(f"{above}other A 192.0.2.1\n", ("127.0.0.1", ZONE)) as ports:
        findings, served = found(tmp_path, *ports)

    assert [each.rule for each in findings] == ["drift-not-delegated"]
    assert served.delegation.status == "none"
    assert "a server of `com`, says that there" in findings[0].message


def test_a_server_that_holds_both_zones_delegates(tmp_path: Path) -> None:
    port = free_port()
    with (
        running({"com.": COM + TO_NS1, "example.com.": ZONE}, "nsd", address=ABOVE, port=port),
        running({"example.com.": ZONE}, "knot", port=port),
        running({"example.com.": ZONE}, "knot", address=OTHER, port=port),
        resolving({"com.": f"{ABOVE}@{port}", "example.com.": f"127.0.0.1@{port}"}) as resolver,
    ):
        findings, served = found(tmp_path, port, resolver.port)

    assert findings == ()
    assert served.delegation.status == "seen"


def test_where_the_zone_above_is_out_of_reach_the_resolver_is_believed_and_that_is_said(tmp_path: Path) -> None:
    with (
        running({"example.com.": SERVED.replace("@ NS ns2\n", "")}) as server,
        resolving({"example.com.": server.port}) as resolver,
    ):
        findings, served = found(tmp_path, server.port, resolver.port)

    assert findings == ()
    assert served.delegation.status == "unseen"
    assert "the resolver does not say who serves `com`" in served.delegation.detail


def test_lame_and_dead_servers_leave_the_zone_unreachable(tmp_path: Path) -> None:
    lacking = {"example.org.": SERVED.replace("example.com", "example.org")}
    with world(TO_BOTH) as (port, resolver), running(lacking, "knot", port=port):
        findings, served = found(tmp_path, port, resolver)

    assert [each.rule for each in findings] == ["drift-zone-unreachable"]
    assert "refused" in findings[0].message
    assert served.said == {}


def test_a_zone_whose_servers_somebody_names_is_asked_of_these_alone(tmp_path: Path) -> None:
    with misbehaving({}) as resolver, running({"example.com.": SERVED}) as server:
        finder = Finder((), [Address("127.0.0.1", resolver.port)], server.port)
        whom = Whom((Address("127.0.0.1", server.port),))
        findings, seen, _ = compared(tmp_path, finder, {"example.com.yaml": FILE}, limits=LIMITS, whom=whom)

    assert findings == ()
    assert seen[0].delegation.status == ""
    assert resolver.asked == []


def test_an_internal_zone_may_be_asked_of_the_servers_that_its_files_name(tmp_path: Path) -> None:
    declared = FILE.replace("'':\n", "'':\n  - {type: NS, value: ns.example.org.}\n")
    org = "$ORIGIN example.org.\n$TTL 300\n@ SOA ns host 1 2 3 4 60\n@ NS ns\nns A 127.0.0.1\n"
    with (
        running({"example.com.": SERVED, "example.org.": org}) as server,
        resolving({"example.org.": server.port}) as resolver,
    ):
        finder = Finder((), [Address("127.0.0.1", resolver.port)], server.port)
        files = {"example.com.yaml": declared}
        public, _, _ = compared(tmp_path, finder, files, limits=LIMITS)
        internal, _, _ = compared(tmp_path, finder, files, limits=LIMITS, whom=Whom(is_internal=True))

    assert [each.rule for each in public] == ["drift-lookup-failed"]  # of its servers nothing is known
    assert internal == ()


def test_addresses_that_there_is_no_way_to_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linter.run.authority.has_route", lambda server: ":" not in server.host)
    zone = SERVED.replace("ns2 A 127.0.0.1\n", "ns2 A 127.0.0.1\nns2 AAAA ::1\n")
    with running({"example.com.": zone}) as server, resolving({"example.com.": server.port}) as resolver:
        finder = Finder((), [Address("127.0.0.1", resolver.port)], server.port)
        findings, seen, _ = compared(tmp_path, finder, {"example.com.yaml": FILE}, limits=LIMITS)

    assert findings == ()
    assert seen[0].servers == ("ns1.example.com (127.0.0.1)", "ns2.example.com (127.0.0.1)")
    assert list(finder.unrouted) == ["::1"]
