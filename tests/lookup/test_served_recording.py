"""What was served, written down and read again: the same words of the same servers, and faults with their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.facts.drift.values import served_value
from linter.lookup.recorded_reader import read_any, read_recording
from linter.lookup.recorder import Recorder
from linter.lookup.seen_zones import SeenZones
from linter.lookup.served import ALIAS, FAILURES, FOUND, NO_DATA, REFERRAL, Delegation, Pair, Said, Served
from linter.lookup.served_recording import Replay
from linter.records.text.name import is_under
from linter.source.text import Source
from linter.zone.model import Zone

ZONE = "example.com."
NAMES = ("example.com.", "a.example.com.", "_dmarc.example.com.", "x.a.example.com.", "probe.example.com.")
SERVERS = ("ns1.example.net (192.0.2.1)", "127.0.0.1:53", "[2001:db8::1]:5353")

TEXTS = st.text(st.characters(max_codepoint=0x2FF), max_size=20).map(
    lambda text: '"' + "".join(f"\\{octet:03d}" for octet in text.encode()) + '"'
)
VALUES = {
    "TXT": TEXTS,
    "MX": st.integers(0, 65535).map(lambda number: f"{number} mx{number % 3}.example.net."),
    "SRV": st.integers(0, 9).map(lambda number: f"0 {number} 993 imap.example.net."),
}


@st.composite
def said(draw: st.DrawFn, kind: str) -> Said:
    status = draw(st.sampled_from([FOUND, FOUND, NO_DATA, *FAILURES]))
    if status == FOUND:
        values = draw(st.lists(VALUES[kind], min_size=1, max_size=3, unique=True))
        return Said(FOUND, tuple(values), draw(st.none() | st.integers(0, 86400)))
    return Said(
        status, detail=draw(st.sampled_from(["", 'the server says "no": \\ {x}'])) if status in FAILURES else ""
    )


@st.composite
def served(draw: st.DrawFn) -> Served:
    pairs = draw(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(sorted(VALUES))), unique=True, max_size=6))
    asked = SERVERS[: draw(st.integers(1, 3))]
    words = {server: {pair: draw(said(pair[1])) for pair in pairs} for server in asked}
    lost = ((SERVERS[-1], Said("timeout", detail="no answer")),) if len(asked) < 3 and draw(st.booleans()) else ()
    return Served(ZONE, (*asked, *(server for server, _ in lost)), words, "probe", lost, False, draw(st.booleans()))


def told(one: Served, pair: Pair) -> list[tuple[str, str, list[str], int | None, str]]:
    return [
        (
            server,
            each.status,
            sorted(served_value(pair[1], value) or "" for value in each.values),
            each.ttl,
            each.detail,
        )
        for server, each in one.of(pair)
    ]


@given(served())
def test_a_recording_says_the_same(one: Served) -> None:
    recorder = Recorder("2026-11-26")
    recorder.add(one)
    recording = read_recording(Source("seen.answers", recorder.text()))

    assert recording.faults == ()
    again = Replay(recording).of(ZONE)
    assert (again.servers, again.probe, again.lost, again.every) == (one.servers, one.probe, one.lost, one.every)
    for pair in one.pairs:
        assert told(again, pair) == told(one, pair)
    assert set(again.pairs) == set(one.pairs)


def test_aliases_and_referrals_are_written_where_they_stand() -> None:
    held = {
        ("s._domainkey.example.com.", "TXT"): Said(ALIAS, ("k.vendor.example.",), 60),
        ("sub.example.com.", "MX"): Said(REFERRAL, ("ns.vendor.example.",)),
    }
    recorder = Recorder("2026-11-26")
    recorder.add(Served(ZONE, ("a",), {"a": held}, "probe"))

    again = Replay(read_recording(Source("seen.answers", recorder.text()))).of(ZONE)

    assert {pair: again.first(pair) for pair in held} == held
    assert again.first(("s._domainkey.example.com.", "CNAME")) == Said(FOUND, ("k.vendor.example.",), 60)


def test_two_zones_that_know_a_name_differently_keep_their_own_word() -> None:
    recorder = Recorder("2026-11-26")
    pair = ("sub.example.com.", "NS")
    for zone, host in (("example.com.", "old.example."), ("sub.example.com.", "new.example.")):
        recorder.add(Served(zone, (zone,), {zone: {pair: Said(FOUND, (host,), 60)}}, "probe"))

    recording = read_recording(Source("seen.answers", recorder.text()))

    assert Replay(recording).of("example.com.").first(pair).values == ("old.example.",)
    assert Replay(recording).of("sub.example.com.").first(pair).values == ("new.example.",)


@given(st.permutations(["example.com.", *(f"{label}.example.com." for label in "abcdef"), "x.a.example.com.", "com."]))
def test_zones_above_and_below_each_other_are_written_in_any_order(zones: list[str]) -> None:
    recorder, pairs = Recorder("2026-11-26"), [(zone, "NS") for zone in zones]
    for number, zone in enumerate([*zones, zones[0]]):  # one of them is declared twice
        host = f"ns{number % len(zones)}.example."
        held = {pair: Said(FOUND, (host,), 60) for pair in pairs if is_under(pair[0], zone)}
        recorder.add(Served(zone, (zone,), {zone: held}, "probe"))

    recording = read_recording(Source("seen.answers", recorder.text()))

    assert recording.faults == ()
    for number, zone in enumerate(zones):
        replayed = Replay(recording).of(zone)
        for pair in pairs:
            if is_under(pair[0], zone):
                assert replayed.first(pair).values == (f"ns{number}.example.",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("compared: []", "expected zones, each with the servers that were asked"),
        ("compared: {a..b: {}}", "empty label"),
        ("compared: {a.b: {sever: []}}", "`sever` is unknown; expected one of"),
        ("compared: {a.b: {servers: x}}", "expected a list"),
        ("compared: {a.b: {servers: [[]]}}", "expected text"),
        ("compared: {a.b: {probe: a.b}}", "`a.b` is not a label"),
        ("compared: {a.b: {whole: maybe}}", "expected `true` or `false`"),
        ("compared: {a.b: {otherwise: {x: {a.b: oops}}}}", "`oops` is not a status of a name"),
        ("compared: {a.b: {failed: [{status: gone}]}}", "`gone` is unknown; expected one of"),
        ("compared: {a.b: {failed: [{status: timeout, name: a..b}]}}", "empty label"),
        ("compared: {a.b: {failed: [{when: x, status: timeout}]}}", "`when` is unknown"),
    ],
)
def test_faults_are_told_with_their_places(text: str, words: str) -> None:
    recording = read_recording(Source("seen.answers", f"version: 1\nanswers: {{}}\n{text}\n"))

    assert any(words in fault.message for fault in recording.faults), recording.faults
    assert all(fault.span.source.position(fault.span.start).line == 3 for fault in recording.faults)


def test_a_zone_that_two_files_declare_stands_in_the_file_once() -> None:
    recorder = Recorder("2026-11-26")
    views = (("MX", "10 mx.example.net."), ("TXT", '"a"'))
    for kind, value in views:
        recorder.add(Served(ZONE, ("a",), {"a": {(ZONE, kind): Said(FOUND, (value,), 60)}}, "probe"))

    recording = read_recording(Source("seen.answers", recorder.text()))

    assert recording.faults == ()
    assert recording.compared[ZONE].otherwise == {}
    assert [Replay(recording).of(ZONE).first((ZONE, kind)).status for kind, _ in views] == [FOUND, FOUND]


def test_a_zone_is_seen_as_its_own_server_has_it_whatever_the_zone_above_says_of_it() -> None:
    recorder = Recorder("2026-11-26")
    above = {
        (ZONE, "MX"): Said(FOUND, ("10 mx.example.net.",), 60),
        (f"sub.{ZONE}", "NS"): Said(FOUND, ("ns.old.",), 60),
    }
    below = {
        (f"sub.{ZONE}", "MX"): Said(FOUND, ("20 mx.example.net.",), 60),
        (f"sub.{ZONE}", "NS"): Said(FOUND, ("ns.new.",), 60),
    }
    recorder.add(Served(ZONE, ("a",), {"a": above}, "probe"))
    recorder.add(Served(f"sub.{ZONE}", ("b",), {"b": below}, "probe"))
    recording = read_recording(Source("seen.answers", recorder.text()))
    zone = SeenZones([recording]).seen(Zone(f"sub.{ZONE}", (), ()))

    assert sorted((record.name, record.type, len(record.values)) for record in zone.records) == [
        (f"sub.{ZONE}", "MX", 1),
        (f"sub.{ZONE}", "NS", 1),
    ]
    assert zone.records[0].node.source is recording.source


def test_the_form_that_is_written_is_read_as_by_the_reader_of_yaml() -> None:
    recorder = Recorder("2026-11-26")
    held = {
        (ZONE, "MX"): Said(FOUND, ("10 mx.example.net.",), 60),
        (f"a.{ZONE}", "TXT"): Said("timeout", detail="late"),
    }
    delegation = Delegation("seen", ("ns1.example.com.",), ("ns2.example.com.",), "192.0.2.1")
    recorder.add(Served(ZONE, ("a",), {"a": held}, "probe", complete=False, delegation=delegation))
    source = Source("seen.answers", recorder.text())
    fast, any_ = read_recording(source), read_any(source)

    assert fast == any_
    assert (fast.compared[ZONE].complete, fast.compared[ZONE].delegation) == (False, delegation)
