"""PyYAML's complaint about a text that is not YAML, said with its place and a way out."""

from yaml import YAMLError
from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

from .text import Source, SourceFault, Span

_DOUBLE_IT = "use single quotes, or double the backslash"


def syntax_fault(source: Source, error: YAMLError, deepest: int) -> SourceFault:
    """The fault for the first thing libyaml cannot read; `deepest` is how many levels our own reader allows."""
    if isinstance(error, ReaderError):
        return _character_fault(source, error)
    if not isinstance(error, MarkedYAMLError):
        return SourceFault(Span(source, 0, 1), "yaml-syntax", "no YAML that libyaml can read")
    mark = error.problem_mark or error.context_mark
    if "quoted scalar" in (error.context or "") and "end of stream" in (error.problem or "") and error.context_mark:
        start = error.context_mark.index
        message, way_out = "a quote that is never closed", "close it; inside single quotes a quote is written `''`"
        return SourceFault(Span(source, start, start + 1), "yaml-syntax", message, way_out)
    offset = min(mark.index if mark else 0, len(source.text))
    problem = " ".join((error.problem or "cannot be read").split())
    if "maximum nesting depth" in problem:  # libyaml's own bound, met before ours: its scanner reads ahead
        span = Span(source, offset, offset + 1)
        return SourceFault(span, "yaml-limits", f"more than {deepest} levels deep")
    message, way_out = _worded(source, offset, problem)
    if error.context and message == problem:
        message = f"{problem} {' '.join(error.context.split())}"
    related: tuple[tuple[Span, str], ...] = ()
    context = error.context_mark
    if context and context.index < offset and source.position(context.index).line != source.position(offset).line:
        related = ((Span(source, context.index, context.index + 1), "of what begins here"),)
    span = Span(source, offset, min(offset + 1, len(source.text)))
    return SourceFault(span, "yaml-syntax", message, way_out, related)


def _worded(source: Source, offset: int, problem: str) -> tuple[str, str]:
    """(message, help) for the frequent ones in the words of somebody who edits zones."""
    text = source.text
    here = text[offset : offset + 1]
    if "unknown escape character" in problem:
        escape = text[offset : offset + 2]
        way_out = "use single quotes, or no quotes, or write `;`" if escape == "\\;" else _DOUBLE_IT
        return f"`{escape}` is not an escape that double quotes know", way_out
    if here == "\t":
        return "a tab stands where only spaces may indent", "replace it with spaces"
    if here in ("@", "`", "%") and "cannot start any token" in problem:
        return f"a value cannot begin with `{here}`", "put it in quotes; the zone itself is written `''`"
    if "did not find expected alphabetic or numeric character" in problem:
        sign = text[max(0, offset - 1) : offset]
        way_out = "put the text in quotes" if sign == "&" else "put a wildcard in quotes: `'*'`"
        return f"`{sign or '*'}` begins an alias or anchor, and no name follows", way_out
    if "mapping values are not allowed" in problem:
        return "a colon and a space inside a value that is not quoted", "put the whole value in quotes"
    if "could not find expected ':'" in problem:
        return (
            "a key without its colon",
            "write `name:`; a text over several lines needs quotes or deeper indent",
        )
    if "did not find expected key" in problem:
        return "something that is neither a key of this mapping nor part of the value above", (
            "check the indentation, and quotes inside quotes"
        )
    return problem, ""


def _character_fault(source: Source, error: ReaderError) -> SourceFault:
    """libyaml counts this position in octets of the UTF-8 text; find the character from its code instead."""
    code = error.character if isinstance(error.character, int) else -1
    position = source.text.find(chr(code)) if 0 <= code < 0x110000 else -1
    start = max(position, 0)
    what = f"the control character U+{code:04X}" if code >= 0 else "a control character"
    message = f"{what} cannot stand in YAML"
    if code == 0:
        message = "a null byte: this is not a text file"
    return SourceFault(Span(source, start, start + 1), "yaml-syntax", message)
