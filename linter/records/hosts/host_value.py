"""A value of numbers and a host as DNS writes it, MX or SRV: fields parted by blanks, each with its place."""

from linter.records.text.fault import Fault, quoted
from linter.records.text.presentation import name_of, written_name
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

_WORD = Pattern(r"(?:\\.|[^\\\s]|\\\Z)+")
_HIGHEST = 65535


class Form(Frozen):
    """What such a value is made of.

    `numbers` names the fields of 16 bits before the host, and `host` the last one; `type` is the record type,
    `example` a value of it and `reference` where it is defined.
    """

    type: str
    numbers: tuple[str, ...]
    host: str
    example: str
    reference: str


MX = Form("MX", ("preference",), "host", "10 mail.example.com.", "RFC 1035 section 3.3.9")
SRV = Form("SRV", ("priority", "weight", "port"), "target", "0 1 993 imap.example.com.", "RFC 2782")


class HostValue(Frozen):
    """One value as it was read; a field that is missing or invalid is None.

    `host` is absolute and lower case, "." for none. `spans` has the start and end of each field that is there, in
    code points of `text`. The kind of its faults is "presentation".
    """

    text: str
    numbers: tuple[int | None, ...]
    host: str | None
    spans: tuple[tuple[int, int], ...]
    faults: tuple[Fault, ...] = ()


def parse(text: str, form: Form) -> HostValue:
    """Read a value; every field that is none of its kind has a fault of its own (RFC 1035 section 5.1)."""
    spans = tuple([match.span() for match in _WORD.finditer(text)])
    words = [text[start:end] for start, end in spans]
    wanted = len(form.numbers) + 1
    faults = []
    if len(words) < wanted:
        way_out = f"write {', '.join(form.numbers)} and {form.host}, such as `{form.example}`"
        faults.append(_fault(0, len(text), f"{quoted(text)} is not an {form.type} value", way_out, form.reference))
        # Which fields are missing nobody can tell; a lone number or host is read as neither.
        return HostValue(text, (None,) * len(form.numbers), None, spans, tuple(faults))
    numbers = [_number(word) for word in words[: wanted - 1]]
    for name, word, span, number in zip(form.numbers, words, spans, numbers, strict=False):
        if number is None:
            message = f"{quoted(word)} is not a valid {name}; expected a number from 0 to {_HIGHEST}"
            faults.append(_fault(*span, message, "", form.reference))
    last = words[wanted - 1]
    host = name_of(last) if last != "-" else _fault(0, 1, f"`-` is not a {form.host}", "", form.reference)
    if isinstance(host, Fault):
        start = spans[wanted - 1][0]
        faults.append(host._replace(start=start + host.start, end=start + host.end))
    if len(words) > wanted:
        start, end = spans[wanted][0], spans[-1][1]
        message = f"{quoted(text[start:end])} comes after the {form.host}"
        faults.append(_fault(start, end, message, "remove it, or make it a separate value", form.reference))
    return HostValue(text, tuple(numbers), host if isinstance(host, str) else None, spans, tuple(faults))


def to_text(value: HostValue) -> str:
    """The value with single blanks, its host in lower case and with the final dot; `-` for what is missing."""
    host = None if value.host is None else written_name(value.host)
    return " ".join("-" if field is None else str(field) for field in (*value.numbers, host))


def _number(word: str) -> int | None:
    # Five digits: int() refuses numbers of thousands of digits, and 65535 has five.
    is_number = word.isascii() and word.isdigit() and len(word) < 6 and int(word) <= _HIGHEST
    return int(word) if is_number else None


def _fault(start: int, end: int, message: str, way_out: str, reference: str) -> Fault:
    return Fault(start, end, "presentation", message, way_out, reference)
