"""A text that was plainly meant as SPF and is not selected by receivers is told; everything else is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.records.spf import record as spf

NEAR_MISSES = [
    (0, 1, "a blank comes before `v=spf1`", " v=spf1 -all"),
    (0, 7, "`v=spf1` must be followed by a space, not `;`", "v=spf1; -all"),
    (0, 7, "`v=spf1` must be followed by a space, not `;`", "v=spf1;"),
    (0, 7, "`v=spf1` must be followed by a space, not `,`", "v=spf1,-all"),
    (0, 7, "`v=spf1` must be followed by a space, not a tab", "v=spf1\t-all"),
    (0, 7, "`v=spf1` must be followed by a space, not the character U+00A0", "v=spf1\u00a0-all"),
    (0, 7, '`v=spf1` must be followed by a space, not `"`', 'v=spf1" "-all'),
    (0, 7, "`v=spf10` is not `v=spf1`", "v=spf10 -all"),
    (0, 7, "`v=spf10` is not `v=spf1`", "v=spf10"),
    (6, 6, "the space after `v=spf1` is missing", "v=spf1include:x.example -all"),
    (6, 6, "the space after `v=spf1` is missing", "v=spf1-all"),
    (6, 6, "the space after `v=spf1` is missing", "v=spf1mx"),
    (0, 6, "`v=spf2` is not `v=spf1`", "v=spf2"),
    (0, 6, "`v=spf3` is not `v=spf1`", "v=spf3 !a:yahoo.com -all"),
    (0, 5, "`v=spf` is not `v=spf1`", "v=spf a mx -all"),
    (0, 7, "`v=spf 1` has blanks in it and is not `v=spf1`", "v=spf 1 -all"),
    (0, 8, "`v = spf1` has blanks in it and is not `v=spf1`", "v = spf1 -all"),
    (0, 5, "`vspf1` is not `v=spf1`", "vspf1 mx"),
    (0, 6, "`v:spf1` is not `v=spf1`", "v:spf1 include:x.example ~all"),
    (0, 4, "`spf1` is not `v=spf1`", "spf1 include:x.example ~all"),
    (0, 5, "`=spf1` is not `v=spf1`", "=spf1 a -all"),
    (0, 6, "`v=sfp1` is not `v=spf1`", "v=sfp1 -all"),
    (0, 6, "`v=psf1` is not `v=spf1`", "v=psf1 -all"),
    (0, 6, "`v=spfl` is not `v=spf1`", "v=spfl -all"),
    (0, 6, "`v=fsp1` is not `v=spf1`", "v=fsp1 -all"),
    (0, 8, '` "v=sfp1` is not `v=spf1`', ' "v=sfp1 -all"'),
    (0, 5, "`v=sf1` is not `v=spf1`", "v=sf1 ip4:192.0.2.1"),
    (0, 6, "`spf=v1` is not `v=spf1`", "spf=v1 mx ~all"),
    (0, 7, "`spf1 =v` has blanks in it and is not `v=spf1`", "spf1 =v mx ~all"),
    (0, 8, "`spf = v1` has blanks in it and is not `v=spf1`", "spf = v1 mx ~all"),
    (0, 6, "`v1=spf` is not `v=spf1`", "v1=spf -all"),
    (0, 7, "`v==spf1` is not `v=spf1`", "v==spf1 -all"),
    (0, 12, "`version=spf1` is not `v=spf1`", "version=spf1 -all"),
    (0, 1, "a quote character comes before `v=spf1`", '"v=spf1 -all"'),
    (0, 1, "a quote character comes before `v=spf1`", "\u201cv=spf1 -all\u201d"),
    (0, 1, "a character that does not show comes before `v=spf1`", "\ufeffv=spf1 -all"),
    (0, 1, "`(` comes before `v=spf1`", "(v=spf1 -all)"),
    (0, 5, "other text, `SPF:`, comes before `v=spf1`", "SPF: v=spf1 include:x.example -all"),
    (0, 11, "other text, `MS=ms12345`, comes before `v=spf1`", "MS=ms12345 v=spf1 mx -all"),
]


@pytest.mark.parametrize(("start", "end", "message", "text"), NEAR_MISSES)
def test_a_near_miss_is_told(start: int, end: int, message: str, text: str) -> None:
    fault = spf.near_miss(text)
    assert fault is not None
    assert (fault.kind, fault.start, fault.end) == ("version-misspelt", start, end)
    assert fault.message == f"{message}: receivers see no SPF record at all"
    assert "`v=spf1`" in fault.help


@pytest.mark.parametrize(
    "text",
    [
        "",
        "v=spf1",
        "v=spf1 -all",
        "V=SPF1 nonsense",
        "v=spfl am not an SPF record",
        "spf",
        "spf1",
        "spf a",
        "SPF record is managed by the mail team",
        "see our spf policy: include:x.example is what you want",
        "use v=spf1 include:example.com -all in your record please",
        "google-site-verification=v=spf1abc",
        "spf-verification=0123456789abcdef",
        "MS=ms12345678",
        "v=verifydomain MS=1234567",
        "v=DMARC1; p=none",
        "v=DMARC1; p=none v=spf1 -all",
        "v=DKIM1; k=rsa; p=MIIBv=spf1 -all",
        "k=rsa; p=MIIBspf1",
        "v=STSv1; id=20260101",
        "v=TLSRPTv1; rua=mailto:spf@example.com",
        "spf2.0/pra include:x.example -all",
        "spf2.0/mfrom,pra ip4:192.0.2.1 -all",
        "v=spf2.0/pra -all",
        "v=spa and v=spf are words",
        "v=spf1"[:4],
        "\0\0\0",
    ],
)
def test_what_was_not_meant_as_spf_is_no_near_miss(text: str) -> None:
    assert spf.near_miss(text) is None


@given(st.text(alphabet=st.sampled_from([*" a:=-~ipf4v1s;.%{}"]), max_size=30))
def test_no_real_record_is_a_near_miss(text: str) -> None:
    assert spf.near_miss(f"v=spf1 {text}") is None
