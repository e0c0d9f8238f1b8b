"""The fast reader of locks gives what the reader of YAML gives, or leaves the file to it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.lookup.canonical_lock import read_canonical
from linter.lookup.lock_document import Entry, entry_of, lock_text
from linter.lookup.recorded import Recording
from linter.lookup.recorded_reader import read_any, read_recording
from linter.source.text import Source

from .test_lock_document import ENTRIES, NAMED_ENTRIES, TEXT


def both(text: str) -> Recording | None:
    """What the fast reader says, held against the other."""
    source = Source("mailzone.lock", text)
    fast, slow = read_canonical(source), read_any(source)
    if fast is not None:
        assert fast == slow
        assert slow.faults == ()
    assert read_recording(source) == slow
    return fast


@given(NAMED_ENTRIES)
@settings(max_examples=300, deadline=None)
def test_what_is_written_is_read_alike(names: dict[str, dict[str, Entry]]) -> None:
    text = lock_text({(name, kind): held for name, types in names.items() for kind, held in types.items()})

    both(text)


def test_the_form_that_is_written_is_read_fast() -> None:
    fast = both(TEXT)

    assert fast is not None
    assert len(fast.names) == 5
    quoted = entry_of("TXT", [r'"a \"b\" \\ \200"'], 5, "2026-01-02")
    assert isinstance(quoted, Entry)
    assert both(lock_text({**ENTRIES, ("q.example.", "TXT"): quoted})) is not None


_PIECES = [
    "\n",
    " ",
    "  ",
    '"',
    "\\",
    ":",
    "- ",
    "#",
    "[",
    "{",
    "a",
    "0",
    "nodata",
    "nxdomain",
    "TXT: ",
    "\t",
    "é",
    "&x ",
    "*x",
]


@given(st.integers(0, len(TEXT)), st.integers(0, 12), st.sampled_from(["", *_PIECES]))
@settings(max_examples=1500, deadline=None)
@example(0, 90, "")
def test_a_lock_edited_by_hand_is_read_alike(place: int, gone: int, piece: str) -> None:
    both(TEXT[:place] + piece + TEXT[place + gone :])


LINES = TEXT.splitlines(keepends=True)


@given(st.lists(st.sampled_from(LINES), max_size=30))
@settings(max_examples=500, deadline=None)
def test_lines_in_any_order_are_read_alike(lines: list[str]) -> None:
    both("version: 1\nanswers:\n" + "".join(lines))


@pytest.mark.parametrize(
    "lines",
    [
        "  a.example:\n",
        "  a.example:\n  b.example: nxdomain\n",
        "  a.example: nxdomain\n    TXT: nodata\n",
        "  a.example: nxdomain\n  a.example: nodata\n",
        "  a.example:\n    TXT: nodata\n    TXT: nodata\n",
        "  a.example:\n    TXT: {values: [\"x\"]}\n  a.example:\n    MX: nodata\n",
        "  a.example:\n    TXT:\n      ttl: 5\n      values:\n",
        "  a.example:\n    TXT:\n      values:\n        - \"x\"\n        - 7\n",
        "  a.example:\n    CNAME:\n      values:\n        - \"b.\"\n        - \"c.\"\n",
        "  a.example:\n    A: {ttl: 5, values: [\"192.0.2.256\"]}\n",
        "  a.example:\n    TXT: {ttl: 010, values: [\"x\"]}\n",
        "  a.example:\n    NOPE: nodata\n",
        "  a.example:\n    TXT: {values: [\"x\"]} \n",
        "  a.example:\n    TXT: {values: [\"x\"]}",
        "  a.example:\n    TXT: {values: [\"\\x41\"]}\n",
        f"  {'a' * 64}.example: nxdomain\n",
    ],
)  # fmt: skip
def test_faults_are_the_other_readers_to_explain(lines: str) -> None:
    assert both(f"version: 1\nanswers:\n{lines}") is None
