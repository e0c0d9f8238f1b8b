"""What a declared system needs: what its owner wrote, with what the catalogue adds."""

import pytest

from .test_senders import declared


def needs(system: str) -> str:
    return f"zone: example.com\nsystems: {{one: {system}}}\nmail: {{example.com: {{sends: [one]}}}}\nrecords: {{}}\n"


@pytest.mark.parametrize(
    ("system", "terms", "is_receiver"),
    [
        ("{spf: ip4:192.0.2.1}", ["ip4:192.0.2.1"], False),
        ("{provider: google-workspace}", ["include:_spf.google.com"], True),
        ("{provider: google-workspace, spf: ip4:192.0.2.1}", ["ip4:192.0.2.1"], True),
        ("{receives: [mx.example.net]}", [], True),
    ],
)
def test_terms_and_hosts(system: str, terms: list[str], is_receiver: bool) -> None:
    found = declared(needs(system)).systems["one"]

    assert [each.text for each in found.terms] == terms
    assert found.is_receiver is is_receiver


@pytest.mark.parametrize(
    ("system", "host", "takes"),
    [
        ("{receives: [mx.example.net]}", "mx.example.net.", True),
        ("{receives: [mx.example.net]}", "other.example.net.", False),
        ("{provider: google-workspace}", "smtp.google.com.", True),
        ("{spf: ip4:192.0.2.1}", "mx.example.net.", None),
    ],
)
def test_whose_host_it_is(system: str, host: str, takes: bool | None) -> None:
    assert declared(needs(system)).systems["one"].takes(host) is takes


def test_a_vendor_that_nobody_knows_is_no_system() -> None:
    systems = declared(needs("{provider: google-workspace}")).systems

    assert list(systems) == ["one"]
    assert len(systems) == 1
    assert systems["one"].autodiscover == ""
    assert systems["one"].label == "`one` (Google Workspace)"
