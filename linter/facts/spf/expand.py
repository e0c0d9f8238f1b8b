"""SPF macros replaced by what they stand for, and the domain name that comes of it (RFC 7208 section 7)."""

import re
from collections.abc import Callable, Sequence

from linter.records.spf.macro import DomainSpec, Macro
from linter.records.text.name import MAX_LABEL, MAX_NAME
from linter.source.pattern import Pattern

MAX_TEXT = 16_384
"""Characters of an explanation; a reply line of SMTP has 510 (RFC 5321 section 4.5.3.1.5)."""

Value = Callable[[str], str]
"""What a macro letter, in lower case, stands for."""

_UNRESERVED = Pattern(r"[A-Za-z0-9._~-]", re.ASCII)


def target_name(spec: DomainSpec, value: Value) -> str:
    """The absolute lower-case name that a domain-spec means; not every such name can be asked for.

    What is longer than a name can be loses labels on its left (section 7.3).
    """
    bare = _expanded(spec.parts, value, MAX_NAME + 2).removesuffix(".")
    if len(bare) > MAX_NAME:
        kept = bare[-MAX_NAME - 1 :]
        bare = kept[kept.find(".") + 1 :][-MAX_NAME:]
    return f"{bare.lower()}."


def explanation_text(spec: DomainSpec, value: Value) -> str | None:
    """The text of an explanation; None where it would be longer than anybody can send."""
    text = _expanded(spec.parts, value, MAX_TEXT + 1)
    return None if len(text) > MAX_TEXT else text


def _expanded(parts: Sequence[str | Macro], value: Value, enough: int) -> str:
    """The parts put together; of a text with more than `enough` characters perhaps only the end."""
    pieces: list[str] = []
    length = 0
    for part in reversed(parts):
        piece = part if isinstance(part, str) else _transformed(part, value(part.letter))
        pieces.append(piece)
        length += len(piece)
        if length > enough:
            break
    return "".join(reversed(pieces))


def _transformed(macro: Macro, text: str) -> str:
    """Split, reversed, cut, joined with dots, and escaped, in this order (section 7.3)."""
    if macro.reverse or macro.delimiters or macro.digits is not None:
        first, *others = dict.fromkeys(macro.delimiters or ".")
        for delimiter in others:
            text = text.replace(delimiter, first)
        parts = text.split(first)
        if macro.reverse:
            parts.reverse()
        text = ".".join(parts if macro.digits is None else parts[-macro.digits :])
    return _escaped(text) if macro.escape else text


def _escaped(text: str) -> str:
    """URL-escaped but for the unreserved characters (RFC 3986 section 2.3)."""
    octets = (chr(octet) for octet in text.encode("utf-8", "surrogatepass"))
    return "".join(octet if _UNRESERVED.match(octet) else f"%{ord(octet):02X}" for octet in octets)


def is_askable(name: str) -> bool:
    """Whether DNS can be asked for an absolute name: no label is empty or too long, nor the whole.

    What a term means whose name is not is undefined (section 4.8); receivers take it for a name without data.
    """
    bare = name.removesuffix(".")
    return len(bare) <= MAX_NAME and bare.isascii() and all(0 < len(label) <= MAX_LABEL for label in bare.split("."))


def is_domain(name: str) -> bool:
    """Whether check_host takes an absolute lower-case name as <domain>: well-formed, two labels or more (4.3)."""
    _, dot, last = name.removesuffix(".").rpartition(".")
    return is_askable(name) and bool(dot) and _is_top_label(last)


def _is_top_label(label: str) -> bool:
    """Letters, digits and hyphens, no hyphen at either end, and not digits alone (section 12)."""
    return label.replace("-", "").isalnum() and label.strip("-") == label and not label.isdigit()
