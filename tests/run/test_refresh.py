"""Asking until nothing is left: what is asked, what is kept, and what a server that misbehaves can do about it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest

from linter.facts.spf.tree import SpfTrees
from linter.lookup.answer import STATUSES
from linter.lookup.asking import Asking
from linter.lookup.chain import Chain
from linter.lookup.lock_document import Entry, Pair, entry_of
from linter.lookup.recorded import Recorded
from linter.lookup.served import FAILURE_WORDS, SaidStatus
from linter.records.spf.record import parse
from linter.run import refresh as module
from linter.run.refresh import Heard, Refreshed, Walk, refresh
from tests.facts.recorded_world import world

TODAY, BEFORE = "2026-11-26", "2026-11-02"


class Dns:
    """A scripted server: pairs to what it says, "nxdomain" for all others; `rounds` are the questions it was asked."""

    def __init__(self, says: Mapping[Pair, Heard | tuple[str, ...] | str]) -> None:
        self.says = dict(says)
        self.rounds: list[list[Pair]] = []

    def __call__(self, pairs: Sequence[Pair]) -> Iterable[Heard]:
        self.rounds.append(list(pairs))
        for pair in pairs:
            said = self.says.get(pair, "nxdomain")
            if isinstance(said, Heard):
                yield said
            elif isinstance(said, str):
                yield Heard(pair, (STATUSES | FAILURE_WORDS)[said])
            else:
                yield Heard(pair, "found", said, 300)


def found(kind: str, *values: str, ttl: int | None = 300, seen: str = TODAY) -> Entry:
    entry = entry_of(kind, values, ttl, seen)
    assert isinstance(entry, Entry)
    return entry


def asks(*pairs: Pair, declared: Mapping[str, Any] | None = None) -> tuple[list[Walk], Asking]:
    """A zone that asks for these pairs, one walk each; some names are declared."""
    asking = Asking(Recorded([]))
    chain = Chain([world(declared or {}, complete=False), asking])
    return [lambda pair=pair: chain.lookup(*pair) and None for pair in pairs], asking  # type: ignore[misc, redundant-expr]


def tree(*names: str) -> tuple[list[Walk], Asking]:
    """A zone that counts the SPF records at these names."""
    asking = Asking(Recorded([]))
    chain = Chain([asking])
    return [lambda name=name: SpfTrees(chain, parse).at(name) and None for name in names], asking  # type: ignore[misc, redundant-expr]


def run(zone: tuple[list[Walk], Asking], dns: Dns, old: Mapping[Pair, Entry] | None = None) -> Refreshed:
    return refresh(*zone, old or {}, dns, TODAY)


VENDOR: dict[Pair, tuple[str, ...]] = {
    ("spf.example.", "TXT"): ("v=spf1 include:a.example mx:b.example -all", "other"),
    ("a.example.", "TXT"): ("v=spf1 redirect=c.example",),
    ("b.example.", "MX"): ("10 mx.b.example.",),
    ("c.example.", "TXT"): ("v=spf1 -all",),
    ("mx.b.example.", "A"): ("192.0.2.1",),
}


def test_a_tree_is_asked_level_by_level_until_it_is_closed() -> None:
    dns = Dns(VENDOR)
    done = run(tree("spf.example."), dns)

    assert {pair for pair, entry in done.entries.items() if entry.status == "found"} == {
        pair for pair in VENDOR if pair[1] != "A"
    } | {pair for pair in VENDOR if pair in done.entries}
    assert done.entries["spf.example.", "TXT"] == found("TXT", *VENDOR["spf.example.", "TXT"])
    assert dns.rounds[0] == [("spf.example.", "TXT")]
    assert (done.failures, done.unasked, done.is_mute) == ((), (), False)


def test_with_a_lock_one_round_asks_for_everything_and_unchanged_answers_keep_ttl_and_day() -> None:
    old = run(tree("spf.example."), Dns(VENDOR)).entries
    old = {pair: entry._replace(seen=BEFORE, ttl=77) if entry.values else entry for pair, entry in old.items()}
    dns = Dns(VENDOR)

    assert run(tree("spf.example."), dns, old).entries == old
    assert len(dns.rounds) == 1


def test_what_has_changed_is_new_and_what_nobody_asks_for_any_more_is_dropped() -> None:
    old = run(tree("spf.example."), Dns(VENDOR)).entries | {("stray.example.", "TXT"): found("TXT", "x")}
    done = run(tree("spf.example."), Dns({**VENDOR, ("spf.example.", "TXT"): ("v=spf1 include:c.example -all",)}), old)

    assert done.entries.keys() == {("spf.example.", "TXT"), ("c.example.", "TXT")}
    assert done.entries["spf.example.", "TXT"].values == ("v=spf1 include:c.example -all",)


def test_aliases_are_recorded_and_where_they_lead_is_asked_unless_it_is_declared() -> None:
    def alias(name: str, kind: str, target: str, status: SaidStatus = "found") -> Heard:
        return Heard(
            (name, kind), status, ("not believed",), 20, ((name.upper(), 60, target), (target, 5, "x.example."))
        )

    dns = Dns(
        {
            ("www.example.", "A"): alias("www.example.", "A", "Edge.example."),
            ("edge.example.", "A"): ("192.0.2.1",),
            ("back.example.", "TXT"): alias("back.example.", "TXT", "here.org.", "servfail"),
        }
    )
    zone = asks(("www.example.", "A"), ("back.example.", "TXT"), declared={"here.org": {"TXT": ["declared"]}})
    done = run(zone, dns)

    assert done.entries == {
        ("www.example.", "CNAME"): found("CNAME", "edge.example.", ttl=60),
        ("edge.example.", "A"): found("A", "192.0.2.1"),
        ("back.example.", "CNAME"): found("CNAME", "here.org.", ttl=60),
    }
    assert done.unasked == ()
    assert dns.rounds == [[("www.example.", "A"), ("back.example.", "TXT")], [("edge.example.", "A")]]


def test_a_name_that_does_not_exist_is_one_entry_and_is_asked_for_once() -> None:
    dns = Dns({})
    done = run(asks(("gone.example.", "A"), ("gone.example.", "MX")), dns)

    assert done.entries == {("gone.example.", ""): Entry("nxdomain", seen=TODAY)}


def test_a_server_that_contradicts_itself_about_a_name_has_it_exist() -> None:
    done = run(asks(("x.example.", "A"), ("x.example.", "MX")), Dns({("x.example.", "A"): ("192.0.2.1",)}))

    assert done.entries == {
        ("x.example.", "A"): found("A", "192.0.2.1"),
        ("x.example.", "MX"): Entry("nodata", seen=TODAY),
    }


@pytest.mark.parametrize("status", ["timeout", "servfail", "refused", "malformed"])
def test_a_failure_keeps_what_was_locked_with_all_below_it(status: str) -> None:
    old = run(tree("spf.example."), Dns(VENDOR)).entries
    old = {pair: entry._replace(seen=BEFORE) if entry.values else entry for pair, entry in old.items()}
    done = run(tree("spf.example."), Dns({**VENDOR, ("spf.example.", "TXT"): status}), old)

    assert done.entries == old
    assert [(failure.pair, failure.kept) for failure in done.failures] == [
        (("spf.example.", "TXT"), old["spf.example.", "TXT"])
    ]
    assert not done.is_mute


def test_a_failure_of_what_was_never_locked_is_left_out() -> None:
    done = run(asks(("a.example.", "TXT"), ("b.example.", "TXT")), Dns({("a.example.", "TXT"): "timeout"}))

    assert done.entries == {("b.example.", ""): Entry("nxdomain", seen=TODAY)}
    assert [(failure.pair, failure.reason, failure.kept) for failure in done.failures] == [
        (("a.example.", "TXT"), "timeout", None)
    ]


def test_a_failure_behind_an_alias_keeps_the_alias_and_what_stands_there() -> None:
    old: dict[Pair, Entry] = {
        ("www.example.", "CNAME"): found("CNAME", "edge.example.", seen=BEFORE),
        ("edge.example.", "A"): found("A", "192.0.2.1", seen=BEFORE),
    }
    silent = dict.fromkeys([("www.example.", "A"), ("www.example.", "CNAME"), ("edge.example.", "A")], "timeout")
    done = run(asks(("www.example.", "A")), Dns(silent), old)

    assert done.entries == old
    assert done.is_mute


def test_no_answer_at_all_is_told_from_nothing_to_ask() -> None:
    assert run(asks(("a.example.", "A")), Dns({("a.example.", "A"): "timeout"})).is_mute
    assert not run(asks(), Dns({})).is_mute


def test_what_the_server_never_mentions_is_a_timeout_and_what_nobody_asked_is_not_believed() -> None:
    def mutter(pairs: Sequence[Pair]) -> Iterable[Heard]:
        return [Heard(("victim.example.", "A"), "found", ("192.0.2.66",))]

    done = refresh(*asks(("a.example.", "A"), ("b.example.", "A")), {}, mutter, TODAY)

    assert done.entries == {}
    assert [failure.reason for failure in done.failures] == ["timeout", "timeout"]


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (Heard(("a.example.", "A"), "found", ("not an address",)), "not an IPv4 address"),
        (Heard(("a.example.", "A"), "found", ("192.0.2.1",), 1, (("b.example.", 1, "c.example."),)), "another name"),
        (Heard(("a.example.", "A"), "found", (), 1, (("a.example.", 1, "b\\032x.example."),)), "not a name"),
        (Heard(("a.example.", "A"), "found", (), 1, (("a.example.", 1, "x..example."),)), "not a name"),
        (Heard(("a.example.", "A"), "found", (), 1, (("a.example.", 1, "."),)), "not a name"),
        (Heard(("a.example.", "A"), "malformed", (), None, (), "\x1b[31m"), "malformed: \x1b[31m"),
    ],
)
def test_garbage_is_a_failure_and_keeps_what_was_locked(heard: Heard, words: str) -> None:
    old: dict[Pair, Entry] = {("a.example.", "A"): found("A", "192.0.2.9", seen=BEFORE)}
    done = run(asks(("a.example.", "A")), Dns({heard.pair: heard}), old)

    assert done.entries == old
    assert words in done.failures[0].reason


def test_aliases_that_lead_in_a_circle_end() -> None:
    circle = {
        ("a.example.", kind): Heard(("a.example.", kind), "servfail", (), None) for kind in ("A",)
    } | {("a.example.", "CNAME"): ("b.example.",), ("b.example.", "CNAME"): ("a.example.",)}  # fmt: skip
    done = run(asks(("a.example.", "CNAME"), ("b.example.", "CNAME"), ("a.example.", "A")), Dns(circle))

    assert done.entries == {
        ("a.example.", "CNAME"): found("CNAME", "b.example."),
        ("b.example.", "CNAME"): found("CNAME", "a.example."),
    }


def test_includes_without_end_stop_at_the_bounds_and_say_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(pairs: Sequence[Pair]) -> Iterable[Heard]:
        for name, kind in pairs:
            number = int(name.partition(".")[0]) + 1
            yield Heard((name, kind), "found", (f"v=spf1 include:{number}.example -all",), 1)

    done = refresh(*tree("0.example."), {}, endless, TODAY)
    assert len(done.entries) == module.MAX_ROUNDS
    assert done.unasked == ((f"{module.MAX_ROUNDS}.example.", "TXT"),)

    monkeypatch.setattr(module, "MAX_QUESTIONS", 5)
    done = refresh(*tree("0.example."), {}, endless, TODAY)
    assert (done.asked, len(done.entries), done.unasked) == (5, 5, (("5.example.", "TXT"),))


@pytest.mark.parametrize(
    "name", ["{zone_name}.", "a b.example.", 'a".example.', f"{'a' * 64}.example.", "*.example.", "."]
)
def test_what_is_no_name_is_not_asked_for(name: str) -> None:
    dns = Dns({})

    assert run(asks((name, "A")), dns).entries == {}
    assert dns.rounds == []


def test_a_hand_written_status_of_a_whole_name_stays_while_it_holds() -> None:
    old: dict[Pair, Entry] = {("x.example.", ""): Entry("nodata")}
    zone = [("x.example.", "A"), ("x.example.", "MX")]
    nothing: dict[Pair, Heard | tuple[str, ...] | str] = {("x.example.", kind): "nodata" for kind in ("A", "MX")}

    assert run(asks(*zone), Dns(nothing), old).entries == old
    assert run(asks(*zone), Dns(dict.fromkeys(zone, "timeout")), old).entries == old
    assert run(asks(*zone), Dns(nothing | {("x.example.", "A"): ("192.0.2.1",)}), old).entries == {
        ("x.example.", "A"): found("A", "192.0.2.1"),
        ("x.example.", "MX"): Entry("nodata", seen=TODAY),
    }


def test_an_answer_that_still_holds_is_dated_anew_only_once_its_day_is_long_ago() -> None:
    pair = ("a.example.", "A")
    gone = ("gone.example.", "")
    dns: dict[Pair, Heard | tuple[str, ...] | str] = {pair: ("192.0.2.1",)}
    for seen, kept in ((TODAY, True), ("2026-11-01", True), ("2026-10-01", False), ("", True), ("2026-99-99", True)):
        old: dict[Pair, Entry] = {pair: found("A", "192.0.2.1", seen=seen), gone: Entry("nxdomain", seen=seen)}
        done = run(asks(pair, ("gone.example.", "MX")), Dns(dns), old)

        day = seen if kept else TODAY
        assert (done.entries[pair].seen, done.entries[gone].seen) == (day, day)
