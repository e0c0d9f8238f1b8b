"""The macro-string and the domain-spec of SPF: literal text with `%{…}` macros in it (RFC 7208 section 7)."""

import re
from collections.abc import Iterator

from linter.records.text.fault import Fault, one_of, proposal, quoted
from linter.records.text.name import dotted
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

LETTERS = "slodipvh"
EXPLANATION_LETTERS = LETTERS + "crt"  # section 7.2: c, r and t only in the text that `exp=` points to

_ESCAPES = {"%%": "%", "%_": " ", "%-": "%20"}
# Section 12: letters, digits and hyphens, no hyphen at either end, not digits alone.
_TOPLABEL = r"(?![0-9]+\.?\Z)[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?"
_LITERAL_DOMAIN = Pattern(rf"[!-$&-~]*\.{_TOPLABEL}\.?", re.ASCII)
# The constructor that NamedTuple generates takes three times as long as this.
_new = tuple.__new__
_TRANSFORM = r"([0-9]*)([rR]?)([-.+,/_=]*)"
_EXPAND = rf"%[%_-]|%\{{([A-Za-z]){_TRANSFORM}\}}"
_PIECE = Pattern(rf"[!-$&-~]+|{_EXPAND}", re.ASCII)
# Needed so seldom that they are compiled (and then kept by `re`) only where they are used.
_EXPLANATION_PIECE = rf"[ -$&-~]+|{_EXPAND}"
_AROUND_PERCENT = rf"{_EXPAND}|%\{{[ -$&-|~]*\}}?|%\([ -$&-(*-~]*\)|%[!-~]?"
_MOST_DIGITS = 999_999_999  # beyond any number of labels, and far below what int() refuses


class Macro(Frozen):
    """One `%{…}`: `digits` right-hand parts are kept (None: all), after the reversal if `reverse`.

    `letter` is lower case; `escape` tells that it was upper case, which asks for URL escaping (section 7.3).
    `delimiters` is "" where the default, a dot, splits.
    """

    letter: str
    digits: int | None
    reverse: bool
    delimiters: str
    escape: bool
    start: int
    end: int


class DomainSpec(Frozen):
    """A domain-spec, or the macro-string of an unknown modifier.

    `text` is what is written. `parts` holds literal text and macros in turn, `%%`, `%_` and `%-` already
    replaced by what they stand for.
    """

    text: str
    parts: tuple[str | Macro, ...]
    start: int
    end: int

    @property
    def macros(self) -> tuple[Macro, ...]:
        """The macros alone, in their order."""
        return tuple(part for part in self.parts if isinstance(part, Macro))

    @property
    def is_literal(self) -> bool:
        """Whether the name is the same for every message."""
        return "%" not in self.text or not self.macros

    @property
    def absolute(self) -> str:
        """The domain name as it is written, macros and all: in lower case, with its final dot."""
        return dotted(self.text)

    @property
    def name(self) -> str:
        """The domain name in lower case without a trailing dot; "" where macros decide about it."""
        if not self.is_literal:
            return ""
        return "".join(str(part) for part in self.parts).lower().removesuffix(".")


def macro_string(text: str, start: int = 0, letters: str = LETTERS) -> DomainSpec | None:
    """`text`, which stands at offset `start` of its record, as a macro-string; None where it is none."""
    read = _pieces(text, start, letters)
    return None if read is None else _new(DomainSpec, (text, read[0], start, start + len(text)))


def _pieces(text: str, start: int, letters: str) -> tuple[tuple[str | Macro, ...], str] | None:
    """The parts of a macro-string, and the last literal or expansion of it as written; None where it is none."""
    parts: list[str | Macro] = []
    literals: list[str] = []
    match_at = (_PIECE if letters == LETTERS else Pattern(_EXPLANATION_PIECE, re.ASCII)).match
    position, length = 0, len(text)
    last = ""
    while position < length:
        match = match_at(text, position)
        if match is None:
            return None
        last, position = match[0], match.end()
        if match[1] is None:
            literals.append(_ESCAPES.get(last, last))
            continue
        macro = _macro(match, start, letters)
        if macro is None:
            return None
        if literals:
            parts.append("".join(literals))
            literals.clear()
        parts.append(macro)
    if literals:
        parts.append("".join(literals))
    return tuple(parts), last


def domain_spec(text: str, start: int = 0) -> DomainSpec | None:
    """`text`, which stands at offset `start` of its record, as a domain-spec (section 12), or None.

    Labels that no DNS name can have, empty or of more than 63 octets, are grammatical (section 4.8).
    """
    if "%" not in text:
        end = start + len(text)
        return _new(DomainSpec, (text, (text,), start, end)) if _is_literal_domain(text) else None
    read = _pieces(text, start, LETTERS)
    if read is None:
        return None
    parts, last = read
    # A domain-end is a macro-expand or a dot and a toplabel; neither can reach over a macro before it.
    if last[0] != "%" and not _is_literal_domain(last):
        return None
    return _new(DomainSpec, (text, parts, start, start + len(text)))


def _is_literal_domain(text: str) -> bool:
    _, dot, top = text.rpartition(".")
    if dot and top.isalpha() and text.isascii() and text.isprintable() and " " not in text and "%" not in text:
        return True  # as most, whose run need not compile the pattern
    return _LITERAL_DOMAIN.fullmatch(text) is not None


def _macro(match: re.Match[str], start: int, letters: str) -> Macro | None:
    letter, digits, reverse, delimiters = match.groups()
    low = letter.lower()
    number = digits.lstrip("0")
    # Section 7.3: a number of parts, if given, is not zero.
    if low not in letters or (digits and not number):
        return None
    count = None if not digits else int(number) if len(number) < 10 else _MOST_DIGITS
    return _new(
        Macro, (low, count, reverse != "", delimiters, letter != low, start + match.start(), start + match.end())
    )


def macro_faults(text: str, start: int = 0, letters: str = LETTERS) -> tuple[Fault, ...]:
    """A fault of kind "invalid-macro" for each percent sign in `text` that begins no macro."""
    return tuple(_macro_faults(text, start, letters))


def _macro_faults(text: str, start: int, letters: str) -> Iterator[Fault]:
    for match in re.finditer(_AROUND_PERCENT, text):
        piece = match[0]
        if piece in _ESCAPES or (match[1] and _macro(match, start, letters)):
            continue
        message, way_out = _braced(piece, letters) if piece.startswith("%{") else _unbraced(piece, letters)
        span = start + match.start(), start + match.end()
        yield Fault(*span, "invalid-macro", message, way_out, "RFC 7208 section 7.1")


def _unbraced(piece: str, letters: str) -> tuple[str, str]:
    message = f"{quoted(piece)} is not a macro; a percent sign begins `%{{…}}`, `%%`, `%_` or `%-`"
    inner = piece[1:].strip("()")
    if inner and macro_string(f"%{{{inner}}}", 0, letters):
        return message, proposal(f"%{{{inner}}}")
    return message, "a literal percent sign is `%%`"


def _braced(piece: str, letters: str) -> tuple[str, str]:
    shown, inner = quoted(piece), piece[2:].removesuffix("}")
    if not piece.endswith("}"):
        closed = proposal(piece + "}") if macro_string(piece + "}", 0, letters) else ""
        return f"the macro {shown} has no closing brace", closed or "close it with `}`"
    expected = f"expected one of {one_of(list(letters))}"
    if not inner:
        return f"{shown} has no macro letter; {expected}", ""
    letter, rest = inner[0].lower(), inner[1:]
    if letter not in letters:
        if letter in EXPLANATION_LETTERS:
            return f"the macro {shown} is allowed only in the text that `exp=` points to", ""
        return f"{quoted(letter)} in {shown} is not a macro letter; {expected}", ""
    return _transformed(shown, inner[0], rest)


def _transformed(shown: str, letter: str, rest: str) -> tuple[str, str]:
    zero = re.fullmatch(_TRANSFORM, rest)
    if zero:
        every = f"%{{{letter}{zero[2]}{zero[3]}}}"
        return f"the macro {shown} keeps 0 parts; the number begins at 1", proposal(every)
    swapped = re.fullmatch(r"([rR])([1-9][0-9]*)([-.+,/_=]*)", rest)
    if swapped:
        order = f"%{{{letter}{swapped[2]}{swapped[1]}{swapped[3]}}}"
        return f"in the macro {shown} the number comes after `r`, not before it", proposal(order)
    valid = re.match(_TRANSFORM, rest)
    wrong = rest[valid.end() if valid else 0]
    expected = "digits, `r` and delimiters (`.`, `-`, `+`, `,`, `/`, `_` or `=`), in this order"
    return f"{quoted(wrong)} is not allowed in the macro {shown}; after the letter come only {expected}", ""


def explain_string(text: str) -> tuple[DomainSpec | None, tuple[Fault, ...]]:
    """The text that `exp=` points to, where spaces and the letters c, r and t are allowed (section 6.2).

    Returns it, or None and the faults; a character that is not visible ASCII is a fault of kind "syntax".
    """
    spec = macro_string(text, 0, EXPLANATION_LETTERS)
    if spec is not None:
        return spec, ()
    strange = re.search(r"[^ -~]", text)
    faults = macro_faults(text, 0, EXPLANATION_LETTERS)
    if strange:
        message = "an explanation holds visible ASCII characters and spaces only"
        faults += (Fault(*strange.span(), "syntax", message, "", "RFC 7208 section 6.2"),)
    return None, faults
