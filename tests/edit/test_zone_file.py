"""The editor of zone files: what changes is what was asked for, and no other character."""

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.edit.change import CannotEdit, Change, Edit, applied
from linter.edit.zone_file import edited
from linter.source.text import Source
from linter.zone.document import Document
from linter.zone.presented import presented
from linter.zone.reading import read_document, zone_from

ZONE = """---
# of the web team
'':
  - type: MX
    values:
      - exchange: mx1.old.test.  # the first
        preference: 10
      - exchange: mx2.old.test.
        preference: 20
  - type: TXT
    ttl: 300
    values: ['token=abc', "v=spf1 include:_spf.old.test -all"]
mail:
  type: A
  value: 192.0.2.1

# leads elsewhere
www: {type: CNAME, value: web.test.}
www2:
  - type: CNAME
    value: x.test.
# the end
"""


def read(source: Source) -> Document:
    return read_document(source, None, None, "example.com.")


def changed(text: str, *changes: Change) -> str:
    return edited(read(Source("example.com.yaml", text)), changes, read)


def difference(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def apex(kind: str, *values: str, ttl: int | None = None) -> Change:
    return Change("example.com.", kind, values, ttl)


@pytest.mark.parametrize(
    ("text", "change", "lines"),
    [
        (ZONE, apex("MX", "10 mx1.old.test.", "20 mx2.old.test."), []),
        (
            ZONE,
            apex("MX", "10 mx1.new.test.", "20 mx2.old.test."),
            ["-      - exchange: mx1.old.test.  # the first", "+      - exchange: mx1.new.test.  # the first"],
        ),
        (
            ZONE,
            apex("MX", "10 mx1.old.test."),
            ["-      - exchange: mx2.old.test.", "-        preference: 20"],
        ),
        (
            ZONE,
            apex("MX", "10 mx1.old.test.", "20 mx2.old.test.", "30 mx3.old.test."),
            ["+      - exchange: mx3.old.test.", "+        preference: 30"],
        ),
        (
            ZONE,
            apex("MX", "10 mx1.old.test.", "20 mx2.old.test.", ttl=60),
            ["-  - type: MX", "+  - ttl: 60", "+    type: MX"],
        ),
        (
            ZONE,
            apex("TXT", "token=abc", "v=spf1 -all", ttl=60),
            [
                "-    ttl: 300",
                """-    values: ['token=abc', "v=spf1 include:_spf.old.test -all"]""",
                "+    ttl: 60",
                """+    values: ['token=abc', "v=spf1 -all"]""",
            ],
        ),
        (
            ZONE,
            apex("TXT", "v=spf1 include:_spf.old.test -all"),
            [
                """-    values: ['token=abc', "v=spf1 include:_spf.old.test -all"]""",
                """+    values: ["v=spf1 include:_spf.old.test -all"]""",
            ],
        ),
        (
            ZONE,
            Change("mail.example.com.", "TXT", ("v=spf1 a -all",), 60),
            [
                "-  type: A",
                "-  value: 192.0.2.1",
                "+  - type: A",
                "+    value: 192.0.2.1",
                "+  - ttl: 60",
                "+    type: TXT",
                "+    value: 'v=spf1 a -all'",
            ],
        ),
        (
            ZONE,
            Change("mail.example.com.", "A", ("192.0.2.1", "192.0.2.2")),
            ["-  value: 192.0.2.1", "+  values:", "+    - 192.0.2.1", "+    - 192.0.2.2"],
        ),
        (
            ZONE,
            Change("_dmarc.example.com.", "TXT", ("v=DMARC1; p=none",)),
            ["+_dmarc:", "+  type: TXT", r"+  value: 'v=DMARC1\; p=none'"],
        ),
        (ZONE, Change("www2.example.com.", "CNAME", ()), ["-www2:", "-  - type: CNAME", "-    value: x.test."]),
        (ZONE, Change("nowhere.example.com.", "CNAME", ()), []),
        (
            "'':\n  type: TXT\n  value: 'v=spf1 ~all'  # ours",
            apex("TXT", "it's", "v=spf1 ~all"),
            [
                "-  value: 'v=spf1 ~all'  # ours",
                "+  values:",
                "+    - 'v=spf1 ~all'",
                "+    - 'it''s'  # ours",
            ],
        ),
        (
            "? ''\n: - type: A\n    value: 192.0.2.1\n  - type: TXT\n    value: a b\n",
            apex("A"),
            ["-: - type: A", "-    value: 192.0.2.1", "-  - type: TXT", "+: - type: TXT"],
        ),
        (
            "a:\n- type: TXT\n  values:\n  - >-\n    v=spf1\n    -all\n  - other\n",
            Change("a.example.com.", "TXT", ("v=spf1 a -all", "other")),
            ["-  - >-", "-    v=spf1", "-    -all", "+  - 'v=spf1 a -all'"],
        ),
        (
            "x: &x\n  type: A\n  value: 192.0.2.1\ny: *x\nz: {type: TXT, value: b}\n",
            Change("z.example.com.", "TXT", ("b", "c"), 5),
            ["-z: {type: TXT, value: b}", "+z: {ttl: 5, type: TXT, values: ['b', 'c']}"],
        ),
        (
            "{a: {type: A, value: 192.0.2.1}, b: [{type: A, value: 192.0.2.2}]}",
            Change("b.example.com.", "TXT", ("a",)),
            [
                "-{a: {type: A, value: 192.0.2.1}, b: [{type: A, value: 192.0.2.2}]}",
                "+{a: {type: A, value: 192.0.2.1}, b: [{type: A, value: 192.0.2.2}, {type: TXT, value: 'a'}]}",
            ],
        ),
    ],
)
def test_only_the_lines_that_the_change_needs_differ(text: str, change: Change, lines: list[str]) -> None:
    assert difference(text, changed(text, change)) == lines


def test_a_new_name_takes_its_place_where_octodns_asks_for_order() -> None:
    text = "a2:\n  type: A\n  value: 192.0.2.1\n# about ten\na10:\n  type: A\n  value: 192.0.2.1\n"
    added = changed(text, Change("a9.example.com.", "A", ("192.0.2.9",)))
    assert added.index("a9:") < added.index("# about ten") < added.index("a10:")


def test_a_file_in_no_order_gets_new_names_at_its_end() -> None:
    text = "b:\n  type: A\n  value: 192.0.2.1\na:\n  type: A\n  value: 192.0.2.1"
    assert changed(text, Change("aa.example.com.", "A", ("192.0.2.9",))).endswith(
        "\naa:\n  type: A\n  value: 192.0.2.9"
    )


def test_line_ends_and_native_files() -> None:
    text = "zone: example.com\r\nrecords:\r\n  b:\r\n    type: TXT\r\n    value: x; y\r\n"
    source = Source("any.yaml", text)
    new = edited(
        read_document(source),
        [Change("a.example.com.", "MX", ("10 mx.test.",)), Change("b.example.com.", "TXT", ("p; q",))],
        read_document,
    )
    assert new == (
        "zone: example.com\r\nrecords:\r\n  a:\r\n    type: MX\r\n    value:\r\n      exchange: mx.test.\r\n"
        "      preference: 10\r\n  b:\r\n    type: TXT\r\n    value: p; q\r\n"
    )


ONE = "x:\n  type: A\n  value: 192.0.2.1\n"
SHARED = f"{ONE.replace('x:', 'x: &x')}y: *x\n"
MERGED = f"{ONE.replace('x:', 'x: &x')}y:\n  <<: *x\n  ttl: 60\n"
TWICE = "x:\n  - {type: A, value: 192.0.2.1}\n  - {type: A, value: 192.0.2.2}\n"


@pytest.mark.parametrize(
    ("text", "change", "reason"),
    [
        (SHARED, Change("x.example.com.", "A", ("192.0.2.2",)), "not say what is meant"),
        (SHARED, Change("y.example.com.", "TXT", ("a",)), "alias"),
        (MERGED, Change("y.example.com.", "A", ("192.0.2.2",)), "merge key"),
        (ONE, Change("example.org.", "TXT", ("a",)), "does not lie in"),
        (ONE, Change("x.example.com.", "TXT", ("\x1b[0m",)), "cannot be printed"),
        ("x: {type: CNAME, value: a.test.}\n", Change("x.example.com.", "CNAME", ("a.test.", "b.test.")), "one value"),
        (ONE, Change("x.example.com.", "A", ()), "only name"),
        (TWICE, Change("x.example.com.", "A", ("192.0.2.2",)), "several entries"),
    ],
)
def test_what_cannot_be_changed_safely_is_refused(text: str, change: Change, reason: str) -> None:
    with pytest.raises(CannotEdit, match=reason):
        changed(text, change)


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(CannotEdit, match="same place"):
        applied("abcdef", [Edit(0, 3, "x"), Edit(2, 4, "y")])


_NAMES = ("", "_dmarc", "a", "a2", "a10", "mail", "sel._domainkey")
_VALUES = {
    "A": ("192.0.2.1", "192.0.2.2", "192.0.2.3"),
    "TXT": ("v=spf1 -all", "v=DMARC1; p=none", "it's: #1", "a, [b]", "true", '"quoted"', "back\\slash"),
    "MX": ("10 a.test.", "20 b.test.", "0 ."),
    "SRV": ("0 1 443 a.test.", "0 0 0 ."),
    "CNAME": ("a.test.", "b.test."),
}
_kinds = st.sampled_from(sorted(_VALUES))


@st.composite
def _record(draw: st.DrawFn) -> tuple[str, tuple[str, ...], int | None]:
    kind = draw(_kinds)
    most = 1 if kind == "CNAME" else 3
    values = draw(st.lists(st.sampled_from(_VALUES[kind]), min_size=1, max_size=most, unique=True))
    return kind, tuple(values), draw(st.sampled_from([None, 60, 3600]))


def _scalar(text: str, style: str) -> str:
    if style == '"':
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "'" + text.replace("'", "''") + "'"


def _value(kind: str, value: str, style: str) -> str:
    words = value.split(" ")
    if kind == "MX":
        return f"{{preference: {words[0]}, exchange: '{words[1]}'}}"
    if kind == "SRV":
        return f"{{priority: {words[0]}, weight: {words[1]}, port: {words[2]}, target: '{words[3]}'}}"
    written = value.replace(";", "\\;") if kind == "TXT" else value
    return _scalar(f'"{written}"' if kind == "TXT" and written.startswith('"') else written, style)


@st.composite
def _zone_text(draw: st.DrawFn) -> str:
    """A zone in one of the many ways in which people write them."""
    newline, style = draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from(["'", '"']))
    dash, gap = " " * draw(st.sampled_from([0, 2, 4])), draw(st.booleans())
    lines = ["# head"]
    for name in draw(st.lists(st.sampled_from(_NAMES), min_size=2, unique=True).map(sorted)):
        held = {record[0]: record for record in draw(st.lists(_record(), min_size=1, max_size=3))}
        lines += [""] * gap + ["# about it"] * draw(st.booleans()) + [f"'{name}':"]
        as_list = len(held) > 1 or draw(st.booleans())
        for kind, values, ttl in held.values():
            items = [_value(kind, value, style) for value in values]
            fields = [f"type: {kind}"] + [f"ttl: {ttl}"] * (ttl is not None)
            if len(items) == 1:
                fields.append(f"value: {items[0]}  # the value")
            elif draw(st.booleans()):
                fields.append(f"values: [{', '.join(items)}]")
            else:
                fields += ["values:", *(f"{dash}- {item}" for item in items)]
            if as_list:
                lines += [f"{dash}{'  ' if row else '- '}{field}" for row, field in enumerate(fields)]
            else:
                lines += [f"  {field}" for field in fields]
    return newline.join(lines) + newline * draw(st.integers(0, 2))


def _published(text: str) -> dict[tuple[str, str], tuple[int | None, tuple[str | None, ...]]]:
    zone = zone_from([read(Source("example.com.yaml", text))])
    assert zone is not None
    assert not zone.faults
    return {
        (record.name, record.type): (record.ttl, tuple(sorted(map(presented, record.values), key=str)))
        for record in zone.records
    }


@settings(deadline=None)
@given(_zone_text(), st.lists(st.tuples(st.sampled_from(_NAMES), _record(), st.booleans()), min_size=1, max_size=3))
def test_any_change_of_any_zone_says_what_is_meant_and_touches_nothing_else(
    text: str, drawn: list[tuple[str, tuple[str, tuple[str, ...], int | None], bool]]
) -> None:
    changes = {
        (name, kind): Change(f"{name}.example.com.".lstrip("."), kind, () if goes else values, None if goes else ttl)
        for name, (kind, values, ttl), goes in drawn
    }
    before = _published(text)
    try:
        new = changed(text, *changes.values())
    except CannotEdit as error:
        reason = str(error)
    else:
        reason = ""
    if reason:
        assert "only name" in reason
        return
    expected = dict(before)
    for change in changes.values():
        key = (change.name, change.type)
        old = expected.pop(key, (None, ()))
        if change.values:
            expected[key] = (change.ttl or old[0], tuple(sorted(change.values)))
    assert _published(new) == expected
    assert changed(new, *changes.values()) == new
    touched = {change.name for change in changes.values()}
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            assert new.splitlines().count(line) >= text.splitlines().count(line), "a comment was lost"
    for key, held in before.items():
        if key[0] not in touched:
            assert expected[key] == held


def test_a_ttl_that_an_alias_would_give_to_another_name_is_refused() -> None:
    text = "a: &a [{type: A, value: 192.0.2.1}]\nb: *a\n"
    with pytest.raises(CannotEdit):
        changed(text, Change("b.example.com.", "A", ("192.0.2.1",), 60))
