"""Texts that were plainly meant as MTA-STS, TLS-RPT or BIMI and that nobody selects for want of an exact version."""

import re

from linter.source.pattern import Pattern

from .fault import Fault, nearest, quoted
from .field_list import RecordKind, semicolon_instead, stray_length
from .tags import Tag, split_tags

# Records of these kinds have rules of their own, wherever they stand.
_OTHERS = ("spf", "dkim", "dmarc", "sts", "tlsrpt", "bimi")
_WORD = Pattern(r"[\s\"'`“”‘’]*([A-Za-z0-9_.-]*)")


def misspelt(text: str, kind: RecordKind, at_own_name: bool) -> Fault | None:
    """The fault of kind "syntax" of a near miss of that kind; None for anything else.

    `at_own_name` is whether the text stands where records of the kind belong.
    """
    led_in = re.match(rf"[^A-Za-z0-9]+(?={re.escape(kind.version)}(?![A-Za-z0-9]))", text)
    if led_in is not None:
        found = "a blank" if led_in.group().isspace() else _shown(led_in.group())
        return _fault(kind, led_in.span(), f"{found} comes before `{kind.version}`", "remove it")
    if text.startswith(kind.version):
        return _run_on(text, kind)
    tags = split_tags(text).tags
    if not tags:
        return None
    return (
        _close_miss(text, tags, kind, at_own_name)
        or _late_version(tags, kind)
        or (_no_version(tags, kind) if at_own_name else None)
    )


def _fault(kind: RecordKind, span: tuple[int, int], found: str, way_out: str) -> Fault:
    return Fault(*span, "syntax", f"{found}, so {kind.readers} {kind.loss}", way_out, kind.reference)


def _shown(text: str) -> str:
    return quoted(text) if text.isprintable() else "an invisible character"


def _begin(kind: RecordKind) -> str:
    return f"begin the record with `{kind.version};`"


def _run_on(text: str, kind: RecordKind) -> Fault:
    """The exact version with something else than a semicolon behind it, or with nothing."""
    end = len(kind.version)
    following = text[end:].lstrip(" \t")
    start = len(text) - len(following)
    if not following:
        return missing(kind, end)
    if following[0] == ";":
        # The grammar allows it, but what does not begin with exactly `version;` is to be discarded.
        message = f"a blank before the first semicolon: some {kind.readers} ignore the record"
        return Fault(end, start, "syntax", message, "remove the blank", kind.reference, "warning")
    longer = _WORD.match(text, 2)
    past = longer.end() if longer is not None else end
    if past > end and text[past : past + 1] != "=":
        return _fault(kind, (2, past), f"{_shown(text[2:past])} is not a known version", _begin(kind))
    if following[0].isascii() and following[0].isalnum():
        return _fault(kind, (end, end), f"the semicolon after `{kind.version}` is missing", _begin(kind))
    if following[0] == "\\":
        found, way_out = f"a literal backslash comes after `{kind.version}`", "remove the backslash"
    else:
        found, way_out = f"{_shown(following[0])} comes after `{kind.version}`", semicolon_instead(following)
    first = end if way_out == "write `;`" else start
    return _fault(kind, (first, start + stray_length(following)), found, way_out)


def missing(kind: RecordKind, position: int) -> Fault:
    """The fault of a record without the field that it cannot be without."""
    return _fault(kind, (position, position), f"`{kind.required}` is missing", f"add `{kind.example}`")


def is_slip(word: str, meant: str) -> bool:
    """Whether case, one letter too many, too few or wrong, or two swapped ones make the difference."""
    return len(word) <= len(meant) + 1 and not _one_letter_less(word.lower()).isdisjoint(_one_letter_less(meant))


def _one_letter_less(word: str) -> set[str]:
    return {word, *[word[:at] + word[at + 1 :] for at in range(len(word))]}


def _close_miss(text: str, tags: tuple[Tag, ...], kind: RecordKind, at_own_name: bool) -> Fault | None:
    """A first field like `v=stsv1`, `V=STSv1`, `v = STSv1`, `version=STSv1` or `STSv1`."""
    first = tags[0]
    if first.value_start == first.start:
        return _bare_version(first, kind, at_own_name)
    word = kind.version[2:]
    found = _WORD.match(text, first.value_start, first.end)
    written, end = (found[1], found.end()) if found is not None else ("", first.end)
    alike = written.lower() == word.lower()
    if alike and first.name.lower() == "v":
        start = first.start if written == word else end - len(written)
        meant = kind.version if written == word else word
        return _fault(kind, (start, end), f"{_shown(text[start:end])} is not `{meant}` letter for letter", _begin(kind))
    if alike and (at_own_name or " " not in first.name):
        what = f"{_shown(first.name)} is where `v` must be" if first.name else "`v` is missing"
        return _fault(kind, (first.start, first.value_start), what, _begin(kind))
    if first.name.lower() != "v" or not at_own_name or _is_other(written, word):
        return None
    if not first.value:
        return _fault(kind, (first.start, first.end), "`v` has no value", _begin(kind))
    if _is_near(written, word) or any(tag.name == kind.required and tag.value for tag in tags):
        span = first.value_start, max(end, first.value_start + 1)
        return _fault(kind, span, f"{_shown(text[slice(*span)])} is not a known version", _begin(kind))
    return None


def _bare_version(first: Tag, kind: RecordKind, at_own_name: bool) -> Fault | None:
    """`STSv1`, `v STSv1` or `v:STSv1`."""
    bare = re.match(rf"v?[\s:]*{re.escape(kind.version[2:])}(?![A-Za-z0-9])", first.value, re.IGNORECASE)
    if bare is None or (not at_own_name and bare.end() < len(first.value)):
        return None
    span = first.start, first.start + bare.end()
    return _fault(kind, span, f"{_shown(bare.group())} is not `{kind.version}`", _begin(kind))


def _is_near(written: str, word: str) -> bool:
    folded, meant = written.lower(), word.lower()
    return folded[:3] == meant[:3] or (len(folded) < 2 * len(meant) and nearest(folded, (meant,)) != "")


def _is_other(written: str, word: str) -> bool:
    """Whether the version is that of another kind of record."""
    return written.lower().startswith(_OTHERS) and written[:3].lower() != word[:3].lower()


def _late_version(tags: tuple[Tag, ...], kind: RecordKind) -> Fault | None:
    """`id=1; v=STSv1`."""
    if tags[0].name.lower() == "v":
        return None
    for tag in tags[1:]:
        if tag.name.lower() == "v" and tag.value.lower() == kind.version[2:].lower():
            found = f"`{kind.version}` does not come first"
            return _fault(kind, (tag.start, tag.end), found, "begin the record with it")
    return None


def _no_version(tags: tuple[Tag, ...], kind: RecordKind) -> Fault | None:
    """The field that this kind alone has, in a record without any version, or after one of another standard."""
    first = tags[0]
    if first.name.lower() == "v" or not all(tag.name for tag in tags):
        return None
    if not any(tag.name.lower() == kind.required and tag.value for tag in tags):
        return None
    return _fault(kind, (first.start, first.start), f"`{kind.version}` is missing", _begin(kind))
