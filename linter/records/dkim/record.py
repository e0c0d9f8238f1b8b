"""A DKIM key record, read from its text: the tags, the key, and whatever keeps receivers from using it."""

import re

from linter.records.text.fault import Fault, nearest, one_of, quoted
from linter.records.text.tags import BLANKS, Tag, TagList, split_tags
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .key import ALGORITHMS, KIND, QUOTES, RSA, SHORTEST_VALID, PublicKey, is_truncated, length_faults
from .usual import usual

_KEY_RECORD, _TAG_LIST = "RFC 6376 section 3.6.1", "RFC 6376 section 3.2"

_VERSION = "DKIM1"
# `g` is RFC 4871's; RFC 6376 took it out and receivers ignore it.
_KNOWN = ("v", "h", "k", "n", "p", "s", "t", "g")
_LISTS = ("h", "s", "t")
_SERVICES = ("*", "email", "tlsrpt")  # the last one: RFC 8460 section 3
_OFTEN_LAST = ("AQAB", "AQ==")  # what is left of a key cut shortly before its end

_TAG_NAME = Pattern(r"[A-Za-z][A-Za-z0-9_]*")
_CONTROL = Pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SEPARATORS = Pattern(r"[ \t\r\n:,|]+")
_ESCAPED_SEMICOLON = Pattern(r"(?<!\\)\\+(?=;)")
_QUOTE = Pattern(rf"\\?[{QUOTES}]")
# A tag that begins inside the value of another: the `;` before it is missing. Behind base64, only an equals
# sign with more text after it can be no padding.
_RUN_ON = Pattern(r"[\s,:]([vhkpstng])[ \t]*=")
_RUN_ON_AFTER_KEY = Pattern(r"[\s,:]([vhknstg])[ \t]*=[ \t]*[^\s=]")
_BASE64 = Pattern(r"[A-Za-z0-9+/]+={0,2}")
_LONG_BASE64 = Pattern(r"[A-Za-z0-9+/]{40}|MI[A-Za-z0-9+/]{20}")


class DkimKey(Frozen):
    """A DKIM key record (RFC 6376 section 3.6.1).

    `tags` is the list as it was meant: escaped semicolons and quotes left in are blanks there, missing
    semicolons are put in (all offsets are those of `text`). `key` is None where there is none or it does not
    decode. `algorithm` is the value of `k=`, "rsa" without one. `revoked`: `p=` is there and empty. `hashes`
    holds the values of `h=`, nothing where all are allowed; `services` those of `s=`, ("*",) without one;
    `flags` those of `t=`.
    """

    text: str
    tags: TagList
    faults: tuple[Fault, ...]
    key: PublicKey | None
    algorithm: str
    revoked: bool
    hashes: tuple[str, ...]
    services: tuple[str, ...]
    flags: tuple[str, ...]


def can_verify(key: DkimKey) -> bool:
    """Whether a verifier of mail can use a key: it decodes, is long enough, and is meant for mail and SHA-256."""
    if key.key is None or key.revoked or (key.algorithm == RSA and key.key.bits < SHORTEST_VALID):
        return False
    return (not key.hashes or "sha256" in key.hashes) and not {"*", "email"}.isdisjoint(key.services)


def parse(text: str) -> DkimKey:
    """Reads any text as a DKIM key record; never raises. Faults come in the order of their places.

    Kinds: "syntax", "key-missing", "key-undecodable", "key-too-short", "key-too-long", "hash-unusable",
    "unknown-tag", "testing", "service". A revoked key is judged by its syntax alone.
    """
    found = usual(text)
    if found is None:
        return read_closely(text)
    tags, key, hashes, flags = found
    faults = tuple(length_faults(key, tags.tags[-1]))
    return tuple.__new__(DkimKey, (text, tags, faults, key, RSA, False, hashes, ("*",), flags))


def read_closely(text: str) -> DkimKey:
    """Reads any text whatever may be wrong with it: what `parse` does with all but the usual ones."""
    tags, faults = _repaired(text)
    k, s, p, version = (tags.first(name) for name in ("k", "s", "p", "v"))
    key: PublicKey | None = None
    if is_domainkeys_policy(text):
        message = f"{quoted(text)} is an old DomainKeys or ADSP policy, not a key; delete it"
        faults = [Fault(0, len(text), "key-missing", message, "", _KEY_RECORD)]
    elif version and version.value and not version.value.lower().startswith("dkim"):
        faults = [_foreign(version)]
    else:
        lost = _lost_key(tags) if p is None else None
        faults += _list_faults(tags, lost) + _version_faults(tags)
        if p is None:
            faults += _missing_key_faults(tags, lost)
        if p is None or p.value:
            key, key_faults = _key(text, tags)
            faults += key_faults + _use_faults(tags)
    faults.sort(key=lambda fault: (fault.start, fault.end))
    algorithm, revoked = k.value if k else RSA, p is not None and not p.value
    hashes, services, flags = _items(tags.first("h")), _items(s) if s else ("*",), _items(tags.first("t"))
    return DkimKey(text, tags, tuple(faults), key, algorithm, revoked, hashes, services, flags)


def to_text(key: DkimKey) -> str:
    """The record in its usual spelling: one blank after each semicolon, none inside `p=` and around colons.

    A record that receivers cannot read comes back as it is: its meaning is a guess.
    """
    if any(fault.kind in ("syntax", "key-missing", KIND) for fault in key.faults):
        return key.text
    return "; ".join(f"{tag.name}={_usual_value(tag)}" for tag in key.tags.tags)


def is_key_text(text: str) -> bool:
    """Whether `text` is plainly meant as a DKIM key record, wherever it stands.

    So it is if it begins with `v=DKIM` in any case, has `k=` of a known key type and `p=`, or has a `p=` of
    long base64. A DomainKeys policy is none.
    """
    if "=" not in text or is_domainkeys_policy(text):
        return False
    tags = split_tags(_blanked(text)).tags
    values = {tag.name.lower(): tag.value for tag in reversed(tags)}
    is_dkim = values.get("v", _VERSION).lower().startswith("dkim")
    if tags and tags[0].name.lower() == "v":
        return is_dkim
    if not is_dkim or "p" not in values:
        return False
    if values.get("k", "").lower() in ALGORITHMS:
        return True
    return bool(_LONG_BASE64.match("".join(values["p"].split())))


def is_domainkeys_policy(text: str) -> bool:
    """Whether `text` is a left-over DomainKeys (RFC 4870 section 3.6) or ADSP (RFC 5617) policy, no key."""
    tags = split_tags(_blanked(text)).tags
    values = {tag.name.lower(): tag.value.lower() for tag in tags}
    if tags and tags[0].name.lower() == "dkim":
        return tags[0].value.lower() in ("all", "unknown", "discardable")
    if not values.keys() <= {"v", "o", "r", "t", "n"} or values.get("v", "dkim1") != "dkim1":
        return False
    return values.get("o") in ("~", "-") or ("v" not in values and "o" not in values and values.get("t") == "y")


def _items(tag: Tag | None) -> tuple[str, ...]:
    """The values of a colon-separated list, however they are parted."""
    return tuple(item for item in _SEPARATORS.split(tag.value) if item) if tag else ()


def _usual_value(tag: Tag) -> str:
    if tag.name == "p":
        return "".join(tag.value.split())
    return ":".join(_items(tag)) if tag.name in _LISTS else tag.value


def _blanked(text: str) -> str:
    """The text with blanks for every backslash before a semicolon and every quote."""
    if "\\;" in text:
        text = _ESCAPED_SEMICOLON.sub(_blanks, text)
    return _QUOTE.sub(_blanks, text) if _has_quotes(text) else text


def _has_quotes(text: str) -> bool:
    return any(mark in text for mark in QUOTES)


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _repaired(text: str) -> tuple[TagList, list[Fault]]:
    """The tags as they were meant, and a fault for each kind of slip that would hide them."""
    faults: list[Fault] = []
    escape = _ESCAPED_SEMICOLON.search(text) if "\\;" in text else None
    if escape:
        message = r"`\;` is published with its backslash, so receivers read no tags; write `;`"
        faults.append(Fault(escape.start(), escape.end() + 1, "syntax", message, "", _TAG_LIST))
        text = _ESCAPED_SEMICOLON.sub(_blanks, text)
    for repair in (_without_quotes, _without_frame, _with_semicolons, _without_cuts):
        tags = split_tags(text)
        text, fault = repair(text, tags)
        if fault:
            faults.append(fault)
    return split_tags(text), faults


def _without_quotes(text: str, tags: TagList) -> tuple[str, Fault | None]:
    for tag in tags.tags if _has_quotes(text) else ():
        # A quote is an ordinary character of a note, and of a key it is one wrong character among others.
        end = tag.value_start if tag.name in ("n", "p") else tag.end
        found = _QUOTE.search(text, tag.start, end)
        if found:
            message = "quotes are published as part of the record; remove them"
            fault = Fault(found.start(), found.end(), "syntax", message, "", _TAG_LIST)
            return _QUOTE.sub(_blanks, text), fault
    return text, None


def _without_frame(text: str, tags: TagList) -> tuple[str, Fault | None]:
    """Takes off the outer `v=DKIM1; p=` where a whole record was pasted as the key."""
    p = tags.first("p")
    if p is None or not "".join(p.value[:20].lower().split()).startswith("v=dkim"):
        return text, None
    message = "a whole record is inside `p=`; remove what comes before it"
    fault = Fault(p.start, p.value_start, "syntax", message, "", _KEY_RECORD)
    return " " * p.value_start + text[p.value_start :], fault


def _with_semicolons(text: str, tags: TagList) -> tuple[str, Fault | None]:
    found: list[re.Match[str]] = []
    for tag in tags.tags:
        if "=" in tag.value and tag.name in ("v", "k", "p", *_LISTS):
            pattern = _RUN_ON_AFTER_KEY if tag.name == "p" else _RUN_ON
            found += pattern.finditer(text, tag.value_start, tag.end)
    if not found:
        return text, None
    characters = list(text)
    for match in found:
        at = match.start()
        characters[at] = ";"
        # What stands there in the semicolon's stead goes with it: `v=DKIM1, k=rsa`.
        while characters[at - 1] in " \t\r\n,:":
            at -= 1
            characters[at] = " "
    names = list(dict.fromkeys(f"{match.group(1)}=" for match in found))
    message = f"a `;` is missing before {one_of(names).replace(' or ', ' and ')}"
    start, end = found[0].span(1)
    return "".join(characters), Fault(start, end + 1, "syntax", message, "", _TAG_LIST)


def _without_cuts(text: str, tags: TagList) -> tuple[str, Fault | None]:
    characters = list(text)
    fault: Fault | None = None
    joined = False
    for before, tag in zip(tags.tags, tags.tags[1:], strict=False):
        joined = (joined or before.name == "p") and _is_piece_of_key(tag)
        if not joined:
            continue
        for at in range(before.end, tag.start):
            characters[at] = " "
        if fault is None:
            cut = text.index(";", before.end)
            message = "a `;` cuts the key in two; remove it"
            if not before.value:
                message = "a `;` separates `p=` from the key after it; remove it"
            fault = Fault(cut, cut + 1, "syntax", message, "", _KEY_RECORD)
    return "".join(characters), fault


def _is_piece_of_key(tag: Tag) -> bool:
    text = f"{tag.name}={tag.value}" if tag.name else tag.value
    compact = "".join(text.split())
    return (len(compact) >= 16 or compact.endswith(_OFTEN_LAST)) and bool(_BASE64.fullmatch(compact))


def _lost_key(tags: TagList) -> Tag | None:
    """The part that is the key, in a record without `p=`."""
    for tag in tags.tags:
        bare_key = tag.end - tag.start >= 40 and _is_piece_of_key(tag)
        if tag.name == "P" or bare_key or (tag.name or tag.value)[:2] in ("p:", "p "):
            return tag
    return None


def _missing_key_faults(tags: TagList, lost: Tag | None) -> list[Fault]:
    if lost:
        message = "`p=` is missing before the key, so receivers find none"
        end, way_out = lost.start, "put `p=` before the key"
        if lost.name == "P":
            message = "`P=` is not `p=`: tag names are case-sensitive, so receivers find no key"
            end, way_out = lost.value_start, "write `p=`"
        elif (lost.name or lost.value)[:2] in ("p:", "p "):
            end, way_out = lost.start + 2, "write `p=`"
        return [Fault(lost.start, end, "key-missing", message, way_out, _KEY_RECORD)]
    # `k=rsap=…`: the value that swallowed the key is reported by itself.
    if any("p=" in tag.value for tag in tags.tags if tag.name in ("v", "k")):
        return []
    end = tags.tags[-1].end if tags.tags else 0
    message = "`p=` is missing, so receivers find no key"
    named = any(tag.name for tag in tags.tags)
    way_out = "in a zone file, an unquoted `;` begins a comment: quote the whole text" if named else ""
    return [Fault(end, end, "key-missing", message, way_out, _KEY_RECORD)]


def _foreign(version: Tag) -> Fault:
    word = quoted(f"v={version.value.split()[0]}")
    message = f"{word} begins another kind of record; a DKIM key record begins with `v={_VERSION}`"
    return Fault(version.start, version.end, "syntax", message, "", _KEY_RECORD)


def _version_faults(tags: TagList) -> list[Fault]:
    version = tags.first("v")
    if version is None:
        return []
    if version.value != _VERSION:
        what = f"{quoted(f'v={version.value}')} must be exactly `v={_VERSION}`"
    elif next(tag for tag in tags.tags if tag.name) is not version:
        what = f"`v={_VERSION}` must be the first tag"
    else:
        return []
    message = f"{what}, or receivers ignore the record"
    return [Fault(version.start, version.end, "syntax", message, "", _KEY_RECORD)]


def _list_faults(tags: TagList, lost: Tag | None) -> list[Fault]:
    """Faults of the tag list as such (RFC 6376 section 3.2), and tags that mean nothing."""
    faults: list[Fault] = []
    if tags.empty:
        at = tags.empty[0]
        message = "nothing comes before this `;`; remove it"
        faults.append(Fault(at, at + 1, "syntax", message, "", _TAG_LIST))
    again = [tag for _, tag in tags.repeated()]
    if again:
        others = len({tag.name for tag in again}) - 1
        more = f" and {others} more" if others else ""
        message = f"{quoted(f'{again[0].name}=')}{more} may occur only once, or receivers ignore the record"
        faults.append(Fault(again[0].start, again[0].end, "syntax", message, "keep one", _TAG_LIST))
    judged_before = {tag.start for tag in again}
    if lost:
        judged_before.add(lost.start)
    bare = not any(tag.name for tag in tags.tags)  # no tag list at all: the missing key says enough
    for tag in tags.tags:
        if tag.start not in judged_before and (tag.name or not bare):
            faults += _tag_faults(tag)
    return faults


def _tag_faults(tag: Tag) -> list[Fault]:
    start, end, kind = tag.start, tag.start + len(tag.name), "syntax"
    control = None if tag.name == "p" or tag.value.isprintable() else _CONTROL.search(tag.value)
    if not tag.name:
        part = tag.value if tag.start == tag.value_start else f"={tag.value}"
        end, message = tag.end, f"{quoted(part)} is not a tag; expected `name=value`"
    elif tag.name not in _KNOWN and not _TAG_NAME.fullmatch(tag.name):
        message = f"{quoted(tag.name)} is not a tag name; expected one of {one_of(_KNOWN)}"
    elif tag.name not in _KNOWN:
        kind, small = "unknown-tag", tag.name.lower()
        message = f"receivers ignore the unknown tag {quoted(tag.name)}; expected one of {one_of(_KNOWN)}"
        if small in _KNOWN:
            message = f"receivers ignore `{tag.name}=`, as tag names are case-sensitive; write `{small}=`"
    elif tag.name in _LISTS and _is_wrongly_parted(tag):
        end, right = tag.end, ":".join(_items(tag))
        message = f"colons must separate the values of `{tag.name}=`; write {quoted(f'{tag.name}={right}')}"
    elif control:
        start, end = tag.value_start + control.start(), tag.value_start + control.end()
        message = f"the control character `U+{ord(control.group()):04X}` is not allowed in a tag; remove it"
    else:
        return []
    return [Fault(start, end, kind, message, "", _TAG_LIST)]


def _is_wrongly_parted(tag: Tag) -> bool:
    return any(mark in item.strip(BLANKS) for item in tag.value.split(":") for mark in f"{BLANKS},|")


def _use_faults(tags: TagList) -> list[Fault]:
    """What bars or weakens the use of a sound key: its hashes, its services, its test flag."""
    faults: list[Fault] = []
    h, s, t = (tags.first(name) for name in _LISTS)
    if h and "sha256" not in _items(h):
        reason = "SHA-1, which is forbidden" if _items(h) == ("sha1",) else "a hash that receivers do not know"
        message = f"{quoted(f'h={h.value}')} allows {reason}; write `h=sha256` or leave `h=` out"
        faults.append(Fault(h.start, h.end, "hash-unusable", message, "", "RFC 8301 section 3.1"))
    if s and not any(item in _SERVICES for item in _items(s)):
        message = f"{quoted(f's={s.value}')} keeps the key from mail; write `s=email` or leave `s=` out"
        faults.append(Fault(s.start, s.end, "service", message, "", _KEY_RECORD))
    if t and "y" in _items(t):
        message = "`t=y` says that the key is only tested, so a bad signature counts as none; remove it"
        faults.append(Fault(t.start, t.end, "testing", message, "", _KEY_RECORD))
    return faults


def _key(text: str, tags: TagList) -> tuple[PublicKey | None, list[Fault]]:
    k, p = tags.first("k"), tags.first("p")
    algorithm = k.value.lower() if k else RSA
    faults: list[Fault] = []
    if k and k.value not in ALGORITHMS:
        message = f"{quoted(f'k={k.value}')} is not a key type receivers know; expected one of {one_of(ALGORITHMS)}"
        near = nearest(k.value, ALGORITHMS)
        faults.append(Fault(k.start, k.end, KIND, message, f"did you mean `{near}`?" if near else "", _KEY_RECORD))
    if p is None or algorithm not in ALGORITHMS:
        return None, faults
    from .key_reading import read_key  # most keys are of the usual shape

    found = read_key(p.value, p.value_start, algorithm)
    if isinstance(found, PublicKey):
        return found, faults + length_faults(found, p)
    if is_truncated(found) and len(text) == 255:
        way_out = "one string of a TXT record holds 255 characters; publish the rest of the key in a second one"
        found = found._replace(help=way_out)
    return None, [*faults, found]
