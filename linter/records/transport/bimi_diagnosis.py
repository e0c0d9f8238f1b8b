"""What is wrong with a BIMI record that is not plainly well-formed, tag by tag."""

import re
from collections.abc import Iterator

from linter.records.text.fault import Fault, nearest, one_of, proposal, quoted
from linter.records.text.tags import Tag
from linter.records.text.version_near_miss import is_slip, missing, misspelt
from linter.source.pattern import Pattern

from .bimi_value import (
    AVATARS,
    KIND,
    NO_EVIDENCE,
    NO_LOGO,
    TAGS,
    Bimi,
    is_bimi,
    is_evidence,
    is_https,
    is_location,
    read_prefixes,
    suffix,
)

_STRAY = Pattern(r"[\\\"]|[^\t\r\n\x20-\x7e]")
_NAME = Pattern(r"[A-Za-z][A-Za-z0-9_]*")
# A tag that begins inside the value of the one before, for want of a semicolon.
_GLUED = Pattern(r"(?<=[,\s])(?:v|l|a|avp|lps)[ \t]*=")
_WITHOUT_EQUALS = Pattern(r"(l|a|avp|lps)[ \t:]+([^ \t:].*)", re.DOTALL)
_TAG_LIST = "RFC 6376 section 3.2"


def diagnose(bimi: Bimi) -> tuple[Fault, ...]:
    """Every fault of the record, in the order of their places; one cause has one fault."""
    text = bimi.text
    if not is_bimi(text):
        found = misspelt(text, KIND, at_own_name=True)
        message = f"the record does not begin with `{KIND.version}`, so receivers ignore it"
        return (found or Fault(0, len(text), "syntax", message, "", KIND.reference),)
    strays = [match.start() for match in _STRAY.finditer(text)]
    dirty = {tag.start for tag in bimi.tags.tags if strays and _STRAY.search(text, tag.start, tag.end)}
    faults = [*_stray_faults(text, strays), *_tag_faults(bimi, dirty)]
    if bimi.tags.empty:
        at = bimi.tags.empty[0]
        faults.append(_fault((at, at + 1), "no tag comes before this semicolon", "remove the semicolon", _TAG_LIST))
    if all(fault.kind == "unknown-tag" for fault in faults):
        faults += _evidence_faults(bimi)
    return tuple(sorted(faults))


def _fault(span: tuple[int, int], found: str, way_out: str, reference: str = KIND.reference) -> Fault:
    return Fault(*span, "syntax", f"{found}, so receivers {KIND.loss}", way_out, reference)


def _stray_faults(text: str, strays: list[int]) -> Iterator[Fault]:
    """One fault for each character that no record holds, at the first of each."""
    reported = set()
    for position in strays:
        character = text[position]
        if character in reported:
            continue
        reported.add(character)
        shown = quoted(character) if character.isprintable() else f"the character U+{ord(character):04X}"
        way_out = "percent-encode it in a URI" if character.isalnum() else "remove it"
        yield _fault((position, position + 1), f"{shown} is in the record", way_out)


def _tag_faults(bimi: Bimi, dirty: set[int]) -> Iterator[Fault]:
    """The faults of the tags behind the version in turn, and of the one that is missing."""
    seen: set[str] = set()
    explained = bool(dirty)
    for tag in bimi.tags.tags[1:]:
        name = tag.name
        if tag.start not in dirty and (name or tag.value) not in seen:
            for fault in _tag(bimi, tag):
                explained = explained or fault.kind == "syntax"
                yield fault
        elif name in seen and name in TAGS and "v" not in seen:  # behind a second `v` all is repeated
            yield _fault((tag.start, tag.end), f"`{name}` occurs twice", f"keep one `{name}`", _TAG_LIST)
        seen.add(name or tag.value)
    if KIND.required not in seen and not explained:
        yield missing(KIND, bimi.tags.tags[-1].end)


def _tag(bimi: Bimi, tag: Tag) -> Iterator[Fault]:
    name, span = tag.name, (tag.start, tag.start + len(tag.name))
    glued = _GLUED.search(bimi.text, tag.value_start, tag.value_end) if "=" in tag.value else None
    if not name:
        yield _nameless(bimi, tag)
    elif name == "v":
        found = "a second `v` is here, as if two records were joined"
        yield _fault((tag.start, tag.end), found, "keep one record", _TAG_LIST)
    elif glued is not None:
        yield _lost_semicolon(bimi.text, glued)
    elif name in TAGS:
        yield from _value_faults(tag)
    elif _stands_for_logo(bimi, tag):
        what = "not" if name.lower() == KIND.required else "not a BIMI tag, and there is no"
        way_out = f"write `{KIND.required}`"
        yield _fault(span, f"{quoted(name)} is {what} `{KIND.required}`", way_out)
    elif not _NAME.fullmatch(name):
        yield _fault(span, f"{quoted(name)} is not a tag name", f"expected one of {one_of(TAGS)}", _TAG_LIST)
    else:
        near = next((known for known in TAGS if name.lower() == known or (len(known) > 1 and is_slip(name, known))), "")
        hint = f"; did you mean `{near}`?" if near else ""
        message = f"{quoted(name)} is not a BIMI tag, so receivers ignore it{hint}"
        is_free = near and not _stands(bimi, near)
        change = (tag.start, tag.start + len(name), near) if is_free else None
        yield Fault(*span, "unknown-tag", message, "" if near else "remove it", KIND.reference, change=change)


def _stands_for_logo(bimi: Bimi, tag: Tag) -> bool:
    """Whether the tag was plainly meant as `l`, which is not there: `L=…`, `logo=https://…`."""
    if _stands(bimi, KIND.required):
        return False
    return tag.name.lower() == KIND.required or (tag.name.lower() not in TAGS and is_https(tag.value))


def _stands(bimi: Bimi, name: str) -> bool:
    """Whether a tag of that name is there, be it without `=` and value."""
    return any((each.name or each.value) == name for each in bimi.tags.tags)


def _nameless(bimi: Bimi, tag: Tag) -> Fault:
    part = bimi.text[tag.start : tag.end]
    meant = _WITHOUT_EQUALS.fullmatch(part)
    way_out = ""
    if meant is not None:
        way_out = f"put `=` between {quoted(meant[1])} and its value"
    elif part.lower().startswith("https://"):
        name = "l" if bimi.tags.first("l") is None else "a"
        way_out = f"put `{name}=` before it"
    found = f"{quoted(part)} has no {'name' if tag.value_start > tag.start else '`=`'}"
    return _fault((tag.start, tag.end), found, way_out, _TAG_LIST)


def _lost_semicolon(text: str, glued: re.Match[str]) -> Fault:
    before = text[: glued.start()].rstrip(" \t\r\n")
    comma = before.endswith(",")
    found = "a comma is in the place of the semicolon" if comma else "the semicolon is missing"
    return _fault((len(before) - comma, len(before)), f"{found} before {quoted(glued.group())}", "put `;` there")


def _value_faults(tag: Tag) -> Iterator[Fault]:
    """The faults of the value of a known tag."""
    value, span = tag.value, (tag.value_start, tag.value_end)
    if (tag.name == "l" and not is_location(value)) or (tag.name == "a" and not is_evidence(value)):
        yield _fault(span, *_uri_fault(tag.name, value))
    elif tag.name == "avp" and value not in AVATARS:
        near = value.lower() if value.lower() in AVATARS else nearest(value, AVATARS)
        hint = f"did you mean `{near}`?" if near else f"expected {one_of(AVATARS)}"
        yield _fault(span if value else (tag.start, tag.end), f"{quoted(f'avp={value}')} is not valid", hint)
    elif tag.name == "lps" and read_prefixes(value) is None:
        found = f"{quoted(value)} is not a list of prefixes"
        yield _fault(span, found, "separate prefixes with commas; each has up to 63 letters, digits and hyphens")


def _is_right(name: str, value: str) -> bool:
    return is_location(value) if name == "l" else is_evidence(value)


def _uri_fault(name: str, value: str) -> tuple[str, str]:
    """What a wrong value of `l` or `a` is, and the way out."""
    lowered = value.lower()
    if is_https(value):
        if name == "a":
            return f"the host of {quoted(value)} has no dot", "name a host that the whole internet can resolve"
        ending = f"`.{suffix(value)}`"
        if suffix(value) == "pem":
            return f"`l` points to {ending}, a certificate", "name the logo in `l` and the certificate in `a`"
        return f"`l` points to {ending}, but a logo can only be SVG", "publish the logo as SVG Tiny PS"
    if lowered.startswith("http://"):
        return f"{quoted(value)} is not an `https:` URI", proposal(f"https{value[4:]}") if _is_right(
            name, f"https{value[4:]}"
        ) else ""
    if lowered in ("self", "cert", "mva"):
        return f"{quoted(f'{name}={value}')} is a form that only old drafts had", f"give `{name}` an `https:` URI"
    if "," in value and lowered.count("https://") > 1:
        return f"`{name}` has more than one URI", "keep one of them"
    if "," in value and is_https(value.replace(",", "")):
        return f"a comma is in {quoted(value)}", "a comma inside a URI is `%2C`"
    if any(blank in value for blank in " \t\r\n"):
        return f"a blank is in {quoted(value)}", "remove it, or encode it as `%20`"
    if "://" not in value and is_https(f"https://{value}"):
        return f"{quoted(value)} is not an `https:` URI", proposal(f"https://{value}") if _is_right(
            name, f"https://{value}"
        ) else ""
    return f"{quoted(value)} is not an `https:` URI with a host name", ""


def _evidence_faults(bimi: Bimi) -> Iterator[Fault]:
    """Why there is no certificate for the logo of a record that is valid otherwise."""
    if not bimi.location:
        return
    tag = bimi.tags.first("a")
    if bimi.evidence == "":
        span = (bimi.tags.tags[-1].end, bimi.tags.tags[-1].end) if tag is None else (tag.start, tag.end)
        message = "no evidence document is named, and some receivers, such as Gmail, show no logo without a certificate"
        way_out = "name a mark certificate in `a`, or accept that only others show the logo"
        yield Fault(*span, "evidence", message, way_out, KIND.reference)
    elif tag is not None and suffix(tag.value) in NO_EVIDENCE:
        swapped = "; `l` and `a` may be swapped" if suffix(tag.value) not in (*NO_LOGO, "html", "htm") else ""
        message = f"`a` points to `.{suffix(tag.value)}`, which is not a certificate in PEM{swapped}"
        yield Fault(tag.value_start, tag.value_end, "evidence", message, "name the mark certificate", KIND.reference)
