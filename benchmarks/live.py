"""Time 10,000 questions to a real server on loopback against dnsperf and dns.asyncresolver; answers checked first.

The engine asks one server no more than 2,000 questions a second unless it is told otherwise, out of politeness. Here
the server is our own, so that limit is lifted: what is timed is the work, not the waiting.
"""

import asyncio
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from linter.live.engine import Limits, Question, Reply, Server, ask, expect
from tests.live.servers import ADDRESS, program_of, running

DOMAINS = 2_000
ZONE = "example.com."
APEX = f"$ORIGIN {ZONE}\n$TTL 300\n@ SOA ns1 host 1 2 3 4 60\n@ NS ns1\nns1 A {ADDRESS}\n"
LIMITS = Limits(per_second=10_000_000)
_SAMPLE = 2_000
_SLOW_RUNS = 3
_RUN_TIME = re.compile(r"Run time \(s\):\s+([0-9.]+)")
_COMPLETED = re.compile(r"Queries completed:\s+([0-9]+)")

Declared: TypeAlias = tuple[str, str, tuple[str, ...]]
"""A record set: name, type, and values as `expect` takes them."""


def declared() -> list[Declared]:
    """Five record sets for each domain, as mail needs them."""
    found: list[Declared] = []
    for number in range(DOMAINS):
        name = f"d{number}.{ZONE}"
        found += [
            (name, "MX", (f"10 mx1.mail.{ZONE}", "20 mx2.mail.example.net.")),
            (name, "TXT", (f"v=spf1 include:_spf.mail.example.net ip4:192.0.2.{number % 256} -all",)),
            (f"_dmarc.{name}", "TXT", (f"v=DMARC1; p=reject; rua=mailto:d{number}@example.com",)),
            (f"s1._domainkey.{name}", "CNAME", (f"s1.keys{number}.example.net.",)),
            (f"www.{name}", "A", (f"198.51.100.{number % 256}",)),
        ]
    return found


def master_file(sets: Sequence[Declared]) -> str:
    """The record sets as the server reads them."""
    quote = {"TXT": '"'}
    lines = (
        f"{name} {kind} {quote.get(kind, '')}{value}{quote.get(kind, '')}\n"
        for name, kind, values in sets
        for value in values
    )
    return APEX + "".join(lines)


def missing() -> str:
    """Why nothing can be timed here; "" where all is there."""
    absent = [program for program in ("nsd", "dnsperf") if program_of(program) is None]
    return f"{' and '.join(absent)} not installed" if absent else ""


@contextmanager
def served() -> Iterator["Served"]:
    """A server with the record sets, while the block runs."""
    sets = declared()
    with running({ZONE: master_file(sets)}) as server:
        yield Served(sets, server.port)


class Served:
    """Record sets, and the port of 127.0.0.1 where they are served."""

    def __init__(self, sets: Sequence[Declared], port: int) -> None:
        self.sets, self.port = sets, port

    def ours(self, sets: Sequence[Declared]) -> list[Reply]:
        """The replies to all questions, from the declared texts on."""
        found: list[Reply] = []
        server = Server(ADDRESS, self.port)
        ask(((Question(name, kind, expect(kind, values)), server) for name, kind, values in sets), LIMITS, found.append)
        return found

    def check(self) -> None:
        """Every set is as declared; with one value spoilt, that set is not, and what is served in its place is told."""
        if not all(reply.as_expected for reply in self.ours(self.sets)):
            raise SystemExit("the answer is wrong: sets that are served as declared are said to differ")
        name, kind, _ = self.sets[1]
        (spoilt,) = self.ours([(name, kind, ("v=spf1 -all",))])
        if spoilt.as_expected or spoilt.values != (f'"{self.sets[1][2][0]}"',):
            raise SystemExit(f"the answer is wrong: {spoilt} where another record is declared")

    def against_dnsperf(self, runs: int) -> tuple[float, float, float]:
        """(median of ours, median of dnsperf's own run time, median of the ratios), in turn."""
        with tempfile.NamedTemporaryFile("w", suffix=".questions") as questions:
            questions.writelines(f"{name} {kind}\n" for name, kind, _ in self.sets)
            questions.flush()
            command = ["-s", ADDRESS, "-p", str(self.port), "-d", questions.name, "-n", "1"]

            def theirs() -> float:
                run = subprocess.run([str(program_of("dnsperf")), *command], capture_output=True, text=True, check=True)
                completed, taken = _COMPLETED.search(run.stdout), _RUN_TIME.search(run.stdout)
                if not completed or not taken or int(completed[1]) != len(self.sets):
                    raise SystemExit(f"dnsperf did not have all answers:\n{run.stdout}")
                return float(taken[1])

            return compared(lambda: seconds(lambda: self.ours(self.sets)), theirs, runs)

    def against_asyncresolver(self) -> tuple[float, float, float]:
        """(median of ours, median of dnspython's resolver awaited name by name, median of the ratios), in turn."""
        import dns.asyncresolver

        sample = self.sets[:_SAMPLE]
        resolver = dns.asyncresolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = [ADDRESS], self.port

        async def one_by_one() -> None:
            for name, kind, values in sample:
                if len(await resolver.resolve(name, kind)) != len(values):
                    raise SystemExit(f"dnspython did not have the answer for {name} {kind}")

        def theirs() -> None:
            asyncio.run(one_by_one())

        return compared(lambda: seconds(lambda: self.ours(sample)), lambda: seconds(theirs), _SLOW_RUNS)


def seconds(what: Callable[[], object]) -> float:
    """The wall time of one run."""
    begin = time.perf_counter()
    what()
    return time.perf_counter() - begin


def compared(ours: Callable[[], float], theirs: Callable[[], float], runs: int) -> tuple[float, float, float]:
    """(median of ours, median of theirs, median of the ratios), after one run of each that is not counted."""
    ours(), theirs()
    taken = [(ours(), theirs()) for _ in range(runs)]
    return (
        statistics.median(mine for mine, _ in taken),
        statistics.median(other for _, other in taken),
        statistics.median(mine / other for mine, other in taken),
    )
