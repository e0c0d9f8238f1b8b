"""What stands in an SPF record where somebody meant to put a name of their own."""

import re

from linter.source.pattern import Pattern

_PLACEHOLDER = Pattern(
    r"(?:(?<=[.:=])|\A)(?:\*|YOUR[A-Za-z0-9_-]*|(?i:your-domain|yourdomain|your_tenant))(?=[./]|\Z)"
    r"|<[^<>\s]{0,80}>|(?<!%)\{[^{}\s]{0,80}\}",
    re.ASCII,
)
"""`*` as a label, `YOUR…` in capitals, the usual stand-ins, `<…>`, and `{…}` that is not a macro."""
_MARKS = frozenset("*<{")


def placeholder(text: str) -> tuple[int, int] | None:
    """Where a placeholder stands in a term or a name; None where none does."""
    if "your" not in text.lower() and _MARKS.isdisjoint(text):  # as most
        return None
    found = _PLACEHOLDER.search(text)
    return found.span() if found else None
