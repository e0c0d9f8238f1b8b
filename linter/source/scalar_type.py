"""What YAML 1.1 makes of a plain scalar: text, null, boolean, integer, float or date, as PyYAML types it."""

import re

from .tree import Scalar

# The implicit types of https://yaml.org/type/ in the narrowed form of PyYAML: no 1e5 without a dot,
# y and n are text, an integer may be sexagesimal (1:20) or octal (010).
_WORDS = dict.fromkeys(("", "~", "null", "Null", "NULL"), "null")
_WORDS |= dict.fromkeys(("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), "bool")
_WORDS |= dict.fromkeys(("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), "bool")
_WORDS |= {"<<": "merge", "=": "value"}
_PATTERNS = (
    (
        "int",
        (
            r"[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
            r"|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"
        ),
    ),
    (
        "float",
        (
            r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
            r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
        ),
    ),
    (
        "date",
        (
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
            r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
            r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?"
        ),
    ),
)
# A text that begins with none of these is one of the words, or text.
_FIRST = frozenset("0123456789+-.")
_OF_NUMBERS = frozenset("0123456789+-.:_xabcdefABCDEFiInNtTZ \t")
"""All that any of the patterns takes."""
_known: dict[str, str] = {}
_TAGS = {
    "tag:yaml.org,2002:str": "str",
    "tag:yaml.org,2002:null": "null",
    "tag:yaml.org,2002:bool": "bool",
    "tag:yaml.org,2002:int": "int",
    "tag:yaml.org,2002:float": "float",
    "tag:yaml.org,2002:timestamp": "date",
    "tag:yaml.org,2002:binary": "binary",
    "tag:yaml.org,2002:merge": "merge",
    "tag:yaml.org,2002:value": "value",
}
_MOST_DIGITS = 1000
"""Characters of a number that is read as one; Python refuses to write numbers of more than 4300 digits."""


def implicit_type(text: str) -> str:
    """The type of a plain scalar: "str", "null", "bool", "int", "float", "date", "merge" or "value"."""
    if text[:1] not in _FIRST:
        return _WORDS.get(text, "str")
    # Two dots make an address or a name: no type of the table has more than one.
    if text.count(".") > 1:
        return "str"
    known = _known.get(text)
    if known is None:
        # Most numbers need no pattern, and a file without odd ones compiles none.
        plain_number = text.isascii() and text.isdigit() and (text[0] != "0" or text == "0")
        known = _known[text] = "int" if plain_number else _match(text)
    return known


def _match(text: str) -> str:
    if not _OF_NUMBERS.issuperset(text):  # a name that begins with a digit
        return "str"
    return next((name for name, pattern in _PATTERNS if re.fullmatch(pattern, text)), "str")


def type_of(scalar: Scalar) -> str:
    """The type of any scalar: a written tag counts, else quotes and blocks make text, else its looks."""
    if scalar.tag == "!":  # to PyYAML, "by its looks" even in quotes
        return implicit_type(scalar.text)
    if scalar.tag:
        return _TAGS.get(scalar.tag, "str")
    return "str" if scalar.style else implicit_type(scalar.text)


def value_of(scalar: Scalar) -> str | int | float | bool | None:
    """The value Python sees. A date and bytes stay text; a number that a tag forces on other text as well."""
    kind = type_of(scalar)
    if kind in ("int", "float") and len(scalar.text) > _MOST_DIGITS:
        return scalar.text
    try:
        if kind == "null":
            return None
        if kind == "bool":
            return scalar.text.lower() in ("yes", "true", "on")
        if kind == "int":
            return _integer(scalar.text)
        if kind == "float":
            return _number(scalar.text)
    except (ValueError, OverflowError):  # PyYAML raises these too, for `0x_` and for `1:20.` with 200 parts
        pass
    return scalar.text


def _integer(text: str) -> int:
    sign, digits = _sign(text.replace("_", ""))
    if digits.startswith("0b"):
        return sign * int(digits[2:], 2)
    if digits.startswith("0x"):
        return sign * int(digits[2:], 16)
    if len(digits) > 1 and digits[0] == "0":
        return sign * int(digits, 8)
    total = 0
    for part in digits.split(":"):
        total = total * 60 + int(part)
    return sign * total


def _number(text: str) -> float:
    sign, digits = _sign(text.replace("_", "").lower())
    if digits in (".inf", ".nan"):
        return sign * float(digits[1:])
    if ":" not in digits:
        return sign * float(digits)
    # From the last part up: the order of the additions decides the last bit, and PyYAML begins there.
    total, weight = 0.0, 1
    for part in reversed(digits.split(":")):
        total += float(part) * weight
        weight *= 60
    return sign * total


def _sign(text: str) -> tuple[int, str]:
    return (-1 if text[:1] == "-" else 1), (text[1:] if text[:1] in ("-", "+") else text)
