"""Names that are reserved: for documentation, and for networks that nobody outside sees."""

from linter.records.name import is_under

_EXAMPLES = ("example.", "example.com.", "example.net.", "example.org.", "test.", "invalid.", "localhost.")
_INTERNAL = ("arpa", "corp", "home", "internal", "intranet", "lan", "local", "localdomain", "private", "test")


def is_example(name: str) -> bool:
    """Whether an absolute name is one of those for examples and tests (RFC 2606, RFC 6761): no mail comes from it."""
    return any(is_under(name, reserved) for reserved in _EXAMPLES)


def is_internal(name: str) -> bool:
    """Whether an absolute name lies under a top level of zones that nobody outside sees anyway."""
    return name.rstrip(".").rpartition(".")[2] in _INTERNAL
