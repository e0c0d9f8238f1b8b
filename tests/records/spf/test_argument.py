"""The argument of an SPF mechanism that is not what belongs there is told, at the place of its wrong part."""

import pytest

from linter.records.spf import record as spf
from linter.records.spf.argument import as_network, ip_version, split_cidr

# the term, its wrong part, the beginning of the message, the beginning of the way out
DOMAINS = [
    ("a:localhost", "localhost", "`localhost` is a single label; a domain name here", "write the full name, such as"),
    ("include:museum.", "museum", "`museum` is a single label", "write the full name, such as `museum.example.com`"),
    ("a:abc.123", "123", "`123`, the last label of the name, is all digits", "the name must end in a label"),
    ("a:example.-com", "-com", "`-com`, the last label of the name, begins with a hyphen", "the name must end"),
    ("exp=-all", "-all", "`-all`, the last label of the name, begins with a hyphen", "the name must end"),
    ("a:example.com-", "com-", "`com-`, the last label of the name, ends with a hyphen", "the name must end"),
    ("a:x.example:25", "example:25", "`x.example:25` ends in a port; SPF has no ports", "remove `:25`"),
    ("include:<x.example>", "example>", "`>` is not allowed in `example>`, the last label", "the name must end"),
    ("a:example..", "example..", "the last label of `example..` is empty", "the name must end"),
    ("a:%{d}foo", "foo", "`foo` follows a macro without a dot between them", "write a dot before it"),
    ("include:x.example/24", "/24", "`include` cannot have a prefix length", "remove it"),
    ("redirect=x.example/24", "/24", "`redirect` cannot have a prefix length", "remove it"),
    ("ptr/0", "/0", "`ptr` cannot have a prefix length", ""),
    ("a/24/64", "/24/64", "in `/24/64` the IPv6 prefix length needs two slashes", "write `/24//64`"),
    ("a:x.example/24/64", "/24/64", "in `/24/64` the IPv6 prefix length needs two", "write `/24//64`"),
    ("mx/1/2/3", "/1/2/3", "`/1/2/3` is not a pair of prefix lengths", "the forms are `/24`, `//64` and `/24//64`"),
]

ADDRESSES = [
    ("ip4:203.0.113.0/33", "33", "the prefix length `33` is out of range", "an IPv4 prefix length is a number from 0"),
    ("ip4:203.0.113.0/032", "032", "the prefix length `032` has a leading zero", "write `32`"),
    ("ip4:203.0.113.0/0033", "0033", "the prefix length `0033` is out of range", "an IPv4 prefix length is"),
    ("ip6:2001:db8::/129", "129", "the prefix length `129` is out of range", "an IPv6 prefix length is a number from"),
    ("a/33", "33", "the prefix length `33` is out of range", "an IPv4 prefix length is at most 32; an IPv6 one has"),
    ("a/333", "333", "the prefix length `333` is out of range", "an IPv4 prefix length is a number from 0 to 32"),
    ("mx:x.example/24//129", "129", "the prefix length `129` is out of range", "an IPv6 prefix length is a number"),
    ("a:x.example/08", "08", "the prefix length `08` has a leading zero", "write `8`"),
    ("ip4:192.0.2.0/", "/", "the prefix length after the slash is missing", "an IPv4 prefix length is a number"),
    ("a///64", "/", "the prefix length after the slash is missing", "an IPv4 prefix length is a number"),
    ("a/x", "x", "`x` is not a prefix length", "an IPv4 prefix length is a number from 0 to 32"),
    ("ip4:192.0.2.1//32", "/32", "two slashes come before the prefix length; `ip4` has one", "write `32`"),
    ("ip4:192.0.2.0/255.255.255.0", "255.255.255.0", "`255.255.255.0` is a netmask; SPF needs", "write `24`"),
    ("ip4:192.0.2.0/0.0.0.255", "0.0.0.255", "`0.0.0.255` is a netmask; SPF needs", "an IPv4 prefix length is"),
    ("ip4:203.0.113", "203.0.113", "`203.0.113` has 3 numbers; an IPv4 address has 4", "write `203.0.113.0/24`"),
    ("ip4:10/8", "10", "`10` has 1 number; an IPv4 address has 4", "write `10.0.0.0`"),
    ("ip4:192.0.02.1/24", "192.0.02.1", "`02` in `192.0.02.1` has a leading zero", "write `192.0.2.1`"),
    ("ip4:192.0.2.256", "192.0.2.256", "`256` in `192.0.2.256` is above 255", ""),
    ("ip4:192.0.2.1:25", "192.0.2.1:25", "`192.0.2.1:25` ends in a port; `ip4` has only", "write `192.0.2.1`"),
    ("ip4:192.0.2.1.", "192.0.2.1.", "`.` comes after the address", "write `192.0.2.1`"),
    (
        "ip4:192.0.2.*",
        "192.0.2.*",
        "`192.0.2.*` has a wildcard; SPF knows only networks",
        "give a prefix length, such as",
    ),
    ("ip4:1.2.3.1-1.2.3.9", "1.2.3.1-1.2.3.9", "`1.2.3.1-1.2.3.9` is a range; SPF knows only networks", "write the"),
    ("ip4:1.2.3.1,1.2.3.2", "1.2.3.1,1.2.3.2", "`1.2.3.1,1.2.3.2` is a list; each address needs", "put `ip4:` bef"),
    ("ip4:x.example/24", "x.example", "`x.example` is a host name; `ip4` needs an", "name the host by `a:x.example`"),
    ("ip4:%{i}", "%{i}", "`ip4` needs an address; macros such as `%{i}` are not replaced in it", ""),
    ("ip4:what", "what", "`what` is not an IPv4 address", ""),
    ("ip6:[::1]/64", "[::1]", "the address `[::1]` is in brackets", "write `::1`"),
    ("ip4:2001:db8::1", "ip4:2001:db8::1", "`2001:db8::1` is an IPv6 address; `ip4` needs", "write `ip6:2001:db8::1`"),
    ("ip6:192.0.2.1/24", "ip6:192.0.2.1/24", "`192.0.2.1` is an IPv4 address; `ip6` needs", "write `ip4:192.0.2.1/24`"),
    ("ip6::CAFE::BABE", ":CAFE::BABE", "`:CAFE::BABE` is not an IPv6 address", ""),
    ("ip4", "ip4", "`ip4` has no address; one must follow after a colon", "put an address right after `ip4:`"),
    ("-ip4/192.0.2.1", "-ip4/192.0.2.1", "`ip4` has no address; one must follow", "write `-ip4:192.0.2.1`"),
    ("ip6:", "", "`ip6:` has no address", "put an address right after `ip6:`"),
]

MACROS = [
    ("exists:%(ir).x.example", "%(ir)", "`%(ir)` is not a macro", "write `%{ir}`"),
    ("foo=%x", "%x", "`%x` is not a macro", "a literal percent sign is `%%`"),
    ("exp=%{c}.x.example", "%{c}", "the macro `%{c}` is allowed only in the text that `exp=` points to", ""),
    ("a:%{d.x.example/24", "%{d.x.example", "the macro `%{d.x.example` has no closing brace", "close it with `}`"),
]

CASES = [
    *(("syntax", *case) for case in DOMAINS),
    *(("invalid-address", *case) for case in ADDRESSES),
    *(("invalid-macro", *case) for case in MACROS),
]


@pytest.mark.parametrize(("kind", "written", "part", "message", "way_out"), CASES)
def test_a_wrong_argument_is_one_fault(kind: str, written: str, part: str, message: str, way_out: str) -> None:
    text = f"v=spf1 {written} -all"
    (fault,) = spf.parse(text).faults
    assert (fault.kind, text[fault.start : fault.end]) == (kind, part)
    assert fault.message.startswith(message)
    assert fault.help.startswith(way_out)
    assert bool(fault.help) == bool(way_out)


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (["1.2.3", "33"], "ip4:1.2.3/33"),
        (["33", "129"], "a/33//129"),
        (["localhost", "/24/64"], "a:localhost/24/64"),
        (["%{z}", "%x"], "a:%{z}.%x.example"),
    ],
)
def test_an_argument_with_several_faults_is_told_them_all(parts: list[str], written: str) -> None:
    text = f"v=spf1 {written} -all"
    assert [text[fault.start : fault.end] for fault in spf.parse(text).faults] == parts


@pytest.mark.parametrize(
    ("expected", "argument"),
    [
        (("x.example", "/24"), "x.example/24"),
        (("x.example", "/24//64"), "x.example/24//64"),
        (("a/b.example", ""), "a/b.example"),
        (("%{d/}", "/24"), "%{d/}/24"),
        (("2001:db8::1", "/64"), "2001:db8::1/64"),
        (("", "/24"), "/24"),
        (("x", ""), "x"),
    ],
)
def test_prefix_lengths_begin_behind_the_last_dot_or_colon(expected: tuple[str, str], argument: str) -> None:
    assert split_cidr(argument) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("ip4:192.0.2.1", "192.0.2.1"),
        ("ip4:192.0.2.0/24", "192.0.2.0/24"),
        ("ip6:::1", "[::1]"),
        ("", "192.0.2.0/33"),
        ("", "x.example"),
    ],
)
def test_an_address_is_suggested_as_a_mechanism(expected: str, text: str) -> None:
    assert as_network(text) == expected


def test_an_address_has_a_version() -> None:
    assert [ip_version(text) for text in ("192.0.2.1", "::1", "x", "192.0.2.1/24")] == [4, 6, None, None]
