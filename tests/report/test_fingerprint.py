"""A finding keeps its fingerprint while its line and file move, and loses it when its fault is another one."""

from typing import Any

import pytest

from linter.finding import Finding
from linter.report.fingerprint import ABOUT_WHAT_IS_NOT_THERE, fingerprints
from linter.rules.known import names
from linter.source.text import Source, Span

POINTS_AT_IT = frozenset({
    "dkim-target-missing", "drift-missing", "dmarc-sp-without-effect", "ignore-without-reason",
    "intent-undeclared-mail", "mx-target-missing", "spf-include-without-record",
    "srv-target-missing", "target-without-trailing-dot",
})  # fmt: skip
"""Rules whose names speak of something missing too, and whose carets are under what is wrong."""


def finding(text: str, marked: str, path: str = "a.yaml", **more: Any) -> Finding:
    start = text.index(marked)
    span = Span(Source(path, text), start, start + len(marked))
    made = Finding("spf-syntax", "error", "m", span, "", "", (), "example.com.", "www.example.com.", "TXT")
    return made._replace(**more)


def mark(*findings: Finding) -> list[str]:
    return list(fingerprints(findings))


BEFORE = finding("a: x\nb: v=spf1 nclude:x -all\n", "nclude:x")


@pytest.mark.parametrize(
    "same",
    [
        finding("# moved\n\n\nc: [v=spf1 nclude:x]\n", "nclude:x"),
        finding("v=spf1 nclude:x", "nclude:x", path="split/other.yaml"),
        finding("nclude:x", "nclude:x", message="in other words", help="another way", severity="warning"),
        finding("nclude:x", "nclude:x", name="WWW.example.COM."),
    ],
)
def test_it_stays(same: Finding) -> None:
    assert mark(same) == mark(BEFORE)


@pytest.mark.parametrize(
    "other",
    [
        finding("nclude:y", "nclude:y"),
        finding("nclude:x", "nclude:x", rule="spf-other"),
        finding("nclude:x", "nclude:x", name="mail.example.com."),
        finding("nclude:x", "nclude:x", type="SPF"),
        finding("nclude:x", "nclude:x", identity="more"),
    ],
)
def test_it_changes(other: Finding) -> None:
    assert mark(other) != mark(BEFORE)


def test_it_is_sixteen_hex_digits() -> None:
    (found,) = mark(BEFORE)

    assert (len(found), int(found, 16) >= 0) == (16, True)


def test_blanks_and_line_ends_are_no_difference() -> None:
    assert mark(finding("a\r\n    b", "a\r\n    b")) == mark(finding("a\n  b", "a\n  b"))


def test_what_is_missing_is_the_same_whatever_needs_it() -> None:
    one = finding("10 mx1.example.", "10 mx1.example.", rule="spf-missing")
    other = finding("10 mx2.example.", "10 mx2.example.", rule="spf-missing")

    assert mark(one) == mark(other)


def test_a_number_in_a_message_that_changes_is_no_difference() -> None:
    one = finding("x", "x", message="and 3 more", identity="more")
    other = finding("other place", "place", message="and 4 more", identity="more")

    assert mark(one) == mark(other)


def test_equal_ones_are_counted_whatever_their_order() -> None:
    three, two = mark(BEFORE, BEFORE, BEFORE), mark(BEFORE, BEFORE)

    assert len(set(three)) == 3
    assert three[:2] == two


def test_without_an_owner_the_zone_tells_them_apart() -> None:
    one = BEFORE._replace(name="", zone="a.example.")

    assert mark(one) != mark(one._replace(zone="b.example."))


def test_it_is_decided_of_each_rule_whether_it_points_at_what_is_wrong() -> None:
    words = {"missing", "without", "no", "undeclared", "incomplete"}
    doubtful = {name for name in names() if words & set(name.split("-"))}

    assert doubtful - ABOUT_WHAT_IS_NOT_THERE - POINTS_AT_IT <= {"spf-no-mail"}
    assert names() >= ABOUT_WHAT_IS_NOT_THERE
    assert names() >= POINTS_AT_IT
