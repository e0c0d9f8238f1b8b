"""What a declaration says of single names: whose SPF record one is, in which role, and who holds mailboxes."""

import pytest

from .test_senders import declared

SYSTEMS = """zone: example.com
systems:
  web: {receives: [mx.web.example], spf: include:_spf.web.example}
  both: {spf: 'include:_spf.web.example include:_spf.both.example'}
  other: {spf: redirect=_spf.other.example, envelope: bounce.example.com}
  office: {provider: microsoft-365}
mail:
  example.com: {receives: web, split: [{to: office, through: route.example.com}], sends: [web]}
records: {}
"""


@pytest.mark.parametrize(
    ("name", "system", "expected"),
    [
        ("_spf.web.example.", "web", False),
        ("_spf.web.example.", "both", False),
        ("_spf.both.example.", "both", False),
        ("_spf.both.example.", "web", True),
        ("_spf.other.example.", "web", True),
        ("_spf.other.example.", "other", False),
        ("_spf.web.example.", "other", True),
        ("spf.protection.outlook.com.", "web", True),
        ("_spf.nobody.example.", "web", False),
    ],
)
def test_whose_an_spf_record_is(name: str, system: str, expected: bool) -> None:
    mail = declared(SYSTEMS)
    needs = mail.systems[system]

    assert mail.is_for_others(name, needs) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("bounce.example.com.", True), ("route.example.com.", True), ("example.com.", False), ("www.example.com.", False)],
)
def test_names_in_other_roles(name: str, expected: bool) -> None:
    assert declared(SYSTEMS).expects(name) is expected


def test_who_holds_mailboxes() -> None:
    mail = declared(SYSTEMS)

    assert [needs.name for needs in mail.holders(mail.entries[0])] == ["web", "office"]
