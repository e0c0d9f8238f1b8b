"""At which names vendors' hosts are."""

from linter.facts.vendor_sets import vendor_sets

from .zones import facts_of

ZONE = """
'': {type: MX, values: [{preference: 1, exchange: mx.example.net.}, {preference: 5, exchange: aspmx.l.google.com.}]}
a: {type: MX, value: {preference: 1, exchange: mx.example.net.}}
b: {type: MX, value: {preference: 0, exchange: .}}
c: {type: MX, value: {preference: 1, exchange: mx.zoho.eu.}}
"""


def test_names_without_a_vendors_host_are_left_out() -> None:
    sets = vendor_sets(facts_of(ZONE))

    found = {name: [host.mx.exchange.name for host in hosts] for name, hosts in sets.items()}
    assert found == {"example.com.": ["aspmx.l.google.com."], "c.example.com.": ["mx.zoho.eu."]}
