"""What is served and declared by no file: record by record, and of thousands the first."""

import pytest

from linter.facts.drift.undeclared import Undeclared, undeclared
from linter.lookup.served import Pair, Said, Served

from ..zones import facts_of, txt

ZONE = txt("v=spf1 mx -all") + "'m': {type: MX, value: {preference: 1, exchange: mx.example.net.}}\n"
APEX: Pair = ("example.com.", "TXT")


def found(pair: Pair, said: Said, zone: str = ZONE) -> list[Undeclared]:
    """What is beyond the files where one answer is known; the sets that are declared are judged elsewhere."""
    return list(undeclared(facts_of(zone), Served("example.com.", ("ns",), {"ns": {pair: said}}, "probe"), (), ()))


@pytest.mark.parametrize(
    ("pair", "said", "what"),
    [
        (("lab.example.com.", "NS"), Said("found", ("ns.example.net.",)), ["NS"]),
        (("lab.example.com.", "MX"), Said("referral", ("ns.example.net.",)), ["a delegation"]),
        (("old.example.com.", "DNAME"), Said("found", ("example.net.",)), ["DNAME"]),
        (("a.example.com.", "MX"), Said("alias", ("b.example.net.",)), ["CNAME"]),
        (("_dmarc.example.com.", "TXT"), Said("found", ('"v=DMARC1; p=none"',)), ["a DMARC record"]),
        (("a.example.com.", "TXT"), Said("found", ('"v=spf1 -all"', '"x"', '"y"')), ["an SPF record", "2 TXT values"]),
        (
            ("a.example.com.", "TXT"),
            Said("found", ('"v=spf1 -all"', '"v=spf1 a -all"')),
            ["an SPF record", "a second SPF record"],
        ),
        (("_imaps._tcp.example.com.", "SRV"), Said("found", ("0 1 993 imap.example.net.",)), ["SRV"]),
        (("_x._tcp.example.com.", "SRV"), Said("found", ("0 1 993 imap.example.net.",)), []),
        (("_25._tcp.mx.example.com.", "TLSA"), Said("found", ("3 1 1 00ff",)), ["TLSA"]),
        (("example.com.", "NS"), Said("found", ("ns.example.net.",)), []),
        (("lab.example.com.", "A"), Said("found", ("192.0.2.1",)), []),
        (("lab.example.com.", "MX"), Said("nodata"), []),
    ],
)
def test_what_mail_may_depend_on_is_reported(pair: Pair, said: Said, what: list[str]) -> None:
    assert [each.what for each in found(pair, said)] == what


@pytest.mark.parametrize(("number", "more"), [(8, []), (9, ["1 more such records"]), (20, ["12 more such records"])])
def test_of_many_mail_records_of_a_set_the_first_are_reported(number: int, more: list[str]) -> None:
    texts = tuple(f'"v=spf1 ip4:192.0.2.{each} -all"' for each in range(number))
    whats = [each.what for each in found(("a.example.com.", "TXT"), Said("found", texts))]

    assert len(whats) == min(number, 8) + len(more)
    assert whats[8:] == more


@pytest.mark.parametrize(
    ("texts", "is_second", "is_advice"),
    [
        (('"v=spf1 -all"',), [False], [False]),
        (('"v=spf1 -all"', '"v=spf1 a -all"'), [False, True], [False, False]),
        (('"token"',), [False], [True]),
    ],
)
def test_a_second_record_is_a_fault_and_a_token_is_none(
    texts: tuple[str, ...], is_second: list[bool], is_advice: list[bool]
) -> None:
    told = found(("m.example.com.", "TXT"), Said("found", texts))

    assert ([each.is_second for each in told], [each.is_advice for each in told]) == (is_second, is_advice)
