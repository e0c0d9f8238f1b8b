"""What stands together at a selector: one record, several, or one in pieces."""

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.facts.dkim.key_sets import KeySet, gathered
from linter.facts.texts import KeyText
from linter.records.dkim import record as dkim
from linter.source.text import Source
from linter.source.tree import Mapping, Scalar
from linter.zone.model import Record, Text
from tests.records.dkim.test_key import RAW, pkcs1, spki, text

NAME = "default._domainkey.example.com."
SOURCE = Source("example.com.yaml", "")
KEY, OTHER_KEY, SHORT_KEY = text(spki(2048)), text(spki(2048, 3)), text(pkcs1(1024))
RECORD = f"v=DKIM1; k=rsa; p={KEY}"
CUT = (f"v=DKIM1; k=rsa; p={KEY[:230]}", KEY[230:])


def key_texts(values: tuple[str, ...], name: str = NAME) -> list[KeyText]:
    texts = [Text(value, Scalar(SOURCE, 0, 0, value)) for value in values]
    record = Record(name, "TXT", None, tuple(texts), Scalar(SOURCE, 0, 0, ""), Mapping(SOURCE, 0, 0, (), ()))
    return [KeyText(record, value, dkim.parse(value.text)) for value in texts]


def the_set(*values: str) -> KeySet:
    (found,) = gathered(key_texts(values))
    return found


class Told(NamedTuple):
    records: list[str]
    pieces: list[str]
    others: list[str]


def told(found: KeySet) -> Told:
    return Told(*([each.value.text for each in part] for part in (found.records, found.pieces, found.others)))


@pytest.mark.parametrize(
    "values",
    [
        CUT,
        CUT[::-1],
        (CUT[0], KEY[230:300], KEY[300:]),
        (CUT[0], KEY[230:300], f"{KEY[300:]}; t=s"),
        (CUT[0], f"{KEY[230:]};"),
        (f"v=DKIM1; k=rsa; p={KEY[:-4]}", KEY[-4:]),
        ("v=DKIM1; k=rsa; p=", KEY),
        ("v=DKIM1; k=rsa;", KEY),
        (KEY[:230], KEY[230:]),
        ("v=DKIM1", "k=rsa", f"p={KEY}"),
        ("v=DKIM1;", "k=rsa;", "t=y;", f"p={KEY};"),
        ("v=DKIM1", f"k=rsa; p={KEY[:230]}", KEY[230:]),
        ("v=DKIM1; k=rsa", f"p={KEY}"),
        (RECORD, "t=s"),
        (RECORD, "n="),
        ("v=DKIM1", f"k=ed25519; p={text(RAW)}"),
        ("v=DKIM1", "k=rsa"),
        (f"v=DKIM1; k=rsa; p={KEY[:230]}", f"v=DKIM1; k=rsa; p={KEY[230:]}"),
        (f"v=DKIM1; k=rsa; p={KEY[230:]}", f"v=DKIM1; k=rsa; p={KEY[:230]}"),
        (f"v=DKIM1; p={SHORT_KEY[:100]}", SHORT_KEY[100:]),
    ],
    ids=lambda values: " | ".join(value[:24] for value in values),
)
def test_one_key_in_several_values_is_seen_as_one(values: tuple[str, ...]) -> None:
    assert told(the_set(*values)) == Told([], list(values), [])


@pytest.mark.parametrize(
    ("records", "others"),
    [
        ((RECORD,), ()),
        ((RECORD, f"v=DKIM1; k=rsa; p={OTHER_KEY}"), ()),
        ((RECORD, f"v=DKIM1; k=ed25519; p={text(RAW)}"), ()),
        ((RECORD, "v=DKIM1; p="), ()),
        ((RECORD, f"v=DKIM1; k=rsa; p={OTHER_KEY[:230]}"), ()),
        ((f"v=DKIM1; k=rsa; p={KEY[:230]}", f"v=DKIM1; k=rsa; p={KEY[:200]}"), ()),
        ((RECORD,), ("v=DKIM1; k=rsa",)),
        ((f"v=DKIM1; k=rsa; P={KEY}",), ("v=DKIM1; k=rsa",)),
        ((f"p={KEY}", f"P={OTHER_KEY}"), ()),
        ((RECORD, f"v=DKIM1; k=rsa; p={OTHER_KEY}"), (KEY[:100],)),
        (("v=DKM1; k=rsa",), ()),
        ((RECORD,), ("MS=ms12345678",)),
        ((RECORD,), ("a3f0c2d94be17f6688015cd2",)),
        ((RECORD,), (KEY[230:],)),
        ((f"p={KEY}",), ("v=spf1 -all",)),
        (("v=DKIM1; p=",), ("pending",)),
        ((f"v=DKIM1; k=rsa; p={KEY[:230]}",), ("v=spf1 -all", "some words; and more")),
        (("v=DKIM1; k=rsa",), ("v=spf1 -all",)),
        (("v=DKIM1; k=rsa", "v=DKIM1; k=rsa; t=y"), ()),
        (("pending",), ()),
        ((KEY,), ()),
        ((), ("MS=ms12345678", "v=spf1 -all")),
        ((), ("",)),
    ],
)
def test_records_of_their_own_stand_apart_from_other_texts(records: tuple[str, ...], others: tuple[str, ...]) -> None:
    for values in (records + others, others + records):
        assert told(the_set(*values)) == Told(list(records), [], list(others))


def test_a_text_that_stands_twice_counts_once() -> None:
    assert told(the_set(RECORD, RECORD)) == Told([RECORD], [], [])


def test_pieces_may_stand_in_two_entries_of_one_name_but_not_at_two_names() -> None:
    head, rest = CUT
    (found,) = gathered([*key_texts((head,)), *key_texts((rest,))])
    apart = gathered([*key_texts((head,)), *key_texts((rest,), "other._domainkey.example.com.")])

    assert told(found) == Told([], [head, rest], [])
    assert [told(each).pieces for each in apart] == [[], []]


def test_text_of_another_kind_beside_pieces_is_none_of_them() -> None:
    assert told(the_set(*CUT, "MS=ms12345678")) == Told([], list(CUT), [])


@given(st.integers(min_value=1, max_value=len(KEY) - 1))
@settings(max_examples=60, deadline=None)
def test_wherever_a_key_is_cut_it_is_one(place: int) -> None:
    found = the_set(f"v=DKIM1; k=rsa; p={KEY[:place]}", KEY[place:])

    assert len(found.pieces) == 2


VALUES = st.one_of(st.text(max_size=40), st.sampled_from([*CUT, RECORD, "v=DKIM1", "k=rsa", "t=y", ""]))


@given(st.lists(VALUES, max_size=8))
@settings(deadline=None)
def test_every_text_is_counted_once_unless_a_key_is_in_pieces(values: list[str]) -> None:
    for found in gathered(key_texts(tuple(values))):
        counted = [text for part in told(found) for text in part]
        assert len(counted) == len(set(counted))
        if found.pieces:
            assert len(found.pieces) > 1
            assert not found.records + found.others
        else:
            assert set(counted) == set(values)
