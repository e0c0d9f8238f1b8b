"""The selectors that could sign for a name, and whether there can be no others."""

import pytest

from linter.facts.mail.zone_keys import zone_keys

from ..zones import facts_of, txt

KEY = txt("v=DKIM1\\; p=AAAA", "s._domainkey")


@pytest.mark.parametrize(
    ("zone", "name", "strictly", "names", "is_whole"),
    [
        (KEY, "example.com.", False, ["s._domainkey.example.com."], True),
        (KEY, "a.example.com.", False, ["s._domainkey.example.com."], True),
        (KEY, "a.example.com.", True, [], True),
        (txt("x"), "example.com.", False, [], True),
        (KEY + txt("s.keys.example.net", "t._domainkey"), "example.com.", True,
         ["s._domainkey.example.com.", "t._domainkey.example.com."], False),
        ("_domainkey: {type: NS, value: ns.example.net.}\n", "example.com.", True, [], False),
    ],
)  # fmt: skip
def test_selectors_of_a_name(zone: str, name: str, strictly: bool, names: list[str], is_whole: bool) -> None:
    found = zone_keys(facts_of(zone), name, strictly)

    assert sorted(found.names) == names
    assert found.is_whole is is_whole
