"""The lock as a document: what is written is read back as what was asked, whatever a stranger's server said."""

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.lookup.answer import STATUSES, Exchange
from linter.lookup.lock_document import HEADER, Entry, Pair, entries_of, entry_of, lock_text, merged, recording_of
from linter.lookup.recorded import Recorded
from linter.lookup.recorded_reader import read_recording
from linter.records.text.fault import Fault
from linter.records.text.presentation import name_of, octets_of, written_name, written_text
from linter.source.text import Source


def entry(kind: str, *values: str, ttl: int | None = 300, seen: str = "2026-11-02") -> Entry:
    made = entry_of(kind, values, ttl, seen)
    assert isinstance(made, Entry)
    return made


def reread(entries: dict[Pair, Entry]) -> dict[Pair, Entry]:
    recording = read_recording(Source("mailzone.lock", lock_text(entries)))
    assert recording.faults == ()
    return entries_of(recording)


ENTRIES: dict[Pair, Entry] = {
    ("spf.vendor.example.", "TXT"): entry("TXT", '"v=spf1 " "-all"'),
    ("spf.vendor.example.", "MX"): Entry("nodata"),
    ("mail.example.", "MX"): entry("MX", "20 B.example.", "5 a.example.", "100 c.example."),
    ("mail.example.", "AAAA"): entry("AAAA", "2001:DB8::2", "2001:db8::1", ttl=None, seen=""),
    ("gone.example.", ""): Entry("nxdomain"),
    ("alias.example.", "CNAME"): entry("CNAME", "Target.Example."),
    ("bare.example.", "A"): entry("A", "192.0.2.1", ttl=None, seen=""),
}
TEXT = f"""\
{HEADER}
version: 1
answers:
  alias.example:
    CNAME: {{ttl: 300, seen: 2026-11-02, values: ["target.example."]}}
  bare.example:
    A: {{values: ["192.0.2.1"]}}
  gone.example: nxdomain
  mail.example:
    AAAA:
      values:
        - "2001:db8::1"
        - "2001:db8::2"
    MX:
      ttl: 300
      seen: 2026-11-02
      values:
        - "5 a.example."
        - "20 b.example."
        - "100 c.example."
  spf.vendor.example:
    MX: nodata
    TXT: {{ttl: 300, seen: 2026-11-02, values: ["v=spf1 -all"]}}
"""


def test_the_file_is_sorted_with_one_line_for_each_value() -> None:
    assert lock_text(ENTRIES) == lock_text(dict(reversed(ENTRIES.items()))) == TEXT
    assert reread(ENTRIES) == ENTRIES


def test_an_empty_lock_is_a_file_that_can_be_read() -> None:
    assert reread({}) == {}


def test_a_recording_made_of_entries_answers_as_the_file_does() -> None:
    made = Recorded([recording_of(ENTRIES)])
    read = Recorded([read_recording(Source("mailzone.lock", TEXT))])
    for name in ("spf.vendor.example.", "mail.example.", "gone.example.", "alias.example.", "bare.example."):
        for kind in ("TXT", "MX", "A", "AAAA", "CNAME", "NS"):
            one, other = made.lookup(name, kind), read.lookup(name, kind)
            assert (one.status, one.values, one.owner) == (other.status, other.values, other.owner)
            assert [(step.name, step.target) for step in one.steps] == [(s.name, s.target) for s in other.steps]
    assert made.lookup("mail.example.", "MX").values[0] == Exchange(5, "a.example.")


@given(st.binary(max_size=400))
@example(b'"v=spf1" \x00\x1b[31m \xff\xfe; # {%x} & *a !b \\065')
@example(b" leading and trailing ")
@example(b"")
@example(b"- a: b\n---\n...\xe2\x80\xa8\xc2\x85")
@settings(max_examples=300, deadline=None)
def test_any_octets_are_written_safely_and_read_back(octets: bytes) -> None:
    written = written_text(octets)
    entries = {("a.example.", "TXT"): entry("TXT", written)}
    text = lock_text(entries)

    assert octets_of(written) == octets
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    assert reread(entries) == entries
    assert yaml.safe_load(text)["answers"]["a.example"]["TXT"]["values"] == [written]


@given(st.lists(st.text(st.characters(max_codepoint=255, exclude_characters="."), min_size=1, max_size=5), min_size=1))
def test_any_name_is_written_in_ascii_and_read_back(labels: list[str]) -> None:
    name = name_of("".join(f"\\{ord(each):03d}" for each in labels[0]) + ".example")
    if isinstance(name, str):
        assert written_name(name).isascii()
        assert written_name(name).isprintable()
        assert name_of(written_name(name)) == name


_NAMES = st.from_regex(r"[a-z0-9_-]{1,8}(\.[a-z0-9_-]{1,8}){0,3}\.", fullmatch=True)
_STATUSES = st.sampled_from([Entry("nodata"), Entry("servfail"), Entry("timeout")])
_SEEN = st.sampled_from(["", "2026-01-31"])
_TTL = st.one_of(st.none(), st.integers(0, 2**31))
_TXT = st.builds(lambda values, ttl, seen: entry("TXT", *map(written_text, values), ttl=ttl, seen=seen),
                 st.lists(st.binary(max_size=30), min_size=1, max_size=4), _TTL, _SEEN)  # fmt: skip
_MX = st.builds(lambda hosts, ttl: entry("MX", *[f"{number} {name}" for number, name in hosts], ttl=ttl),
                st.lists(st.tuples(st.integers(0, 65535), _NAMES), min_size=1, max_size=4), _TTL)  # fmt: skip
_SRV = st.builds(lambda port, name: entry("SRV", f"0 1 {port} {name}"), st.integers(0, 65535), _NAMES)
_TYPES = st.fixed_dictionaries({}, optional={
    "TXT": st.one_of(_TXT, _STATUSES), "MX": st.one_of(_MX, _STATUSES), "SRV": st.one_of(_SRV, _STATUSES),
})  # fmt: skip
_WHOLE = st.sampled_from(["nxdomain", "nodata", "servfail", "timeout"]).map(lambda word: {"": Entry(STATUSES[word])})


NAMED_ENTRIES = st.dictionaries(_NAMES, st.one_of(_TYPES, _WHOLE), max_size=6)


@given(NAMED_ENTRIES)
@settings(max_examples=300, deadline=None)
def test_what_is_written_is_read_back(names: dict[str, dict[str, Entry]]) -> None:
    entries = {(name, kind): held for name, types in names.items() for kind, held in types.items()}

    assert reread(entries) == entries
    assert lock_text(reread(entries)) == lock_text(entries)


def test_one_answer_has_one_notation() -> None:
    assert entry("TXT", '"v=spf1 " "-all"', "v=spf1 -all").says_same(entry("TXT", "v=\\115pf1 -all", ttl=1, seen=""))
    assert entry("MX", "10 A.example.", "5 b.example").says_same(entry("MX", "5 B.example.", "10 a.example"))
    assert entry("SRV", "0 0 993 IMAP.example.").says_same(entry("SRV", "0 0 993 imap.example."))
    assert not entry("TXT", "A").says_same(entry("TXT", "a"))
    assert isinstance(entry_of("MX", ["mail.example."], 1, ""), Fault)
    assert isinstance(entry_of("CNAME", ["a.example.", "b.example."], 1, ""), Fault)
    assert isinstance(entry_of("A", ["192.0.2.256"], 1, ""), Fault)
    assert entry_of("A", [], 1, "2026-01-01") == Entry("nodata", seen="2026-01-01")


def test_entries_are_merged_by_name_and_type_and_a_name_as_a_whole_replaces_its_types() -> None:
    typed: dict[Pair, Entry] = {("a.", "TXT"): Entry("nodata"), ("a.", "MX"): Entry("nodata")}
    whole: dict[Pair, Entry] = {("b.", ""): Entry("nxdomain")}
    text: dict[Pair, Entry] = {("a.", "TXT"): entry("TXT", "x")}

    assert merged(typed | whole, text) == typed | whole | text
    assert merged(typed | whole, {("a.", ""): Entry("nxdomain")}) == whole | {("a.", ""): Entry("nxdomain")}
    assert merged(typed | whole, {("b.", "TXT"): Entry("nodata")}) == typed | {("b.", "TXT"): Entry("nodata")}
