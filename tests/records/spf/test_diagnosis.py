"""An SPF record with a slip of the pen is read on: one slip is one fault, and what was meant is kept."""

import pytest

from linter.records.spf import record as spf

# What was plainly meant stays in the record, so that what follows from it can still be told.
REPAIRED = [
    ("v=spf1 a -all", 8, 8, "v=spf1 a-all"),
    ("v=spf1 a ip4:1.2.3.4", 8, 8, "v=spf1 aip4:1.2.3.4"),
    ("v=spf1 include:x.example ~all", 24, 24, "v=spf1 include:x.example~all"),
    ("v=spf1 ip4:1.2.3.4 -all", 18, 18, "v=spf1 ip4:1.2.3.4-all"),
    ("v=spf1 a -all mx", 13, 19, "v=spf1 a -allv=spf1 mx"),
    ("v=spf1 a -all", 8, 9, "v=spf1 a\t-all"),
    ("v=spf1 a mx -all", 8, 9, "v=spf1 a\tmx\t-all"),
    ("v=spf1 a -all", 13, 15, "v=spf1 a -all\r\n"),
    ("v=spf1 a mx", 8, 9, "v=spf1 a\u00a0mx"),
    ("v=spf1 a -all", 9, 10, "v=spf1 a \u2013all"),
    ("v=spf1 a ~all", 9, 10, "v=spf1 a \u02dcall"),
    ("v=spf1 a -all", 13, 14, "v=spf1 a -all\u201d"),
    ("v=spf1 a mx -all", 7, 8, "v=spf1 \u201ca mx -all"),
    ("v=spf1 a -all", 13, 14, "v=spf1 a -all;"),
    ("v=spf1 a -all", 13, 14, "v=spf1 a -all."),
    ("v=spf1 a -all", 13, 14, 'v=spf1 a -all"'),
    ("v=spf1 a mx -all", 8, 9, 'v=spf1 a" "mx -all'),
    ("v=spf1 a mx", 9, 10, 'v=spf1 a " mx'),
    ("v=spf1 a mx", 7, 9, 'v=spf1 \\"a\\" mx'),
    ("v=spf1 a mx -all", 8, 9, "v=spf1 a, mx, -all"),
    ("v=spf1 a mx -all", 8, 9, "v=spf1 a,mx,-all"),
    ("v=spf1 include:x.example include:y.example", 24, 25, "v=spf1 include:x.example, include:y.example"),
    ("v=spf1 include:x.example -all", 24, 25, "v=spf1 include:x.example;-all"),
    ("v=spf1 include:x.example -all", 7, 25, "v=spf1 include: x.example -all"),
    ("v=spf1 include:x.example -all", 7, 24, "v=spf1 include x.example -all"),
    ("v=spf1 include:x.example -all", 7, 25, "v=spf1 include :x.example -all"),
    ("v=spf1 include:x.example -all", 7, 26, "v=spf1 include : x.example -all"),
    ("v=spf1 ip4:192.0.2.0/24", 7, 24, "v=spf1 ip4: 192.0.2.0/24"),
    ("v=spf1 ip6:::1", 7, 15, "v=spf1 ip6  ::1"),
    ("v=spf1 redirect=x.example", 7, 27, "v=spf1 redirect = x.example"),
    ("v=spf1 a -all", 9, 14, "v=spf1 a - all"),
    ("v=spf1 -include:x.example", 7, 27, "v=spf1 -include:  x.example"),
    ("v=spf1 -all", 7, 17, "v=spf1 include: x -all"),
    ("v=spf1 a", 9, 20, "v=spf1 a : x.example"),
]


@pytest.mark.parametrize(("meant", "start", "end", "text"), REPAIRED)
def test_one_slip_is_one_fault_and_what_was_meant_is_kept(meant: str, start: int, end: int, text: str) -> None:
    record = spf.parse(text)
    assert [(fault.kind, fault.start, fault.end) for fault in record.faults] == [("syntax", start, end)]
    assert not record.is_valid
    assert spf.to_text(record) == meant


def test_the_parts_of_a_repaired_term_stand_where_they_are_written() -> None:
    text = "v=spf1 include:  x.example"
    (mechanism,) = spf.parse(text).mechanisms
    assert mechanism.domain is not None
    assert text[mechanism.domain.start : mechanism.domain.end] == "x.example"
    assert text[mechanism.start : mechanism.end] == "include:  x.example"


def test_a_habit_is_told_once_with_its_number() -> None:
    (fault,) = spf.parse("v=spf1 a, mx, ip4:192.0.2.1, -all").faults
    assert fault.help == "remove it in all 3 places"


def test_several_causes_are_told_in_their_order() -> None:
    text = "v=spf1 nclude:x.example ip4:1.2.3/33 a:%{z}.%{y}.x redirect=a.b, redirect=c.d ~al"
    assert [text[fault.start : fault.end] for fault in spf.parse(text).faults] == [
        "nclude:x.example",
        "1.2.3",
        "33",
        "%{z}",
        "%{y}",
        ",",
        "redirect=c.d",
        "~al",
    ]


def test_a_fault_behind_all_is_told() -> None:
    assert [fault.kind for fault in spf.parse("v=spf1 -all moo").faults] == ["unknown-mechanism"]


def test_a_repeated_version_does_not_make_receivers_fail() -> None:
    assert spf.parse("v=spf1 a v=spf1 mx").is_valid
    assert not spf.parse("v=spf1 a v=spf1 nclude:x.example").is_valid
    assert not spf.parse("v=spf1 a -allv=spf1 mx").is_valid


def test_a_hostile_record_is_not_told_endlessly() -> None:
    faults = spf.parse("v=spf1" + " moo" * 10_000).faults
    assert len(faults) == 101
    assert faults[-1].message == "reading stops here: 100 faults before this"


@pytest.mark.parametrize(
    "text",
    [
        "v=spf1" + " " * 65_000,
        "v=spf1" + " a" * 10_000,
        "v=spf1" + " a," * 10_000,
        "v=spf1" + " x=%{d}" * 10_000,
        "v=spf1" + " redirect=a.b" * 5_000,
        "v=spf1 a:" + "a." * 32_000 + "!",
        "v=spf1 a:" + "/1" * 32_000,
        "v=spf1 a:x.y" + "/" * 64_000,
        "v=spf1 ip4:" + "1." * 32_000,
        "v=spf1 ip6:" + "1:" * 32_000,
        "v=spf1 a:" + "%" * 64_001,
        "v=spf1 x=" + "%{" * 32_000,
        "v=spf1 " + "-" * 64_000,
        "v=spf1 a" + "-all" * 16_000,
        "v=spf1 a" + ",a" * 32_000,
        "v=spf1 " + '"' * 64_000,
        "v=spf1 " + "\u2013" * 64_000,
        "v=spf1" + "\t\u00a0" * 32_000,
        "v=spf1 " + "include:" * 8_000,
        "v=spf1 " + "x" * 64_000,
        "v=spf1 " + "a-" * 32_000 + "!",
    ],
)
def test_a_long_record_is_read_to_its_end(text: str) -> None:
    spf.parse(text)
    spf.near_miss(" " + text)


# the word, its strange character, the beginning of the message, the way out
STRANGE = [
    ("a:x.example\0", "\0", "a null byte is in `a:x.example\\x00`", "remove it"),
    ("a\x07", "\x07", "the character U+0007 (a control character) is in `a\\x07`", "remove it"),
    ("inc\u200blude:x.example", "\u200b", "the character U+200B (zero width space) in", "remove it"),
    (
        "a:m\u00fcller.example",
        "a:m\u00fcller.example",
        "the character U+00FC (latin small letter u",
        "write `a:xn--mller-kva.example`",
    ),
    (
        "exp=m\u00fcller.example",
        "exp=m\u00fcller.example",
        "the character U+00FC (latin",
        "write `exp=xn--mller-kva.example`",
    ),
    (
        "a:stra\u00dfe.example",
        "a:stra\u00dfe.example",
        "the character U+00DF (latin small letter sharp s) in",
        "write `a:xn--strae-oqa.example`",
    ),
    ("\udc80a:x.example", "\udc80", "the character U+DC80 (a control character) in `\\udc80a:x.example`", ""),
    ("\U0001f600", "\U0001f600", "the character U+1F600 (grinning face) in", ""),
]


@pytest.mark.parametrize(("word", "char", "message", "way_out"), STRANGE)
def test_a_character_that_is_not_visible_ascii_is_named(word: str, char: str, message: str, way_out: str) -> None:
    text = f"v=spf1 mx {word} -all"
    (fault,) = spf.parse(text).faults
    assert (fault.kind, text[fault.start : fault.end]) == ("syntax", char)
    assert fault.message.startswith(message)
    assert fault.help == way_out


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("v=spf1 mx -all # note", "# note"),
        ("v=spf1 mx -all # old server at a mx", "# old server at a mx"),
        ("v=spf1 mx # note -all", "# note"),
        ("v=spf1 mx -all // note a", "// note a"),
        ("v=spf1 mx -all ; note", "; note"),
        ("v=spf1 mx -all(by hand)", "(by hand)"),
        ("v=spf1 mx -all; v=spf1 a", "v=spf1"),
        ("v=spf1 mx -all;v=spf1 a", "v=spf1"),
        ("v=spf1 includes:x.example -all", "includes:x.example"),
    ],
)
def test_a_comment_and_a_second_record_are_one_fault(text: str, marked: str) -> None:
    (fault,) = spf.parse(text).faults

    assert text[fault.start : fault.end] == marked
