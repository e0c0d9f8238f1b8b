"""The MX sets of a zone in which vendors' hosts are: those of most names have none, or only some."""

from .facts import Facts, once
from .hosts.vendors import VendorHost, vendor_hosts


@once
def vendor_sets(facts: Facts) -> dict[str, list[VendorHost]]:
    """The vendors' hosts of each name that has any, in the order of its MX records."""
    found = {name: vendor_hosts(values) for name, values in facts.mail_hosts.items()}
    return {name: hosts for name, hosts in found.items() if hosts}
