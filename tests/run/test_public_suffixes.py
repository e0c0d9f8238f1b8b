"""The public suffix list gives every name the suffix that its package's own parser does."""

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publicsuffixlist import PSLFILE, PublicSuffixList

from linter.run import public_suffixes
from linter.run.public_suffixes import has_top_level, public_suffix


@cache
def judge() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def rules() -> Iterator[str]:
    with open(PSLFILE, encoding="utf-8") as stream:
        for line in stream:
            rule = line.strip()
            if rule and not rule.startswith("//"):
                yield rule


@cache
def suffixes() -> tuple[str, ...]:
    """Every suffix of the list, those of companies too, and as A-labels."""
    found = [rule.removeprefix("!").removeprefix("*.") for rule in rules()]
    return tuple(dict.fromkeys((*found, *(each.encode("idna").decode() for each in found))))


def agrees(name: str) -> bool:
    expected = judge().publicsuffix(name, accept_unknown=True)
    is_listed = judge().publicsuffix(name, accept_unknown=False) is not None
    return (
        public_suffix(f"{name}.") == (f"{expected}." if expected else f"{name}.") and has_top_level(name) is is_listed
    )


def test_every_suffix_of_the_list_and_what_is_below_it_reads_as_in_the_package() -> None:
    unlike = [
        name for each in suffixes() for name in (each, f"x.{each}", f"y.x.{each}", f"z.y.x.{each}") if not agrees(name)
    ]

    assert len(suffixes()) > 9000
    assert unlike == []


def test_no_rule_has_more_labels_than_are_looked_at() -> None:
    assert max(rule.count(".") + 1 for rule in rules()) < public_suffixes._MOST_LABELS


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "a..com", ".com", "com.", "COM", "A.Co.UK", "xn--", "xn--com-", "xn--co-.uk", "xn--a.xn--b"),
        *("x.XN--85X722F.com.cn", "//.com", "// com", "!www.ck", "*.ck", "ck", "x.ck", "www.ck", "city.kobe.jp"),
        *("nothing.invalid", "xn--ü", "a." * 300 + "co.uk", "xn--" + "a" * 300 + ".com", "github.io", "x.github.io"),
    ],
)
def test_odd_names_read_as_in_the_package(name: str) -> None:
    assert agrees(name.removesuffix("."))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(suffixes()), st.from_regex("(xn--)?[a-z0-9*!ü-]{0,6}", fullmatch=True)), max_size=4
    )
)
def test_names_at_random_read_as_in_the_package(parts: list[str]) -> None:
    assert agrees(".".join(parts).strip("."))
