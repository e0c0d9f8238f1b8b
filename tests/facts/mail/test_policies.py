"""Where published policies are not those that are declared."""

import pytest

from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.policies import policy_differences

from ..zones import facts_of


@pytest.mark.parametrize(
    ("wanted", "published", "found"),
    [
        ("{p: reject}", "p=reject", []),
        ("{p: reject}", "p=none", [("p", "none", True)]),
        ("{p: none}", "p=reject", [("p", "reject", False)]),
        ("{p: reject}", "", [("dmarc", "", True)]),
        ("{p: reject, sp: reject}", "p=reject\\; sp=none", [("sp", "none", True)]),
    ],
)
def test_what_differs(wanted: str, published: str, found: list[tuple[str, str, bool]]) -> None:
    record = (
        f"  _dmarc: {{type: TXT, value: 'v=DMARC1\\; {published}'}}\n"
        if published
        else "  a: {type: A, value: 192.0.2.1}\n"
    )
    facts = facts_of(f"zone: example.com\nmail: {{example.com: {{dmarc: {wanted}}}}}\nrecords:\n{record}")
    (entry,) = declared_mail(facts).entries

    assert [(each.what, each.found, each.is_weaker) for each in policy_differences(facts, entry)] == found


MAILTO = "rua=mailto:a@example.com"


@pytest.mark.parametrize(
    ("wanted", "records", "found"),
    [
        ("dmarc: {p: reject}", "_dmarc: {type: TXT, values: [v=DMARC1; p=none, v=DMARC1; p=reject]}", []),
        ("dmarc: {rua: ['b@example.com']}", f"_dmarc: {{type: TXT, value: v=DMARC1; p=none; {MAILTO}}}",
         [("rua", "mailto:a@example.com")]),
        ("dmarc: {rua: ['A@Example.com']}", f"_dmarc: {{type: TXT, value: v=DMARC1; p=none; {MAILTO}}}", []),
        ("dmarc: {rua: ['b@example.com']}", "_dmarc: {type: TXT, value: v=DMARC1; p=none}", []),
        ("mta-sts: enforce", "'': {type: MX, value: {preference: 1, exchange: mx.example.net.}}", [("mta-sts", "")]),
        ("mta-sts: none", "a: {type: A, value: 50.0.0.1}", []),
        ("mta-sts: enforce", "_mta-sts: {type: CNAME, value: away.example.net.}", []),
        ("mta-sts: enforce", "'': {type: MX, value: {preference: 0, exchange: .}}", []),
    ],
)  # fmt: skip
def test_what_differs_of_one_kind(wanted: str, records: str, found: list[tuple[str, str]]) -> None:
    facts = facts_of(f"zone: example.com\nmail: {{example.com: {{{wanted}}}}}\nrecords:\n  {records}\n")
    (entry,) = declared_mail(facts).entries

    assert [(each.what, each.found) for each in policy_differences(facts, entry)] == found
