"""What a moved lock is said to mean, move by move."""

import pytest

from linter.lookup.answer import Resolver
from linter.lookup.lock_document import Entry, Pair, entry_of, recording_of
from linter.lookup.lock_moves import moves
from linter.lookup.recorded import Recorded
from linter.records.spf.record import parse
from linter.report.lock_report import Declared, told_moves


def found(kind: str, *values: str) -> Entry:
    entry = entry_of(kind, values, 300, "2026-11-02")
    assert isinstance(entry, Entry)
    return entry


def said(old: dict[Pair, Entry], new: dict[Pair, Entry], record: str = "v=spf1 include:spf.example -all") -> list[str]:
    before: Resolver = Recorded([recording_of(old)])
    after: Resolver = Recorded([recording_of(new)])
    declared = Declared([("example.com.", parse(record))], before, after)
    return [told.message for told in told_moves(moves(old, new), [declared], parse)]


SPF, X = ("spf.example.", "TXT"), ("x.example.", "MX")


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ({X: found("MX", "10 a.")}, {X: found("MX", "10 a.")._replace(ttl=1, seen="")}, []),
        (
            {X: found("MX", "10 a.")},
            {X: found("MX", "10 b.", "20 c.")},
            ["MX of `x.example` changed from `10 a.` to `10 b.`, `20 c.`"],
        ),
        ({X: found("MX", "10 a.")}, {X: Entry("nodata")}, ["MX of `x.example` changed from `10 a.` to nothing"]),
        (
            {X: found("MX", "10 a.")},
            {("x.example.", ""): Entry("nxdomain")},
            ["`x.example` does not exist any more; MX was `10 a.`"],
        ),
        (
            {("x.example.", ""): Entry("nxdomain")},
            {X: found("MX", "10 a.")},
            ["MX of `x.example` changed from no such name to `10 a.`"],
        ),
        ({}, {("x.example.", ""): Entry("nxdomain")}, ["`x.example` is not locked yet: no such name"]),
        ({X: found("MX", "10 a.")}, {}, ["MX of `x.example` is no longer asked for"]),
        (
            {SPF: found("TXT", "v=spf1 ip4:192.0.2.1 -all")},
            {SPF: found("TXT", "v=spf1 ip4:192.0.2.2 -all")},
            ["the SPF record of `spf.example` changed: `ip4:192.0.2.1` is gone, `ip4:192.0.2.2` is new"],
        ),
        (
            {SPF: found("TXT", "v=spf1 -all")},
            {SPF: found("TXT", f"v=spf1 {'a:h.example ' * 10}-all")},
            ["`spf.example` grew from 0 to 10 lookups: `example.com` now needs 11, 1 too many"],
        ),
        (
            {SPF: found("TXT", "v=spf1 -all")},
            {("spf.example.", ""): Entry("nxdomain")},
            [
                "`spf.example` does not exist any more; TXT was `v=spf1 -all`",
                "`example.com` cannot be evaluated any more: `example.com.`: `include:spf.example`, "
                "but `spf.example.` does not exist",
            ],
        ),
    ],
)
def test_a_move_is_said_with_what_it_does(old: dict[Pair, Entry], new: dict[Pair, Entry], lines: list[str]) -> None:
    assert said(old, new) == lines
