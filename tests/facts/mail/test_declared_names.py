"""What rules about records ask of a declaration; nothing where there is none."""

import pytest

from linter.facts.facts import Facts
from linter.facts.mail import declared_names

from ..zones import facts_of, txt

SYSTEMS = "systems:\n  one: {receives: [mx.one.example], spf: include:_spf.one.example, dkim: [s1]}\n"
NONE = f"zone: example.com\n{SYSTEMS}mail: {{example.com: none}}\nrecords: {{}}\n"
SENDS = f"zone: example.com\n{SYSTEMS}mail: {{example.com: {{receives: one, sends: [one]}}}}\nrecords:\n"
STRANGE = "  '': {type: MX, value: {preference: 1, exchange: mx.other.example.}}\n"
NAME = "example.com."


def native(text: str) -> Facts:
    return facts_of(text)


@pytest.mark.parametrize(
    ("zone", "closed", "without_mx", "strange"),
    [
        (txt("x"), False, [], False),
        (NONE, True, [], False),
        (SENDS + "  a: {type: A, value: 192.0.2.1}\n", False, [NAME], False),
        (SENDS + STRANGE, False, [], True),
    ],
)
def test_what_a_declaration_says_of_a_name(zone: str, closed: bool, without_mx: list[str], strange: bool) -> None:
    facts = native(zone)

    assert declared_names.is_declared_closed(facts, NAME) is closed
    assert list(declared_names.declared_without_mx(facts)) == without_mx
    assert declared_names.has_strange_hosts(facts, NAME) is strange


@pytest.mark.parametrize(("zone", "advice"), [(txt("x"), ""), (SENDS + STRANGE, "include:_spf.one.example")])
def test_what_to_publish_as_spf(zone: str, advice: str) -> None:
    found = declared_names.spf_advice(native(zone), NAME)

    assert advice in found
    assert bool(found) is bool(advice)


@pytest.mark.parametrize(("zone", "lacks"), [(txt("x"), False), (SENDS + STRANGE, True)])
def test_keys_that_are_declared_and_not_there(zone: str, lacks: bool) -> None:
    assert declared_names.lacks_declared_keys(native(zone), NAME) is lacks


@pytest.mark.parametrize(("zone", "lacks"), [(txt("x"), False), (NONE, True), (SENDS + STRANGE, False)])
def test_a_name_without_mail_and_without_rejection(zone: str, lacks: bool) -> None:
    assert declared_names.lacks_rejection(native(zone), NAME) is lacks


@pytest.mark.parametrize(
    ("provider", "spf", "is_first"),
    [
        ("mailersend", "v=spf1 ?all", True),
        ("mailersend", "v=spf1 mx ?all", True),
        ("mailersend", None, True),
        ("google-workspace", "v=spf1 ?all", False),
    ],
)
def test_what_is_to_be_looked_up_comes_before_the_end_of_spf(provider: str, spf: str | None, is_first: bool) -> None:
    record = f"  '': {{type: TXT, value: '{spf}'}}\n" if spf else "  a: {type: A, value: 192.0.2.1}\n"
    zone = f"zone: example.com\nsystems: {{gate: {{provider: {provider}}}}}\n"
    zone += f"mail: {{example.com: {{sends: [gate]}}}}\nrecords:\n{record}"
    found = declared_names.spf_end_advice(native(zone), NAME, "write `-all`")

    assert found.endswith("write `-all`")
    assert (found != "write `-all`") is is_first
