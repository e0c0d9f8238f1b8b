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
