"""What several rules about vendors' hosts need: how grave a complaint may be that rests on recognising them."""

from linter.facts.vendors import VendorHost
from linter.providers.catalogue import catalogue


def graded(*hosts: VendorHost) -> str:
    """The ceiling of a complaint: none where all hosts are known for certain, else advice."""
    found = (catalogue().of_mx(host.mx.exchange.name) for host in hosts)
    return "" if all(each is not None and each.confirmed for each in found) else "info"
