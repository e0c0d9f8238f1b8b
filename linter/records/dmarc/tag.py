"""The tags of a DMARC record: the values each takes, and the fault of each wrong one."""

import re
from collections.abc import Iterator

from linter.records.text.fault import Fault, nearest, one_of, quoted
from linter.records.text.tags import BLANKS, Tag
from linter.source.pattern import Pattern

GRAMMAR = "RFC 9989 section 4.8"
FORMAT = "RFC 9989 section 4.7"
DISCOVERY = "RFC 9989 section 4.10.1"
TAG_LISTS = "RFC 6376 section 3.2"
OLD_FORMAT = "RFC 7489 section 6.3"

POLICIES = ("none", "quarantine", "reject")
# The tags whose value is one word. Except for the policies, the default stands first.
WORDS = {
    "p": POLICIES,
    "sp": POLICIES,
    "np": POLICIES,
    "adkim": ("r", "s"),
    "aspf": ("r", "s"),
    "t": ("n", "y"),
    "psd": ("u", "y", "n"),
}
LISTS = ("rua", "ruf")
OPTIONS = ("0", "1", "d", "s")
# What RFC 7489 had and RFC 9989 has not: pattern and meaning of the value.
HISTORIC = {
    "pct": (Pattern(r"100|0?[0-9]{1,2}"), "a number from 0 to 100"),
    "rf": (Pattern(r"afrf", re.IGNORECASE), "`afrf`"),
    "ri": (Pattern(r"[0-9]{1,10}"), "a number of seconds"),
}
TAGS = (*WORDS, *LISTS, "fo", *HISTORIC)

URI_START = Pattern(r"mailto:|https?:", re.IGNORECASE)
_NO_EQUALS = Pattern(rf"({'|'.join(TAGS)})[ \t:]+([^ \t:].*)", re.IGNORECASE | re.DOTALL)
_MEANT = {"strict": "s", "relaxed": "r", "relax": "r", "yes": "y", "true": "y", "no": "n", "false": "n"}

# In all of these `fact` says what receivers do about the tag: "ignore it".


def not_a_tag(part: str, tag: Tag, fact: str) -> Fault:
    """A part without an equals sign or with a name that no tag can have."""
    way_out = ""
    if tag.name:
        message = f"{quoted(tag.name)} is not a tag name, which has letters only"
        near = nearest(tag.name, TAGS)
        way_out = f"the tag was meant as `{near}`" if near else ""
    elif tag.value_start > tag.start:
        message = f"{quoted(part)} has no tag name"
    else:
        message = f"{quoted(part)} has no `=`"
        way_out = "remove the comment" if part.startswith(("#", "(", "//")) else ""
        meant = _NO_EQUALS.fullmatch(part)
        if meant is not None:
            way_out = f"put `=` between {quoted(meant[1])} and its value"
        elif URI_START.match(part):
            way_out = "put `rua=` or `ruf=` before it"
    return Fault(tag.start, tag.end, "syntax", f"{message}, so receivers {fact}", way_out, GRAMMAR)


def unknown_tag(tag: Tag, meant: str, fact: str, is_free: bool) -> Fault:
    """A tag that DMARC does not have; `meant` is the one it probably stands for, or nothing.

    `is_free` is whether the record has no such tag.
    """
    message = f"{quoted(tag.name)} is not a DMARC tag, so receivers {fact}"
    if meant:
        message = f"{message}; did you mean `{meant}`?"
    change = (tag.start, tag.start + len(tag.name), meant) if meant and is_free else None
    return Fault(tag.start, tag.end, "unknown-tag", message, "" if meant else "remove it", FORMAT, change=change)


def second_record(tag: Tag) -> Fault:
    """Another `v` after the first."""
    message = "a second `v` is here, as if two records were joined"
    return Fault(tag.start, tag.end, "duplicate-tag", message, "keep one record", TAG_LISTS)


def duplicate_tag(tag: Tag) -> Fault:
    """A tag that has stood before (RFC 9989 does not say which one counts)."""
    name = tag.name.lower()
    message = f"`{name}` occurs twice: receivers may use the first, use the last or refuse the record"
    way_out = "join the URIs in one list, separated by commas" if name in LISTS else f"keep one `{name}`"
    return Fault(tag.start, tag.end, "duplicate-tag", message, way_out, TAG_LISTS)


def list_cut(part: str, name: str, tag: Tag) -> Fault:
    """A URI behind a semicolon that was meant to belong to the list before it."""
    message = f"a semicolon ends `{name}`, so receivers ignore {quoted(part)}"
    way_out = "separate URIs with a comma; a semicolon inside one is written `%3B`"
    return Fault(tag.start, tag.end, "invalid-uri", message, way_out, GRAMMAR)


def lost_semicolon(text: str, glued: re.Match[str], fact: str) -> Fault:
    """A tag that begins inside the value of the one before; `glued` is its name with the equals sign."""
    before = text[: glued.start()].rstrip(BLANKS)
    comma = before.endswith(",")
    missing = "a comma is in the place of the semicolon" if comma else "the semicolon is missing"
    message = f"{missing} before {quoted(glued.group())}, so receivers {fact}"
    return Fault(
        len(before) - comma,
        len(before),
        "syntax",
        message,
        "keep one record" if glued.group().lower().startswith("v") else "put `;` there",
        GRAMMAR,
    )


def empty_value(tag: Tag, fact: str) -> Fault:
    """A tag with nothing after its equals sign."""
    message = f"`{tag.name}` has no value, so receivers {fact}"
    return Fault(tag.start, tag.end, "syntax", message, "give it a value or remove it", GRAMMAR)


def invalid_word(name: str, tag: Tag, fact: str) -> Fault:
    """A value that is none of WORDS[name]."""
    words = WORDS[name]
    value = tag.value.lower()
    near = _MEANT.get(value, "")
    if near not in words:
        near = nearest(value, words)
    way_out = f"did you mean `{near}`?" if near else f"expected {one_of(words)}"
    message = f"{quoted(f'{name}={tag.value}')} is not valid, so receivers {fact}; {way_out}"
    reference = DISCOVERY if words is POLICIES else FORMAT
    change = (tag.value_start, tag.value_end, near) if near else None
    return Fault(tag.value_start, tag.value_end, "invalid-value", message, "", reference, change=change)


def historic_tag(name: str, tag: Tag, policy: str | None) -> Fault:
    """A tag of RFC 7489 only; `policy` is what receivers apply."""
    pattern, expected = HISTORIC[name]
    if not pattern.fullmatch(tag.value):
        message = f"{quoted(f'{name}={tag.value}')} is not valid, so receivers ignore it; expected {expected}"
        way_out = f"remove it: RFC 9989 has no `{name}`"
        return Fault(tag.value_start, tag.value_end, "invalid-value", message, way_out, OLD_FORMAT)
    message = f"RFC 9989 has no `{name}`, so new receivers ignore it"
    if name == "pct" and int(tag.value) < 100 and policy in ("quarantine", "reject"):
        message = (
            f"RFC 9989 has no `pct`: new receivers apply `p={policy}` to all mail, old ones to {int(tag.value)} % of it"
        )
    return Fault(tag.start, tag.end, "historic-tag", message, "remove it", "RFC 9989 appendix C")


def missing_policy(version: Tag, fact: str) -> Fault:
    """A record without `p`; the fault stands at `v`."""
    message = f"`p` is missing, so receivers {fact}"
    way_out = f"add {one_of([f'p={policy}' for policy in POLICIES])}"
    return Fault(version.start, version.end, "invalid-value", message, way_out, DISCOVERY)


def superfluous_semicolon(position: int) -> Fault:
    """A semicolon without a tag before it."""
    message = "no tag comes before this semicolon, and strict receivers refuse that"
    return Fault(position, position + 1, "syntax", message, "remove the semicolon", GRAMMAR)


def stray_character(character: str, position: int, fact: str) -> Fault:
    """A character that belongs to the quoting of some file, or that DMARC does not have."""
    if character == "\\":
        found, way_out = (
            "a literal backslash is left in the record",
            "remove it: a semicolon needs no backslash here",
        )
    elif not character.isprintable():
        found, way_out = f"the character U+{ord(character):04X} is in the record", "remove it"
    elif character.isascii() or not character.isalnum():
        found, way_out = f"`{character}` is in the record", "retype it in ASCII, without quotes"
    else:
        found, way_out = f"`{character}` is not ASCII", "write a domain with its `xn--` labels"
    return Fault(position, position + 1, "syntax", f"{found}, so receivers {fact}", way_out, GRAMMAR)


def failure_options(value: str) -> tuple[str, ...] | None:
    """The options of a valid `fo` (RFC 9989 section 4.8), or None."""
    options = tuple(value.lower().split(":"))
    distinct = set(options)
    valid = distinct.issubset(OPTIONS) and len(distinct) == len(options) and not distinct.issuperset("01")
    return options if valid else None


def failure_option_faults(tag: Tag, has_ruf: bool) -> Iterator[Fault]:
    """What is wrong with a `fo`; `has_ruf` is whether the record says where failure reports go."""
    options = [option.strip(BLANKS) for option in tag.value.lower().split(":")]
    unknown = next((option for option in options if option not in OPTIONS), None)
    if unknown is not None:
        way_out = "separate options with `:`" if "," in unknown else f"expected {one_of(OPTIONS)}"
        message = f"{quoted(unknown)} is not a failure option, so receivers use the default `0`; {way_out}"
        yield Fault(tag.value_start, tag.value_end, "invalid-value", message, "", FORMAT)
    elif failure_options(tag.value) is None:
        if "0" in options and "1" in options:
            found, way_out = "`fo` has both `0` and `1`", "keep `1`, which covers `0`"
        elif len(set(options)) < len(options):
            found, way_out = "`fo` names an option twice", "name each option once"
        else:
            found, way_out = "`fo` has blanks between its options", "remove the blanks"
        message = f"{found}, so new receivers use the default `0` instead"
        yield Fault(tag.value_start, tag.value_end, "failure-options", message, way_out, GRAMMAR)
    if not has_ruf:
        message = "`fo` says when to send failure reports but no `ruf` says where, so receivers ignore it"
        yield Fault(tag.start, tag.end, "failure-options", message, "remove `fo` or add `ruf`", FORMAT)
