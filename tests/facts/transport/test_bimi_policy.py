"""Whether DMARC is enforced as receivers want it before they show a logo."""

import pytest

from linter.facts.transport.bimi_policy import weakness

from ..zones import facts_of, txt


@pytest.mark.parametrize(
    ("policy", "tag"),
    [
        ("p=reject", None),
        ("p=quarantine", None),
        ("p=none", "p=none"),
        ("p=reject\\; sp=none", "sp=none"),
        ("p=reject\\; t=y", "t=y"),
        ("p=quarantine\\; pct=50", "pct=50"),
        ("p=quarantine\\; pct=100", None),
    ],
)
def test_the_first_weakness(policy: str, tag: str | None) -> None:
    found = weakness(facts_of(txt(f"v=DMARC1\\; {policy}", "_dmarc")), "example.com.")

    assert (found.tag if found else None) == tag


def test_without_any_record_that_is_the_weakness_unless_another_rule_tells() -> None:
    quiet = weakness(facts_of("a: {type: A, value: 192.0.2.1}\n"), "example.com.")

    assert quiet is not None
    assert (quiet.tag, quiet.span) == ("", None)
    assert weakness(facts_of(txt("v=spf1 a -all")), "example.com.") is None
