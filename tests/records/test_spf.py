"""SPF records are read as RFC 7208 section 12 has them; every cause of a fault is told once, with its place."""

import ipaddress
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records import spf
from linter.records.address import Network
from linter.records.spf import Mechanism, Modifier, Spf, Term

KINDS = {
    "syntax",
    "unknown-mechanism",
    "invalid-address",
    "address-as-host",
    "invalid-macro",
    "duplicate-modifier",
}

WELL_FORMED = [
    ("v=spf1 -all", "v=spf1 -all"),
    ("v=spf1 -all", "V=SPF1 -ALL"),
    ("v=spf1", "v=spf1"),
    ("v=spf1", "v=spf1  "),
    ("v=spf1 a -all", "v=spf1  a   -all "),
    ("v=spf1 a mx ptr all", "v=spf1 +a +mx +ptr +all"),
    ("v=spf1 ?a ~mx -ptr", "v=spf1 ?A ~Mx -PTR"),
    ("v=spf1 a/24//64 mx//64 a/0 mx/32//128", "v=spf1 a/24//64 mx//64 a/0 mx/32//128"),
    ("v=spf1 a:x.example/24//64 mx:%{d}/24", "v=spf1 a:x.example/24//64 MX:%{d}/24"),
    ("v=spf1 a:foo:bar/baz.example.com", "v=spf1 a:foo:bar/baz.example.com"),
    ("v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.77", "v=spf1 ip4:192.0.2.0/24 IP4:192.0.2.77/32"),
    ("v=spf1 ip4:192.0.2.77/24 ip4:0.0.0.0/0", "v=spf1 ip4:192.0.2.77/24 ip4:0.0.0.0/0"),
    ("v=spf1 ip6:2001:db8::/32 ip6:::1", "v=spf1 ip6:2001:DB8:0::/32 ip6:::1/128"),
    ("v=spf1 ip6:::ffff:1.2.3.4", "v=spf1 ip6:::FFFF:1.2.3.4"),
    ("v=spf1 a -all redirect=b.example", "v=spf1 a -all redirect=b.example"),
    ("v=spf1 redirect=%{d}.x.example exp=e.%{d2}", "v=spf1 Redirect=%{d}.x.example EXP=e.%{d2}"),
    ("v=spf1 -all include:x.example", "v=spf1 -all include:x.example"),
    ("v=spf1 include=x.example ipv4=192.0.2.1 -all", "v=spf1 include=x.example ipv4=192.0.2.1 -all"),
    ("v=spf1 exists:%{ir}.x.example -all", "v=spf1 exists:%{ir}.x.example -all"),
    ("v=spf1 mx:example.com -all foo=bar", "v=spf1 mx:example.com -all foo=bar"),
    (
        "v=spf1 moo.cow-far_out=man:dog/cat default=+ op= x=%{i}",
        "v=spf1 moo.cow-far_out=man:dog/cat default=+ op= x=%{i}",
    ),
    ("v=spf1 include:_spf.example.com. ~all", "v=spf1 include:_spf.example.com. ~all"),
    ("v=spf1 ~all -all", "v=spf1 ~all -all"),
    ("v=spf1 include:a.example,include:b.example", "v=spf1 include:a.example,include:b.example"),
    ("v=spf1 include:x.example-all", "v=spf1 include:x.example-all"),
    ("v=spf1 a:mail.example...com a:.com", "v=spf1 a:mail.example...com a:.com"),
    (f"v=spf1 a:{'a' * 64}.example.com", f"v=spf1 a:{'a' * 64}.example.com"),
    ("v=spf1 a:macro%%percent%_%_space%-x.example.com", "v=spf1 a:macro%%percent%_%_space%-x.example.com"),
]


@pytest.mark.parametrize(("canonical", "text"), WELL_FORMED)
def test_a_well_formed_record_has_no_fault_and_a_canonical_text(canonical: str, text: str) -> None:
    record = spf.parse(text)
    assert record.faults == ()
    assert record.is_valid
    assert spf.to_text(record) == canonical


def test_a_mechanism_has_qualifier_argument_and_place() -> None:
    record = spf.parse("v=spf1  ~IP4:192.0.2.9/24 a:Mail.example/8//64 -all")
    network, host, everything = record.mechanisms
    assert network == Mechanism("~", "ip4", None, Network(4, 0xC0000209, 24), None, None, 8, 25)
    assert (host.qualifier, host.name, host.prefix4, host.prefix6) == ("+", "a", 8, 64)
    assert host.domain is not None
    assert (host.domain.name, host.domain.start, host.domain.end) == ("mail.example", 28, 40)
    assert (host.start, host.end) == (26, 46)
    assert everything == Mechanism("-", "all", None, None, None, None, 47, 51)


def test_a_modifier_has_a_lower_case_name_and_a_value_with_its_place() -> None:
    (modifier,) = spf.parse("v=spf1 EXP=%{d}.x.example").modifiers
    assert (modifier.name, modifier.start, modifier.end) == ("exp", 7, 25)
    assert (modifier.value.text, modifier.value.start, modifier.value.end) == ("%{d}.x.example", 11, 25)
    assert [(macro.letter, macro.start, macro.end) for macro in modifier.value.macros] == [("d", 11, 15)]


def test_a_record_knows_its_parts() -> None:
    record = spf.parse("v=spf1 a redirect=r.example ~all exp=e.example -all")
    assert [found.name for found in record.mechanisms] == ["a", "all", "all"]
    assert record.redirect is not None
    assert record.redirect.value.name == "r.example"
    assert record.exp is not None
    assert record.exp.value.name == "e.example"
    assert record.all_term is not None
    assert record.all_term.qualifier == "~"
    bare = spf.parse("v=spf1 a")
    assert (bare.redirect, bare.exp, bare.all_term) == (None, None, None)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (True, "v=spf1"),
        (True, "v=spf1 "),
        (True, "V=sPf1 +all"),
        (True, "v=spf1 nonsense"),
        (False, ""),
        (False, "v=spf10"),
        (False, "v=spf1;"),
        (False, "v=spf1\t-all"),
        (False, " v=spf1 -all"),
        (False, "v=\u017fpf1 -all"),
        (False, "v=spf1-all"),
    ],
)
def test_receivers_select_the_version_and_a_space_or_the_end(expected: bool, text: str) -> None:
    assert spf.is_spf(text) is expected


# kind, the text that is spanned, the message (or its beginning), the help (or its beginning), the record
SINGLE_FAULTS = [
    ("unknown-mechanism", "nclude:spf.ssmx.net", "`nclude` is no mechanism; did you mean `include`?", "write `include:spf.ssmx.net`", "v=spf1 nclude:spf.ssmx.net -all"),
    ("unknown-mechanism", "~al", "`al` is no mechanism; did you mean `all`?", "write `~all`", "v=spf1 mx ~al"),
    ("unknown-mechanism", "ipv4:192.0.2.1", "`ipv4` is no mechanism; did you mean `ip4`?", "write `ip4:192.0.2.1`", "v=spf1 ipv4:192.0.2.1 -all"),
    ("unknown-mechanism", "-ip:192.0.2.1/24", "`ip` is no mechanism; did you mean `ip4`?", "write `-ip4:192.0.2.1/24`", "v=spf1 -ip:192.0.2.1/24"),
    ("unknown-mechanism", "ip:2001:db8::1", "`ip` is no mechanism; did you mean `ip6`?", "write `ip6:2001:db8::1`", "v=spf1 ip:2001:db8::1"),
    ("unknown-mechanism", "ipv6:::1", "`ipv6` is no mechanism; did you mean `ip6`?", "write `ip6:::1`", "v=spf1 ipv6:::1"),
    ("unknown-mechanism", "192.0.2.0/24", "`192.0.2.0/24` is an IP address without a mechanism", "write `ip4:192.0.2.0/24`", "v=spf1 192.0.2.0/24 -all"),
    ("unknown-mechanism", "2001:db8::1", "`2001:db8::1` is an IP address without a mechanism", "write `ip6:2001:db8::1`", "v=spf1 2001:db8::1"),
    ("unknown-mechanism", "x.example.com", "`x.example.com` is a host name without a mechanism", "write `include:x.example.com` or `a:x.example.com`", "v=spf1 x.example.com -all"),
    ("unknown-mechanism", "x.example.com", "`x.example.com` is a host name without a mechanism", "write `mx:x.example.com`", "v=spf1 mx x.example.com -all"),
    ("unknown-mechanism", "include.x.example", "`include.x.example` is no mechanism; `include` needs `:` behind it", "write `include:x.example`", "v=spf1 include.x.example"),
    ("unknown-mechanism", "ip4192.0.2.1", "`ip4192.0.2.1` is no mechanism; `ip4` needs `:` behind it", "write `ip4:192.0.2.1`", "v=spf1 ip4192.0.2.1"),
    ("unknown-mechanism", "redirect:x.example", "`redirect` is no mechanism but a modifier; it takes an equals sign, not `:`", "write `redirect=x.example`", "v=spf1 redirect:x.example"),
    ("unknown-mechanism", "redirect", "`redirect` has no domain name; it is a modifier", "", "v=spf1 redirect"),
    ("unknown-mechanism", "moo", "`moo` is no mechanism; expected one of `all`, `include`,", "", "v=spf1 ip4:192.0.2.1 -all moo"),
    ("unknown-mechanism", "moo.cow/far_out=man:dog/cat", "`moo.cow` is no mechanism; expected one of", "", "v=spf1 moo.cow/far_out=man:dog/cat"),
    ("unknown-mechanism", "!a:x.example", "`!a` is no mechanism; did you mean `a`?", "write `a:x.example`", "v=spf1 !a:x.example"),
    ("unknown-mechanism", "%{d}:x", "`%{d}:x` begins with a macro; a macro cannot stand for the name", "", "v=spf1 %{d}:x -all"),
    ("unknown-mechanism", "all-", "the qualifier of `all-` stands behind it", "write `-all`", "v=spf1 all-"),
    ("unknown-mechanism", "-", "`-` is a qualifier, and no mechanism follows it", "", "v=spf1 a -"),
    ("unknown-mechanism", ":x.example", "`:x.example` begins with `:`, which belongs to the term before it", "write `a:x.example`", "v=spf1 a :x.example"),
    ("unknown-mechanism", "/24", "`/24` begins with `/`, which belongs to the term before it", "write `ip4:192.0.2.0/24`", "v=spf1 ip4:192.0.2.0 /24"),
    ("unknown-mechanism", "1.2.3.456", "`1.2.3.456` is no mechanism", "addresses are written `ip4:192.0.2.0/24`", "v=spf1 1.2.3.456"),
    ("syntax", "all:x.example", "`all` takes no argument", "write `all`", "v=spf1 all:x.example"),
    ("syntax", "-all/8", "`all` takes no argument", "write `-all`", "v=spf1 -all/8"),
    ("syntax", "--all", "`--` are 2 qualifiers; a mechanism takes one", "write `-all`", "v=spf1 --all"),
    ("syntax", "include:", "`include` has no domain name", "write `include:` and a domain name, without a space", "v=spf1 include: -all"),
    ("syntax", "include", "`include` has no domain name", "", "v=spf1 include +all"),
    ("syntax", "exists", "`exists` has no domain name", "", "v=spf1 exists"),
    ("syntax", "a:", "`a` has no domain name", "write `a:` and a domain name, without a space, or `a` alone", "v=spf1 a:"),
    ("syntax", "mx:/24", "`mx:` has no domain name", "write `mx/24`", "v=spf1 mx:/24"),
    ("syntax", "redirect=", "`redirect` has no domain name", "", "v=spf1 ?all redirect="),
    ("syntax", "exp=", "`exp` has no domain name", "", "v=spf1 exp= -all"),
    ("syntax", "-all", "`-all`, the last label of the name, begins with a hyphen", "", "v=spf1 exp=-all"),
    ("syntax", "localhost", "`localhost` is a single label; a domain name here needs at least two", "write the full name, such as `localhost.example.com`", "v=spf1 a:localhost"),
    ("syntax", "museum", "`museum` is a single label", "", "v=spf1 a:museum."),
    ("syntax", "123", "`123`, the last label of the name, is all digits", "", "v=spf1 a:abc.123"),
    ("syntax", "com-", "`com-`, the last label of the name, ends with a hyphen", "", "v=spf1 a:example.com-"),
    ("syntax", "com:8080", "`example.com:8080` ends in a port; SPF knows no ports", "write `example.com`", "v=spf1 a:example.com:8080"),
    ("syntax", "com>", "`>` cannot stand in `com>`, the last label of the name", "", "v=spf1 include:<example.com>"),
    ("syntax", "example..", "the last label of `example..` is empty", "", "v=spf1 a:example.."),
    ("syntax", "foo", "`foo` follows a macro without a dot between them", "write `.foo`", "v=spf1 a:%{d}foo"),
    ("syntax", "/24", "`include` takes no prefix length", "write `include:x.example`", "v=spf1 include:x.example/24"),
    ("syntax", "/0", "`ptr` takes no prefix length", "", "v=spf1 ptr/0 -all"),
    ("syntax", "/24/64", "in `/24/64` the IPv6 prefix length needs two slashes before it", "write `/24//64`", "v=spf1 a/24/64 -all"),
    ("syntax", "/24/64", "in `/24/64` the IPv6 prefix length needs two slashes before it", "write `/24//64`", "v=spf1 a:x.example/24/64"),
    ("syntax", "///64", "`///64` is no pair of prefix lengths", "write `/24`, `//64` or `/24//64`", "v=spf1 a///64"),
    ("syntax", "1up=foo", "`1up` is no name of a modifier", "such a name begins with a letter", "v=spf1 1up=foo"),
    ("syntax", "=all", "`=all` has no name before the equals sign", "write `all`", "v=spf1 =all"),
    ("syntax", "-redirect=x.example", "`redirect` is a modifier; only a mechanism has a qualifier", "write `redirect=x.example`", "v=spf1 -redirect=x.example"),
    ("syntax", "-include=x.example", "`include` takes a colon before its argument, not an equals sign", "write `-include:x.example`", "v=spf1 -include=x.example"),
    ("syntax", "~foo=bar", "`~foo=bar` is no mechanism, and a modifier takes no qualifier", "write `foo=bar`", "v=spf1 ~foo=bar"),
    ("syntax", "v=spf1", "a second `v=spf1` stands inside the record; receivers skip it and read on", "these were probably two records", "v=spf1 a -all v=spf1 mx -all"),
    ("syntax", "\0", "a null byte stands in `a:x.example\\x00`", "write `a:x.example`", "v=spf1 a:x.example\0"),
    ("syntax", "\u00fc", "the character U+00FC (latin small letter u with diaeresis) in `a:m\u00fcller.example` is not ASCII", "write `a:xn--mller-kva.example`", "v=spf1 a:m\u00fcller.example"),
    ("syntax", "\u00df", "the character U+00DF", "", "v=spf1 a:stra\u00dfe.example"),
    ("syntax", "\u200b", "the character U+200B (zero width space) in `inc\\u200blude:x.example`", "write `include:x.example`", "v=spf1 inc\u200blude:x.example"),
    ("syntax", "\udc80", "the character U+DC80", "", "v=spf1 \udc80a:x.example"),
    ("invalid-address", "33", "the prefix length `33` is out of range", "an IPv4 prefix length is a number from 0 to 32", "v=spf1 ip4:203.0.113.0/33 -all"),
    ("invalid-address", "032", "the prefix length `032` has a leading zero", "write `/32`", "v=spf1 ip4:203.0.113.0/032 -all"),
    ("invalid-address", "129", "the prefix length `129` is out of range", "an IPv6 prefix length is a number from 0 to 128", "v=spf1 ip6:2001:db8::/129"),
    ("invalid-address", "33", "the prefix length `33` is out of range", "an IPv4 prefix length is at most 32; an IPv6 one takes two slashes: `//33`", "v=spf1 a/33"),
    ("invalid-address", "129", "the prefix length `129` is out of range", "", "v=spf1 mx:x.example/24//129"),
    ("invalid-address", "08", "the prefix length `08` has a leading zero", "write `/8`", "v=spf1 a:x.example/08"),
    ("invalid-address", "/", "the prefix length behind the slash is missing", "", "v=spf1 ip4:192.0.2.0/"),
    ("invalid-address", "x", "`x` is no prefix length", "", "v=spf1 a/x"),
    ("invalid-address", "/32", "two slashes stand before the prefix length; `ip4` takes one", "write `/32`", "v=spf1 ip4:192.0.2.1//32"),
    ("invalid-address", "255.255.255.0", "`255.255.255.0` is a netmask; SPF takes a prefix length", "write `/24`", "v=spf1 ip4:192.0.2.0/255.255.255.0"),
    ("invalid-address", "203.0.113", "`203.0.113` has 3 numbers; an IPv4 address has 4", "write `ip4:203.0.113.0/24`", "v=spf1 ip4:203.0.113 -all"),
    ("invalid-address", "10", "`10` has 1 number; an IPv4 address has 4", "write `ip4:10.0.0.0/8`", "v=spf1 ip4:10/8 -all"),
    ("invalid-address", "192.0.02.1", "`02` in `192.0.02.1` has a leading zero", "write `ip4:192.0.2.1/24`", "v=spf1 ip4:192.0.02.1/24"),
    ("invalid-address", "192.0.2.256", "`256` in `192.0.2.256` is beyond 255", "", "v=spf1 ip4:192.0.2.256"),
    ("invalid-address", "192.0.2.1:25", "`192.0.2.1:25` ends in a port; `ip4` takes only the address", "write `ip4:192.0.2.1`", "v=spf1 ip4:192.0.2.1:25"),
    ("invalid-address", "192.0.2.1.", "`.` stands behind the address", "write `ip4:192.0.2.1`", "v=spf1 ip4:192.0.2.1."),
    ("invalid-address", "192.0.2.*", "`192.0.2.*` has a wildcard; SPF takes networks", "", "v=spf1 ip4:192.0.2.*"),
    ("invalid-address", "192.0.2.1-192.0.2.9", "`192.0.2.1-192.0.2.9` is a range; SPF takes networks", "", "v=spf1 ip4:192.0.2.1-192.0.2.9"),
    ("invalid-address", "192.0.2.1,192.0.2.2", "`192.0.2.1,192.0.2.2` is a list; each address is a term of its own", "", "v=spf1 ip4:192.0.2.1,192.0.2.2"),
    ("invalid-address", "x.example.com", "`x.example.com` is a host name; `ip4` takes an address", "write `a:x.example.com`", "v=spf1 ip4:x.example.com"),
    ("invalid-address", "%{i}", "`ip4` takes an address; macros such as `%{i}` are not replaced in it", "", "v=spf1 ip4:%{i}"),
    ("invalid-address", "[::1]", "the address `[::1]` stands in brackets", "write `ip6:::1/64`", "v=spf1 ip6:[::1]/64"),
    ("invalid-address", "2001:db8::1", "`2001:db8::1` is an IPv6 address; `ip4` takes an IPv4 address", "write `ip6:2001:db8::1`", "v=spf1 ip4:2001:db8::1 -all"),
    ("invalid-address", "192.0.2.1", "`192.0.2.1` is an IPv4 address; `ip6` takes an IPv6 address", "write `ip4:192.0.2.1/24`", "v=spf1 ip6:192.0.2.1/24"),
    ("invalid-address", ":CAFE::BABE", "`:CAFE::BABE` is no IPv6 address", "", "v=spf1 ip6::CAFE::BABE"),
    ("invalid-address", "ip4", "`ip4` has no address; it takes one behind a colon", "write `ip4:ADDRESS`", "v=spf1 ip4"),
    ("invalid-address", "ip4/192.0.2.1", "`ip4` has no address; it takes one behind a colon", "write `ip4:192.0.2.1`", "v=spf1 ip4/192.0.2.1"),
    ("invalid-address", "", "`ip6:` has no address", "write the address behind the colon", "v=spf1 ip6: -all"),
    ("address-as-host", "a:203.0.113.5", "`203.0.113.5` is an IP address; `a:` takes a domain name", "write `ip4:203.0.113.5`", "v=spf1 a:203.0.113.5 -all"),
    ("address-as-host", "-mx:203.0.113.0/24", "`203.0.113.0` is an IP address; `mx:` takes a domain name", "write `-ip4:203.0.113.0/24`", "v=spf1 -mx:203.0.113.0/24"),
    ("address-as-host", "include:1.2.3.4", "`1.2.3.4` is an IP address; `include:` takes a domain name", "write `ip4:1.2.3.4`", "v=spf1 include:1.2.3.4"),
    ("address-as-host", "a:2001:db8::1/64", "`2001:db8::1` is an IP address; `a:` takes a domain name", "write `ip6:2001:db8::1/64`", "v=spf1 a:2001:db8::1/64"),
    ("address-as-host", "redirect=1.2.3.4", "`1.2.3.4` is an IP address; `redirect=` takes a domain name", "give the name of a domain", "v=spf1 redirect=1.2.3.4"),
    ("address-as-host", "a:111.222.33.444", "`111.222.33.444` looks like an IP address", "give the name of a domain", "v=spf1 a:111.222.33.444"),
    ("invalid-macro", "%(ir)", "`%(ir)` is no macro", "write `%{ir}`", "v=spf1 exists:%(ir).x.example -all"),
    ("invalid-macro", "%x", "`%x` is no macro", "", "v=spf1 foo=%x -all"),
    ("invalid-macro", "%{c}", "the macro `%{c}` is allowed only in the text that `exp=` points to", "", "v=spf1 exp=%{c}.x.example"),
    ("duplicate-modifier", "redirect=b.example", "`redirect=` stands twice; a record may have it once", "keep one of them", "v=spf1 redirect=a.example redirect=b.example"),
    ("duplicate-modifier", "EXP=b.example", "`exp=` stands twice; a record may have it once", "keep one of them", "v=spf1 exp=a.example -all EXP=b.example"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "spanned", "message", "way_out", "text"), SINGLE_FAULTS)
def test_a_fault_is_told_once_with_its_place(kind: str, spanned: str, message: str, way_out: str, text: str) -> None:
    (fault,) = spf.parse(text).faults
    assert (fault.kind, text[fault.start : fault.end]) == (kind, spanned)
    assert fault.message.startswith(message)
    assert fault.help.startswith(way_out) if way_out else True


# What was plainly meant stays in the record, so that what follows from it can still be told.
REPAIRED = [
    ("v=spf1 a -all", 8, 8, "v=spf1 a-all"),
    ("v=spf1 a ip4:1.2.3.4", 8, 8, "v=spf1 aip4:1.2.3.4"),
    ("v=spf1 include:x.example ~all", 24, 24, "v=spf1 include:x.example~all"),
    ("v=spf1 ip4:1.2.3.4 -all", 18, 18, "v=spf1 ip4:1.2.3.4-all"),
    ("v=spf1 a -all mx", 13, 19, "v=spf1 a -allv=spf1 mx"),
    ("v=spf1 a -all", 8, 9, "v=spf1 a\t-all"),
    ("v=spf1 a mx -all", 8, 9, "v=spf1 a\tmx\t-all"),
    ("v=spf1 a -all", 13, 15, "v=spf1 a -all\r\n"),
    ("v=spf1 a mx", 8, 9, "v=spf1 a\u00a0mx"),
    ("v=spf1 a -all", 9, 10, "v=spf1 a \u2013all"),
    ("v=spf1 a ~all", 9, 10, "v=spf1 a \u02dcall"),
    ("v=spf1 a -all", 13, 14, "v=spf1 a -all\u201d"),
    ("v=spf1 a mx -all", 7, 8, "v=spf1 \u201ca mx -all"),
    ("v=spf1 a -all", 13, 14, "v=spf1 a -all;"),
    ("v=spf1 a -all", 13, 14, "v=spf1 a -all."),
    ("v=spf1 a -all", 13, 14, 'v=spf1 a -all"'),
    ("v=spf1 a mx -all", 8, 9, 'v=spf1 a" "mx -all'),
    ("v=spf1 a mx", 9, 10, 'v=spf1 a " mx'),
    ("v=spf1 a mx", 7, 9, 'v=spf1 \\"a\\" mx'),
    ("v=spf1 a mx -all", 8, 9, "v=spf1 a, mx, -all"),
    ("v=spf1 a mx -all", 8, 9, "v=spf1 a,mx,-all"),
    ("v=spf1 include:x.example include:y.example", 24, 25, "v=spf1 include:x.example, include:y.example"),
    ("v=spf1 include:x.example -all", 24, 25, "v=spf1 include:x.example;-all"),
    ("v=spf1 include:x.example -all", 7, 25, "v=spf1 include: x.example -all"),
    ("v=spf1 include:x.example -all", 7, 24, "v=spf1 include x.example -all"),
    ("v=spf1 include:x.example -all", 7, 25, "v=spf1 include :x.example -all"),
    ("v=spf1 include:x.example -all", 7, 26, "v=spf1 include : x.example -all"),
    ("v=spf1 ip4:192.0.2.0/24", 7, 24, "v=spf1 ip4: 192.0.2.0/24"),
    ("v=spf1 ip6:::1", 7, 15, "v=spf1 ip6  ::1"),
    ("v=spf1 redirect=x.example", 7, 27, "v=spf1 redirect = x.example"),
    ("v=spf1 a -all", 9, 14, "v=spf1 a - all"),
    ("v=spf1 -include:x.example", 7, 27, "v=spf1 -include:  x.example"),
    ("v=spf1 -all", 7, 16, "v=spf1 include: x"[:15] + "x -all"),
    ("v=spf1 a", 9, 20, "v=spf1 a : x.example"),
]


@pytest.mark.parametrize(("meant", "start", "end", "text"), REPAIRED)
def test_one_slip_is_one_fault_and_what_was_meant_is_kept(meant: str, start: int, end: int, text: str) -> None:
    record = spf.parse(text)
    assert [(fault.kind, fault.start, fault.end) for fault in record.faults] == [("syntax", start, end)]
    assert not record.is_valid
    assert spf.to_text(record) == meant


def test_the_parts_of_a_repaired_term_stand_where_they_are_written() -> None:
    text = "v=spf1 include:  x.example"
    (mechanism,) = spf.parse(text).mechanisms
    assert mechanism.domain is not None
    assert text[mechanism.domain.start : mechanism.domain.end] == "x.example"
    assert text[mechanism.start : mechanism.end] == "include:  x.example"


def test_a_habit_is_told_once_with_its_number() -> None:
    (fault,) = spf.parse("v=spf1 a, mx, ip4:192.0.2.1, -all").faults
    assert fault.help == "remove it in all 3 places"


def test_several_causes_are_told_in_their_order() -> None:
    text = "v=spf1 nclude:x.example ip4:1.2.3/33 a:%{z}.%{y}.x redirect=a.b, redirect=c.d ~al"
    assert [text[fault.start : fault.end] for fault in spf.parse(text).faults] == [
        "nclude:x.example",
        "1.2.3",
        "33",
        "%{z}",
        "%{y}",
        ",",
        "redirect=c.d",
        "~al",
    ]


def test_a_fault_behind_all_is_told() -> None:
    assert [fault.kind for fault in spf.parse("v=spf1 -all moo").faults] == ["unknown-mechanism"]


def test_a_repeated_version_does_not_make_receivers_fail() -> None:
    assert spf.parse("v=spf1 a v=spf1 mx").is_valid
    assert not spf.parse("v=spf1 a v=spf1 nclude:x.example").is_valid
    assert not spf.parse("v=spf1 a -allv=spf1 mx").is_valid


def test_a_hostile_record_is_not_told_endlessly() -> None:
    faults = spf.parse("v=spf1" + " moo" * 10_000).faults
    assert len(faults) == 101
    assert faults[-1].message == "reading stops here: 100 faults before this"


@pytest.mark.parametrize(
    "text",
    [
        "v=spf1" + " " * 65_000,
        "v=spf1" + " a" * 10_000,
        "v=spf1" + " a," * 10_000,
        "v=spf1" + " x=%{d}" * 10_000,
        "v=spf1" + " redirect=a.b" * 5_000,
        "v=spf1 a:" + "a." * 32_000 + "!",
        "v=spf1 a:" + "/1" * 32_000,
        "v=spf1 a:x.y" + "/" * 64_000,
        "v=spf1 ip4:" + "1." * 32_000,
        "v=spf1 ip6:" + "1:" * 32_000,
        "v=spf1 a:" + "%" * 64_001,
        "v=spf1 x=" + "%{" * 32_000,
        "v=spf1 " + "-" * 64_000,
        "v=spf1 a" + "-all" * 16_000,
        "v=spf1 a" + ",a" * 32_000,
        "v=spf1 " + '"' * 64_000,
        "v=spf1 " + "\u2013" * 64_000,
        "v=spf1" + "\t\u00a0" * 32_000,
        "v=spf1 " + "include:" * 8_000,
        "v=spf1 " + "x" * 64_000,
        "v=spf1 " + "a-" * 32_000 + "!",
    ],
)
def test_a_long_record_is_read_to_its_end(text: str) -> None:
    spf.parse(text)
    spf.near_miss(" " + text)


def _apart_from_places(term: Term) -> tuple[object, ...]:
    """A term without any offset, so that two records can be compared."""
    spec = term.value if isinstance(term, Modifier) else term.domain
    parts = [part if isinstance(part, str) else part[:-2] for part in spec.parts] if spec else []
    rest = (term.name,) if isinstance(term, Modifier) else (*term[:2], *term[3:-2])
    return (*rest, spec and spec.text, *parts)


# ---- the grammar once more, as the RFC writes it -------------------------------------------------------------
_EXPAND = r"(?:%\{[slodiphv](?:0*[1-9][0-9]*)?r?[.+,/_=-]*\}|%%|%_|%-)"
_MACRO_STRING = rf"(?:{_EXPAND}|[\x21-\x24\x26-\x7e])*"
_TOPLABEL = r"(?:[0-9a-z]*[a-z][0-9a-z]*|[0-9a-z]+-[0-9a-z-]*[0-9a-z])"
_DOMAIN = rf"(?:{_MACRO_STRING}(?:\.{_TOPLABEL}\.?|{_EXPAND}))"
_QNUM = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])"
_CIDR4, _CIDR6 = r"(?:/(?:3[0-2]|[12][0-9]|[0-9]))", r"(?:/(?:12[0-8]|1[01][0-9]|[1-9][0-9]|[0-9]))"
_DIRECTIVE = (
    rf"[-+?~]?(?:all|(?:include|exists):{_DOMAIN}|ptr(?::{_DOMAIN})?|ip6:(?P<ip6>[^/]*){_CIDR6}?"
    rf"|ip4:{_QNUM}\.{_QNUM}\.{_QNUM}\.{_QNUM}{_CIDR4}?|(?:a|mx)(?::{_DOMAIN})?{_CIDR4}?(?:/{_CIDR6})?)"
)
_MODIFIER = rf"(?:redirect|exp)={_DOMAIN}|(?!(?:redirect|exp)=)[a-z][a-z0-9_.-]*={_MACRO_STRING}"
_TERM = re.compile(rf"{_DIRECTIVE}|{_MODIFIER}", re.IGNORECASE | re.ASCII)


def _is_grammatical(text: str) -> bool:
    words = [word for word in text[6:].split(" ") if word]
    for word in words:
        match = _TERM.fullmatch(word)
        if match is None:
            return False
        try:
            ipaddress.IPv6Address(match["ip6"] or "::")
        except ValueError:
            return False
    starts = [word.lower().split("=")[0] for word in words if "=" in word]
    return starts.count("redirect") < 2 and starts.count("exp") < 2


PIECES = [
    *("a", "mx", "all", "ptr", "include", "exists", "ip4", "ip6", "redirect", "exp", "foo", "v=spf1", "A", "MX"),
    *(":", ":", ":", "=", "/", "//", "-", "~", "+", ".", ",", ";", '"', " ", " ", " ", " "),
    *("24", "128", "032", "0", "x.example", ".example.com", "example", "a.b.", "192.0.2.1", "2001:db8::", "::1"),
    *("%{d}", "%{ir}", "%{d2r-}", "%{d0}", "%{c}", "%%", "%_", "%-", "%", "{", "}", "\t", "\u2013", "\u00fc", "\0"),
]
RECORDS = st.lists(st.sampled_from(PIECES), max_size=14).map(lambda pieces: "v=spf1 " + "".join(pieces))
TERMS = [
    *("a", "mx", "-all", "+a/24", "mx//64", "a:x.example/24//64", "?ptr:x.example", "PTR", "include:%{d}.x.example"),
    *("IP4:192.0.2.9/24", "ip4:192.0.2.1/32", "ip6:2001:DB8::/32", "ip6:::1/128", "exists:%{ir}.%{L2r-}.x.example"),
    *("foo=", "Foo=%{i}%%", "x.y=a:b/c", "~exists:a%_b.x", "include:X.example.", "a:x%-"),
]


@settings(max_examples=400)
@given(RECORDS)
def test_a_record_is_valid_just_where_the_grammar_says_so(text: str) -> None:
    assert spf.parse(text).is_valid == _is_grammatical(text)


@given(st.lists(st.sampled_from([*TERMS, "", ""]), max_size=8))
def test_a_canonical_text_reads_back_as_the_same_terms(words: list[str]) -> None:
    record = spf.parse(" ".join(["v=spf1", *words]))
    again = spf.parse(spf.to_text(record))
    assert record.faults == again.faults == ()
    assert [_apart_from_places(term) for term in record.terms] == [_apart_from_places(term) for term in again.terms]
    assert spf.to_text(again) == spf.to_text(record)


@given(st.lists(st.sampled_from(TERMS), max_size=8))
def test_each_term_stands_where_its_offsets_say(words: list[str]) -> None:
    text = "  ".join(["v=spf1", *words])
    record = spf.parse(text)
    assert [text[term.start : term.end] for term in record.terms] == words
    for term in record.terms:
        spec = term.value if isinstance(term, Modifier) else term.domain
        if spec is not None:
            assert text[spec.start : spec.end] == spec.text
            assert all(text[macro.start : macro.start + 2] == "%{" for macro in spec.macros)


@settings(max_examples=300, deadline=None)
@given(st.one_of(RECORDS, st.text(max_size=60).map(lambda text: "v=spf1 " + text), st.text(max_size=60)))
def test_whatever_is_read_its_faults_can_be_shown(text: str) -> None:
    record = spf.parse(text)
    near = spf.near_miss(text)
    for fault in (*record.faults, *([near] if near else [])):
        assert 0 <= fault.start <= fault.end <= len(text)
        assert fault.message.isprintable()
        assert fault.help.isprintable()
        assert not fault.message.endswith(".")
    assert {fault.kind for fault in record.faults} <= KINDS
    assert [fault.start for fault in record.faults] == sorted(fault.start for fault in record.faults)
    assert record.text == text


@settings(deadline=None)
@given(RECORDS)
def test_a_way_out_that_names_a_term_names_a_well_formed_one(text: str) -> None:
    for fault in spf.parse(text).faults:
        written = re.fullmatch(r"write `([-+?~]?(?:[a-z0-9]+[:=].*|all|a|mx|ptr))`", fault.help)
        if written and "…" not in written[1]:
            assert spf.parse(f"v=spf1 {written[1]}").faults == ()


NEAR_MISSES = [
    (0, 1, "a blank stands before `v=spf1`", " v=spf1 -all"),
    (0, 7, "`;` instead of a space stands behind `v=spf1`", "v=spf1; -all"),
    (0, 7, "`;` instead of a space stands behind `v=spf1`", "v=spf1;"),
    (0, 7, "`,` instead of a space stands behind `v=spf1`", "v=spf1,-all"),
    (0, 7, "a tab instead of a space stands behind `v=spf1`", "v=spf1\t-all"),
    (0, 7, "the character U+00A0 instead of a space stands behind `v=spf1`", "v=spf1\u00a0-all"),
    (0, 7, '`"` instead of a space stands behind `v=spf1`', 'v=spf1" "-all'),
    (0, 7, "`v=spf10` is not `v=spf1`", "v=spf10 -all"),
    (0, 7, "`v=spf10` is not `v=spf1`", "v=spf10"),
    (6, 6, "the space behind `v=spf1` is missing", "v=spf1include:x.example -all"),
    (6, 6, "the space behind `v=spf1` is missing", "v=spf1-all"),
    (6, 6, "the space behind `v=spf1` is missing", "v=spf1mx"),
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
    (0, 5, "`v=sf1` is not `v=spf1`", "v=sf1 ip4:192.0.2.1"),
    (0, 7, "`v==spf1` is not `v=spf1`", "v==spf1 -all"),
    (0, 12, "`version=spf1` is not `v=spf1`", "version=spf1 -all"),
    (0, 1, "a quote character stands before `v=spf1`", '"v=spf1 -all"'),
    (0, 1, "a quote character stands before `v=spf1`", "\u201cv=spf1 -all\u201d"),
    (0, 1, "a character that does not show stands before `v=spf1`", "\ufeffv=spf1 -all"),
    (0, 1, "`(` stands before `v=spf1`", "(v=spf1 -all)"),
    (0, 5, "other text, `SPF:`, stands before `v=spf1`", "SPF: v=spf1 include:x.example -all"),
    (0, 11, "other text, `MS=ms12345`, stands before `v=spf1`", "MS=ms12345 v=spf1 mx -all"),
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


@given(st.lists(st.sampled_from(TERMS), max_size=6))
def test_no_real_record_is_a_near_miss(words: list[str]) -> None:
    assert spf.near_miss(" ".join(["v=spf1", *words])) is None


def test_a_record_made_by_hand_has_a_text() -> None:
    mechanism = Mechanism("-", "all", None, None, None, None, 0, 0)
    assert spf.to_text(Spf("", (mechanism,), ())) == "v=spf1 -all"
