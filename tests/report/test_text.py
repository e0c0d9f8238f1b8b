"""Reports as people and programs read them: whole ones, letter by letter, and the odd places a finding can stand."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.finding import Finding, Related
from linter.report.counts import Counts
from linter.report.formats import Style
from linter.report.json_format import json_report
from linter.report.shown import width
from linter.report.text import text_report
from linter.source.text import Source, Span

ZONE = Source(
    "zones/example.com.yaml",
    "'':\n  - type: TXT\n    value: v=spf1 nclude:spf.example.net include:old.example.net -all\n"
    "  - type: TXT\n    value: v=spf1 -all\nwww:\n\ttype: A\n",
)
COUNTS = Counts(files=1, zones=1, records=3)


def finding(span: Span, **fields: object) -> Finding:
    """A finding at a place, with the other fields as given."""
    known: dict[str, object] = {
        "rule": "spf-syntax",
        "severity": "error",
        "message": "it is wrong",
        "help": "",
        "reference": "",
        "related": (),
        "zone": "example.com.",
        "name": "example.com.",
        "type": "TXT",
    }
    return Finding(span=span, **(known | fields))  # type: ignore[arg-type]


def at(text: str, source: Source = ZONE) -> Span:
    """The first place of a text."""
    start = source.text.index(text)
    return Span(source, start, start + len(text))


def lines(*findings: Finding, columns: int = 80, summary: bool = False) -> list[str]:
    return list(text_report(findings, COUNTS, Style(False, columns, summary)))


FIRST = finding(
    at("nclude:spf.example.net"),
    rule="spf-unknown-mechanism",
    message="`nclude` is not a mechanism; did you mean `include`?",
    help="write `include:spf.example.net`",
    reference="RFC 7208 section 4.6.1",
)
SECOND = finding(
    at("v=spf1 -all"),
    rule="spf-multiple-records",
    severity="warning",
    message="2 SPF records at one name",
    related=(Related(at("v=spf1 nclude"), "the other one"), Related(at("''"), "the name")),
)
WHOLE = finding(Span(ZONE, 0, 0), rule="not-a-zone", severity="info", message="skipped", zone="", name="", type="")

TEXT = """\
zones/example.com.yaml:3:19: error[spf-unknown-mechanism]: `nclude` is not a mechanism; did you mean `include`?
   3 |     value: v=spf1 nclude:spf.example.net include:old.example.net -all
     |                   ^^^^^^^^^^^^^^^^^^^^^^
     = help: write `include:spf.example.net`
     = see RFC 7208 section 4.6.1

zones/example.com.yaml:5:12: warning[spf-multiple-records]: 2 SPF records at one name
   5 |     value: v=spf1 -all
     |            ^^^^^^^^^^^
     = zones/example.com.yaml:3:12: the other one
     = zones/example.com.yaml:1:1: the name

zones/example.com.yaml:1:1: info[not-a-zone]: skipped

1 error, 1 warning, 1 note: 3 records of 1 zone checked
"""


def test_a_text_report_reads_like_this() -> None:
    report = text_report((FIRST, SECOND, WHOLE), COUNTS, Style())

    assert "".join(f"{line}\n" for line in report) == TEXT


COLOURED = """\
\x1b[1mzones/example.com.yaml:3:19\x1b[0m: \x1b[1;31merror[spf-unknown-mechanism]\x1b[0m: \
`nclude` is not a mechanism; did you mean `include`?
\x1b[34m   3 |\x1b[0m     value: v=spf1 nclude:spf.example.net include:old.example.net -all
\x1b[34m     |\x1b[0m                   \x1b[1;31m^^^^^^^^^^^^^^^^^^^^^^\x1b[0m
     \x1b[34m=\x1b[0m \x1b[1;32mhelp\x1b[0m: write `include:spf.example.net`
     \x1b[34m=\x1b[0m see RFC 7208 section 4.6.1

\x1b[1;31m1 error\x1b[0m: 3 records of 1 zone checked
"""


def test_colours_change_nothing_but_colours() -> None:
    report = list(text_report((FIRST,), COUNTS, Style(colour=True)))

    assert "".join(f"{line}\n" for line in report) == COLOURED


@pytest.mark.parametrize(
    ("counts", "findings", "line"),
    [
        (Counts(1, 1, 1), (), "nothing to report: 1 record of 1 zone checked"),
        (Counts(3, 2, 1234), (), "nothing to report: 1,234 records of 2 zones in 3 files checked"),
        (Counts(1, 0, 0), (WHOLE,), "1 note: 0 records of 0 zones in 1 file checked"),
        (Counts(2, 2, 2), (FIRST, FIRST, WHOLE, WHOLE), "2 errors, 2 notes: 2 records of 2 zones checked"),
    ],
)
def test_the_summary_counts_what_was_found_and_looked_at(
    counts: Counts, findings: tuple[Finding, ...], line: str
) -> None:
    assert list(text_report(findings, counts, Style()))[-1] == line


def test_without_a_summary_a_clean_report_is_empty() -> None:
    assert lines() == []


def test_a_long_line_is_shown_around_the_place() -> None:
    source = Source("a.yaml", f"k: {'x' * 200} nclude {'y' * 200}\n")

    _, excerpt, carets, *_ = lines(finding(at("nclude", source)), columns=60)

    assert (width(excerpt), excerpt[7], excerpt[-1]) == (60, "…", "…")
    assert excerpt[carets.index("^") :].startswith("nclude ")
    assert carets.count("^") == len("nclude")


@pytest.mark.parametrize(
    ("span", "excerpt"),
    [
        (
            Span(Source("a.yaml", "k: >\n  one\n\n  two three\nz: 1\n"), 3, 23),
            ["   1 | k: >", "     |    ^", "   2 |   one", "     |   ^^^", "   4 |   two three", "     |   ^^^^^^^^^"],
        ),
        (
            Span(Source("a.yaml", "".join(f"- {number}\n" for number in range(9))), 0, 36),
            [
                *(line for number in range(6) for line in (f"   {number + 1} | - {number}", "     | ^^^")),
                "     | … 3 more lines",
            ],
        ),
        (Span(Source("a.yaml", "key:\nz: 1"), 4, 4), ["   1 | key:", "     |     ^"]),
        (Span(Source("a.yaml", "key:"), 4, 4), ["   1 | key:", "     |     ^"]),
        (Span(Source("a.yaml", "key: [\n"), 7, 7), ["   2 |", "     | ^"]),
        (Span(Source("a.yaml", "key: a\r\nz: 1"), 5, 8), ["   1 | key: a", "     |      ^"]),
        (
            Span(Source("a.yaml", "\tkey: \x1b漢\u202eb"), 6, 8),
            ["   1 |     key: \\x1b漢\\u202eb", "     |          ^^^^^^"],
        ),
        (Span(Source("a.yaml", "k: v\n" * 12345), 61719, 61720), [" 12344 | k: v", "       |     ^"]),
        (Span(Source("a.yaml", "\n" * 9999 + "k: v"), 10002, 10003), [" 10000 | k: v", "       |    ^"]),
        (Span(Source("a.yaml", ""), 0, 0), []),
        (Span(Source("a.yaml", "k: v"), 0, 0), []),
        (Span(Source("a.yaml", "k: v"), 0, 1), ["   1 | k: v", "     | ^"]),
    ],
)
def test_the_lines_of_a_place_are_shown_with_carets_under_it(span: Span, excerpt: list[str]) -> None:
    first, *shown, last = lines(finding(span))

    assert first.endswith(": it is wrong")
    assert (shown, last) == (excerpt, "")


def test_the_margin_widens_with_the_number_of_the_line() -> None:
    source = Source("a.yaml", "\n" * 99_999 + "k: v")

    report = lines(finding(at("k", source), help="mend it", related=(Related(at("v", source), "this"),)))

    assert report == [
        "a.yaml:100000:1: error[spf-syntax]: it is wrong",
        " 100000 | k: v",
        "        | ^",
        "        = a.yaml:100000:4: this",
        "        = help: mend it",
        "",
    ]


def test_nothing_from_a_file_reaches_the_terminal_raw() -> None:
    evil = "\x1b]0;evil\x07\u202e\r\n\x9b"
    source = Source(f"zones/{evil}.yaml", f"k: {evil}v\n")
    told = finding(
        at("k", source), message=evil, help=evil, reference=evil, related=(Related(at("v\n", source), evil),)
    )

    for line in lines(told):
        assert line.isprintable()


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=80), st.integers(0, 90), st.integers(0, 90), st.integers(20, 200))
def test_any_place_in_any_text_can_be_shown(text: str, start: int, length: int, columns: int) -> None:
    start = min(start, len(text))
    span = Span(Source("a.yaml", text), start, min(start + length, len(text)))

    report = lines(finding(span), columns=columns)

    assert all(line.isprintable() for line in report)
    assert all(width(line) <= max(columns, 27) for line in report[1:])
    json.loads(json_report((finding(span),), COUNTS))
