"""What is wrong with an MTA-STS policy file, line by line, and which hosts its `mx` lines were meant to allow."""

import re
from collections.abc import Iterable, Iterator

from linter.records.text.fault import Fault, nearest, one_of, proposal, quoted
from linter.records.text.name import is_address, to_ascii
from linter.records.text.version_near_miss import is_slip
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .mta_sts_policy_value import (
    KEYS,
    LARGEST,
    LONGEST_AGE,
    MODES,
    VERSION,
    Line,
    MxPattern,
    Policy,
    is_age,
    is_pattern,
)

_REFERENCE = "RFC 8461 section 3.2"
_REFUSED = "senders refuse the whole policy"
_ONCE = ("version", "mode", "max_age")
_COMMENT = ("#", "//", ";")
_CONTROL = Pattern(r"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|(?<!\A)\ufeff")
# One line end may stand behind the last line.
_EMPTY_LINE = Pattern(r"^[ \t]*(?=\r?\n)|(?<=\n)[ \t]+\r?\Z", re.MULTILINE)
_KEY = Pattern(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")
_WITHOUT_COLON = Pattern(r"([A-Za-z_-]+)([ \t]*=[ \t]*|[ \t]+)(.+)", re.DOTALL)
_AGE = Pattern(r"([0-9][0-9 ,._']{0,19})([a-z]*)", re.IGNORECASE)
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": LONGEST_AGE}


class _Reading(Frozen):
    """The lines with the key that each was meant to have: one of KEYS, or whatever it has.

    `exact` has the keys as they are written.
    """

    text: str
    mode: str | None
    lines: tuple[tuple[Line, str], ...]
    exact: set[str]


def diagnose(policy: Policy) -> tuple[tuple[MxPattern, ...], tuple[Fault, ...]]:
    """(patterns as they were meant, every fault in the order of their places); one cause has one fault."""
    text = policy.text
    exact = {line.key for line in policy.lines}
    reading = _Reading(text, policy.mode, tuple([(line, _meant_key(line, exact)) for line in policy.lines]), exact)
    foreign = _foreign(reading)
    if foreign is not None:
        return (), (foreign,)
    patterns: list[MxPattern] = []
    faults = [*_layout_faults(reading), *_line_faults(reading, patterns), *_missing(reading)]
    return tuple(patterns), tuple(sorted(faults))


def lone_return(text: str) -> Fault:
    """The fault of a policy whose lines end in CR alone."""
    start = text.index("\r")
    return _fault((start, start + 1), "the lines end in CR alone", "end them with LF or CRLF")


def _fault(span: tuple[int, int], found: str, way_out: str) -> Fault:
    return Fault(*span, "policy-invalid", f"{found}, so {_REFUSED}", way_out, _REFERENCE)


def _strict(span: tuple[int, int], found: str, way_out: str) -> Fault:
    """A fault that only those senders mind who read by the grammar."""
    return Fault(*span, "policy-invalid", f"{found}, so strict {_REFUSED}", way_out, _REFERENCE)


def _foreign(reading: _Reading) -> Fault | None:
    """The fault of a text that is not a policy at all."""
    text = reading.text
    if not reading.lines:
        return _fault((0, len(text)), "the policy is empty", f"begin it with `version: {VERSION}`")
    if any(meant in KEYS for _, meant in reading.lines):
        return None
    first, _ = reading.lines[0]
    begin = text[first.start : first.end]
    if begin.startswith("v="):
        found = "this is the text of the TXT record, not of the policy"
    elif begin.startswith("<"):
        found = "this is HTML, not a policy"
    elif begin.startswith("{"):
        found = "this is JSON, which only drafts of MTA-STS had"
    else:
        found = "no line of this file belongs in a policy"
    way_out = f"give it a line each of `version: {VERSION}`, `mode: …`, `mx: …` and `max_age: …`"
    return _fault((first.start, first.end), found, way_out)


def _meant_key(line: Line, exact: set[str]) -> str:
    """The key that a line was meant to have; a slip of the pen counts for a key that no line has."""
    key = line.key
    if key in KEYS:
        return key
    written = key if key else line.value.split("=")[0].split(" ")[0]
    word = _CONTROL.sub("", written).strip("\ufeff\"'*- \t").lower().replace("-", "_").replace(" ", "_")
    for known in KEYS:
        if word.replace("_", "") == known.replace("_", ""):
            return known
    if is_slip(word, "mx") and is_pattern(_name(line.value)):
        return "mx"
    short = {"max": "max_age", "v": "version"}.get(word, "") if key else ""
    if short and short not in exact:
        return short
    return next((known for known in _ONCE if known not in exact and is_slip(word, known)), key)


def _missing(reading: _Reading) -> Iterator[Fault]:
    """One fault for all keys that no line has, nor was meant to have."""
    present = {meant for _, meant in reading.lines}
    wanted = _ONCE if reading.mode not in ("enforce", "testing") else ("version", "mode", "mx", "max_age")
    missing = [key for key in wanted if key not in present]
    if missing:
        end = reading.lines[-1][0].end
        found = f"{one_of(missing).replace(' or ', ' and ')} {'is' if len(missing) == 1 else 'are'} missing"
        yield _fault((end, end), found, "add a line each" if len(missing) > 1 else f"add a line `{missing[0]}: …`")


def _layout_faults(reading: _Reading) -> Iterator[Fault]:
    """What is wrong with the file as such; each sort once, where it first is."""
    text = reading.text
    if text.startswith("\ufeff"):
        found = "an invisible byte order mark comes before the first line"
        yield _fault((0, 1), found, "save the file as UTF-8 without it")
    control = _CONTROL.search(text)
    if control is not None:
        found = f"the character U+{ord(control.group()):04X} is in the file"
        yield _fault(control.span(), found, "remove it; lines end with LF or CRLF")
    empty = _EMPTY_LINE.search(text)
    if empty is not None:
        yield _strict(empty.span(), "an empty line is here", "remove it")
    indented = next((line for line, _ in reading.lines if _is_indented(text, line)), None)
    if indented is not None:
        found = f"a blank comes before {quoted(indented.key or indented.value)}"
        yield _strict((indented.start - 1, indented.start), found, "remove it")
    size = len(text.encode("utf-8", "replace"))
    if size > LARGEST:
        found = f"the policy has {size} bytes, and senders may stop reading at {LARGEST}"
        yield Fault(0, 0, "policy-invalid", found, "make it shorter", "RFC 8461 section 3.3")


def _is_indented(text: str, line: Line) -> bool:
    return line.start > 0 and text[line.start - 1] in " \t" and text[line.start] != "-"


def _line_faults(reading: _Reading, patterns: list[MxPattern]) -> Iterator[Fault]:
    """The faults of the lines in turn; what the `mx` lines allow is added to `patterns`."""
    seen: set[str] = set()
    in_list = joined = False
    for line, meant in reading.lines:
        written = reading.text[line.start : line.end]
        is_item = in_list and written.startswith("-")
        if written.startswith(_COMMENT):
            if "#" not in seen:
                yield _fault((line.start, line.end), "a policy has no comments", "remove the line")
            seen.add("#")
        elif line.key in seen and meant != "mx" and _is_whole(reading.text, line, meant):
            if meant in _ONCE and not joined:
                joined = meant == "version"  # what follows repeats the first policy for the same reason
                yield _repeated(line)
        elif not is_item and not _CONTROL.search(reading.text, line.start, line.end):
            yield from _faults_of_line(reading, line, meant)
        if meant == "mx" or is_item:
            patterns += _meant(line)
        in_list = is_item or (meant == "mx" and not line.value)
        seen.add(line.key)


def _is_whole(text: str, line: Line, key: str) -> bool:
    """Whether the line is a key, a colon behind it and a value."""
    return line.key == key and line.value != "" and text[line.start + len(key)] == ":"


def _faults_of_line(reading: _Reading, line: Line, meant: str) -> Iterator[Fault]:
    marked = line.start == 0 and line.key == f"\ufeff{meant}"  # the byte order mark is a fault of the file
    if meant not in KEYS:
        yield _unknown(line)
    elif marked or (line.key == meant and reading.text[line.start + len(meant)] == ":"):
        yield from _value_faults(line._replace(key=meant))
    else:
        yield _key_fault(line, meant, meant in reading.exact)


def _repeated(line: Line) -> Fault:
    key = line.key
    message = f"{quoted(key)} occurs twice; senders read the first and ignore this one"
    way_out = "keep one policy" if key == "version" else f"keep one {quoted(key)}"
    return Fault(line.start, line.end, "policy-ignored-field", message, way_out, _REFERENCE)


def _unknown(line: Line) -> Fault:
    span = line.start, line.start + len(line.key)
    if not line.key:
        return _fault((line.start, line.end), f"{quoted(line.value)} has no colon", "write a key, a colon and a value")
    if not _KEY.fullmatch(line.key):
        return _fault(span, f"{quoted(line.key)} is not a key", f"expected {one_of(KEYS)}")
    if not line.value:
        return _fault((line.start, line.end), f"{quoted(line.key)} has no value", "remove the line")
    message = f"{quoted(line.key)} is not a key that senders know, so they ignore the line"
    return Fault(*span, "policy-ignored-field", message, f"expected {one_of(KEYS)}", _REFERENCE)


def _key_fault(line: Line, meant: str, is_there: bool) -> Fault:
    """A line whose key was plainly meant as `meant`, one of KEYS, and is not written so.

    `is_there` is whether another line has that key: then senders take this one for an extension.
    """
    span = line.start, line.end
    if line.key == meant:
        found = f"a blank is between `{meant}` and its colon"
        return _strict(span, found, f"write {quoted(f'{meant}: {line.value}')}")
    if line.key:
        span = line.start, line.start + len(line.key)
        found, way_out = f"{quoted(line.key)} is not `{meant}`", f"write {quoted(f'{meant}: {line.value}')}"
        if is_there and line.value and _KEY.fullmatch(line.key):
            kind = "policy-invalid" if meant == "mx" else "policy-ignored-field"
            return Fault(*span, kind, f"{found}, so senders ignore the line", way_out, _REFERENCE)
        return _fault(span, found, way_out)
    written = _WITHOUT_COLON.fullmatch(line.value)
    if written is None:
        return _fault(span, f"{quoted(line.value)} has no colon", "write a key, a colon and a value")
    found = f"{quoted(line.value)} has {'`=` in place of the' if '=' in written[2] else 'no'} colon"
    return _fault(span, found, f"write {quoted(f'{meant}: {written[3]}')}")


def _value_faults(line: Line) -> Iterator[Fault]:
    """The faults of the value of a known key."""
    key, value = line.key, line.value
    span = (line.value_start, line.value_end) if value else (line.start, line.end)
    if key == "mx" and not value:
        yield _fault(span, "`mx` has no host", "give each host its own `mx:` line")
    elif not value:
        yield _fault(span, f"`{key}` has no value", f"the line is {_usual(key)}")
    elif key == "version" and value != VERSION:
        case = "is not `STSv1` letter for letter" if value.lower() == VERSION.lower() else "is not a version"
        yield _fault(span, f"{quoted(value)} {case}", f"write `{VERSION}`")
    elif key == "mode" and value not in MODES:
        near = _near_mode(value)
        hint = f"did you mean `{near}`?" if near else f"expected {one_of(MODES)}"
        yield _fault(span, f"{quoted(value)} is not a mode", hint)
    elif key == "max_age" and value.isascii() and value.isdigit() and len(value) <= 10:
        if not is_age(value):
            found = (
                f"{quoted(value)} is more than {LONGEST_AGE}, the longest `max_age`, so senders may refuse the policy"
            )
            yield Fault(*span, "policy-invalid", found, f"write `{LONGEST_AGE}`", _REFERENCE)
    elif key == "max_age":
        yield _fault(span, *_age_fault(value))
    elif key == "mx" and not is_pattern(value):
        yield _fault(span, *_pattern_fault(value))


def _usual(key: str) -> str:
    return {"version": f"`version: {VERSION}`", "mode": one_of([f"mode: {mode}" for mode in MODES])}.get(
        key, "`max_age: 604800`"
    )


def _near_mode(value: str) -> str:
    word = value.strip("\"'.,; ").lower()
    return "testing" if word in ("report", "test") else nearest(word, MODES)


def _age_fault(value: str) -> tuple[str, str]:
    """What a wrong `max_age` is, and the way out."""
    if value.isascii() and value.isdigit():
        return f"{quoted(value)} has more than 10 digits", "write a number of seconds"
    written = _AGE.fullmatch(value.strip("\"' "))
    unit = written[2][:1].lower() if written is not None else "-"
    if written is not None and unit in _SECONDS:
        seconds = int(re.sub("[^0-9]", "", written[1])) * _SECONDS[unit]
        if seconds <= LONGEST_AGE:
            return f"{quoted(value)} is not a number of seconds in digits alone", f"write `{seconds}`"
    return f"{quoted(value)} is not a number of seconds", f"expected a number from 0 to {LONGEST_AGE}"


def _meant(line: Line) -> Iterable[MxPattern]:
    """The patterns that a line was meant to give, each at its place."""
    found = []
    for word in re.finditer(r"[^\s,;\"'=#-][^\s,;\"'=#]*", line.value):
        name = _name(word.group())
        if is_pattern(name):
            start = line.value_start + word.start()
            found.append(MxPattern(word.group(), name, start, start + len(word.group())))
    return found


def _name(word: str) -> str:
    """A pattern without what does not belong there."""
    name, _ = to_ascii(word.lower().rpartition("://")[2].rstrip(".").partition("/")[0])
    return f"*{name}" if name.startswith(".") else name


def _pattern_fault(value: str) -> tuple[str, str]:
    """What a wrong `mx` value is, and the way out."""
    words = value.replace(",", " ").replace(";", " ").split()
    bare = value.strip("\"' ")
    if "#" in value:
        return f"{quoted(value)} has a comment, which a policy cannot have", proposal(words[0]) if is_pattern(
            words[0]
        ) else ""
    if len(words) == 2 and words[0].isdigit():
        return f"{quoted(value)} begins with a preference", proposal(_name(words[1])) if is_pattern(
            _name(words[1])
        ) else ""
    if len(words) > 1:
        return f"{quoted(value)} is more than one host", "give each host its own `mx:` line"
    if is_address(bare.strip("[]")):
        return f"{quoted(value)} is an address; patterns are compared with host names", "name the host"
    name = _name(bare.strip(",;"))
    way_out = proposal(name) if is_pattern(name) else ""
    if "://" in value:
        return f"{quoted(value)} is a URL where a host must be", way_out
    if value.endswith("."):
        return f"{quoted(value)} ends in a dot, which no pattern has", way_out
    if value.startswith("."):
        return f"{quoted(value)} begins with a dot", way_out
    if not value.isascii():
        return f"{quoted(value)} is not ASCII", way_out or "write the name with its `xn--` labels"
    if "*" in name.removeprefix("*."):
        return (
            f"{quoted(value)} has `*` where it is not allowed",
            "put `*.` before a domain; `*` is the whole first label",
        )
    if "." not in name.removeprefix("*."):
        return f"{quoted(value)} is not a whole host name", "write the host with its domain"
    return f"{quoted(value)} is not a host name", way_out or "use letters, digits and hyphens in labels of up to 63"
