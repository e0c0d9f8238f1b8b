"""What the records of a zone show of the mail of its names."""

import pytest

from linter.facts.mail.shown_mail import shown_mail

from ..zones import facts_of, txt

MX = "'': {type: MX, value: {preference: 1, exchange: mx.example.net.}}\n"


@pytest.mark.parametrize(
    ("zone", "hosts", "terms", "is_closed"),
    [
        (MX, ("mx.example.net.",), None, False),
        (txt("v=spf1 include:a.example ip4:192.0.2.1 -all"), (), ["include:a.example", "ip4:192.0.2.1"], False),
        (txt("v=spf1 -all"), (), [], True),
        ("'': {type: MX, value: {preference: 0, exchange: .}}\n", (), None, True),
    ],
)
def test_what_a_name_shows(zone: str, hosts: tuple[str, ...], terms: list[str] | None, is_closed: bool) -> None:
    (found,) = shown_mail(facts_of(zone))

    assert found.hosts == hosts
    assert (None if found.terms is None else [term.text for term in found.terms]) == terms
    assert found.is_closed is is_closed


def test_terms_of_a_record_that_is_declared_here_are_taken_from_it() -> None:
    zone = txt("v=spf1 include:_spf.example.com -all") + txt("v=spf1 ip4:192.0.2.1 -all", "_spf")
    found = next(each for each in shown_mail(facts_of(zone)) if each.name == "example.com.")

    assert [term.text for term in found.terms or ()] == ["ip4:192.0.2.1"]
