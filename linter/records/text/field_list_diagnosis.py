"""What is wrong with a record of MTA-STS or TLS-RPT that is not plainly well-formed, field by field."""

import re
from collections.abc import Callable, Iterable, Iterator

from linter.records.text.report_uri import ends_in_mailto
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .fault import Fault, quoted
from .field_list import RecordKind, is_extension, is_tight
from .tags import Tag, TagList
from .version_near_miss import is_slip, missing, misspelt

Judge = Callable[[Tag], Iterable[Fault]]
"""The faults of the value of the field that the kind cannot be without."""

_STRAY = Pattern(r"[\\\"]|[^\t\x20-\x7e]")
# A field that begins inside the value of the one before: only blanks or a comma part the two.
_GLUED = Pattern(r"[\s,]([A-Za-z0-9][A-Za-z0-9_.-]{0,31})=")
_URI = Pattern(r"(?:mailto|https?):", re.IGNORECASE)
_OF_POLICY = ("version", "mode", "mx", "max_age")  # the keys of the policy file (RFC 8461 section 3.2)
_WITHOUT_EQUALS = Pattern(r"([A-Za-z]+)[ \t:]+([^ \t:].*)", re.DOTALL)


class _Reading(Frozen):
    text: str
    tags: TagList
    kind: RecordKind
    judge: Judge
    dirty: frozenset[int]

    @property
    def has_required(self) -> bool:
        return any(tag.name == self.kind.required for tag in self.tags.tags)

    def fault(self, span: tuple[int, int], found: str, way_out: str) -> Fault:
        message = f"{found}, so {self.kind.readers} {self.kind.loss}"
        return Fault(*span, "syntax", message, way_out, self.kind.reference)

    def part(self, tag: Tag) -> str:
        return self.text[tag.start : tag.end]


def glued_field(text: str, tag: Tag) -> re.Match[str] | None:
    """The field that begins inside the value of `tag` for want of a semicolon."""
    return _GLUED.search(text, tag.value_start, tag.value_end) if "=" in tag.value else None


def diagnose(text: str, tags: TagList, kind: RecordKind, judge: Judge) -> tuple[Fault, ...]:
    """Every fault of the record, in the order of their places; one cause has one fault."""
    version = _version_fault(text, kind)
    if version is not None and (version.start, version.end) == (0, len(text)):
        return (version,)
    strays = [match.start() for match in _STRAY.finditer(text)]
    dirty = [tag.start for tag in tags.tags if strays and _STRAY.search(text, tag.start, tag.end)]
    reading = _Reading(text, tags, kind, judge, frozenset(dirty))
    covered = text[version.start : version.end] if version is not None else ""
    fields = list(_field_faults(reading, version))
    faults = [*_stray_faults(reading, strays, covered), *_semicolon_faults(reading), *fields]
    if version is not None:
        faults.append(version)
    if not reading.has_required and not any(fault.kind != "ignored-field" for fault in faults):
        faults.append(missing(kind, tags.tags[-1].end))
    return tuple(sorted(set(faults)))


def _version_fault(text: str, kind: RecordKind) -> Fault | None:
    if text.startswith(f"{kind.version};"):
        return None
    found = misspelt(text, kind, at_own_name=True)
    if found is not None:
        return found
    message = f"the record does not begin with `{kind.version};`, so {kind.readers} ignore it"
    return Fault(0, len(text), "syntax", message, "", kind.reference)


def _stray_faults(reading: _Reading, strays: list[int], covered: str) -> Iterator[Fault]:
    """One fault for each sort of character that no record holds, at the first of them; not those in `covered`."""
    reported = {_stray(character) for character in covered if _STRAY.match(character)}
    for position in strays:
        sort = _stray(reading.text[position])
        if sort not in reported:
            reported.add(sort)
            found = sort[0].format(quoted(reading.text[position]))
            yield reading.fault((position, position + 1), found, sort[1])


def _stray(character: str) -> tuple[str, str]:
    """What a message says about a stray character, and the way out."""
    if character == "\\":
        return "a literal backslash is left in the record", "remove it: a semicolon needs no backslash here"
    if not character.isprintable():
        return f"the character U+{ord(character):04X} is in the record", "remove it"
    if character.isascii() or not character.isalnum():
        return "{} is in the record", "retype it in ASCII, without quotes"
    return "{} is not ASCII", "write a domain with its `xn--` labels"


def _semicolon_faults(reading: _Reading) -> Iterator[Fault]:
    text, last = reading.text, -1
    for position in reading.tags.empty:
        if last < 0 or text[last + 1 : position].strip(" \t\r\n"):
            span = position, position + 1
            yield reading.fault(span, "no field comes before this semicolon", "remove the semicolon")
        last = position
    kept = text.rstrip(" \t")
    if kept and len(kept) < len(text) and kept[-1] != ";":
        found = f"a blank is at the end, so strict {reading.kind.readers} {reading.kind.loss}"
        yield Fault(len(kept), len(text), "syntax", found, "remove it", reading.kind.reference)


def _field_faults(reading: _Reading, version: Fault | None) -> Iterator[Fault]:
    """The faults of all parts but the version, wherever it stands."""
    place = 0 if version is None else version.start
    seen: set[str] = set()
    uris = joined = False
    for index, tag in enumerate(reading.tags.tags):
        name = tag.name
        is_uri = _URI.match(reading.text, tag.start) is not None or (not name and "@" in tag.value)
        if (tag.start <= place < tag.end) or (index == 0 and _is_version(reading, tag)):
            continue
        if tag.start not in reading.dirty and not (joined and name in seen):
            if uris and is_uri:
                if not ends_in_mailto(reading.text, reading.text.rfind(";", 0, tag.start)):
                    yield _list_cut(reading, tag)
            else:
                yield from _field(reading, tag, seen)
        uris = name == "rua" or (uris and is_uri)
        joined = joined or name == "v"  # what follows repeats the first record for the same reason
        seen.add(name)


def _is_version(reading: _Reading, tag: Tag) -> bool:
    return tag.name.lower() == "v" or reading.kind.version[2:].lower() in tag.value.lower()


def _list_cut(reading: _Reading, tag: Tag) -> Fault:
    """A URI behind a semicolon that was meant to belong to the list before it."""
    message = f"a semicolon ends `rua`, so senders ignore {quoted(reading.part(tag))}"
    way_out = "separate URIs with a comma; a semicolon inside one is written `%3B`"
    return Fault(tag.start, tag.end, "invalid-uri", message, way_out, reading.kind.reference)


def _field(reading: _Reading, tag: Tag, seen: set[str]) -> Iterator[Fault]:
    name, kind = tag.name, reading.kind
    if not name:
        yield _nameless(reading, tag)
    elif not is_tight(reading.text, tag):
        way_out = "leave out the blanks around it"
        message = f"a blank is next to the `=`, so strict {kind.readers} {kind.loss}"
        yield Fault(tag.start, tag.end, "syntax", message, way_out, kind.reference)
    elif (name == "v" or (name in seen and name != "rua")) and is_extension(tag):
        yield from _repeated(reading, tag)
    elif (glued := glued_field(reading.text, tag)) is not None:
        yield _lost_semicolon(reading, glued)
        if name == kind.required and name == "rua":
            yield from reading.judge(tag)
    elif name == kind.required:
        yield from reading.judge(tag)
    else:
        yield _unknown(reading, tag)


def _nameless(reading: _Reading, tag: Tag) -> Fault:
    """A part without a name or without an equals sign."""
    part, kind = reading.part(tag), reading.kind
    if tag.value_start > tag.start:
        return reading.fault((tag.start, tag.end), f"{quoted(part)} has no name", "write a name before the `=`")
    meant = _WITHOUT_EQUALS.fullmatch(part)
    way_out = "remove the comment" if part.startswith(("#", "(", "//")) else ""
    if meant is not None and not _URI.match(part):
        way_out = f"put `=` between {quoted(meant[1])} and its value"
    elif not reading.has_required and " " not in part:
        way_out = f"put `{kind.required}=` before it"
    return reading.fault((tag.start, tag.end), f"{quoted(part)} has no `=`", way_out)


def _repeated(reading: _Reading, tag: Tag) -> Iterator[Fault]:
    """A field that has come before: the first one counts (RFC 8461 section 3.2). A `rua` may be repeated (RFC 8460)."""
    kind, place = reading.kind, (tag.start, tag.end)
    if tag.name == "v":
        message = f"a second `v` is here, as if two records were joined; {kind.readers} ignore it"
        yield Fault(*place, "ignored-field", message, "keep one record", kind.reference)
    elif tag.name == kind.required:
        message = f"`{tag.name}` occurs twice; {kind.readers} read the first and ignore this one"
        yield Fault(*place, "ignored-field", message, f"keep one `{tag.name}`", kind.reference)


def _lost_semicolon(reading: _Reading, glued: re.Match[str]) -> Fault:
    before = reading.text[: glued.start(1)].rstrip(" \t\r\n")
    comma = before.endswith(",")
    missing_mark = "a comma is in the place of the semicolon" if comma else "the semicolon is missing"
    span = len(before) - comma, len(before)
    return reading.fault(span, f"{missing_mark} before {quoted(f'{glued[1]}=')}", "put `;` there")


def _unknown(reading: _Reading, tag: Tag) -> Fault:
    """A field of another name; a well-formed one is an extension, which senders ignore."""
    name, kind = tag.name, reading.kind
    span = tag.start, tag.start + len(name)
    if not reading.has_required and (
        is_slip(name, kind.required) or (kind.required == "rua" and _URI.match(tag.value))
    ):
        what = "not" if name.lower() == kind.required else "not a field that senders know, and there is no"
        way_out = f"write `{kind.required}`" if tag.value else f"a field is like `{kind.example}`"
        return reading.fault(span, f"{quoted(name)} is {what} `{kind.required}`", way_out)
    if not tag.value:
        return reading.fault((tag.start, tag.end), f"{quoted(name)} has no value", "remove it")
    if is_extension(tag):
        way_out = "move it to the policy file" if kind.required == "id" and name in _OF_POLICY else "remove it"
        message = f"{quoted(name)} is not a field that {kind.readers} know, so they ignore it"
        return Fault(tag.start, tag.end, "ignored-field", message, way_out, kind.reference)
    if is_extension(tag._replace(value="x")):
        found = f"{quoted(tag.value)} is not a value that a field may have"
        return reading.fault((tag.value_start, tag.value_end), found, "remove the field")
    return reading.fault(span, f"{quoted(name)} is not a name that a field may have", "remove the field")
