"""Texts that were plainly meant as SPF and that receivers pass over for want of an exact `v=spf1 `."""

import re

from linter.records.text.fault import Fault
from linter.source.pattern import Pattern

from .argument import shown
from .term import MODIFIERS, Mechanism, term

_VERSION = "v=spf1"
_RIGHT = Pattern(r"v=spf1(?= |\Z)", re.ASCII | re.IGNORECASE)
_BEGINNING = Pattern(r"v=spf1", re.ASCII | re.IGNORECASE)
# What stands in front of a record by accident: white space, quotes, a byte order mark, zero-width characters.
_BEFORE = Pattern(r"[\s\"'`\\(\[<\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb\ufeff\u200b-\u200f\u2060\u00ad]+")
_QUOTES = "\"'`\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
# Other protocols, and Sender ID (RFC 4406), whose records have a right of their own to look similar.
_OTHERS = Pattern(r"v\s*=\s*(?:dmarc|dkim|sts|tlsrpt|bimi)|(?:v\s*=\s*)?spf2\.0/", re.ASCII | re.IGNORECASE)
_WITHOUT_VERSION = (
    "spf",
    "spf1",
    "spf=1",
    "spf-1",
    "spfv1",
    "v=spfv1",
    "version=spf1",
    "ver=spf1",
    "vspf1",
    "v-spf1",
    "v_spf1",
)
_SPOILT = ";,.:|\"'`"
_NOT_SEEN = "receivers see no SPF record at all"
_SPREAD = Pattern(
    r"(?:v\s*[=:]\s*spf\s*1|spf\s*[=:]\s*v\s*1|spf\s*1\s*[=:]\s*v)(?=[\s;,]|\Z)", re.ASCII | re.IGNORECASE
)


def misspelt_version(text: str) -> Fault | None:
    """The fault of kind "version-misspelt" of a near miss; None for real SPF and for anything else."""
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    if _OTHERS.match(text, start):
        return None
    if _BEGINNING.match(text, start):
        return _run_on(text, start) if not _RIGHT.match(text, start) else _preceded(text, start)
    return _blanks_inside(text, start) or _text_before(text) or _one_letter_off(text, start)


def _fault(start: int, end: int, message: str, way_out: str) -> Fault:
    return Fault(start, end, "version-misspelt", f"{message}: {_NOT_SEEN}", way_out, "RFC 7208 section 4.5")


def _preceded(text: str, start: int) -> Fault | None:
    if not start:
        return None
    strange = text[:start]
    what = "a quote character" if any(char in _QUOTES for char in strange) else "a character that does not show"
    if strange.isspace():
        what = "a blank"
    elif strange.isascii() and what.endswith("show"):
        what = shown(strange)
    return _fault(0, start, f"{what} comes before `{_VERSION}`", f"begin the text with `{_VERSION}`")


def _run_on(text: str, start: int) -> Fault:
    """`v=spf1` with something else than a space after it."""
    end = start + len(_VERSION)
    char = text[end]
    way_out = f"put `{_VERSION}` and a space there"
    if char.isdigit():
        digits = Pattern(r"\w*").match(text, end)
        end = digits.end() if digits else end
        return _fault(start, end, f"{shown(text[start:end])} is not `{_VERSION}`", way_out)
    if char.isascii() and (char.isalpha() or char in "+-?~"):
        return _fault(end, end, f"the space after `{_VERSION}` is missing", way_out)
    name = "a tab" if char == "\t" else shown(char) if char.isprintable() else f"the character U+{ord(char):04X}"
    return _fault(start, end + 1, f"`{_VERSION}` must be followed by a space, not {name}", way_out)


def _blanks_inside(text: str, start: int) -> Fault | None:
    spread = _SPREAD.match(text, start)
    if spread is None or not re.search(r"\s", spread[0]) or not _reads_as_terms(text[spread.end() :], True):
        return None
    message = f"{shown(spread[0])} has blanks in it and is not `{_VERSION}`"
    return _fault(0, spread.end(), message, f"write `{_VERSION}`")


def _one_letter_off(text: str, start: int) -> Fault | None:
    first = Pattern(r"[!-~]{2,14}(?=\s|\Z)", re.ASCII).match(text, start)
    if first is None:
        return None
    written = first[0].rstrip(_SPOILT)
    plain = written.lower()
    versioned = _is_one_edit_away(plain, _VERSION) or _is_shuffled(plain)
    if not versioned and plain not in _WITHOUT_VERSION:
        return None
    if not _reads_as_terms(text[first.end() :], versioned):
        return None
    message = f"{shown(text[: start + len(written)])} is not `{_VERSION}`"
    end, start = start + len(written), 0
    if first.end() > end or text[first.end() : first.end() + 1] not in ("", " "):
        return _fault(start, end, message, f"put `{_VERSION}` and a space there")
    return _fault(start, end, message, f"write `{_VERSION}`")


def _is_shuffled(word: str) -> bool:
    """Whether a word is made of the letters of the version in another order, such as `spf=v1`, or cut elsewhere."""
    letters = [char for char in word if char.isalnum()]
    return len(word) < len(_VERSION) + 3 and not {"=", ":"}.isdisjoint(word) and sorted(letters) == sorted("vspf1")


def _text_before(text: str) -> Fault | None:
    version = _RIGHT.search(text)
    if version is None or version.end() == len(text) or not _reads_as_terms(text[version.end() :], True):
        return None
    before = text[: version.start()]
    message = f"other text, {shown(before.strip())}, comes before `{_VERSION}`"
    return _fault(0, version.start(), message, f"begin the text with `{_VERSION}`; put the rest in a separate record")


def _reads_as_terms(text: str, may_be_empty: bool) -> bool:
    """Whether half of the words or more are known terms, one of them such as no prose has (`-all`, `ip4:…`).

    `may_be_empty` tells that the version says enough; then no words do, or only `a`, `mx` and the like.
    """
    words = text.split()
    known = 0
    telling = False
    for word in words:
        word = word.strip(_SPOILT)
        found = term(word, 0)
        if isinstance(found, Mechanism):
            known += 1
            telling |= len(word) > len(found.name)
        elif found is not None and found.name in MODIFIERS:
            known += 1
            telling = True
    return (telling and 2 * known >= len(words)) or (may_be_empty and known == len(words))


def _is_one_edit_away(word: str, meant: str) -> bool:
    """Whether one letter too many, too few, wrong or swapped with the next makes the difference."""
    if abs(len(word) - len(meant)) > 1 or word == meant:
        return False
    same = next((at for at, (left, right) in enumerate(zip(word, meant, strict=False)) if left != right), None)
    at = min(len(word), len(meant)) if same is None else same
    swapped = meant[:at] + meant[at + 1 : at + 2] + meant[at : at + 1] + meant[at + 2 :]
    return word == swapped or word[at + 1 :] in (meant[at + 1 :], meant[at:]) or word[at:] == meant[at + 1 :]
