"""The comma-separated lists of URIs that say where DMARC and TLS reports go."""

import re

from linter.records.text.fault import Fault, nearest, one_of, proposal, quoted
from linter.records.text.tags import BLANKS
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

_new = tuple.__new__


class ReportUri(Frozen):
    """One entry of a `rua` or `ruf` list that is a valid URI.

    `text` is the entry as written. `scheme` and `host` are in lower case; `host` is the destination of the
    reports. `address` is the mailbox of a `mailto:` URI with its percent-encoding undone, "" for `https:`.
    `size` is DMARC's obsolete size limit with its exclamation mark (`!10m`), "" where there is none.
    `start`/`end` enclose `text` in the record.
    """

    text: str
    scheme: str
    address: str
    host: str
    size: str
    start: int
    end: int


class ReportUris(Frozen):
    """What one list holds.

    `valid` has every entry that is syntactically a `mailto:` or `https:` URI, also where a fault says that no
    report will arrive there (a placeholder, a scheme nobody sends to): receivers count it (RFC 9989 section
    4.10.1).
    """

    valid: tuple[ReportUri, ...]
    faults: tuple[Fault, ...]


class UriSyntax(Frozen):
    """What one kind of record asks of its lists.

    `schemes` are those that reports are sent to; `sizes` is whether an entry may end in `!10m`; `reports` is
    what a message calls the reports.
    """

    schemes: tuple[str, ...]
    sizes: bool
    reports: str
    reference: str


# RFC 9989 admits every URI; reports go out by mail only.
DMARC_URIS = UriSyntax(("mailto",), True, "DMARC reports", "RFC 9989 section 4.6")
TLS_RPT_URIS = UriSyntax(("mailto", "https"), False, "TLS reports", "RFC 8460 section 3")

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*"
_SIZE = r"(![0-9]+[KMGTkmgt]?)?"
# RFC 6068 section 2, but lenient with what receivers take unencoded in the local part (`=` and `&`).
_MAILTO = Pattern(
    rf"(?i:mailto):((?:[A-Za-z0-9._+=~$&'*-]|%[0-9A-Fa-f]{{2}})+@({_HOST}))"
    rf"(?:\?(?:[A-Za-z0-9._+=~$&'*()/?:@-]|%[0-9A-Fa-f]{{2}})*)?{_SIZE}"
)
_HTTPS = Pattern(
    rf"(?i:https)://({_HOST})(?::[0-9]*)?"
    rf"(?:[/?](?:[A-Za-z0-9._+=~$&'*()/?:@-]|%[0-9A-Fa-f]{{2}})*)?{_SIZE}"
)
_SCHEME = Pattern(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BLANK = Pattern(r" +")
# What RFC 3986 has in no URI of these two schemes; blanks have a message of their own.
_NOT_URI = Pattern(r"[\"#<>\[\\\]^`{|}\x7f-\U0010ffff]|%(?![0-9A-Fa-f]{2})")
_PLACEHOLDER = Pattern(r"(?<![A-Za-z])YOUR[_-]\w*|CHANGE[_-]?ME|(?i:@your[_-]?domain)\b")


def report_uris(text: str, start: int, end: int, syntax: UriSyntax) -> ReportUris:
    """Read the list that stands at `start` to `end` of a record, without blanks around it."""
    spans = _entries(text, start, end)
    entries = [(text[first:last], first) for first, last in spans]
    uris = [_plain_uri(entry, first) or _any_uri(entry, first, syntax) for entry, first in entries]
    valid = tuple([uri for uri in uris if uri is not None])
    faults = [_fault((uri.start, uri.end), found, syntax) for uri in valid if (found := _drawback(uri, syntax))]
    if len(valid) < len(spans):
        faults += _faults(text, spans, uris, syntax)
        faults.sort()
    return _new(ReportUris, (valid, tuple(faults)))


def _entries(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span of each entry without the blanks around its commas; an empty one is the comma beside it."""
    if text.find(",", start, end) < 0:
        return [(start, end)]
    spans = []
    position = start
    while position <= end:
        comma = text.find(",", position, end)
        stop = end if comma < 0 else comma
        entry = text[position:stop].strip(BLANKS)
        if entry:
            first = text.index(entry, position)
            spans.append((first, first + len(entry)))
        elif position > start:
            spans.append((position - 1, position))
        else:
            spans.append((stop, min(stop + 1, end)))
        position = stop + 1
    return spans


def _faults(text: str, spans: list[tuple[int, int]], uris: list[ReportUri | None], syntax: UriSyntax) -> list[Fault]:
    faults = []
    torn = False
    for index, (first, last) in enumerate(spans):
        if uris[index] is not None or torn:
            torn = False
            continue
        following = spans[index + 1] if index + 1 < len(spans) else (last, last)
        entry, behind = text[first:last], text[slice(*following)]
        if index == len(spans) - 1 and ends_in_mailto(text, last):
            faults.append(_fault((last, last + 1), ("`mailto` needs a colon, not `;`", "write `:`"), syntax))
            continue
        torn = _is_torn(entry, behind)
        if torn:
            is_whole = _any_uri(f"{entry}%2C{behind}", 0, syntax) is not None
            way_out = "write `%2C`" if is_whole else "a comma inside an address is `%2C`"
            faults.append(_fault((last, following[0]), (_TORN, way_out), syntax))
        else:
            faults.append(_fault((first, last), _complaint(text[first:last], syntax), syntax))
    return faults


def ends_in_mailto(text: str, semicolon: int) -> bool:
    """Whether the semicolon at an offset stands in place of the colon of `mailto:`, with an address behind it."""
    if text[max(0, semicolon - 6) : semicolon + 1].lower() != "mailto;" or text[: semicolon - 6][-1:] not in (
        "=",
        ",",
        " ",
    ):
        return False
    behind = re.split("[;,]", text[semicolon + 1 :], maxsplit=1)[0].rstrip(BLANKS)
    return _MAILTO.fullmatch(f"mailto:{behind}") is not None


def _fault(span: tuple[int, int], complaint: tuple[str, str], syntax: UriSyntax) -> Fault:
    return Fault(*span, "invalid-uri", *complaint, syntax.reference)


# The form of nearly all addresses, `@your-domain` left out, which nobody has replaced by a real one. This pattern
# compiles and matches in a fraction of the time that _MAILTO takes.
_PLAIN = Pattern(r"mailto:[a-z0-9._+-]+@((?!your)[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:[.-][a-z0-9]+)*)")


def _plain_uri(entry: str, start: int) -> ReportUri | None:
    """A plain `mailto:local@host.example` with nothing wrong about it; None for any other entry."""
    plain = _PLAIN.fullmatch(entry)
    if plain is None:
        return None
    host = plain[1]
    if len(host) > 63:  # the longest label
        return None
    return _new(ReportUri, (entry, "mailto", entry[7:], host, "", start, start + len(entry)))


def _any_uri(entry: str, start: int, syntax: UriSyntax) -> ReportUri | None:
    """An entry of any form; None where it is not a URI."""
    match = _MAILTO.fullmatch(entry)
    if match is not None:
        address, host, size = match.groups("")
        scheme = "mailto"
        if "%" in address:
            from urllib.parse import unquote  # percent-encoded mailboxes are rare

            address = unquote(address)
    else:
        match = _HTTPS.fullmatch(entry)
        if match is None:
            return None
        host, size = match.groups("")
        scheme, address = "https", ""
    if size and not syntax.sizes:
        return None
    return ReportUri(entry, scheme, address, host.lower(), size, start, start + len(entry))


def _drawback(uri: ReportUri, syntax: UriSyntax) -> tuple[str, str] | None:
    """Message and help for a valid URI that gets no reports all the same."""
    if uri.scheme not in syntax.schemes:
        return (
            f"{syntax.reports} are sent by mail only, so receivers ignore {quoted(uri.text)}",
            "name a mailbox: `mailto:…`",
        )
    shouted = uri.text.upper()
    placeholder = _PLACEHOLDER.search(uri.text) if "YOUR" in shouted or "CHANGE" in shouted else None
    if placeholder is not None:
        return f"{quoted(placeholder.group().lstrip('@'))} is a placeholder", "name the real address"
    if "." not in uri.host:
        return (
            f"the domain of {quoted(uri.text)} has no dot, so no report arrives there",
            "name a domain that the whole internet can resolve",
        )
    return None


_TORN = "a comma separates URIs, so neither side of this one is a whole address"


def _is_torn(entry: str, following: str) -> bool:
    """Whether the comma after `entry` belongs into one address: `mailto:a,b@example.com`."""
    return (
        entry[:7].lower() == "mailto:"
        and len(entry) > 7
        and "@" not in entry
        and "@" in following
        and _SCHEME.match(following) is None
    )


def _complaint(entry: str, syntax: UriSyntax) -> tuple[str, str]:
    """Message and help for an entry that is not a valid URI."""
    if entry in ("", ","):
        return "an entry of the list is empty", "remove the comma" if entry else "name a URI"
    invisible = next((character for character in entry if not character.isprintable()), "")
    if invisible:
        return f"the character U+{ord(invisible):04X} is not allowed in a URI", "remove it"
    scheme = _SCHEME.match(entry)
    bad = _NOT_URI.search(entry)
    if bad is not None:
        return _bad_character(entry, bad.group())
    blank = _BLANK.search(entry)
    if blank is not None:
        if _SCHEME.match(entry[blank.end() :]) or "@" in entry[: blank.start()]:
            return f"a blank is inside {quoted(entry)}", "separate URIs with a comma"
        return f"a blank is inside {quoted(entry)}", "remove the blank"
    if scheme is None:
        return _without_scheme(entry, syntax)
    rest = entry[scheme.end() :]
    if scheme.group(1).lower() == "mailto":
        return _bad_mailto(entry, rest)
    if scheme.group(1).lower() == "https":
        return _bad_https(entry, rest)
    known = [f"{name}:" for name in syntax.schemes]
    near = nearest(scheme.group(), known)
    meant = f"did you mean `{near}`?" if near else f"expected {one_of(known)}"
    return f"{quoted(scheme.group())} is not a scheme that {syntax.reports} are sent to; {meant}", ""


def _bad_character(entry: str, bad: str) -> tuple[str, str]:
    if bad == "#" and " #" in entry:
        note = entry[entry.index(" #") + 1 :]
        return f"{quoted(note)} looks like a comment, which a record cannot have", f"remove {quoted(note)}"
    if bad in "<>{}[]%":
        return (
            f"{quoted(bad)} is not allowed in the URI {quoted(entry)}; is it still a placeholder?",
            "name the real address, and nothing around it",
        )
    if bad > "\x7f":
        return (
            f"{quoted(bad)} is not allowed in the URI {quoted(entry)}, which must be ASCII",
            "write an internationalised domain with its `xn--` labels",
        )
    return f"{quoted(bad)} is not allowed in the URI {quoted(entry)}", f"remove the {quoted(bad)}"


def _without_scheme(entry: str, syntax: UriSyntax) -> tuple[str, str]:
    if entry[:6].lower() == "mailto":
        return f"{quoted(entry)} has no colon after `mailto`", "put `mailto:` before the address"
    if "@" in entry:
        # With a host of one label, which no report reaches, it would have the next fault.
        is_sound = _MAILTO.fullmatch(f"mailto:{entry}") is not None and "." in entry.rpartition("@")[2]
        way_out = (proposal(f"mailto:{entry}") if is_sound else "") or "put `mailto:` before it"
        return f"{quoted(entry)} is an address but no URI, so it gets no reports", way_out
    return f"{quoted(entry)} is not a URI; expected {one_of([f'{name}:…' for name in syntax.schemes])}", ""


def _bad_mailto(entry: str, rest: str) -> tuple[str, str]:
    address, mark, size = rest.partition("!")
    local, at, host = address.partition("?")[0].rpartition("@")
    if not rest:
        return f"no address follows {quoted(entry)}", "name the mailbox that reports go to"
    if rest.startswith("//"):
        return f"{quoted(entry)} has `//` where the address begins", "put the address right after `mailto:`"
    if "mailto:" in rest.lower():
        return (
            f"{quoted(entry)} has `mailto:` twice",
            "put one `mailto:` before each address, with commas between",
        )
    if mark and "@" in size:
        return f"`!` is not allowed in the URI {quoted(entry)}", "such a `!` is written `%21`"
    if "@" in local:
        return (
            f"{quoted(entry)} has more than one `@`",
            "separate two addresses with a comma, each with its `mailto:`",
        )
    if not at or not local or not host:
        return f"{quoted(rest)} is not a whole address; expected mailbox, `@` and domain", ""
    if _MAILTO.fullmatch(f"mailto:{address}") and mark:
        return _bad_size(entry, mark + size)
    if re.fullmatch(_HOST, host) is None:
        way_out = "remove the dot at the end" if host.endswith(".") else ""
        return f"{quoted(host)} in {quoted(entry)} is not a domain name", way_out
    return f"{quoted(entry)} is not a valid `mailto:` URI", "percent-encode characters such as `:`"


def _bad_https(entry: str, rest: str) -> tuple[str, str]:
    address, mark, size = rest.partition("!")
    if mark and _HTTPS.fullmatch(f"https:{address}"):
        return _bad_size(entry, mark + size)
    if not rest.startswith("//"):
        return f"{quoted(entry)} has no `//` after `https:`", "put `//` and the host after `https:`"
    return f"{quoted(entry)} is not a valid `https:` URI; expected `https://`, a host name and a path", ""


def _bad_size(entry: str, size: str) -> tuple[str, str]:
    return f"{quoted(size)} is not allowed in the URI {quoted(entry)}", f"remove {quoted(size)}"
