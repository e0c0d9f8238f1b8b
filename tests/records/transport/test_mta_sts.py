"""MTA-STS records: which texts senders take for one, what they read, and what is said about the rest."""

import re
import sys
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.transport import mta_sts
from linter.records.transport.mta_sts import MtaSts, is_mta_sts, near_miss, parse, to_text

LOSS = "so senders act as if the domain had no MTA-STS"


def found(text: str) -> list[tuple[str, str]]:
    """(kind, text it points at) of every fault."""
    return [(fault.kind, text[fault.start : fault.end]) for fault in parse(text).faults]


def only(text: str) -> tuple[int, str, str]:
    """(start, message, help) of the one fault."""
    (fault,) = parse(text).faults
    return fault.start, fault.message, fault.help


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("v=STSv1; id=20160831085700Z;", "20160831085700Z"),
        ("v=STSv1;id=a", "a"),
        ("v=STSv1; id=7bd4f1c2d2feafeece15ae01bf67b678", "7bd4f1c2d2feafeece15ae01bf67b678"),
        ("v=STSv1;\tid=1 ;  ", "1"),
        ("v=STSv1; \t id=1\t;", "1"),
    ],
)
def test_a_record_names_its_policy(text: str, identifier: str) -> None:
    assert is_mta_sts(text)
    assert ((), identifier) == parse(text)[2:]
    assert near_miss(text, at_mta_sts_name=True) is None


@pytest.mark.parametrize(
    "text",
    ["v=STSv1", "v=STSv1 ;id=1", "V=STSv1;id=1", "v=stsv1;id=1", " v=STSv1;id=1", "v=STSv2;id=1", "id=1;v=STSv1;", ""],
)
def test_senders_select_only_what_begins_with_the_version_and_a_semicolon(text: str) -> None:
    assert not is_mta_sts(text)
    assert parse(text).faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        # FACTS of the grammar: `id` is required, 1 to 32 letters and digits, in this case, without blanks.
        ("v=STSv1;", [("syntax", "")]),
        ("v=STSv1; id=", [("syntax", "id=")]),
        ("v=STSv1; id=2024-01-01", [("syntax", "2024-01-01")]),
        ("v=STSv1; id=2024.1", [("syntax", "2024.1")]),
        ("v=STSv1; id=12:30", [("syntax", "12:30")]),
        ("v=STSv1; id=a b", [("syntax", "a b")]),
        (f"v=STSv1; id={'a' * 32}", []),
        (f"v=STSv1; id={'a' * 33}", [("syntax", "a" * 33)]),
        ("v=STSv1; ID=1", [("syntax", "ID")]),
        ("v=STSv1; ids=1", [("syntax", "ids")]),
        ("v=STSv1; id = 1", [("syntax", "id = 1")]),
        ("v=STSv1; id =1", [("syntax", "id =1")]),
        ("v=STSv1; id= 1", [("syntax", "id= 1")]),
        # Semicolons and blanks.
        ("v=STSv1; id=1;;", [("syntax", ";")]),
        ("v=STSv1;; id=1", [("syntax", ";")]),
        ("v=STSv1; id=1;;;;", [("syntax", ";")]),
        ("v=STSv1; id=1 ", [("syntax", " ")]),
        ("v=STSv1; id=1 foo=2", [("syntax", "")]),
        ("v=STSv1; id=1, foo=2", [("syntax", ",")]),
        # Parts that are not fields.
        ("v=STSv1; 20240101", [("syntax", "20240101")]),
        ("v=STSv1; id: 1", [("syntax", "id: 1")]),
        ("v=STSv1; id=1; foo", [("syntax", "foo")]),
        ("v=STSv1; id=1; =2", [("syntax", "=2")]),
        ("v=STSv1; id=1; foo=", [("syntax", "foo=")]),
        ("v=STSv1; id=1; foo=a b", [("syntax", "a b")]),
        ("v=STSv1; id=1; foo=a=b", [("syntax", "a=b")]),
        ("v=STSv1; id=1; -foo=a", [("syntax", "-foo")]),
        (f"v=STSv1; id=1; {'f' * 33}=a", [("syntax", "f" * 33)]),
        # What senders pass over.
        ("v=STSv1; id=1; foo=bar", [("ignored-field", "foo=bar")]),
        ("v=STSv1; foo=bar; id=1", [("ignored-field", "foo=bar")]),
        ("v=STSv1; id=1; foo=a; foo=b", [("ignored-field", "foo=a")]),
        ("v=STSv1; id=1; id=2", [("ignored-field", "id=2")]),
        ("v=STSv1; id=1; id=", [("syntax", "id=")]),
        ("v=STSv1; id=1; v=STSv1; id=2", [("ignored-field", "v=STSv1")]),
        ("v=STSv1; mode=enforce", [("ignored-field", "mode=enforce"), ("syntax", "")]),
        # Characters that no record holds.
        ("v=STSv1; id=1\\;", [("syntax", "\\")]),
        ('v=STSv1; id="1"', [("syntax", '"')]),
        ("v=STSv1; id=\u201c1\u201d", [("syntax", "\u201c")]),
        ("v=STSv1; id=1\u00a0", [("syntax", "\u00a0")]),
        ("v=STSv1; id=1\0; foo=\0", [("syntax", "\0")]),
        ("v=STSv1;\r\nid=1", [("syntax", "\r"), ("syntax", "\n")]),
        ("v=STSv1; id=\U0001f511; \\foo=1", [("syntax", "\U0001f511"), ("syntax", "\\")]),
    ],
)
def test_one_cause_has_one_fault(text: str, faults: list[tuple[str, str]]) -> None:
    assert faults == found(text)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("v=STSv1", [("syntax", "")]),
        ("v=STSv1 ; id=1", [("syntax", " ")]),
        ("v=STSv1 id=1", [("syntax", "")]),
        ("v=STSv1, id=1", [("syntax", ",")]),
        ("v=STSv1\\; id=1\\;", [("syntax", "\\")]),
        ("v=STSv1id=1", [("syntax", "")]),
        ("v=STSv12; id=1", [("syntax", "STSv12")]),
        ("v=STSv1.0; id=1", [("syntax", "STSv1.0")]),
        ("v=STS1; id=1", [("syntax", "STS1")]),
        ("v=MTA-STSv1; id=1", [("syntax", "MTA-STSv1")]),
        ("v=1; id=1", [("syntax", "1")]),
        ("v=; id=1", [("syntax", "v=")]),
        ("v=stsv1; id=1", [("syntax", "stsv1")]),
        ("V=STSv1; id=1", [("syntax", "V=STSv1")]),
        ("v = STSv1; id=1", [("syntax", "v = STSv1")]),
        ("v: STSv1; id=1", [("syntax", "v: STSv1")]),
        ("STSv1; id=1", [("syntax", "STSv1")]),
        ("version=STSv1; id=1", [("syntax", "version=")]),
        ("=STSv1; id=1", [("syntax", "=")]),
        (" v=STSv1; id=1", [("syntax", " ")]),
        ('"v=STSv1; id=1"', [("syntax", '"')]),
        ("\ufeffv=STSv1; id=1", [("syntax", "\ufeff")]),
        ("id=1; v=STSv1", [("syntax", "v=STSv1")]),
        ("id=1", [("syntax", "")]),
        ("v=stsv1; id=2024-01-01; foo", [("syntax", "stsv1"), ("syntax", "2024-01-01"), ("syntax", "foo")]),
    ],
)
def test_a_near_miss_is_read_on_as_it_was_meant(text: str, faults: list[tuple[str, str]]) -> None:
    assert faults == found(text)
    assert near_miss(text, at_mta_sts_name=True) in parse(text).faults


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";",
        "google-site-verification=abc",
        "v=spf1 -all",
        "v=DMARC1; p=none",
        "v=DKIM1; p=",
        "v=TLSRPTv1; rua=mailto:d@example.com",
        "v=BIMI1; l=; a=",
        "v=verifydomain; foo=1",
    ],
)
def test_texts_of_other_kinds_are_no_near_misses_and_have_one_fault(text: str) -> None:
    assert near_miss(text, at_mta_sts_name=True) is None
    assert near_miss(text) is None
    assert only(text) == (0, "the record does not begin with `v=STSv1;`, so senders ignore it", "")


def test_only_at_its_own_name_a_list_without_a_version_is_a_near_miss() -> None:
    for text in ("id=20240101", "v=1; id=20240101", "v=STS; id=1"):
        assert near_miss(text) is None
        assert near_miss(text, at_mta_sts_name=True)


@pytest.mark.parametrize("text", ["v=stsv1; id=1", " v=STSv1; id=1", "STSv1", "id=1; v=STSv1", "v=STSv1 id=1"])
def test_elsewhere_a_text_with_the_version_is_a_near_miss(text: str) -> None:
    assert near_miss(text)


@pytest.mark.parametrize("text", ["see STSv1; or ask", "STSv1 is deployed", "the version is v=STSv1, we think"])
def test_prose_about_mta_sts_is_no_near_miss(text: str) -> None:
    assert near_miss(text) is None


@pytest.mark.parametrize(
    ("text", "start", "message", "way_out"),
    [
        ("v=STSv1", 7, f"`id` is missing, {LOSS}", "add `id=20270131`"),
        ("v=STSv1; ", 7, f"`id` is missing, {LOSS}", "add `id=20270131`"),
        (
            "v=STSv1; id=2024-01-01T12:00Z",
            12,
            f"`2024-01-01T12:00Z` is not an `id`, which has letters and digits only, {LOSS}",
            "write `20240101T1200Z`",
        ),
        (
            "v=STSv1; id=-",
            12,
            f"`-` is not an `id`, which has letters and digits only, {LOSS}",
            "give it 1 to 32 letters and digits, such as the date of the policy",
        ),
        (f"v=STSv1; id={'1' * 40}", 12, f"`id` has 40 characters, 8 too many, {LOSS}", None),
        ("v=STSv1; ID=1", 9, f"`ID` is not `id`, {LOSS}", "write `id`"),
        ("v=STSv1; 20240101", 9, f"`20240101` has no `=`, {LOSS}", "put `id=` before it"),
        ("v=STSv1; id 20240101", 9, f"`id 20240101` has no `=`, {LOSS}", "put `=` between `id` and its value"),
        ("v=STSv1; id=1; id=2", 15, "`id` occurs twice; senders read the first and ignore this one", "keep one `id`"),
        (
            "v=STSv1; id=1; mode=enforce",
            15,
            "`mode` is not a field that senders know, so they ignore it",
            "move it to the policy file",
        ),
        (
            "v=STSv1; id = 1",
            9,
            "a blank is next to the `=`, so strict senders act as if the domain had no MTA-STS",
            "leave out the blanks around it",
        ),
        (
            "v=STSv1 ; id=1",
            7,
            "a blank before the first semicolon: some senders ignore the record",
            "remove the blank",
        ),
        ("v=STSv1\\; id=1", 7, f"a literal backslash comes after `v=STSv1`, {LOSS}", "remove the backslash"),
        ("v=STSv1 id=1", 7, f"the semicolon after `v=STSv1` is missing, {LOSS}", "begin the record with `v=STSv1;`"),
        ("v=stsv1; id=1", 2, f"`stsv1` is not `STSv1` letter for letter, {LOSS}", "begin the record with `v=STSv1;`"),
        ("\u200bv=STSv1; id=1", 0, f"an invisible character comes before `v=STSv1`, {LOSS}", "remove it"),
        ("v=STSv1; id=1\x07", 13, f"the character U+0007 is in the record, {LOSS}", "remove it"),
    ],
)
def test_a_message_says_the_fault_the_fact_and_the_way_out(
    text: str, start: int, message: str, way_out: str | None
) -> None:
    assert (start, message) == only(text)[:2]
    assert way_out in (None, only(text)[2])
    assert parse(text).faults[0].reference == "RFC 8461 section 3.1"


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("v=STSv1;id=1 ; foo=bar;", "v=STSv1; id=1; foo=bar"),
        ("v=STSv1; foo=bar; id=1; id=2; foo=baz", "v=STSv1; id=1; foo=bar"),
        ("id=1; V=STSv1", "v=STSv1; id=1"),
        ("v=STSv1; id=a-b", "v=STSv1"),
        ("v=STSv1; id=1; foo =a", "v=STSv1; id=1"),
    ],
)
def test_the_usual_spelling_has_one_blank_behind_each_semicolon(text: str, usual: str) -> None:
    assert usual == to_text(parse(text))


def test_a_well_formed_record_loads_no_diagnosis(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("linter.records.text.field_list_diagnosis", "linter.records.text.version_near_miss")
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    assert parse("v=STSv1; id=20240101;").id == "20240101"
    assert near_miss("v=spf1 -all") is None
    assert not any(name in sys.modules for name in names)


PIECES = st.one_of(
    st.sampled_from(["v=STSv1", "id=1", "id=", "id=a-b", "foo=bar", "foo", "=", "mx=a.example", "v=stsv1", "ID=1"]),
    st.sampled_from([";", "; ", ";;", " ", " ; ", ",", '"', "\\;", "\t", "\n", "\0", "\u00e9", "\U0001f511", "-", "_"]),
    st.text(max_size=4),
)
SOUP = st.lists(PIECES, max_size=10).map("".join)
RECORD_SOUP = st.one_of(SOUP, SOUP.map("v=STSv1;{}".format), SOUP.map("v=STSv1; id=1;{}".format))


def assert_is_well_formed(record: MtaSts) -> None:
    end = len(record.text)
    assert list(record.faults) == sorted(set(record.faults))
    for fault in record.faults:
        assert 0 <= fault.start <= fault.end <= end
        assert fault.kind in ("syntax", "ignored-field")
        for line in (fault.message, fault.help):
            assert "\n" not in line
            assert not line.endswith(".")
    for tag in record.tags.tags:
        assert 0 <= tag.start <= tag.value_start <= tag.value_end <= tag.end <= end
        assert tag.value == record.text[tag.value_start : tag.value_end]


@settings(deadline=None)
@given(st.one_of(RECORD_SOUP, st.text()))
def test_any_text_is_read(text: str) -> None:
    record = parse(text)
    assert_is_well_formed(record)
    assert near_miss(text, at_mta_sts_name=True) in (None, *record.faults)
    if record.id is None:
        assert record.faults
    usual = to_text(record)
    again = parse(usual)
    assert (usual, record.id) == (to_text(again), again.id)


@settings(deadline=None)
@given(RECORD_SOUP)
def test_reading_with_and_without_diagnosis_is_the_same(text: str) -> None:
    quickly = parse(text)
    with patch.object(mta_sts, "is_plain", return_value=False):
        assert quickly == parse(text)


FIELD = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[!-:<>-~]+"
RECORD = re.compile(rf"v=STSv1(?:[ \t]*;[ \t]*{FIELD})+(?:[ \t]*;[ \t]*)?")


@settings(deadline=None, max_examples=300)
@given(RECORD_SOUP)
def test_a_record_has_a_syntax_fault_exactly_where_the_grammar_refuses_it(text: str) -> None:
    fields = re.findall(r"[ \t]*;[ \t]*([^=;]*)=([^;]*)", text)
    ids = [value.rstrip(" \t") for name, value in fields if name == "id"]
    is_valid = (
        RECORD.fullmatch(text) is not None
        and text.startswith("v=STSv1;")
        and bool(ids)
        and re.fullmatch(r"[A-Za-z0-9]{1,32}", ids[0]) is not None
        and not set('\\"') & set(text)  # lawful in a field that nobody has defined, and left over from quoting
    )
    assert is_valid == all(fault.kind != "syntax" for fault in parse(text).faults)


@settings(deadline=None)
@given(st.from_regex(r"[A-Za-z0-9]{1,32}", fullmatch=True), st.lists(st.from_regex(FIELD, fullmatch=True), max_size=3))
def test_what_is_written_is_read_again(identifier: str, fields: list[str]) -> None:
    extensions = {field.partition("=")[0]: field for field in reversed(fields)}
    names = [name for name in extensions if name not in ("v", "V", "id")]
    text = "; ".join(["v=STSv1", f"id={identifier}", *[extensions[name] for name in names]])
    assert (text, identifier) == (to_text(parse(text)), parse(text).id)


@pytest.mark.parametrize(
    "text",
    [
        "v=STSv1;" + " " * 65_536 + "id=1",
        "v=STSv1;" + ";" * 65_536,
        "v=STSv1; id=1" + "; a=b" * 10_000,
        "v=STSv1; id=1; x" + " a" * 30_000,
        "v=STSv1; " + "=" * 65_536,
        '"' * 65_536 + "v=STSv1; id=1",
        "v=STSv1; id=" + "\0" * 65_536,
        "v" + " " * 65_536 + "=STSv1",
        "id=1;" * 10_000,
    ],
)
def test_long_texts_are_read(text: str) -> None:
    assert_is_well_formed(parse(text))
