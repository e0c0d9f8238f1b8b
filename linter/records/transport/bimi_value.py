"""A BIMI record as values, and what its parts may be (draft-brand-indicators-for-message-identification)."""

from linter.records.text.fault import Fault
from linter.records.text.field_list import RecordKind
from linter.records.text.tags import TagList
from linter.source.frozen import Frozen

KIND = RecordKind(
    "v=BIMI1",
    "l",
    "l=https://example.com/logo.svg",
    "receivers",
    "show no logo",
    "draft-brand-indicators-for-message-identification section 4.3",
)
TAGS = ("v", "l", "a", "avp", "lps")
AVATARS = ("brand", "personal")
NO_LOGO = ("png", "jpg", "jpeg", "gif", "webp", "bmp", "ico", "tif", "tiff", "heic", "avif", "eps", "ai", "pdf", "pem")
"""What the path of a logo cannot end in; SVG is the only format."""
NO_EVIDENCE = (*NO_LOGO[:-1], "svg", "svgz", "html", "htm", "zip", "json", "p12", "pfx", "p7b", "der")
"""What the path of an evidence document, which is PEM, cannot end in."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLAIN = f"{_LETTERS}{_LETTERS.upper()}0123456789"
# RFC 3986 but for comma, semicolon and brackets; `%` is looked at on its own.
_URI = f"{_PLAIN}-._~:/?#@!$&'()*+=%"
_PREFIX = f"{_PLAIN}-"
_LONGEST_PREFIX = 63


class Bimi(Frozen):
    """One BIMI record.

    `location` is the URI of the logo, "" where the domain declines BIMI, None where it is missing or invalid.
    `evidence` is the URI of the evidence document, "" where there is none, None where it is invalid. `avatar` is one
    of AVATARS: what the domain prefers to be shown. `prefixes` are those of the local parts that the record is for,
    in lower case; () stands for all.

    The kinds of its faults: "syntax" where receivers refuse the record, "evidence" where no certificate for the
    logo can be had, "unknown-tag".
    """

    text: str
    tags: TagList
    faults: tuple[Fault, ...] = ()
    location: str | None = None
    evidence: str | None = ""
    avatar: str = "brand"
    prefixes: tuple[str, ...] = ()

    @property
    def declines(self) -> bool:
        """Whether the domain asks for no logo: both URIs are empty (section 4.3.1)."""
        return self.location == "" and self.evidence == ""


def is_bimi(text: str) -> bool:
    """Whether receivers take the text for a BIMI record: its first tag is `v` with the value `BIMI1`."""
    if text[:1] != "v":
        return False
    rest = text[1:].lstrip(" \t")
    value = rest[1:].lstrip(" \t")
    return rest[:1] == "=" and value[:5] == "BIMI1" and value[5:].lstrip(" \t")[:1] in ("", ";")


def to_text(bimi: Bimi) -> str:
    """The record in its usual spelling; what is missing or invalid is left out, and so are defaults."""
    parts = [KIND.version]
    if bimi.location is not None:
        parts.append(f"l={bimi.location}")
    if bimi.evidence or bimi.location == "":
        parts.append(f"a={bimi.evidence or ''}")
    if bimi.avatar != AVATARS[0]:
        parts.append(f"avp={bimi.avatar}")
    if bimi.prefixes:
        parts.append(f"lps={','.join(bimi.prefixes)}")
    return "; ".join(parts)


def is_https(uri: str) -> bool:
    """Whether a text is one `https:` URI with a host name."""
    rest = uri[8:]
    authority = rest.partition("/")[0].partition("?")[0].partition("#")[0]
    host, colon, port = authority.partition(":")
    return (
        uri[:8].lower() == "https://"
        and not rest.strip(_URI)
        and ("%" not in rest or all(_is_octet(piece[:2]) for piece in rest.split("%")[1:]))
        and rest.count("#") < 2
        and _is_host(host)
        and (not colon or (port.isdigit() and len(port) < 6))
    )


def suffix(uri: str) -> str:
    """What the path of an `https:` URI ends in behind its last dot, in lower case; "" without any."""
    path = uri[8:].partition("#")[0].partition("?")[0].partition("/")[2]
    return path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""


def is_location(value: str) -> bool:
    """Whether a text can be the value of `l`."""
    return value == "" or (is_https(value) and suffix(value) not in NO_LOGO)


def is_evidence(value: str) -> bool:
    """Whether a text can be the value of `a`: its host is a whole name."""
    return value == "" or (is_https(value) and "." in value[8:].partition("/")[0])


def read_prefixes(value: str) -> list[str] | None:
    """The prefixes of `lps` in lower case, or None where one of them cannot be."""
    prefixes = [prefix.strip(" \t").lower() for prefix in value.split(",")] if value else []
    valid = all(0 < len(prefix) <= _LONGEST_PREFIX and not prefix.strip(_PREFIX) for prefix in prefixes)
    return prefixes if valid else None


def _is_host(host: str) -> bool:
    """Whether a text is a host name in a URI; unlike a mail host, it may have underscores."""
    labels = host.split(".")
    return all(label.strip("-_").replace("-", "x").replace("_", "x").isalnum() for label in labels) and not (
        labels[-1].isdigit()
    )


def _is_octet(digits: str) -> bool:
    return len(digits) == 2 and not digits.strip("0123456789abcdefABCDEF")
