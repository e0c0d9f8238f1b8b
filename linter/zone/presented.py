"""A value of a zone file in one line of text, as an answer or a list of required records has it."""

from .model import Address, Mx, Srv, Target, Text, Tlsa, Value


def presented(value: Value) -> str | None:
    """The value in presentation format (RFC 1035 section 5.1); TXT is its text, without quotes and escapes.

    None for a value whose type is not read, or that lacks a part.
    """
    if isinstance(value, Text | Address):
        return value.text
    if isinstance(value, Target):
        return value.name
    if isinstance(value, Mx):
        return None if value.preference is None else f"{value.preference} {value.exchange.name}"
    if isinstance(value, Srv):
        numbers = (value.priority, value.weight, value.port)
        return None if None in numbers else " ".join((*map(str, numbers), value.target.name))
    if isinstance(value, Tlsa):
        parts = [part.text for part in (value.usage, value.selector, value.matching_type, value.data) if part]
        return " ".join(parts) if len(parts) == 4 else None
    return None
