"""Where findings are and what they say, as machines read it: positions, paths and one-line messages."""

from linter.finding import Finding
from linter.source.text import Position, Span

from .shown import shown


def ends_of(span: Span) -> tuple[Position, Position]:
    """The first position of a span, and the one behind its last character."""
    return span.source.position(span.start), span.source.position(max(span.start, span.end))


def sentence(finding: Finding) -> str:
    """The fault, with the way out in brackets behind it where there is one; one printable line."""
    way_out = f" ({finding.help})" if finding.help else ""
    return shown(f"{finding.message}{way_out}")


def spelled(path: str) -> str:
    """A path as text that any reader takes: bytes of its name that are not UTF-8 are shown as escapes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return shown(path)
    return path
