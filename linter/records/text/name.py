"""Domain names as text: absolute, lower case, with the final dot; and what is wrong with a written one."""

import re

from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .fault import quoted
from .scripts import a_label

MAX_LABEL = 63
MAX_NAME = 253
"""Characters without the final dot; 255 octets on the wire (RFC 1035 section 2.3.4)."""

_PLAIN = Pattern(r"(?:\*\.)?[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*|\*")
_HOST = Pattern(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\.")
_IPV4 = Pattern(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_IPV6 = Pattern(r"[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*")
_URL = Pattern(r"[a-z][a-z0-9+.-]*://")
_WEB_ADDRESS = Pattern(r"(?:[a-z][a-z0-9+.-]*:/+|//|https?:)([^/:?#]+)", re.IGNORECASE)
_STRANGE = Pattern(r"[\x00-\x20\x7f\"'\\,;:()@<>]")

_MOST_KNOWN = 2048
_plain_names: dict[str, str] = {}
"""Names with nothing to say of them, and how they are in lower case: most zones have the same few."""


class NameFault(Frozen):
    """What is wrong with a name; offsets in code points into the text as it was written."""

    start: int
    end: int
    message: str
    help: str = ""


def absolute(relative: str, origin: str) -> tuple[str, NameFault | None]:
    """The absolute name of a relative owner name ("" is the apex), and its fault if it has one.

    `origin` is absolute. A name in other scripts becomes its A-labels (RFC 5890), as octoDNS does it. A faulty
    name comes to what was meant: `@` and `example.com.` to the zone itself.
    """
    if not relative:
        return origin, None
    text = _plain_names.get(relative) or _plain(relative)
    if text is not None:
        name = f"{text}.{origin}"
        if len(name) <= MAX_NAME + 1:
            return name, None
    return _absolute_slowly(relative, relative.lower(), origin)


def _plain(relative: str) -> str | None:
    """A name in lower case, which is kept; None where there is something to say of it."""
    text = relative.lower()
    if not _PLAIN.fullmatch(text):
        return None
    if len(_plain_names) >= _MOST_KNOWN:
        _plain_names.clear()
    if len(relative) <= MAX_NAME:
        _plain_names[relative] = text
    return text


def _absolute_slowly(written: str, text: str, origin: str) -> tuple[str, NameFault | None]:
    ascii_text, fault = to_ascii(text)
    fault = fault or _label_fault(written, ascii_text)
    if written == "@":
        return origin, fault
    if ascii_text.endswith("."):  # what is meant is as plain as the fault: an absolute name
        name = ascii_text if is_under(ascii_text, origin) else f"{ascii_text}{origin}"
        return name, fault
    name = f"{ascii_text}.{origin}".replace("..", ".")
    return name, fault or _length_fault(written, name)


def to_ascii(text: str) -> tuple[str, NameFault | None]:
    """Every label that is not ASCII turned into its A-label."""
    if text.isascii():
        return text, None
    labels, position = [], 0
    for label in text.split("."):
        made = a_label(label)
        if made is None:
            fault = NameFault(position, position + len(label), f"{quoted(label)} has no A-label form (RFC 5890)")
            return text.encode("ascii", "replace").decode("ascii").replace("?", "-"), fault
        labels.append(made)
        position += len(label) + 1
    return ".".join(labels), None


def _label_fault(written: str, text: str) -> NameFault | None:
    end = len(written)
    if written == "@":
        return NameFault(0, 1, "`@` is not a valid name here; the zone itself is written `''`", "write `''` instead")
    if written.endswith("."):
        message = f"{quoted(written)} ends in a dot, but names here are relative to the zone"
        return NameFault(end - 1, end, message, "remove the zone's own name and the dot")
    position = 0
    for label, shown in zip(text.split("."), written.split("."), strict=True):
        place = (position, position + len(shown))
        if not label:
            return NameFault(*place, f"{quoted(written)} has an empty label", "labels are separated by one dot")
        if len(label) > MAX_LABEL:
            return _long_label(label, place)
        strange = _STRANGE.search(shown)
        if strange:
            start = position + strange.start()
            return NameFault(start, start + 1, f"{_shown(strange[0])} is not allowed in a name")
        position += len(shown) + 1
    return None


def _long_label(label: str, place: tuple[int, int]) -> NameFault:
    message = f"a label of {len(label)} bytes, {len(label) - MAX_LABEL} too many"
    return NameFault(*place, message, f"a label has at most {MAX_LABEL} bytes")


def _length_fault(written: str, name: str) -> NameFault | None:
    length = len(name) - 1
    if length <= MAX_NAME:
        return None
    message = f"the whole name has {length} characters, {length - MAX_NAME} too many"
    return NameFault(0, len(written), message, f"a name has at most {MAX_NAME}")


def target_fault(written: str, name: str) -> NameFault | None:
    """Why a value that should point to a name does not: it is not a name, has an empty label, or is too long.

    `written` is what is in the file, `name` the same in ASCII and lower case. What octoDNS's templating
    fills in (`{zone_name}`) is not a fault.
    """
    whole = (0, len(written))
    if not written:
        return NameFault(*whole, "empty value; expected a name")
    if _PLAIN.fullmatch(name.removesuffix(".")) and len(name) <= MAX_NAME + 1 and not name[-2:].strip(".").isdigit():
        return None
    if name == "." or ("{" in written and "}" in written):
        return None
    if is_address(name.strip("[].")):
        return NameFault(*whole, f"{quoted(written)} is an address where a name must be")
    if _URL.match(name):
        return NameFault(*whole, f"{quoted(written)} is a URL where a name must be", "keep only the host's name")
    if any(mark in written for mark in "=;"):
        return NameFault(*whole, f"{quoted(written)} is the text of a record, not a name")
    if written == "@":
        return NameFault(*whole, "`@` is not a valid name here", "write the zone's own name with its final dot")
    return _target_label_fault(written, name) or _length_fault(written, name)


def impossibility(name: str) -> str:
    """Why no DNS can hold an absolute name, in words that follow it; "" where one can (RFC 1035 section 2.3.4)."""
    bare = name.removesuffix(".")
    if bare and "" in bare.split("."):
        return "has an empty label"
    length = max(map(len, bare.split(".")))
    if length > MAX_LABEL:
        return f"has a label of {length} characters, {length - MAX_LABEL} too many"
    return f"has {len(bare)} characters, {len(bare) - MAX_NAME} too many" if len(bare) > MAX_NAME else ""


def _target_label_fault(written: str, name: str) -> NameFault | None:
    strange = _STRANGE.search(written)
    if strange:
        return NameFault(*strange.span(), f"{_shown(strange[0])} is not allowed in a name")
    if _STRANGE.search(name):  # a no-break space, which IDNA turns into a blank
        return NameFault(0, len(written), f"{quoted(written)} cannot be a name")
    end = len(written) - written.endswith(".")
    position = 0
    for label, shown in zip(name.removesuffix(".").split("."), written[:end].split("."), strict=False):
        past = position + len(shown)
        if not label:
            # The dots stand for what is not there.
            place = (max(position - 1, 0), min(past + 1, len(written)))
            return NameFault(*place, f"{quoted(written)} has an empty label", "labels are separated by one dot")
        if len(label) > MAX_LABEL:
            return _long_label(label, (position, past))
        position = past + 1
    return None


def _shown(character: str) -> str:
    if character == " ":
        return "a blank"
    return f"`{character}`" if character.isprintable() else f"the character U+{ord(character):04X}"


def dotless(name: str) -> str:
    """A name as people write it: without the final dot; the root stays a dot."""
    return name.rstrip(".") or name


def dotted(written: str) -> str:
    """A written name that is absolute with or without its final dot, as all names here are: in lower case, with it."""
    return f"{written.lower().rstrip('.')}."


def shown(name: str) -> str:
    """A name as messages have it: in backticks, without the final dot."""
    return quoted(dotless(name), MAX_NAME)


def slug(text: str) -> str:
    """A text as a part of a name: its letters and digits in lower case, hyphens for all else."""
    plain = "".join(each if each.isascii() and each.isalnum() else "-" for each in text.lower())
    return "-".join(part for part in plain.split("-") if part)


def url_host(text: str) -> str:
    """The host of a web address that stands where a name must; "" for any other text."""
    if ":" not in text and "/" not in text:  # most runs meet none, and the pattern is the dearest to compile
        return ""
    found = _WEB_ADDRESS.match(text)
    return found[1] if found else ""


def is_under(name: str, ancestor: str) -> bool:
    """Whether an absolute name is `ancestor` or lies below it."""
    return name == ancestor or ancestor == "." or name.endswith(f".{ancestor}")


def parent(name: str) -> str:
    """The name one label shorter; the root's parent is the root."""
    _, _, rest = name.partition(".")
    return rest or "."


def ancestors(name: str, top: str = ".") -> "list[str]":
    """The name itself and every name above it, up to `top`; up to the root where `top` is not among them.

    All walks up a name are walks over this list, so none can miss its end and go on for ever at the root.
    """
    found = [name]
    while name not in (top, "."):
        name = name.partition(".")[2] or "."
        found.append(name)
    return found


def is_host_name(name: str) -> bool:
    """Whether an absolute lower-case name can belong to a host: letters, digits, hyphens (RFC 1123 2.1)."""
    return bool(_HOST.fullmatch(name)) and not is_address(name)


def is_address(text: str) -> bool:
    """Whether a text is, or was plainly meant as, an IP address; a final dot does not matter."""
    bare = text.rstrip(".").lower()
    if ":" in bare:
        return bool(_IPV6.fullmatch(bare))
    return bare[-1:].isdigit() and bool(_IPV4.fullmatch(bare))
