"""PyYAML's complaint about a text that is no YAML, said with its place and a way out."""

from yaml import YAMLError
from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

from .text import Source, SourceFault, Span


def syntax_fault(source: Source, error: YAMLError) -> SourceFault:
    """The fault for the first thing libyaml cannot read."""
    if isinstance(error, ReaderError):
        return _character_fault(source, error)
    if not isinstance(error, MarkedYAMLError):
        return SourceFault(Span(source, 0, 1), "yaml-syntax", "no YAML that libyaml can read")
    mark = error.problem_mark or error.context_mark
    offset = min(mark.index if mark else 0, len(source.text))
    problem = " ".join((error.problem or "cannot be read").split())
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
        what = text[offset - 1 : offset + 1] if text[offset - 1 : offset] == "\\" else text[offset : offset + 2]
        if ";" in text[offset - 1 : offset + 2]:
            message = "`\\;` is no escape that double quotes know"
            return message, "use single quotes, or no quotes, or write `;`"
        return f"`{what}` is no escape that double quotes know", "use single quotes, or double the backslash"
    if here == "\t" or ("cannot start any token" in problem and "\t" in text[max(0, offset - 1) : offset + 1]):
        return "a tab stands where only spaces may indent", "replace it with spaces"
    if here in ("@", "`"):
        return f"a value cannot begin with `{here}`", "put it in quotes; the zone itself is written `''`"
    if "did not find expected alphabetic or numeric character" in problem:
        sign = text[max(0, offset - 1) : offset]
        return (
            f"`{sign or '*'}` begins an alias or anchor, and no name follows",
            "put a wildcard in quotes: `'*'`",
        )
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
        message = "a null byte: this is no text file"
    return SourceFault(Span(source, start, start + 1), "yaml-syntax", message)
