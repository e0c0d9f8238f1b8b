"""The parts of a vendor's text that stand for something else: `*` for what only the vendor knows, `{name}`."""

from collections.abc import Mapping

from linter.source.pattern import Pattern

# `%{i}` is a macro of SPF (RFC 7208 section 7), which receivers fill in themselves.
_HOLE = Pattern(r"\*|(?<!%)\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")

UNKNOWN = "*"
"""The hole that no parameter fills."""


def holes_in(text: str) -> tuple[str, ...]:
    """What is left open in a text: names of parameters, and `*`; empty for a text that may be published as it is."""
    return tuple(found.group(1) or UNKNOWN for found in _HOLE.finditer(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with the values of those parameters that are known; other holes stay as they are."""
    return _HOLE.sub(lambda found: values.get(found.group(1) or UNKNOWN, found.group()), text)


def of_domain(domain: str) -> dict[str, str]:
    """What follows from a customer's domain (without final dot), by the names of the holes that it fills."""
    return {"domain": domain, "dashed": domain.replace(".", "-")}
