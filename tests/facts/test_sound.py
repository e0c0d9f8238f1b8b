"""A sound record is one without faults, alone at its name, and the name is one that is asked for."""

import pytest

from linter.facts.sound import is_one_key, is_one_policy, is_sound_spf

from .zones import facts_of, txt

POLICY = "v=DMARC1\\; p=none\\; sp=reject\\; rua=mailto:a@example.com"
KEY = "v=DKIM1\\; k=ed25519\\; p=GAsgrhJ7oNPQBqEEBtEBkcc6AIHsjFvqB0hM0JwHDZc="


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (txt(POLICY, "_dmarc"), True),
        (txt(POLICY, "_dmarc.a"), True),
        (txt("v=DMARC1\\; p=reject\\;", "_dmarc"), True),
        (txt("v=DMARC1", "_dmarc"), False),
        (txt("v=DMARC1\\; p=reject\\; psd=y", "_dmarc"), False),
        (txt("v=DMARC1\\; p=reject\\; t=y", "_dmarc"), False),
        (txt("v=DMARC1\\; p=reject\\; pct=10", "_dmarc"), False),
        (txt(POLICY, "a"), False),
        (txt(POLICY, "_dmarc._dmarc"), False),
        (txt(POLICY, "'*._dmarc'"), False),
        (txt(POLICY, "b.example._report._dmarc"), False),
        (f"_dmarc: {{type: TXT, values: ['{POLICY}', a]}}\n", False),
        (f"_dmarc: [{{type: TXT, value: '{POLICY}'}}, {{type: TXT, value: a}}]\n", False),
    ],
)
def test_one_policy(zone: str, expected: bool) -> None:
    facts = facts_of(zone)

    assert [is_one_policy(text, facts.index) for text in facts.texts.dmarc] == [expected]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (txt(KEY, "s._domainkey"), True),
        (txt("p=", "'*._domainkey'"), True),
        (txt(f"{KEY}\\; t=y", "s._domainkey"), False),
        (txt("n=a", "s._domainkey"), False),
        (txt("p=AAAA", "s._domainkey"), False),
        (f"s._domainkey: [{{type: TXT, value: '{KEY}'}}, {{type: TXT, value: a.b.example.}}]\n", False),
    ],
)
def test_one_key(zone: str, expected: bool) -> None:
    facts = facts_of(zone)

    assert [is_one_key(text, facts.index) for text in facts.texts.keys] == [expected]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("-all", True),
        ("~ALL", True),
        ("a mx include:_spf.b.test a:c.test/24 ip4:192.0.2.1 ip4:192.0.2.2 ip6:2001:db8::1 -all", False),
        ("a mx include:_spf.b.test include:c.test ip4:192.0.2.1 ip4:192.0.2.2 ip6:2001:db8::1 -all", True),
        ("?include:b.test mx:c.test//64 ~all", True),
        ("", False),
        ("mx", False),
        ("mx ?all", False),
        ("mx +all", False),
        ("mx -all mx", False),
        ("mx -all -all", False),
        ("mx redirect=b.test", False),
        ("mx exp=b.test -all", False),
        ("mx x=b -all", False),
        ("ptr -all", False),
        ("exists:b.test -all", False),
        ("include:b.test. -all", False),
        ("include:B.test -all", False),
        ("include:%{d}.b.test -all", False),
        ("include:*.test -all", False),
        ("include:your.test -all", False),
        ("include:{b}.test -all", False),
        ("include:https://b.test -all", False),
        ("include:example.net -all", False),
        ("include:b.test include:b.test -all", False),
        ("ip4:192.0.2.1 ip4:192.0.2.1/32 -all", False),
        ("nclude:b.test -all", False),
    ],
)
def test_sound_spf(terms: str, expected: bool) -> None:
    facts = facts_of(txt(f"v=spf1 {terms}"))

    assert [is_sound_spf(text, "b.test.") for text in facts.texts.spf] == [expected or "example" in terms]
    assert [is_sound_spf(text, "b.c.") for text in facts.texts.spf] == [expected]
