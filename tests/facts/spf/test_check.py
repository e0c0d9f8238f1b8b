"""check_host gives what RFC 7208 says, section by section; it always ends; and it never guesses."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.facts.spf.check import RESULTS, Client, check_host
from linter.facts.spf.expand import is_askable, target_name
from linter.facts.spf.questions import address_of, reverse_name
from linter.facts.spf.trace import Evaluated, Evaluation, Outcome
from linter.lookup.answer import STATUSES, Answer, Exchange
from linter.records.spf.macro import domain_spec
from tests.facts.recorded_world import Counting, world

TEN = [f"{number}0 host.example.com." for number in range(1, 11)]
HOSTS: Mapping[str, Any] = {
    "host.example.com": {"A": ["198.51.100.9", "192.0.2.3"], "AAAA": ["2001:db8::3"]},
    "other.example.com": {"A": ["192.0.2.200"], "AAAA": ["2001:db8::ffff"]},
    "mail.example.com": {"MX": ["20 host.example.com.", "10 other.example.com."]},
    "ten.example.com": {"MX": TEN},
    "eleven.example.com": {"MX": [*TEN, "5 other.example.com."]},
    "null-mx.example.com": {"MX": ["0 ."]},
    "dead-mx.example.com": {"MX": ["10 gone.example.com.", "20 host.example.com."]},
    "failing-mx.example.com": {"MX": ["10 servfail.example.com."]},
    "alias.example.com": {"CNAME": ["host.example.com."]},
    "circle.example.com": {"CNAME": ["circle.example.com."]},
    "empty.example.com": {"TXT": ["nothing of use"]},
    "servfail.example.com": "servfail",
    "timeout.example.com": "timeout",
    "pass.example.com": {"TXT": ["v=spf1 +all"]},
    "fail.example.com": {"TXT": ["v=spf1 -all exp=inner.example.com"]},
    "softfail.example.com": {"TXT": ["v=spf1 ~all"]},
    "neutral.example.com": {"TXT": ["v=spf1 ?all"]},
    "two.example.com": {"TXT": ["v=spf1 a -all", "v=spf1 mx -all"]},
    "broken.example.com": {"TXT": ["v=spf1 nclude:x.example -all"]},
    "here.example.com": {"TXT": ["v=spf1 a -all"], "A": ["192.0.2.3"]},
    "self.example.com": {"TXT": ["v=spf1 include:self.example.com -all"]},
    "macro-self.example.com": {"TXT": ["v=spf1 redirect=%{d}"]},
    "nine.example.com": {"TXT": [f"v=spf1 {'a:other.example.com ' * 9}+all"]},
    "3.2.0.192.in-addr.arpa": {"PTR": ["liar.example.net.", "host.example.com."]},
    "7.2.0.192.in-addr.arpa": {"PTR": ["circle.example.com.", "servfail.example.com.", "gone.example.com."]},
    "8.2.0.192.in-addr.arpa": {"PTR": [*(f"n{number}.example.com." for number in range(10)), "late.example.com."]},
    "2.2.0.192.in-addr.arpa": {"PTR": ["host.example.com."]},
    f"{'.'.join('3' + '0' * 23 + '8bd01002')}.ip6.arpa": {"PTR": ["host.example.com."]},
    f"{'.'.join('2' + '0' * 23 + '8bd01002')}.ip6.arpa": {"PTR": ["host.example.com."]},
    "9.2.0.192.in-addr.arpa": "servfail",
    "late.example.com": {"A": ["192.0.2.8"]},
    "liar.example.net": {"A": ["198.51.100.1"]},
    "inner.example.com": {"TXT": ["the inner one"]},
    "why.example.com": {"TXT": ["%{i} is not one of %{d}'s hosts"]},
    "letters.example.com": {"TXT": ["%{s}|%{l}|%{o}|%{d}|%{i}|%{v}|%{h}|%{c}|%{r}|%{t}|%{p}|%%%_%-"]},
    "two-texts.example.com": {"TXT": ["one", "two"]},
    "bad-text.example.com": {"TXT": ["%{x}"]},
    "accent.example.com": {"TXT": ["d\u00e9sol\u00e9"]},
    "foo:bar.example.com": {"A": ["192.0.2.3"]},
    "a b.example.com": {"A": ["127.0.0.2"]},
    "192.0.2.3.list.example.com": {"A": ["127.0.0.2"]},
    "3.2.0.192.in-addr.list.example.com": {"A": ["127.0.0.2"]},
    "host.example.com.names.example.com": {"A": ["127.0.0.2"]},
    "mail.helo.example.com.helos.example.com": {"A": ["127.0.0.2"]},
    "bad.strong.example.com": {"A": ["127.0.0.2"]},
    "strong%2dbad.example.com": "nxdomain",
}


def checked(record: str | list[str], ip: str = "192.0.2.3", sender: str = "strong-bad@example.com") -> Outcome:
    texts = [record] if isinstance(record, str) else record
    names = {**HOSTS, "example.com": {"TXT": texts, "A": ["192.0.2.3"], "MX": ["10 host.example.com."]}}
    return check_host(
        Client(ip, sender, "mail.helo.example.com", "mx.receiver.example", 86400), "example.com", world(names)
    )


@pytest.mark.parametrize(
    ("result", "record"),
    [
        # V1 to V30 of the project's table of vectors.
        ("fail", "v=spf1 -all"),
        ("fail", "V=SPF1 -ALL"),
        ("neutral", "v=spf1"),
        ("none", " v=spf1 -all"),
        ("none", "v=spf10 -all"),
        ("none", "v=spf1; -all"),
        ("none", "v=spf1,-all"),
        ("pass", "v=spf1  a   -all "),
        ("permerror", '"v=spf1 a" "-all"'),
        ("permerror", "v=spf1 ip4:203.0.113.0/33 -all"),
        ("permerror", "v=spf1 ip4:203.0.113.0/032 -all"),
        ("permerror", "v=spf1 ip4:203.0.113 -all"),
        ("permerror", "v=spf1 a:203.0.113.5 -all"),
        ("pass", "v=spf1 a/24//64 -all"),
        ("pass", "v=spf1 a//64 -all"),
        ("permerror", "v=spf1 a/24/64 -all"),
        ("permerror", "v=spf1 all:example.com"),
        ("permerror", "v=spf1 all/8"),
        ("permerror", "v=spf1 redirect=pass.example.com redirect=pass.example.com"),
        ("fail", "v=spf1 a:other.example.com -all redirect=pass.example.com"),
        ("fail", "v=spf1 -all include:pass.example.com"),
        ("fail", "v=spf1 include=pass.example.com -all"),
        ("permerror", "v=spf1 exists:%(ir).x.example -all"),
        ("pass", "v=spf1 exists:%{i}.list.example.com -all"),
        ("permerror", "v=spf1 include:pass.example.com, include:pass.example.com -all"),
        ("permerror", "v=spf1 include:pass.example.com;-all"),
        ("permerror", "v=spf1 ip6:2001:db8::/129"),
        ("permerror", "v=spf1 ip4:2001:db8::1 -all"),
        ("pass", "v=spf1 mx:mail.example.com -all foo=bar"),
        ("permerror", "v=spf1 foo=%x -all"),
        ("permerror", "v=spf1 %{d}:x -all"),
        ("pass", "v=spf1 include:pass.example.com. ~all"),
        ("softfail", "v=spf1 ~all -all"),
        # Section 4.5 and 4.6: selection, order, qualifiers.
        ("neutral", "v=spf1 ?all"),
        ("pass", "v=spf1 +a -all"),
        ("fail", "v=spf1 -a +all"),
        ("softfail", "v=spf1 ~a -all"),
        ("neutral", "v=spf1 ?a -all"),
        ("permerror", "v=spf1 a -all moo"),
        ("permerror", "v=spf1 a:host.example.com\u00a0-all"),
        ("permerror", "v=spf1 \u00e9 -all"),
        # Section 5.2: include.
        ("pass", "v=spf1 include:pass.example.com -all"),
        ("softfail", "v=spf1 include:fail.example.com ~all"),
        ("fail", "v=spf1 include:softfail.example.com -all"),
        ("fail", "v=spf1 include:neutral.example.com -all"),
        ("fail", "v=spf1 -include:pass.example.com +all"),
        ("permerror", "v=spf1 include:empty.example.com +all"),
        ("permerror", "v=spf1 include:gone.example.com +all"),
        ("permerror", "v=spf1 include:two.example.com +all"),
        ("permerror", "v=spf1 include:broken.example.com +all"),
        ("permerror", "v=spf1 include:a..example.com +all"),
        ("temperror", "v=spf1 include:servfail.example.com +all"),
        ("temperror", "v=spf1 include:timeout.example.com +all"),
        ("pass", "v=spf1 include:here.example.com -all"),
        # Section 5.3: a.
        ("pass", "v=spf1 a:host.example.com -all"),
        ("pass", "v=spf1 a:HOST.Example.com. -all"),
        ("pass", "v=spf1 a:alias.example.com -all"),
        ("fail", "v=spf1 a:other.example.com -all"),
        ("pass", "v=spf1 a:other.example.com/24 -all"),
        ("pass", "v=spf1 a:other.example.com/0 -all"),
        ("fail", "v=spf1 a:other.example.com//0 -all"),
        ("fail", "v=spf1 a:gone.example.com/0 -all"),
        ("temperror", "v=spf1 a:servfail.example.com +all"),
        ("temperror", "v=spf1 a:circle.example.com +all"),
        ("pass", "v=spf1 a:foo:bar.example.com -all"),
        ("fail", "v=spf1 a:a..example.com -all"),
        ("fail", f"v=spf1 a:{'x' * 64}.example.com -all"),
        # Section 5.4: mx.
        ("pass", "v=spf1 mx -all"),
        ("pass", "v=spf1 mx:mail.example.com -all"),
        ("pass", "v=spf1 mx:mail.example.com/24 -all"),
        ("fail", "v=spf1 mx:host.example.com -all"),
        ("fail", "v=spf1 mx:null-mx.example.com -all"),
        ("fail", "v=spf1 mx:gone.example.com/0 -all"),
        ("pass", "v=spf1 mx:dead-mx.example.com -all"),
        ("pass", "v=spf1 mx:ten.example.com -all"),
        ("permerror", "v=spf1 mx:eleven.example.com -all"),
        ("temperror", "v=spf1 mx:servfail.example.com +all"),
        ("temperror", "v=spf1 mx:failing-mx.example.com +all"),
        # Section 5.5: ptr.
        ("pass", "v=spf1 ptr -all"),
        ("pass", "v=spf1 ptr:host.example.com -all"),
        ("fail", "v=spf1 ptr:ost.example.com -all"),
        ("fail", "v=spf1 ptr:example.net -all"),
        # Section 5.6: ip4 and ip6.
        ("pass", "v=spf1 ip4:192.0.2.3 -all"),
        ("pass", "v=spf1 ip4:192.0.2.77/24 -all"),
        ("pass", "v=spf1 ip4:0.0.0.0/0 -all"),
        ("fail", "v=spf1 ip4:192.0.3.0/24 -all"),
        ("fail", "v=spf1 ip6:::/0 -all"),
        ("fail", "v=spf1 ip6:::ffff:192.0.2.3 -all"),
        # Section 5.7: exists.
        ("pass", "v=spf1 exists:host.example.com -all"),
        ("pass", "v=spf1 exists:alias.example.com -all"),
        ("fail", "v=spf1 exists:mail.example.com -all"),
        ("temperror", "v=spf1 exists:timeout.example.com +all"),
        # Section 6.1: redirect.
        ("pass", "v=spf1 redirect=pass.example.com"),
        ("fail", "v=spf1 redirect=fail.example.com"),
        ("pass", "v=spf1 redirect=here.example.com"),
        ("pass", "v=spf1 redirect=fail.example.com a"),
        ("permerror", "v=spf1 redirect=empty.example.com"),
        ("permerror", "v=spf1 redirect=gone.example.com"),
        ("permerror", "v=spf1 redirect=a..example.com"),
        ("temperror", "v=spf1 redirect=timeout.example.com"),
        # Section 4.6.4: limits.
        ("pass", f"v=spf1 {'a:other.example.com ' * 9}mx -all"),
        ("permerror", f"v=spf1 {'a:other.example.com ' * 10}mx -all"),
        ("pass", f"v=spf1 a {'a:other.example.com ' * 20}-all"),
        ("pass", "v=spf1 include:nine.example.com -all"),
        ("permerror", "v=spf1 a:other.example.com include:nine.example.com -all"),
        ("permerror", "v=spf1 include:self.example.com +all"),
        ("permerror", "v=spf1 redirect=macro-self.example.com"),
        ("permerror", "v=spf1 redirect=%{d}"),
        ("pass", "v=spf1 a:gone1.example.com exists:gone2.example.com a -all"),
        ("permerror", "v=spf1 a:gone1.example.com exists:gone2.example.com mx:gone3.example.com a -all"),
        ("permerror", "v=spf1 a:empty.example.com exists:empty.example.com mx:empty.example.com a -all"),
        # Section 7: macros.
        ("pass", "v=spf1 exists:%{ir}.%{v}.list.example.com -all"),
        ("pass", "v=spf1 a:ho%{d}.example.com a:%{d} -all"),
        ("pass", "v=spf1 exists:%{lr-}.%{d2} -all"),
        ("fail", "v=spf1 exists:%{l}.%{d2} -all"),
        ("pass", "v=spf1 a:h%{o1r}.%{d} a:host.%{d100} -all"),
        ("pass", "v=spf1 exists:%{p}.names.%{d} -all"),
        ("pass", "v=spf1 exists:%{h}.helos.%{d} -all"),
        ("pass", "v=spf1 exists:a%_b.%{d} -all"),
        ("pass", "v=spf1 include:pass.%{o} -all"),
        ("permerror", "v=spf1 exp=%{r}.example.com -all"),
        ("permerror", "v=spf1 a:%{d0} -all"),
    ],
)
def test_a_record_gives_the_result_of_the_rfc(result: str, record: str) -> None:
    assert checked(record).result == result


def test_two_records_are_an_error_and_one_record_twice_is_not() -> None:
    assert checked(["v=spf1 -all", "v=spf1 +all"]).result == "permerror"
    assert checked(["v=spf1 +all", "v=spf1 +all", "something else"]).result == "pass"


@pytest.mark.parametrize(
    ("result", "record", "ip"),
    [
        ("pass", "v=spf1 a:host.example.com -all", "2001:db8::3"),
        ("fail", "v=spf1 a:other.example.com/0 -all", "2001:db8::3"),
        ("pass", "v=spf1 a:other.example.com//112 -all", "2001:db8::3"),
        ("fail", "v=spf1 a:other.example.com//128 -all", "2001:db8::3"),
        ("pass", "v=spf1 mx//64 -all", "2001:db8::99"),
        ("pass", "v=spf1 ip6:2001:DB8:0::/32 -all", "2001:db8::3"),
        ("fail", "v=spf1 ip4:0.0.0.0/0 -all", "2001:db8::3"),
        ("pass", "v=spf1 exists:host.example.com -all", "2001:db8::99"),
        ("pass", "v=spf1 ip4:192.0.2.3 -all", "::ffff:192.0.2.3"),
        ("fail", "v=spf1 ip6:::ffff:0:0/96 -all", "::FFFF:192.0.2.3"),
        ("pass", "v=spf1 a:other.example.com/25 -all", "192.0.2.129"),
        ("fail", "v=spf1 a:host.example.com -all", "192.0.2.2"),
        ("fail", "v=spf1 a:host.example.com -all", "2001:db8::2"),
        ("fail", "v=spf1 mx:mail.example.com -all", "192.0.2.2"),
        ("fail", "v=spf1 ptr:host.example.com -all", "192.0.2.2"),
        ("pass", "v=spf1 ptr:host.example.com -all", "2001:db8::3"),
        ("fail", "v=spf1 ptr:host.example.com -all", "2001:db8::2"),
        ("fail", "v=spf1 ptr:example.com -all", "192.0.2.7"),
        ("fail", "v=spf1 ptr:example.com -all", "192.0.2.8"),
        ("fail", "v=spf1 ptr:example.com -all", "192.0.2.9"),
        ("fail", "v=spf1 ptr ptr -all", "192.0.2.10"),
        ("permerror", "v=spf1 ptr ptr ptr -all", "192.0.2.10"),
        ("fail", "v=spf1 exists:%{p}.names.example.com -all", "192.0.2.9"),
    ],
)
def test_a_client_gives_the_result_of_the_rfc(result: str, record: str, ip: str) -> None:
    assert checked(record, ip).result == result


@pytest.mark.parametrize(
    ("explanation", "record"),
    [
        ("192.0.2.3 is not one of example.com's hosts", "v=spf1 -all exp=why.%{d}"),
        ("192.0.2.3 is not one of example.com's hosts", "v=spf1 exp=why.%{d} include:fail.%{d} -a"),
        ("the inner one", "v=spf1 redirect=fail.example.com exp=why.example.com"),
        ("", "v=spf1 -all"),
        ("", "v=spf1 ~all exp=why.example.com"),
        ("", "v=spf1 -all exp=gone.example.com"),
        ("", "v=spf1 -all exp=servfail.example.com"),
        ("", "v=spf1 -all exp=two-texts.example.com"),
        ("", "v=spf1 -all exp=bad-text.example.com"),
        ("", "v=spf1 -all exp=accent.example.com"),
        ("", "v=spf1 -all exp=a..example.com"),
        (
            "strong-bad@example.com|strong-bad|example.com|example.com|192.0.2.3|in-addr|mail.helo.example.com|"
            "192.0.2.3|mx.receiver.example|86400|host.example.com|% %20",
            "v=spf1 -all exp=letters.example.com",
        ),
    ],
)
def test_an_explanation_is_fetched_for_a_fail_and_changes_no_result(explanation: str, record: str) -> None:
    outcome = checked(record)

    assert (explanation, "softfail" if "~" in record else "fail") == (outcome.explanation, outcome.result)


def test_a_lookup_for_an_explanation_counts_for_no_limit() -> None:
    outcome = checked("v=spf1 a:gone1.example.com a:gone2.example.com exp=gone.example.com -all")

    assert (outcome.result, outcome.lookups, outcome.voids) == ("fail", 2, 2)


@pytest.mark.parametrize(
    "domain", ["a..example.com", "localhost", "x" * 64 + ".example.com", "[192.0.2.3]", "", "..", "1.2.3.4"]
)
def test_what_is_no_domain_has_no_policy(domain: str) -> None:
    resolver = Counting(world({}))

    assert check_host(Client("192.0.2.3", "", domain), domain, resolver).result == "none"
    assert resolver.questions == []


@pytest.mark.parametrize(
    ("sender", "expansion"),
    [
        ("strong-bad@email.example.com", "strong-bad@email.example.com strong-bad email.example.com"),
        ("@email.example.com", "postmaster@email.example.com postmaster email.example.com"),
        ("email.example.com", "postmaster@email.example.com postmaster email.example.com"),
        ("", "postmaster@helo.example postmaster helo.example"),
        ("m\u00fcller@b\u00fccher.example", "m\u00fcller@xn--bcher-kva.example m\u00fcller xn--bcher-kva.example"),
        ('"a@b"@email.example.com', '"a@b"@email.example.com "a@b" email.example.com'),
    ],
)
def test_a_sender_without_a_local_part_is_the_postmaster(sender: str, expansion: str) -> None:
    names = world({"d.example": {"TXT": ["v=spf1 -all exp=text.example"]}, "text.example": {"TXT": ["%{s} %{l} %{o}"]}})

    assert check_host(Client("192.0.2.3", sender, "helo.example"), "d.example", names).explanation == expansion


@pytest.mark.parametrize(
    ("macro", "expansion"),
    [
        # The examples of RFC 7208 section 7.4.
        ("%{s}", "strong-bad@email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d3}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{d1}", "com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l-}", "strong.bad"),
        ("%{lr}", "strong-bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{S}", "strong-bad%40email.example.com"),
        ("%{D2}", "example.com"),
        ("%{d999999999999}", "email.example.com"),
        ("%{s.-}", "strong.bad@email.example.com"),
    ],
)
def test_macros_expand_as_in_the_rfc(macro: str, expansion: str) -> None:
    names = world(
        {"email.example.com": {"TXT": ["v=spf1 -all exp=text.example"]}, "text.example": {"TXT": [f"is {macro}"]}}
    )
    client = Client("192.0.2.3", "strong-bad@email.example.com", "mx.example.org")

    explanation = check_host(client, "email.example.com", names).explanation

    assert explanation == f"is {expansion}"


def test_an_ipv6_address_expands_to_nibbles_and_is_asked_for_backwards() -> None:
    nibbles = "2.0.0.1.0.d.b.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.c.b.0.1"
    names = world(
        {
            "d.example": {"TXT": ["v=spf1 exists:%{ir}.%{v}.list.example -all"]},
            f"{nibbles[::-1]}.ip6.list.example": {"A": ["127.0.0.2"]},
        }
    )

    assert check_host(Client("2001:db8::cb01", "", "d.example"), "d.example", names).result == "pass"


def test_a_name_that_is_too_long_loses_labels_on_its_left() -> None:
    label = "x" * 60
    kept = ".".join([label] * 4)
    names = world(
        {"d.example": {"TXT": [f"v=spf1 a:lost.{label}.{kept}.example -all"]}, f"{kept}.example": {"A": ["192.0.2.3"]}}
    )

    assert len(f"{kept}.example") == 251
    assert check_host(Client("192.0.2.3", "", "d.example"), "d.example", names).result == "pass"


@pytest.mark.parametrize(
    ("result", "record"),
    [
        ("fail", "v=spf1 exists:%{l}.d.example +a:%{s}.d.example -all"),
        ("fail", "v=spf1 include:%{l}.d.example -all"),
        ("neutral", "v=spf1 redirect=%{l}.d.example"),
        ("pass", "v=spf1 exists:%{o}.d.example -all"),
    ],
)
def test_a_local_part_in_other_scripts_matches_nothing(result: str, record: str) -> None:
    """RFC 8616 section 4."""
    names = world(
        {
            "d.example": {"TXT": [record]},
            "d.example.d.example": {"A": ["127.0.0.2"]},
            "xn--mller-kva.d.example": {"A": ["127.0.0.2"], "TXT": ["v=spf1 +all"]},
        }
    )

    assert check_host(Client("192.0.2.3", "m\u00fcller@d.example", "h.example"), "d.example", names).result == result


def test_the_p_macro_prefers_the_domain_then_names_below_it() -> None:
    def name_for(*pointers: str) -> str:
        names: dict[str, Any] = {
            "d.example": {"TXT": ["v=spf1 -all exp=text.example"], "A": ["192.0.2.3"]},
            "text.example": {"TXT": ["%{p}"]},
            "3.2.0.192.in-addr.arpa": {"PTR": [f"{name}." for name in pointers]},
        }
        names |= {name: {"A": ["192.0.2.3"]} for name in ("b.d.example", "a.other.example")}
        return check_host(Client("192.0.2.3", "", "d.example"), "d.example", world(names)).explanation

    assert name_for("a.other.example", "b.d.example", "d.example") == "d.example"
    assert name_for("a.other.example", "b.d.example") == "b.d.example"
    assert name_for("a.other.example") == "a.other.example"
    assert name_for("false.d.example") == "unknown"


UNKNOWN_WORLD: Mapping[str, Any] = {
    "host.example": {"A": ["192.0.2.3"]},
    "mail.example": {"MX": ["10 unknown.example.", "20 host.example."]},
    "others.example": {"MX": ["10 unknown.example.", "20 nobody.example."]},
    "nobody.example": {"A": ["198.51.100.1"]},
    "text.example": {"TXT": ["v=spf1 a:unknown2.example -all"]},
    "alias.example": {"CNAME": ["elsewhere.example."]},
    "aliased.example": {"MX": ["10 alias.example."]},
    "gone1.example": "nxdomain",
    "gone2.example": "nxdomain",
    "3.2.0.192.in-addr.arpa": {"PTR": ["unknown3.example."]},
}


@pytest.mark.parametrize(
    ("record", "unknown"),
    [
        ("v=spf1 a:unknown.example -all", ["unknown.example."]),
        ("v=spf1 include:unknown.example +all", ["unknown.example."]),
        ("v=spf1 redirect=unknown.example", ["unknown.example."]),
        ("v=spf1 include:text.example +all", ["unknown2.example."]),
        ("v=spf1 mx:others.example -all", ["unknown.example."]),
        ("v=spf1 a:alias.example -all", ["elsewhere.example."]),
        ("v=spf1 exists:unknown.example -all", ["unknown.example."]),
        ("v=spf1 ptr:unknown3.example -all", ["unknown3.example."]),
        ("v=spf1 exists:%{p}.list.example -all", ["unknown3.example."]),
        ("v=spf1 mx:aliased.example -all", ["elsewhere.example."]),
        ("v=spf1 mx:unknown.example -all", ["unknown.example."]),
        ("v=spf1 a:gone1.example a:gone2.example a:unknown.example -all", ["unknown.example."]),
    ],
)
def test_what_nobody_knows_gives_no_result_but_its_names(record: str, unknown: list[str]) -> None:
    names = world({**UNKNOWN_WORLD, "d.example": {"TXT": [record]}}, complete=False)

    outcome = check_host(Client("192.0.2.3", "", "d.example"), "d.example", names)

    assert (None, unknown) == (outcome.result, list(outcome.unknown))
    assert unknown[0] in outcome.reason


@pytest.mark.parametrize(
    ("result", "record"),
    [
        ("pass", "v=spf1 mx:mail.example -all"),
        ("pass", "v=spf1 a:gone1.example mx:mail.example -all"),
        ("fail", "v=spf1 ptr:other.example -all"),
        ("pass", "v=spf1 a:host.example include:unknown.example -all"),
        ("fail", "v=spf1 -all exp=unknown.example"),
        ("permerror", "v=spf1 a:unknown.example all:"),
    ],
)
def test_what_nobody_knows_stays_out_of_results_that_do_not_depend_on_it(result: str, record: str) -> None:
    names = world({**UNKNOWN_WORLD, "d.example": {"TXT": [record]}}, complete=False)

    outcome = check_host(Client("192.0.2.3", "", "d.example"), "d.example", names)

    assert (result, ()) == (outcome.result, outcome.unknown)


def test_a_client_whose_names_nobody_knows_has_no_result_where_they_count() -> None:
    names = world({"d.example": {"TXT": ["v=spf1 ptr -all"]}}, complete=False)

    assert check_host(Client("192.0.2.3", "", "d.example"), "d.example", names).unknown == ("3.2.0.192.in-addr.arpa.",)


def test_only_the_lookups_of_terms_are_void() -> None:
    names = world({"d.example": {"TXT": ["v=spf1 include:gone.example"]}})

    assert check_host(Client("192.0.2.3", "", "d.example"), "gone.example", names).voids == 0
    assert check_host(Client("192.0.2.3", "", "d.example"), "d.example", names).voids == 1


@pytest.mark.parametrize(
    "term", ["a:a..example", "exists:a..example", "mx:a..example", "ptr:a..example", "exp=a..example"]
)
def test_a_name_that_dns_cannot_be_asked_for_is_not_asked_for(term: str) -> None:
    resolver = Counting(world({"d.example": {"TXT": [f"v=spf1 {term} -all"]}}))

    outcome = check_host(Client("192.0.2.3", "", "d.example"), "d.example", resolver)

    assert (outcome.result, resolver.questions) == ("fail", [("d.example.", "TXT")])
    (note,) = [each.note for each in outcome.trace.terms if each.note]
    assert note == "`a..example.` is not a name that DNS can be asked for"


@pytest.mark.parametrize(
    ("ip", "name"),
    [
        ("1.2.3.4", "4.3.2.1.in-addr.arpa."),
        ("201.202.203.204", "204.203.202.201.in-addr.arpa."),
        ("2001:db8:1234::5678", f"{'.'.join('8765' + '0' * 16 + '43218bd01002')}.ip6.arpa."),
        ("::1", f"1.{'0.' * 31}ip6.arpa."),
    ],
)
def test_an_address_has_its_names_at_the_reversed_one(ip: str, name: str) -> None:
    assert reverse_name(*address_of(ip)) == name


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("b.example", "b.example"),
        ("b.example", "B.Example."),
        (f"{'x.' * 123}example", f"{'x.' * 123}example"),
        (f"{'x.' * 123}example", f"a.{'x.' * 123}example"),
        (f"{'x.' * 122}example", f"yyyy.{'x.' * 122}example"),
        (f"{'x.' * 122}example", f"{'y' * 9}.{'z' * 60}.{'x.' * 122}example."),
    ],
)
def test_names_of_up_to_253_characters_are_kept(kept: str, written: str) -> None:
    spec = domain_spec(written)
    assert spec is not None

    assert target_name(spec, str) == f"{kept}."


@pytest.mark.parametrize(
    ("name", "askable"),
    [
        (f"{'x' * 63}.example.", True),
        (f"{'x' * 64}.example.", False),
        (f"{'x.' * 123}example.", True),
        (f"{'x.' * 123}example1.", False),
        ("a b.%.example.", True),
        ("a..example.", False),
        (".", False),
        ("\u00e9.example.", False),
    ],
)
def test_a_name_can_be_asked_for_if_its_labels_fit(name: str, askable: bool) -> None:
    assert is_askable(name) is askable


def test_a_domain_nobody_knows_has_no_result() -> None:
    outcome = check_host(Client("192.0.2.3", "", "d.example"), "d.example", world({}, complete=False))

    assert (outcome.result, outcome.unknown) == (None, ("d.example.",))


@pytest.mark.parametrize("ip", ["", "localhost", "192.0.2", "192.0.2.03", "1::2::3", "fe80::1%eth0"])
def test_what_is_no_address_is_refused(ip: str) -> None:
    with pytest.raises(ValueError, match="not an IP address"):
        check_host(Client(ip, "", "d.example"), "d.example", world({}))


def drawn(evaluation: Evaluation, depth: int = 0) -> list[tuple[int, str, int, int, int, str]]:
    lines = []
    for term in evaluation.terms:
        lines.append((depth, term.text, term.cost, term.total, term.voids, term.outcome))
        lines += drawn(term.inner, depth + 1) if term.inner else []
    return lines


def test_the_trace_holds_every_term_in_order_with_costs_voids_and_outcomes() -> None:
    outcome = checked(
        "v=spf1 ip4:198.51.100.1 include:fail.example.com -MX:gone.example.com redirect=here.example.com exp=x.y"
    )

    assert drawn(outcome.trace) == [
        (0, "ip4:198.51.100.1", 0, 0, 0, "no match"),
        (0, "include:fail.example.com", 1, 1, 0, "no match"),
        (1, "-all", 0, 1, 0, "match"),
        (0, "-MX:gone.example.com", 1, 2, 1, "no match"),
        (0, "redirect=here.example.com", 1, 4, 0, "pass"),
        (1, "a", 1, 4, 0, "match"),
    ]


def test_the_trace_ends_with_the_term_that_ended_the_evaluation() -> None:
    outcome = checked("v=spf1 include:self.example.com -all")

    def innermost(term: Evaluated) -> Evaluated:
        return innermost(term.inner.terms[-1]) if term.inner and term.inner.terms else term

    last = innermost(outcome.trace.terms[-1])
    assert (last.cost, last.total, last.outcome) == (1, 11, "permerror")
    assert "more than 10 lookups" in last.note


def test_the_trace_holds_questions_and_answers() -> None:
    (term, *_) = checked("v=spf1 mx:mail.example.com -all").trace.terms

    asked = [(asked.name, asked.kind, asked.answer.status) for asked in term.asked]
    assert asked == [
        ("mail.example.com.", "MX", "found"),
        ("other.example.com.", "A", "found"),
        ("host.example.com.", "A", "found"),
    ]


WORDS = [
    *(
        "a",
        "mx",
        "ptr",
        "-all",
        "~all",
        "?all",
        "ip4:192.0.2.0/24",
        "ip6:2001:db8::/32",
        "redirect=",
        "exp=",
        "include:",
    ),
    *("a:", "mx:", "ptr:", "exists:", "+", "moo", "x=", "%{p}", "%{d}.", "%{i}.", "%{h}", "%{l}.", "%{sr-}.", "//64"),
    *("n0.example", "n1.example", "n2.example", "%{p}.example", "%{d}", "%{d1}", "%", "..", "x" * 64),
]
TERMS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join)
RECORDS = st.lists(TERMS, max_size=14).map(lambda terms: " ".join(["v=spf1", *terms]))
NAMES = ("n0.example.", "n1.example.", "n2.example.", "3.2.0.192.in-addr.arpa.")
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "TXT": RECORDS,
    "A": st.sampled_from(["192.0.2.3", "192.0.2.4", "no address"]),
    "MX": st.sampled_from([f"{number} n{number % 3}.example." for number in range(14)]),
    "PTR": st.sampled_from([f"n{number}.example." for number in range(14)]),
    "CNAME": st.sampled_from(NAMES),
}


class Wild:
    """Answers anything to anybody, the same each time: what `draw` gives for a question."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.known: dict[tuple[str, str], Answer] = {}

    def lookup(self, name: str, kind: str) -> Answer:
        """Whatever comes to mind."""
        if (name, kind) not in self.known:
            status = self.data.draw(
                st.sampled_from(["found"] * 6 + ["nodata", "nxdomain", "servfail", "timeout", "unknown"])
            )
            values = (
                self.data.draw(st.lists(VALUES.get(kind, VALUES["A"]), min_size=1, max_size=13))
                if status == "found"
                else []
            )
            if kind == "TXT":
                values = values[:1] if self.data.draw(st.integers(0, 9)) else values
            made = [Exchange(int(each.split()[0]), each.split()[1]) if kind == "MX" else each for each in values]
            self.known[name, kind] = Answer(STATUSES[status], tuple(made), (), name)
        return self.known[name, kind]


@settings(deadline=None, max_examples=300)
@given(record=RECORDS, data=st.data(), ip=st.sampled_from(["192.0.2.3", "2001:db8::3"]))
def test_check_host_ends_within_bounded_questions_whatever_the_world(record: str, data: st.DataObject, ip: str) -> None:
    wild = Wild(data)
    wild.known["n0.example.", "TXT"] = Answer("found", (record,), (), "n0.example.")
    resolver = Counting(wild)

    outcome = check_host(Client(ip, "local@n0.example", "n1.example"), "n0.example", resolver)

    assert outcome.result in (None, *RESULTS)
    assert (outcome.result is None) == bool(outcome.unknown)
    assert outcome.lookups <= 11
    assert outcome.voids <= 3
    assert len(resolver.questions) <= 250


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 " + "ptr a:%{p}.%{p}.%{p} mx:%{p} exists:%{p} " * 2500,
        "v=spf1 redirect=" + "%{p}" * 10_000,
        "v=spf1 include:" + "%{d}." * 10_000 + "example",
        "v=spf1 " + "-ip4:198.51.100.1 " * 10_000 + "+all",
        "v=spf1 include:%{d} include:%{d} redirect=%{d}",
    ],
    ids=lambda record: record[:30],
)
def test_a_hostile_record_is_evaluated_within_bounded_questions(record: str) -> None:
    pointers = [f"p{number}.example." for number in range(40)]
    names: dict[str, Any] = {f"p{number}.example": {"A": ["192.0.2.3"], "MX": TEN} for number in range(40)}
    names |= {"d.example": {"TXT": [record]}, "3.2.0.192.in-addr.arpa": {"PTR": pointers}}
    resolver = Counting(world(names))

    assert check_host(Client("192.0.2.3", "", "d.example"), "d.example", resolver).result in RESULTS
    assert len(resolver.questions) <= 250


def test_an_endless_explanation_is_no_explanation() -> None:
    names = world({"d.example": {"TXT": ["v=spf1 -all exp=t.example"]}, "t.example": {"TXT": ["%{s}" * 16_000]}})

    outcome = check_host(Client("192.0.2.3", f"{'x' * 1000}@d.example", "h.example"), "d.example", names)

    assert (outcome.result, outcome.explanation) == ("fail", "")
