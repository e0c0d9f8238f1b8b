"""Comparing by delegation: whom a resolver names is asked, and who cannot be asked is told of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.config.settings import ActiveRules, Settings
from linter.facts.facts import Facts
from linter.finding import Finding
from linter.live.conversation import Conversations
from linter.live.engine import Limits
from linter.live.engine import Server as Address
from linter.live.guard import Guard
from linter.lookup.served import Served
from linter.lookup.zone_index import ZoneIndex
from linter.run.authority import Asking, Authorities, Authority, Finder, Whom
from linter.run.check import Checker
from linter.run.compare import Comparison, Opened, Work
from linter.run.estate import Estate
from linter.run.policies import Fetch
from tests.live.misbehaving import misbehaving
from tests.live.resolvers import resolving
from tests.live.servers import Server, free_port, running
from tests.live.worlds import DRIFTED, FILE, SERVED
from tests.profiles import built_in

PATIENT = Limits(timeout=10.0, tries=3)
"""For servers that answer, however busy the machine is."""
LIMITS = Limits(timeout=2.0, tries=3)
"""Where one does not answer, and somebody has to wait for it."""


def compared(
    folder: Path,
    finder: Finder,
    files: dict[str, str],
    fetch: Fetch | None = None,
    limits: Limits = LIMITS,
    whom: Whom = Whom(),  # noqa: B008 - a frozen value
) -> tuple[tuple[Finding, ...], list[Served], Guard]:
    """The findings of drift, what was served, and how it went."""
    for name, text in files.items():
        (folder / name).write_text(text)
    paths = [str(folder / name) for name in files]
    rules = ActiveRules(built_in("recommended"), {}, ("drift", "mta-sts-policy"), ())
    checker = Checker(rules, Settings())
    seen: list[Served] = []
    comparison = Comparison(False, "probe", seen.append, fetch=fetch, whom=lambda opened: whom)
    guard = Guard(limits.tries, 600)

    def done(result: tuple[Opened, Served | None]) -> None:
        comparison.judge(*result)

    work = Work(paths, Estate(paths, str(folder)), checker)
    Conversations(limits, guard, done).run(comparison.talks([work], finder))
    return checker.outcome().findings, seen, guard


@pytest.fixture(scope="module")
def authority() -> Iterator[Server]:
    """The server that is authoritative for the zone; ns2 is an address where nobody listens."""
    zone = SERVED.replace("ns2 A 127.0.0.1", "ns2 A 127.0.0.3").replace(
        "@ NS ns2\n", "@ NS ns2\n@ NS ns.example.org.\n"
    )
    with running({"example.com.": zone}) as server:
        yield server


def test_the_servers_that_a_zone_is_delegated_to_are_asked(tmp_path: Path, authority: Server) -> None:
    with resolving({"example.com.": authority.port}) as resolver:
        finder = Finder((), [Address("127.0.0.1", resolver.port)], authority.port)
        findings, seen, _ = compared(tmp_path, finder, {"example.com.yaml": FILE})

    assert [each.rule for each in findings] == ["drift-lookup-failed", "drift-lookup-failed"]
    told = sorted(each.message for each in findings)
    assert "from ns.example.org: unreachable: no address (refused" in told[0]
    assert "from ns2.example.com (127.0.0.3): timeout" in told[1]
    assert seen[0].servers == ("ns1.example.com (127.0.0.1)", "ns2.example.com (127.0.0.3)", "ns.example.org")


def test_the_next_resolver_is_asked_where_one_is_silent(tmp_path: Path, authority: Server) -> None:
    with resolving({"example.com.": authority.port}) as resolver:
        resolvers = [Address("127.0.0.1", free_port()), Address("127.0.0.1", resolver.port)]
        _, seen, guard = compared(tmp_path, Finder((), resolvers, authority.port), {"example.com.yaml": FILE})

    assert guard.answered > 20
    assert list(seen[0].said) == ["ns1.example.com (127.0.0.1)"]


def test_a_zone_that_no_resolver_knows_is_not_asked_of_the_servers_that_it_names(
    tmp_path: Path, authority: Server
) -> None:
    declared = FILE.replace("'':\n", "'':\n  - {type: NS, values: [ns1.example.com., ns.example.org.]}\n")
    with resolving({"example.com.": authority.port, "other.": authority.port}) as resolver:
        finder = Finder((), [Address("127.0.0.1", resolver.port)], authority.port)
        files = {"example.com.yaml": declared, "example.net.yaml": FILE}
        findings, seen, _ = compared(tmp_path, finder, files)

    lost = [each.message for each in findings if "`example.net`" in each.message]
    assert len(lost) == 1
    assert "the resolver names no servers for the zone (refused" in lost[0]
    assert {each.zone for each in seen} == {"example.com.", "example.net."}


def test_a_resolver_given_as_server_says_nothing_about_ttls(tmp_path: Path, authority: Server) -> None:
    declared = FILE.replace("{type: A, value: 192.0.2.25}", "{type: A, ttl: 7200, value: 192.0.2.25}")
    with resolving({"example.com.": authority.port}) as resolver:
        by_cache, _, _ = compared(
            tmp_path, Finder([Address("127.0.0.1", resolver.port)], ()), {"example.com.yaml": declared}
        )
    by_authority, _, _ = compared(
        tmp_path, Finder([Address("127.0.0.1", authority.port)], ()), {"example.com.yaml": declared}
    )

    assert [each.rule for each in by_cache] == []
    assert [each.rule for each in by_authority] == ["drift-ttl"]


def test_a_server_that_is_not_authoritative_is_not_believed_where_it_was_not_named(tmp_path: Path) -> None:
    with misbehaving({}) as lame:
        zone = SERVED.replace("ns2 A 127.0.0.1\n", "").replace("@ NS ns2\n", "")
        with running({"example.com.": zone}) as authority, resolving({"example.com.": authority.port}) as resolver:
            finder = Finder((), [Address("127.0.0.1", resolver.port)], lame.port)
            findings, _, _ = compared(tmp_path, finder, {"example.com.yaml": FILE})

    assert [each.rule for each in findings] == ["drift-zone-unreachable"]
    assert "refused: it is not authoritative for the zone, which is delegated to it" in findings[0].message


def test_thousands_of_zones_are_held_a_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alive = most = 0
    begin, forget = Facts.__init__, Comparison.judge

    def counted(self: Facts, *given: object) -> None:
        nonlocal alive, most
        alive += 1
        most = max(most, alive)
        begin(self, *given)  # type: ignore[arg-type]

    def judged(self: Comparison, opened: Opened, served: Served) -> None:
        nonlocal alive
        forget(self, opened, served)
        alive -= 1
        assert not opened.facts.known

    monkeypatch.setattr(Facts, "__init__", counted)
    monkeypatch.setattr(Comparison, "judge", judged)
    names = [f"z{number}.example" for number in range(300)]
    zones = {f"{name}.": SERVED.replace("example.com", name) for name in names}
    with running(zones) as server:
        finder = Finder([Address("127.0.0.1", server.port)], ())
        files = {f"{name}.yaml": "'': {type: TXT, value: token=1}\n" for name in names}
        findings, seen, _ = compared(tmp_path, finder, files, limits=PATIENT)

    assert len(seen) == 300
    assert most <= 65
    assert {each.rule for each in findings} == {"drift-undeclared"}


def test_a_server_that_dies_half_way_leaves_what_it_said(tmp_path: Path) -> None:
    names = [f"z{number}.example" for number in range(40)]
    silent = {f"_dmarc.{name}.": "silent" for name in names[20:]} | {f"{name}.": "silent" for name in names[20:]}
    with misbehaving(silent) as server:
        files = {f"{name}.yaml": "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=none'}\n" for name in names}
        finder = Finder([Address("127.0.0.1", server.port)], ())
        # With more tries in a row without an answer, the server would be given up for the zones that it answers, too.
        findings, _, guard = compared(tmp_path, finder, files, limits=Limits(timeout=8.0, tries=1))

    assert guard.answered > 0
    by_rule = {
        rule: {each.zone for each in findings if each.rule == rule}
        for rule in ("drift-zone-unreachable", "drift-differs", "drift-missing")
    }
    assert len(by_rule["drift-zone-unreachable"]) == 20
    assert len(by_rule["drift-differs"] | by_rule["drift-missing"]) == 20


def test_drift_is_found_by_delegation_too(tmp_path: Path) -> None:
    with running({"example.com.": DRIFTED}) as server, resolving({"example.com.": server.port}) as resolver:
        finder = Finder((), [Address("127.0.0.1", resolver.port)], server.port)
        findings, _, _ = compared(tmp_path, finder, {"example.com.yaml": FILE})

    assert [each.rule for each in findings] == [
        "drift-undeclared",
        "drift-undeclared",
        "drift-differs",
        "drift-differs",
        "drift-differs",
        "drift-missing",
    ]


def test_policies_are_judged_against_the_mx_records_that_are_served(tmp_path: Path) -> None:
    records = '_mta-sts TXT "v=STSv1; id=1"\n_mta-sts.lists TXT "v=STSv1; id=1"\nlists MX 10 mx1\n'
    declared = FILE + "_mta-sts: {type: TXT, value: v=STSv1\\; id=1}\n"
    declared += "lists: {type: MX, value: {preference: 10, exchange: mx1.example.com.}}\n"
    declared += "_mta-sts.lists: {type: TXT, value: v=STSv1\\; id=1}\n"
    asked = []

    def fetch(domain: str, seconds: float) -> tuple[str | None, str]:
        asked.append(domain)
        if domain != "example.com.":
            return None, "the certificate is not accepted: it is for somebody else"
        return "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmax_age: 604800\r\n", ""

    with running({"example.com.": SERVED + records}) as server:
        finder = Finder([Address("127.0.0.1", server.port)], ())
        findings, _, _ = compared(tmp_path, finder, {"example.com.yaml": declared}, fetch)

    assert sorted(asked) == ["example.com.", "lists.example.com."]
    assert [(each.rule, each.span.source.path.removeprefix(f"{tmp_path}/")) for each in findings] == [
        ("drift-lookup-failed", "example.com.yaml"),
        ("mta-sts-policy-omits-mx", "https://mta-sts.example.com/.well-known/mta-sts.txt"),
    ]
    told = "no answer for the MTA-STS policy of `lists.example.com` from mta-sts.lists.example.com: the certificate"
    assert findings[0].message.startswith(told)
    assert "mx2.mail.example.net" in findings[1].message


def test_the_next_address_is_asked_where_the_first_does_not_answer_at_all(tmp_path: Path) -> None:
    zone = SERVED.replace("ns1 A 127.0.0.1\n", "ns1 A 127.0.0.0\nns1 A 127.0.0.1\n")
    zone = zone.replace("ns2 A 127.0.0.1\n", "ns2 A 127.0.0.2\nns2 AAAA ::ffff:127.0.0.3\n")
    with running({"example.com.": zone}) as authority, resolving({"example.com.": authority.port}) as resolver:
        finder = Finder((), [Address("127.0.0.1", resolver.port)], authority.port, is_one_address=True)
        limits = Limits(timeout=1.0, tries=3)
        findings, seen, _ = compared(tmp_path, finder, {"example.com.yaml": FILE}, limits=limits)

    assert list(seen[0].said) == ["ns1.example.com (127.0.0.1)"]
    assert seen[0].servers == ("ns1.example.com (127.0.0.1)", "ns2.example.com (127.0.0.2, ::ffff:127.0.0.3)")
    (lost,) = findings
    assert "no answer for the zone `example.com` from ns2.example.com (127.0.0.2, ::ffff:127.0.0.3): " in lost.message


class Known(Finder):
    """Finds one server, whatever is asked."""

    def __init__(self, authority: Authority) -> None:
        super().__init__((), ())
        self._authority = authority

    def find(self, index: ZoneIndex, whom: Whom = Whom()) -> Asking:  # noqa: B008 - a frozen value
        """That server."""
        yield from ()
        return Authorities((self._authority,))


def test_a_server_that_answers_with_a_refusal_is_not_asked_by_another_address(tmp_path: Path) -> None:
    with running({"example.org.": SERVED.replace("example.com", "example.org")}) as other:
        both = Authority("ns", Address("127.0.0.1", other.port), others=(Address("127.0.0.1", free_port()),))
        _, seen, _ = compared(tmp_path, Known(both), {"example.com.yaml": FILE})

    assert seen[0].lost[0][1].status == "refused"
    assert not seen[0].said


SIGNS = "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=none'}\n"


def _asked(tmp_path: Path, tricks: dict[str, str]) -> list[str]:
    with misbehaving(tricks) as server:
        compared(tmp_path, Finder([Address("127.0.0.1", server.port)], ()), {"example.com.yaml": SIGNS})
        return sorted({name for _, name in server.asked})  # on a busy machine one may be asked for twice


def test_one_answer_settles_all_services_where_nothing_is_below_a_name(tmp_path: Path) -> None:
    settled = _asked(tmp_path, {"_tcp.example.com.": "no-name"})
    open_ = _asked(tmp_path, {})
    unsure = _asked(tmp_path, {"_tcp.example.com.": "no-name-from-a-cache"})

    assert not [name for name in settled if name.endswith("._tcp.example.com.")]
    assert "_tcp.example.com." in settled
    assert "_imaps._tcp.example.com." in open_
    assert unsure == open_
    assert len(settled) == len(open_) - 13


def test_what_no_worker_came_to_stays_unknown(tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in ("a.test.yaml", "b.test.yaml")]
    for path in paths:
        Path(path).write_text("'': {type: TXT, value: v=spf1 -all}\n")
    checker = Checker(ActiveRules(built_in("recommended"), {}, ("drift",), ()), Settings())
    comparison = Comparison(False, "probe", files=paths)
    comparison.done.over = "the run was interrupted"

    comparison.settle(
        [Work(paths, Estate(paths, str(tmp_path)), checker)],
        lambda opened: (Served("a.test.", (), {}, "probe"),) if opened.facts.zone.name == "a.test." else None,
    )

    assert not comparison.done.is_complete
    last = comparison.done.seen.listed[-1]
    assert (last.path, last.reason) == (paths[1], "the run was interrupted")
