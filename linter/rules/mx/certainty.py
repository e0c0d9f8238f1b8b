"""What several rules about vendors' hosts need: how grave a complaint may be that rests on recognising them."""

from linter.facts.vendors import VendorHost
from linter.finding import Complaint
from linter.providers.catalogue import catalogue


def graded(complaint: Complaint, *hosts: VendorHost) -> Complaint:
    """The complaint, as advice where somebody has yet to confirm whose hosts these are."""
    found = (catalogue().of_mx(host.mx.exchange.name) for host in hosts)
    is_firm = all(each is not None and each.confirmed for each in found)
    return complaint if is_firm else complaint._replace(severity="info", is_firm=False)
