"""How long values and the notation of files are told of where they differ from what is served."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.facts.drift.words import text_difference

KEY = "v=DKIM1; k=rsa; p=" + "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC" * 3


@pytest.mark.parametrize(
    ("role", "declared", "served", "words"),
    [
        ("DKIM", KEY, KEY[:-10] + "x" + KEY[-9:], "`p=` differs from character 108 on: `…QUAA4GNADCBi"),
        ("DKIM", KEY, KEY[:-40], "`p=` is cut off in DNS after 77 of 117 characters"),
        ("DKIM", KEY, KEY + "AAAA", "`p=` has 4 more characters in DNS than the 117 that are declared"),
        ("DKIM", "v=DKIM1; p=AAAA", "v=DKIM1; p=BBBB", "`p=AAAA` is served as `p=BBBB`"),
        (
            "DMARC",
            "v=DMARC1; p=none",
            "v=DMARC1\\; p=none",
            "the backslashes before `;` are part of the text in DNS",
        ),
        ("SPF", "v=spf1 -all", '"v=spf1 -all"', "the quotes are part of the text in DNS"),
        ("", "a;b", '"a\\;b"', "the backslashes before `;` and the quotes are part of the text in DNS"),
    ],
)
def test_what_is_served_otherwise_is_told_where_it_parts(role: str, declared: str, served: str, words: str) -> None:
    assert words in text_difference(role, declared, served).words


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_difference_has_words_whatever_the_texts(declared: str, served: str) -> None:
    for role in ("", "SPF", "DKIM", "DMARC"):
        assert text_difference(role, declared, served).words
