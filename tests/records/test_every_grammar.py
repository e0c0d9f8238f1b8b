"""What holds for every grammar: any text is read, places are right, and what is written is read back as the same."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.dkim import record as dkim
from linter.records.dmarc import record as dmarc
from linter.records.hosts import host_value
from linter.records.spf import record as spf
from linter.records.text.fault import Fault
from linter.records.transport import bimi, mta_sts, mta_sts_policy, tls_rpt, tlsa
from linter.records.transport.tlsa_value import FieldFault
from linter.source.frozen import Frozen
from tests.records.dkim.test_record import ED25519, KEY

PLACES = {"text", "start", "end", "value_start", "value_end", "tags", "lines", "spans", "faults"}
SHA256 = "d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971"


class Grammar(NamedTuple):
    """One grammar: its parser and its writer, what records of it are made of, and how its parts are joined."""

    parse: Callable[[str], Any]
    to_text: Callable[[Any], str]
    first: str
    parts: tuple[str, ...]
    joint: str


GRAMMARS = {
    "spf": Grammar(
        spf.parse,
        spf.to_text,
        "v=spf1",
        (
            *("a", "-all", "mx/24//64", "?ptr:x.example", "include:%{d}.x.example", "ip4:192.0.2.9/24", "PTR"),
            *("IP6:2001:DB8::/32", "exists:%{ir}.%{L2r-}.x.example", "redirect=x.example", "exp=%{d}", "foo=%%"),
            *("a:b", "ip4:1.2.3", "nclude:x.example", "foo=%x", "all:x"),
        ),
        " ",
    ),
    "dmarc": Grammar(
        dmarc.parse,
        dmarc.to_text,
        "v=DMARC1",
        (
            *("p=none", "P=Reject", "sp=reject", "np=none", "adkim=s", "aspf=r", "t=y", "psd=n", "pct=20", "fo=1:d"),
            *("rua=mailto:a@a.example", "rua=mailto:a@a.example!5m,mailto:b@a.example", "ruf = mailto:f@a.example"),
            *("p=x", "rua=a@a.example", "sp=", "foo=bar", "p:none", "p"),
        ),
        "; ",
    ),
    "dkim": Grammar(
        dkim.parse,
        dkim.to_text,
        "v=DKIM1",
        (
            *(f"p={KEY}", f"p={KEY[:40]} {KEY[40:]}", f"k=ed25519; p={ED25519}", "p=", "k=rsa", "t=y:s", "t = s"),
            *("h=sha256", "h=sha1 : sha256", "s=email", "s=*:tlsrpt", "n=a note", "x=y"),
            *("p=AAAA", "k=dsa", "h=sha1", "p", "t=", "s=other"),
        ),
        "; ",
    ),
    "mta-sts": Grammar(
        mta_sts.parse,
        mta_sts.to_text,
        "v=STSv1",
        ("id=20270131", "id=1", "foo=bar", "a.b=1", "id=", "id=a-b", "x"),
        "; ",
    ),
    "mta-sts-policy": Grammar(
        mta_sts_policy.parse,
        mta_sts_policy.to_text,
        "version: STSv1",
        (
            *("mode: enforce", "mode:testing", "mode: none", "mx: mx.a.example", "mx: *.A.example", "max_age: 86400"),
            *("mode: live", "mx: a.example.", "max_age: -1", "x", "foo: bar"),
        ),
        "\n",
    ),
    "tls-rpt": Grammar(
        tls_rpt.parse,
        tls_rpt.to_text,
        "v=TLSRPTv1",
        ("rua=mailto:a@a.example", "rua=https://a.example/x,mailto:b@a.example", "foo=bar", "rua=", "rua=a@b.c", "x"),
        "; ",
    ),
    "bimi": Grammar(
        bimi.parse,
        bimi.to_text,
        "v=BIMI1",
        (
            *("l=https://a.example/logo.svg", "l=", "a=https://a.example/c.pem", "a=", "avp=personal", "lps=news,shop"),
            *("l=http://a.example/logo.svg", "avp=x", "lps=", "foo=bar", "l"),
        ),
        "; ",
    ),
    "tlsa": Grammar(
        tlsa.read_text,
        tlsa.to_text,
        "3 1 1",
        (SHA256, SHA256.upper(), SHA256[:9], SHA256[9:], "x"),
        " ",
    ),
    "mx": Grammar(
        lambda text: host_value.parse(text, host_value.MX),
        host_value.to_text,
        "10",
        ("mail.example.com.", "Mail.Example.com", ".", "65536", "-1", "a..b", "x\\032y.example", "10 a.example"),
        "  ",
    ),
    "srv": Grammar(
        lambda text: host_value.parse(text, host_value.SRV),
        host_value.to_text,
        "0",
        ("0", "1", "993", "imap.example.com.", "Imap.Example.com", ".", "65536", "x", "a..b", "b\\200c.example"),
        "\t",
    ),
}
by_name = pytest.mark.parametrize("grammar", GRAMMARS.values(), ids=GRAMMARS)


def meaning(value: Any) -> Any:
    """A parsed value without its text, its faults and all places."""
    if isinstance(value, Frozen):
        return [meaning(held) for field, held in value._asdict().items() if field not in PLACES]
    return [meaning(each) for each in value] if isinstance(value, tuple) else value


def found(value: Any) -> list[Any]:
    """All values inside a parsed one that know their places."""
    inner = [each for held in value for each in found(held)] if isinstance(value, tuple) else []
    return [value, *inner] if isinstance(value, Frozen) and {"start", "end"} & set(value._fields) else inner


def records(grammar: Grammar, most: int = 5) -> st.SearchStrategy[str]:
    """Records of known parts, which may be faulty, missing or there twice."""
    parts = st.lists(st.sampled_from(grammar.parts), max_size=most)
    return parts.map(lambda chosen: grammar.joint.join([grammar.first, *chosen]))


def faults(value: Any) -> list[Fault]:
    return [each.fault if isinstance(each, FieldFault) else each for each in value.faults]


@by_name
@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_sound_record_is_written_and_read_back_as_the_same(grammar: Grammar, data: st.DataObject) -> None:
    value = grammar.parse(data.draw(records(grammar)))
    again = grammar.parse(grammar.to_text(value))

    assert grammar.to_text(again) == grammar.to_text(value)
    if not {fault.kind for fault in faults(value)} - {"unknown-tag", "testing", "failure-options", "historic-tag"}:
        assert meaning(again) == meaning(value)


@by_name
@settings(deadline=None, max_examples=150)
@given(st.data())
def test_places_are_inside_the_text_and_cover_what_they_name(grammar: Grammar, data: st.DataObject) -> None:
    text = data.draw(st.one_of(records(grammar, 9), st.text(), st.text().map(grammar.first.__add__)))
    value = grammar.parse(text)

    for fault in faults(value):
        assert 0 <= fault.start <= fault.end <= len(text)
        assert fault.message.splitlines() == [fault.message]
    for each in found(value):
        assert 0 <= each.start <= each.end <= len(text)
        if {"value", "value_start"} <= set(each._fields) and text.isascii() and not set('\\"') & set(text):
            assert each.value == text[each.value_start : each.value_end]


@by_name
def test_each_faulty_part_of_a_record_is_reported(grammar: Grammar) -> None:
    """The second and the third fault too: a record of two bad parts has two faults or more, at different places."""
    alone = {part: len(faults(grammar.parse(f"{grammar.first}{grammar.joint}{part}"))) for part in grammar.parts}
    bad = [part for part in grammar.parts if alone[part]]
    together = faults(grammar.parse(grammar.joint.join([grammar.first, *bad[-3:]])))

    assert len({fault.start for fault in together}) > 1 or grammar.parse is tlsa.read_text
