"""A word of an SPF record that is neither a mechanism nor a modifier is told with what was probably meant."""

import pytest

from linter.records.spf import record as spf

# the word, the beginning of the message, the beginning of the way out
UNKNOWN = [
    ("nclude:spf.ssmx.net", "`nclude` is not a mechanism; did you mean `include`?", "write `include:spf.ssmx.net`"),
    ("-inlcude:x.example", "`inlcude` is not a mechanism; did you mean `include`?", "write `-include:x.example`"),
    ("exist:%{i}.x.example", "`exist` is not a mechanism; did you mean `exists`?", "write `exists:%{i}.x.example`"),
    ("redirct:x.example", "`redirct` is not a mechanism; did you mean `redirect`?", "write `redirect=x.example`"),
    ("~al", "`al` is not a mechanism; did you mean `all`?", "write `~all`"),
    ("!a:x.example", "`!a` is not a mechanism; did you mean `a`?", "write `a:x.example`"),
    ("ipv4:192.0.2.1", "`ipv4` is not a mechanism; did you mean `ip4`?", "write `ip4:192.0.2.1`"),
    ("-ip:192.0.2.1/24", "`ip` is not a mechanism; did you mean `ip4`?", "write `-ip4:192.0.2.1/24`"),
    ("ip:2001:db8::1", "`ip` is not a mechanism; did you mean `ip6`?", "write `ip6:2001:db8::1`"),
    ("ipv6:::1", "`ipv6` is not a mechanism; did you mean `ip6`?", "write `ip6:::1`"),
    ("host:x.example", "`host` is not a mechanism; did you mean `a`?", "write `a:x.example`"),
    ("192.0.2.0/24", "`192.0.2.0/24` is an IP address without a mechanism", "write `ip4:192.0.2.0/24`"),
    ("-192.0.2.1", "`192.0.2.1` is an IP address without a mechanism", "write `-ip4:192.0.2.1`"),
    ("2001:db8::1", "`2001:db8::1` is an IP address without a mechanism", "write `ip6:2001:db8::1`"),
    ("1.2.3.456", "`1.2.3.456` is not a mechanism", "addresses are written `ip4:192.0.2.0/24`"),
    (
        "x.example",
        "`x.example` is a host name without a mechanism",
        "put `include:x.example` or `a:x.example` in its place",
    ),
    (
        "~x.example/24",
        "`x.example` is a host name without",
        "put `~include:x.example` or `~a:x.example/24` in its place",
    ),
    ("include.x.example", "`include.x.example` is not a mechanism; `include` needs `:`", "write `include:x.example`"),
    ("ip4192.0.2.1", "`ip4192.0.2.1` is not a mechanism; `ip4` needs `:`", "write `ip4:192.0.2.1`"),
    (
        "redirect:x.example",
        "`redirect` is a modifier, not a mechanism; it is followed by an equals",
        "write `redirect=x.example`",
    ),
    ("redirect", "`redirect` has no domain name; it is a modifier", "put a domain name right after `redirect=`"),
    ("moo", "`moo` is not a mechanism; expected one of `all`, `include`, `a`, `mx`,", ""),
    ("moo.cow/far_out=man:dog/cat", "`moo.cow` is not a mechanism; expected one of", ""),
    ("%{d}:x", "`%{d}:x` begins with a macro; a macro cannot be the name of a mechanism", ""),
    ("all-", "the qualifier of `all-` comes after it", "write `-all`"),
    ("-", "`-` is a qualifier, but no mechanism follows it", "put the qualifier right before a mechanism"),
    ("--", "`--` is not a mechanism", "put the qualifier right before a mechanism"),
]

MODIFIERS = [
    ("1up=foo", "`1up` is not a name of a modifier", "such a name begins with a letter"),
    ("m\\n=foo", "`m\\n` is not a name of a modifier", "such a name begins with a letter"),
    ("=all", "`=all` has no name before the equals sign", "write `~all`, or `-all`"),
    ("-redirect=x.example", "`redirect` is a modifier; only a mechanism has a qualifier", "write `redirect=x.example`"),
    ("-include=x.example", "`include` needs a colon before its argument, not an", "write `-include:x.example`"),
    ("~foo=bar", "`~foo=bar` is not a mechanism, and a modifier has no qualifier", "write `foo=bar`"),
    ("redirect=", "`redirect` has no domain name", "put a domain name right after `redirect=`"),
    ("exp=", "`exp` has no domain name", "put a domain name right after `exp=`"),
]

MECHANISMS = [
    ("all:x.example", "`all` has no argument", "write `~all`, or `-all`"),
    ("-all/8", "`all` has no argument", "write `-all`"),
    ("--all", "`--` are 2 qualifiers; a mechanism has one", "write `-all`"),
    ("~-all", "`~-` are 2 qualifiers; a mechanism has one", "write `-all`"),
    ("include:", "`include` has no domain name", "put a domain name right after `include:`"),
    ("include", "`include` has no domain name", "put a domain name right after `include:`"),
    ("exists", "`exists` has no domain name", "put a domain name right after `exists:`"),
    ("a:", "`a` has no domain name", "put a domain name right after `a:`, or `a` alone"),
    ("-ptr:", "`ptr` has no domain name", "put a domain name right after `ptr:`, or `-ptr` alone"),
    ("mx:/24", "`mx:` has no domain name", "write `mx/24`"),
]

MISPLACED_ADDRESSES = [
    ("a:203.0.113.5", "`203.0.113.5` is an IP address; `a:` needs a domain name", "write `ip4:203.0.113.5`"),
    ("-mx:203.0.113.0/24", "`203.0.113.0` is an IP address; `mx:` needs a", "write `-ip4:203.0.113.0/24`"),
    ("include:1.2.3.4", "`1.2.3.4` is an IP address; `include:` needs a", "write `ip4:1.2.3.4`"),
    ("exists:1.2.3.4", "`1.2.3.4` is an IP address; `exists:` needs a", "write `ip4:1.2.3.4`"),
    ("ptr:1.2.3.4/24", "`1.2.3.4` is an IP address; `ptr:` needs a", "write `ip4:1.2.3.4/24`"),
    ("a:2001:db8::1/64", "`2001:db8::1` is an IP address; `a:` needs a", "write `ip6:2001:db8::1/64`"),
    ("a:[2001:db8::1]", "`[2001:db8::1]` is an IP address; `a:` needs a", "write `ip6:2001:db8::1`"),
    ("redirect=1.2.3.4", "`1.2.3.4` is an IP address; `redirect=` needs a", "give the name of a domain"),
    ("a:111.222.33.444", "`111.222.33.444` looks like an IP address", "give the name of a domain"),
    ("a:1.2.3.4/99", "`1.2.3.4` is an IP address; `a:` needs a domain name", "give the name of a domain"),
]

CASES = [
    *(("unknown-mechanism", *case) for case in UNKNOWN),
    *(("syntax", *case) for case in MODIFIERS + MECHANISMS),
    *(("address-as-host", *case) for case in MISPLACED_ADDRESSES),
]


@pytest.mark.parametrize(("kind", "word", "message", "way_out"), CASES)
def test_a_word_that_is_no_term_is_one_fault(kind: str, word: str, message: str, way_out: str) -> None:
    text = f"v=spf1 {word} -all" if word not in "-+--" else f"v=spf1 a {word}"
    (fault,) = spf.parse(text).faults
    assert (fault.kind, text[fault.start : fault.end]) == (kind, word)
    assert fault.message.startswith(message)
    assert fault.help.startswith(way_out)
    assert bool(fault.help) == bool(way_out)
    assert fault.reference == "RFC 7208 section 12"


@pytest.mark.parametrize(
    ("way_out", "word", "before"),
    [
        ("write `a:x.example`", "x.example", "a"),
        ("write `-mx:x.example/24`", "x.example/24", "-mx"),
        ("write `a:x.example`", ":x.example", "a"),
        ("write `ip4:192.0.2.0/24`", "/24", "ip4:192.0.2.0"),
        ("write `a/24`", "/24", "a"),
        ("remove the space before it", ":x", "a"),
    ],
)
def test_a_piece_of_a_term_is_joined_with_the_term_before_it(way_out: str, word: str, before: str) -> None:
    text = f"v=spf1 {before} {word} -all"
    (fault,) = spf.parse(text).faults
    assert (fault.kind, text[fault.start : fault.end], fault.help) == ("unknown-mechanism", word, way_out)


def test_the_names_of_modifiers_are_no_hint_for_a_bare_word() -> None:
    (fault,) = spf.parse("v=spf1 example").faults
    assert fault.message.startswith("`example` is not a mechanism; expected one of")
