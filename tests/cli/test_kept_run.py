"""A run that is kept is read as it was written, and from octets of any other kind no run is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.cli.kept_run import Kept, kept_in, octets_of
from linter.cli.tape import ERROR, FILE, OUTPUT

TEXT = st.text(st.characters(exclude_categories=()), max_size=6)
LOOKS = st.lists(TEXT, max_size=4).map(tuple)
KEPT = st.builds(
    Kept,
    st.integers(0, 1),
    st.lists(st.tuples(st.sampled_from((OUTPUT, ERROR, FILE)), TEXT, TEXT), max_size=3).map(tuple),
    st.lists(TEXT, max_size=3).map(tuple),
    st.lists(st.tuples(LOOKS, TEXT), max_size=3).map(tuple),
)


@given(TEXT, KEPT)
def test_it_is_read_as_it_was_written(key: str, kept: Kept) -> None:
    assert kept_in(octets_of(key, kept), key) == kept


@given(TEXT, TEXT, KEPT)
def test_one_of_another_key_is_none(key: str, other: str, kept: Kept) -> None:
    assert (kept_in(octets_of(key, kept), other) is None) is (key != other)


@given(KEPT, st.data())
def test_one_that_is_cut_is_none(kept: Kept, data: st.DataObject) -> None:
    octets = octets_of("key", kept)
    assert kept_in(octets[: data.draw(st.integers(0, len(octets) - 1))], "key") is None


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\n",
        b"3",
        b"3\nkey",
        b"3 1 1\nkey00",
        b"3 1 1 1\nkey0x0",
        b"3 1 1 1\nkey010",
        b"3 1 1 1\nkey001",
        b"3 1 1 1 1\nkey0001",
        b"3 1 1 1 1 1\nkey00012",
        b"3 1 1 1 -1 1\nkey000",
        b"3 1 1 1 x\nkey000",
        b"3 1 1 1 1\nkey000\xff",
        b"3 1 1 1 1 1\nkey000\xc3\xa9",
        b"3 1 12 1\nkey09999999999990",
        b"3 1 1 " + b"9" * 5000 + b"\nkey00",
    ],
)
def test_anything_else_is_none(octets: bytes) -> None:
    assert kept_in(octets, "key") is None


@given(st.binary(max_size=40))
def test_no_octets_are_too_odd(octets: bytes) -> None:
    assert kept_in(octets, "key") is None
