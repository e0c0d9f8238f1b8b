"""One recorded value in presentation format, read as answers hold values of its type."""

from linter.records.fault import Fault
from linter.records.presentation import Host, address_of, host_of, name_of, text_of

from .answer import Data, Exchange

NAME_TYPES = ("CNAME", "DNAME", "NS", "PTR")


def read_value(kind: str, written: str) -> Data | Fault:
    """A value in presentation format, as answers hold values of its type."""
    if kind in ("TXT", "SPF"):
        return text_of(written)
    if kind in ("A", "AAAA"):
        return address_of(kind, written)
    if kind in NAME_TYPES:
        return name_of(written)
    if kind == "MX":
        host = host_of(written)
        return Exchange(host.preference, host.name) if isinstance(host, Host) else host
    return written
