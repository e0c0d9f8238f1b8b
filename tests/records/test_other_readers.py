"""Where other well-known readers of DMARC records and DKIM keys read otherwise: what we say, and by which section."""

import pytest

from linter.records.dkim import record as dkim
from linter.records.dmarc import record as dmarc
from tests.records.dkim.test_record import KEY


@pytest.mark.parametrize(
    ("text", "kinds", "policy"),
    [
        # checkdmarc accepts these.
        (" v=DMARC1; p=none", ["version"], None),  # RFC 9989 section 4.8: nothing comes before `v`
        ("v=DMARC1; p=none; rf=x", ["invalid-value"], "none"),  # RFC 7489 section 6.3: afrf alone
        ("v=DMARC1; p=none; ri=x", ["invalid-value"], "none"),
        ("v=DMARC1; p=none; pct=101", ["invalid-value"], "none"),
        ("v=DMARC1; p=none; rua=mailto:d@localhost", ["invalid-uri"], "none"),  # no report arrives there
        ("v=DMARC1; p=none; rua=https://a.example/d", ["invalid-uri"], "none"),  # RFC 9989 section 4.7: mailto
        ("v=DMARC1; p=reject; adkim=s sp=none", ["syntax"], "reject"),  # RFC 9989 section 4.8: a separator is missing
        # checkdmarc refuses these.
        ("v=DMARC1; p=none; fo=1 : d", ["failure-options", "failure-options"], "none"),  # `fo` is ignored, no more
        ("v=DMARC1; p=none;; sp=none", ["syntax"], "none"),  # D15
        ("v=DMARC1; p=none; sp=reject; sp=none", ["duplicate-tag"], "none"),  # RFC 9989 says nothing of it
        ("v=DMARC1; rua=mailto:d@a.example", [], "none"),  # RFC 9989 section 4.10.1
        # Both accept these.
        ("V=DMARC1; P=Reject", [], "reject"),  # literals are case-insensitive, but for the value of `v`
        ("v=DMARC1; p=none; foo=a=b", ["unknown-tag"], "none"),
    ],
)
def test_dmarc(text: str, kinds: list[str], policy: str | None) -> None:
    record = dmarc.parse(text)

    assert [fault.kind for fault in record.faults] == kinds
    assert (None if kinds == ["version"] else record.policy) == policy


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        # dkimpy takes these keys.
        (f"k=rsa; p={KEY}; v=DKIM1", ["syntax"]),  # RFC 6376 section 3.6.1: `v` comes first
        (f"v=DKIM1; h=md5; p={KEY}", ["hash-unusable"]),  # section 3.6.1: only hashes in the list
        (f"v=DKIM1; h=; p={KEY}", ["hash-unusable"]),
        (f"v=DKIM1; h=sha1; p={KEY}", ["hash-unusable"]),  # RFC 8301 section 3.1
        (f"v=DKIM1; s=other; p={KEY}", ["service"]),  # section 3.6.1: `*` or `email`
        (f"v=DKIM1; s=; p={KEY}", ["service"]),
        (f"v=DKIM1; p={KEY}=", ["key-undecodable"]),  # RFC 4648 section 3.2: padding to four, no more
        (f"v=DKIM1; p={KEY}AAAA", ["key-undecodable"]),  # octets behind the structure
        (f"v=DKIM1; p={KEY[:9]}.{KEY[9:]}", ["key-undecodable"]),  # RFC 4648 section 3.3: no foreign characters
        # Both take these.
        (f"p={KEY[:40]}  {KEY[40:]} ;", []),
        (f"v=DKIM1; n=a=b; x=y; p={KEY}", ["unknown-tag"]),
    ],
)
def test_dkim(text: str, kinds: list[str]) -> None:
    assert [fault.kind for fault in dkim.parse(text).faults] == kinds
