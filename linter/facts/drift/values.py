"""Values as declared and as served in one notation, so that equal ones are equal texts."""

from linter.records.hosts import host_value
from linter.records.text.address import ip4_text, ip4_value, ip6_text, ip6_value
from linter.records.text.fault import Fault
from linter.records.text.presentation import name_of, text_of
from linter.zone.model import Address, Mx, Srv, Target, Text, Tlsa, Value

NAME_TYPES = ("CNAME", "DNAME", "NS", "PTR")
TEXT_TYPES = ("TXT", "SPF")


def declared_value(kind: str, value: Value) -> str | None:
    """A declared value in the one notation; None where nobody can say exactly what is published for it."""
    if isinstance(value, Text):
        return value.text
    if isinstance(value, Address):
        return _address(kind, value.text)
    if isinstance(value, Target):
        return None if value.fault or "{" in value.written else value.name
    if isinstance(value, Mx):
        is_known = value.preference is not None and not value.exchange.fault and "{" not in value.exchange.written
        return f"{value.preference} {value.exchange.name}" if is_known else None
    if isinstance(value, Srv):
        numbers = (value.priority, value.weight, value.port)
        if None in numbers or value.target.fault or "{" in value.target.written:
            return None
        return f"{value.priority} {value.weight} {value.port} {value.target.name}"
    if isinstance(value, Tlsa):
        return _tlsa(value)
    from .other import canonical, written_of  # types that mail does not need

    written = written_of(kind, value.node)
    return None if written is None else canonical(kind, written)


def _tlsa(value: Tlsa) -> str | None:
    fields = (value.usage, value.selector, value.matching_type, value.data)
    words = [field.text for field in fields if field is not None]
    return _served_tlsa(" ".join(words)) if len(words) == len(fields) else None


def served_value(kind: str, written: str) -> str | None:
    """A value in presentation format in the one notation; None where it cannot be read."""
    if kind in TEXT_TYPES:
        return _plain(text_of(written))
    if kind in ("A", "AAAA"):
        return _address(kind, written)
    if kind in NAME_TYPES:
        return _plain(name_of(written))
    if kind in ("MX", "SRV"):
        read = host_value.parse(written, host_value.MX if kind == "MX" else host_value.SRV)
        return None if read.faults else " ".join(str(field) for field in (*read.numbers, read.host))
    if kind == "TLSA":
        return _served_tlsa(written)
    from .other import canonical

    return canonical(kind, written)


def _plain(read: str | Fault) -> str | None:
    return None if isinstance(read, Fault) else read


def _address(kind: str, text: str) -> str | None:
    number = ip4_value(text) if kind == "A" else ip6_value(text)
    if number is None:
        return None
    return ip4_text(number) if kind == "A" else ip6_text(number)


def _served_tlsa(written: str) -> str | None:
    """Three numbers, and hexadecimal digits in any case and in groups (RFC 6698 section 2.2)."""
    words = written.split()
    if len(words) < 4 or not all(word.isascii() and word.isdigit() and len(word) < 6 for word in words[:3]):
        return None
    return " ".join((*(str(int(word)) for word in words[:3]), "".join(words[3:]).lower()))
