"""One recorded value in presentation format, read as answers hold values of its type."""

from linter.records.hosts import host_value
from linter.records.text.fault import Fault
from linter.records.text.presentation import address_of, name_of, text_of

from .answer import Data, Exchange

NAME_TYPES = ("CNAME", "DNAME", "NS", "PTR")


def read_value(kind: str, written: str) -> Data | Fault:
    """A value in presentation format, as answers hold values of its type; the first fault of one that is none."""
    read = read_wholly(kind, written)
    return read[0] if isinstance(read, list) else read


def read_wholly(kind: str, written: str) -> Data | list[Fault]:
    """A value in presentation format, as answers hold values of its type; all faults of one that is none."""
    if kind == "MX":
        host = host_value.parse(written, host_value.MX)
        return list(host.faults) or Exchange(host.numbers[0] or 0, host.host or ".")
    if kind == "SRV":
        service = host_value.parse(written, host_value.SRV)
        return list(service.faults) or host_value.to_text(service)
    read: str | Fault = written
    if kind in ("TXT", "SPF"):
        read = text_of(written)
    elif kind in ("A", "AAAA"):
        read = address_of(kind, written)
    elif kind in NAME_TYPES:
        read = name_of(written)
    return [read] if isinstance(read, Fault) else read
