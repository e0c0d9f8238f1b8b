"""Which texts receivers take for DMARC records, and which were plainly meant to be one."""

import re

from linter.records.text.fault import Fault, nearest, quoted
from linter.records.text.tags import Tag, split_tags
from linter.source.pattern import Pattern

from .tag import FORMAT, POLICIES, TAGS

# RFC 9989 section 4.8: the value is case-sensitive, the name is not; no blank before it.
_VERSION = Pattern(r"[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|\Z)")
_HINT = Pattern(r"\A\W*v[^\w=]*=\W*d(?!kim)|dmarc", re.IGNORECASE)
_LED_IN = Pattern(r"([^A-Za-z0-9]+)[vV][ \t]*=[ \t]*DMARC1(?![A-Za-z0-9])")
_RUN_ON = Pattern(r"[vV][ \t]*=[ \t]*DMARC1(?![A-Za-z0-9])")
_WITHOUT_EQUALS = Pattern(r"v?[\s:]*DMARC1", re.IGNORECASE)
_VALUE = Pattern(r"\W*DMARC1(?![A-Za-z0-9])", re.IGNORECASE)


def is_dmarc(text: str) -> bool:
    """Whether receivers take the text for a DMARC record: its first tag is `v` with the value `DMARC1`."""
    return text.startswith("v=DMARC1;") or ("DMARC1" in text and _VERSION.match(text) is not None)


def near_miss(text: str, at_dmarc_name: bool = False) -> Fault | None:
    """The fault of a text that is meant as DMARC but that receivers ignore; None for any other text.

    `at_dmarc_name` is whether the text stands at a `_dmarc` name: only there is a list of DMARC tags without
    any version a DMARC record.
    """
    if is_dmarc(text) or not (at_dmarc_name or _HINT.search(text)):
        return None
    led_in = _LED_IN.match(text)
    if led_in is not None:
        found = "a blank" if led_in.group(1).isspace() else _shown(led_in.group(1))
        return _fault(0, led_in.end(1), f"{found} comes before `v=DMARC1`", "remove it")
    run_on = _RUN_ON.match(text)
    if run_on is not None:
        return _run_on(text, run_on.end())
    tags = split_tags(text).tags
    if not tags:
        return None
    return _close_miss(tags[0]) or _late_version(tags) or (_no_version(tags) if at_dmarc_name else None)


def not_dmarc(text: str) -> Fault:
    """The fault of a text that is not a DMARC record at all."""
    return _fault(0, len(text), "the record does not begin with `v=DMARC1`", "")


def _fault(start: int, end: int, found: str, way_out: str) -> Fault:
    return Fault(start, end, "version", f"{found}, so receivers ignore the whole record", way_out, FORMAT)


def _shown(text: str) -> str:
    return quoted(text) if text.isprintable() else "an invisible character"


def _run_on(text: str, end: int) -> Fault:
    """`v=DMARC1` with something else than a semicolon after it."""
    following = text[end:].lstrip(" \t")
    start = len(text) - len(following)
    from linter.records.text.field_list import semicolon_instead, stray_length

    if following[0].isascii() and following[0].isalnum():
        return _fault(end, end, "the semicolon after `v=DMARC1` is missing", "write `;`")
    if following[0] == "\\":
        found, way_out = "a literal backslash comes after `v=DMARC1`", "remove the backslash"
    else:
        found, way_out = f"{_shown(following[0])} comes after `v=DMARC1`", semicolon_instead(following)
    return _fault(start, start + stray_length(following), found, way_out)


def _close_miss(first: Tag) -> Fault | None:
    """A first tag like `v=dmarc1`, `v=DMARC 1`, `nv=DMARC1` or `DMARC1`."""
    way_out = "begin the record with `v=DMARC1;`"
    value = first.value
    if first.name.lower() == "v":
        word = value.strip("\"'“”‘’ ").lower()
        if word == "dmarc1":
            found = f"{_shown(value)} is not `DMARC1` letter for letter"
        elif word.startswith("dmarc") or (len(word) < 10 and nearest(word, ("dmarc1",))):
            found = f"{_shown(value)} is not a version that receivers know"
        else:
            return None
        return _fault(first.value_start, first.value_end, found, way_out)
    has_equals = first.value_start > first.start
    if not has_equals and _WITHOUT_EQUALS.fullmatch(value):
        return _fault(first.start, first.end, f"{_shown(value)} is not `v=DMARC1`", way_out)
    if has_equals and _VALUE.match(value):
        found = f"{_shown(first.name)} is where the tag `v` must be" if first.name else "`v` is missing"
        return _fault(first.start, first.value_start, found, way_out)
    return None


def _late_version(tags: tuple[Tag, ...]) -> Fault | None:
    """`p=reject; v=DMARC1`."""
    if tags[0].name.lower() == "v":
        return None
    for tag in tags[1:]:
        if tag.name.lower() == "v" and tag.value.lower() == "dmarc1":
            found = "`v=DMARC1` is not the first tag"
            return _fault(tag.start, tag.end, found, "begin the record with it")
    return None


def _no_version(tags: tuple[Tag, ...]) -> Fault | None:
    """`p=reject; rua=mailto:d@example.com`, or the same after some other version."""
    first = tags[0]
    has_version = first.name.lower() == "v"
    policy = next((tag.value.lower() for tag in tags if tag.name.lower() == "p"), "")
    if policy not in POLICIES or not all(tag.name.lower() in TAGS for tag in tags[has_version:]):
        return None
    way_out = "begin the record with `v=DMARC1;`"
    if not has_version:
        return _fault(first.start, first.start, "`v=DMARC1` is missing", way_out)
    return _fault(first.value_start, first.value_end, f"{_shown(first.value)} is not `DMARC1`", way_out)
