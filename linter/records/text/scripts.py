"""Names in other scripts as octoDNS reads them (`octodns.idna` of 1.22): IDNA 2008, label by label, mapping nothing.

The `idna` package is imported for labels that are not ASCII, and for A-labels, alone.
"""

import re

from linter.source.pattern import Pattern

_MOST_OCTETS = 63
_A_LABEL = Pattern(r"(?<![\w-])xn--[a-z0-9-]+", re.IGNORECASE)
_SHOWN_NAME = Pattern(r"`([^`\s]*xn--[^`\s]*)`", re.IGNORECASE)


def a_label(label: str) -> str | None:
    """The A-label of a label in another script (RFC 5891 section 4); None where it has none.

    `straße` is `xn--strae-oqa`: IDNA 2003, which Python knows by itself, makes `strasse` of it, another name.
    """
    if label.isascii():
        return label
    if len(label) > _MOST_OCTETS:  # an A-label is longer than what it is made of
        return None
    import idna

    try:
        return idna.encode(label.lower()).decode("ascii")
    except idna.IDNAError:
        return None


def in_letters(name: str) -> str:
    """A name, or a term with one, with letters for its A-labels; what is none is left as it is."""
    return _A_LABEL.sub(_u_label, name) if "xn--" in name.lower() else name


def _u_label(found: re.Match[str]) -> str:
    label = found[0]
    if len(label) > _MOST_OCTETS:
        return label
    import idna

    try:
        return idna.decode(label)
    except idna.IDNAError:
        return label


def with_letters(message: str) -> str:
    """A message with the letters of a name beside its A-labels, where it shows any."""
    return _SHOWN_NAME.sub(_beside, message) if "xn--" in message.lower() else message


def _beside(found: re.Match[str]) -> str:
    letters = in_letters(found[1])
    return f"{found[0]} (`{letters}`)" if letters != found[1].lower() and letters.isprintable() else found[0]
