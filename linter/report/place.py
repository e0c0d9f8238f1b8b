"""Where findings and faults are and what they say: positions, paths and one-line messages."""

from linter.finding import Finding
from linter.source.text import Position, SourceFault, Span

from .shown import shown, shown_path


def ends_of(span: Span) -> tuple[Position, Position]:
    """The first position of a span, and the one behind its last character."""
    return span.source.position(span.start), span.source.position(max(span.start, span.end))


def where(span: Span) -> str:
    """Where a span begins, as `path:line:column`."""
    position = span.source.position(span.start)
    return f"{shown_path(span.source.path)}:{position.line}:{position.column}"


def explained(fault: SourceFault) -> str:
    """A fault of a file in one line: its place, what is wrong, and the way out in brackets."""
    way_out = f" ({fault.help})" if fault.help else ""
    return f"{where(fault.span)}: {fault.message}{way_out}"


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
