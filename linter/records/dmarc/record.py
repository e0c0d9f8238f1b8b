"""DMARC policy records: RFC 9989, and what the receivers of RFC 7489 make of the same text."""

import re
from collections.abc import Iterator

from linter.records.text.fault import Fault, nearest
from linter.records.text.report_uri import DMARC_URIS, ReportUri, ReportUris, ends_in_mailto, report_uris
from linter.records.text.tags import BLANKS, Tag, TagList, split_tags
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .tag import (
    HISTORIC,
    POLICIES,
    TAGS,
    URI_START,
    WORDS,
    duplicate_tag,
    empty_value,
    failure_option_faults,
    failure_options,
    historic_tag,
    invalid_word,
    list_cut,
    lost_semicolon,
    missing_policy,
    not_a_tag,
    second_record,
    stray_character,
    superfluous_semicolon,
    unknown_tag,
)
from .version import is_dmarc, near_miss, not_dmarc

__all__ = ["POLICIES", "Dmarc", "is_dmarc", "near_miss", "parse", "policy_fault", "to_text"]


class Dmarc(Frozen):
    """One DMARC record, read as receivers read it: a tag with an invalid value counts as absent.

    `p`, `sp` and `np` are one of POLICIES, None where the tag is absent or invalid. `adkim` and `aspf` are
    "r" or "s", `psd` is "y", "n" or "u". `t` is whether the policy is only tested. `pct` is RFC 7489's share
    of the mail in percent, which receivers of RFC 9989 ignore. `fo` has the failure options in effect where
    there is a `ruf`. Of a tag that occurs twice the first counts here; receivers differ.
    """

    text: str
    tags: TagList = TagList((), ())
    faults: tuple[Fault, ...] = ()
    p: str | None = None
    sp: str | None = None
    np: str | None = None
    adkim: str = "r"
    aspf: str = "r"
    t: bool = False
    psd: str = "u"
    pct: int | None = None
    fo: tuple[str, ...] = ("0",)
    rua: tuple[ReportUri, ...] = ()
    ruf: tuple[ReportUri, ...] = ()

    def tag(self, name: str) -> Tag | None:
        """The first tag of that name, in either case."""
        for tag in self.tags.tags:
            if tag.name.lower() == name:
                return tag
        return None

    @property
    def policy(self) -> str | None:
        """What receivers apply at the name itself (RFC 9989 section 4.10.1), `t` and `pct` left aside.

        "none" also where `p` is missing or `p`, `sp` or `np` is invalid and `rua` holds a valid URI; None
        where receivers then apply no DMARC at all.
        """
        subdomains = (("sp", self.sp), ("np", self.np))
        if self.p is None or any(value is None and self.tag(name) for name, value in subdomains):
            return "none" if self.rua else None
        return self.p


_NEXT_TAG = Pattern(rf"(?<=[,\s])(?:v|{'|'.join(TAGS)})[ \t]*=", re.IGNORECASE)
_LETTERS = Pattern(r"[A-Za-z]+")
_POLICY_WORD = Pattern(rf"(?<![\w.@-])(?:{'|'.join(POLICIES)})(?![\w.@-])", re.IGNORECASE)
_QUOTES = '"“”„‟‘’‚‛«»‹›＂'
_STRAY = Pattern(rf"[\\{_QUOTES}]|[^\t\x20-\x7e]")
_NO_URIS = ReportUris((), ())
_AFTER_URIS = ("rua", "ruf", ";")  # the semicolon: after a URI that was cut off


def parse(text: str) -> Dmarc:
    """Read a record; a text that is_dmarc refuses has a fault of kind "version" and nothing else."""
    tags = split_tags(text)
    if not is_dmarc(text):
        return Dmarc(text, tags, (near_miss(text, at_dmarc_name=True) or not_dmarc(text),))
    named = {tag.name.lower(): tag for tag in reversed(tags.tags[1:])}
    rua, ruf = _uris(text, named.get("rua")), _uris(text, named.get("ruf"))
    words = {}
    for name, tag in named.items():
        if name in WORDS and (word := tag.value.lower()) in WORDS[name]:
            words[name] = word
    word_of = words.get
    options = failure_options(named["fo"].value) if "fo" in named else None
    pct = named.get("pct")
    dmarc = Dmarc(
        text,
        tags,
        (),
        word_of("p"),
        word_of("sp"),
        word_of("np"),
        word_of("adkim", "r"),
        word_of("aspf", "r"),
        word_of("t") == "y",
        word_of("psd", "u"),
        int(pct.value) if pct is not None and HISTORIC["pct"][0].fullmatch(pct.value) else None,
        options or ("0",),
        rua.valid,
        ruf.valid,
    )
    uri_faults = rua.faults + ruf.faults
    sound = len(words) + (rua is not _NO_URIS) + (ruf is not _NO_URIS)
    if options is not None and ruf is not _NO_URIS:
        sound += 1
    if sound == len(tags.tags) - 1 and not tags.empty and _is_plain(text, sound):
        return dmarc._replace(faults=uri_faults) if uri_faults else dmarc
    return dmarc._replace(faults=tuple(sorted(_faults(dmarc, named, uri_faults))))


def _is_plain(text: str, tags: int) -> bool:
    """Whether nothing can be hidden in the values: one equals sign per tag, and no stray character."""
    return (
        text.count("=") == tags + 1 and text.isascii() and text.isprintable() and '"' not in text and "\\" not in text
    )


def to_text(dmarc: Dmarc) -> str:
    """The record in its shortest usual form: `p` second (RFC 7489 section 6.4), defaults left out."""
    policies = {"p": dmarc.p, "sp": dmarc.sp, "np": dmarc.np}
    parts = ["v=DMARC1", *[f"{name}={policy}" for name, policy in policies.items() if policy is not None]]
    settings = {"adkim": dmarc.adkim, "aspf": dmarc.aspf, "t": "y" if dmarc.t else "n", "psd": dmarc.psd}
    parts += [f"{name}={word}" for name, word in settings.items() if word != WORDS[name][0]]
    if dmarc.pct is not None:
        parts.append(f"pct={dmarc.pct}")
    lists = {"rua": dmarc.rua, "ruf": dmarc.ruf}
    parts += [f"{name}={','.join([uri.text for uri in uris])}" for name, uris in lists.items() if uris]
    if dmarc.fo != ("0",):
        parts.append(f"fo={':'.join(dmarc.fo)}")
    return "; ".join(parts)


def policy_fault(dmarc: Dmarc) -> Fault | None:
    """The fault of a record without `p`, to be asked for at names where a policy is expected.

    None where another fault already says why there is no `p`. A record at a `_report._dmarc` name needs none
    (RFC 9990 section 4).
    """
    if dmarc.p is not None or dmarc.tag("p") is not None:
        return None
    if dmarc.faults and dmarc.faults[0].kind == "version":
        return None
    from bisect import bisect_left  # most records have a policy

    starts = [fault.start for fault in dmarc.faults]
    for part in dmarc.tags.tags[1:]:
        if _POLICY_WORD.search(dmarc.text, part.start, part.end):
            at_or_after = bisect_left(starts, part.start)
            if at_or_after < len(starts) and starts[at_or_after] <= part.end:
                return None
    return missing_policy(dmarc.tags.tags[0], _consequence(dmarc))


def _uris(text: str, tag: Tag | None) -> ReportUris:
    if tag is None or not tag.value:
        return _NO_URIS
    glued = _NEXT_TAG.search(text, tag.value_start, tag.value_end) if "=" in tag.value else None
    if glued is None:
        return report_uris(text, tag.value_start, tag.value_end, DMARC_URIS)
    before = text[: glued.start()].rstrip(BLANKS)
    end = max(tag.value_start, len(before.removesuffix(",").rstrip(BLANKS)))
    uris = report_uris(text, tag.value_start, end, DMARC_URIS)
    if before.endswith(","):
        return uris
    # With blanks alone between them, the last URI and the next tag are one broken URI.
    return uris._replace(valid=tuple([uri for uri in uris.valid if uri.end < end]))


def _consequence(dmarc: Dmarc) -> str:
    return "apply no DMARC at all" if dmarc.policy is None else "act as if the record said `p=none`"


class _Reading(Frozen):
    """What the fault of a part depends on: the first tag of each name, and what a lost policy leads to."""

    dmarc: Dmarc
    named: dict[str, Tag]
    consequence: str
    dirty: frozenset[int]

    def part(self, tag: Tag) -> str:
        return self.dmarc.text[tag.start : tag.end]

    def fact(self, tag: Tag, otherwise: str) -> str:
        """What receivers do about a faulty part: lose the policy with it, or `otherwise`."""
        name = tag.name.lower()
        if name in ("p", "sp", "np") and self.named[name] is tag:
            # RFC 7489 section 6.6.3 says the same, but knows no `np`.
            return f"that follow RFC 9989 {self.consequence}" if name == "np" else self.consequence
        lost = "p" not in self.named and _POLICY_WORD.search(self.dmarc.text, tag.start, tag.end)
        return self.consequence if lost else otherwise


def _faults(dmarc: Dmarc, named: dict[str, Tag], uri_faults: tuple[Fault, ...]) -> Iterator[Fault]:
    """Every fault of the record but "version", in no order. One cause has one fault."""
    text = dmarc.text
    strays = [match.start() for match in _STRAY.finditer(text)]
    dirty = [tag.start for tag in dmarc.tags.tags if strays and _STRAY.search(text, tag.start, tag.end)]
    reading = _Reading(dmarc, named, _consequence(dmarc), frozenset(dirty))
    yield from _stray_faults(reading, strays)
    for fault in uri_faults:
        if not strays or not _STRAY.search(text, fault.start, fault.end):
            yield fault
    last = -1
    for position in dmarc.tags.empty:
        if last < 0 or text[last + 1 : position].strip(BLANKS):
            yield superfluous_semicolon(position)
        last = position
    yield from _odd_parts(reading)
    for name, tag in named.items():
        if name in TAGS and tag.start not in reading.dirty:
            yield from _value_faults(reading, name, tag)


def _stray_faults(reading: _Reading, strays: list[int]) -> Iterator[Fault]:
    """One fault for each sort of character that no record holds, at the first of them."""
    if not strays:
        return
    text, tags = reading.dmarc.text, reading.dmarc.tags.tags
    dirty = [tag for tag in tags if tag.start in reading.dirty]
    fact = next(filter(None, [reading.fact(tag, "") for tag in dirty]), "may ignore the part that it is in")
    reported = set()
    for position in strays:
        fault = stray_character(text[position], position, fact)
        if fault.help not in reported:
            reported.add(fault.help)
            yield fault


def _odd_parts(reading: _Reading) -> Iterator[Fault]:
    """The parts that are not tags, not known tags, or tags that came before."""
    reported: set[str] = set()
    last = ""
    for tag in reading.dmarc.tags.tags[1:]:
        before, last = last, tag.name.lower()
        if before in _AFTER_URIS and _is_uri(reading.dmarc.text, tag):
            last = ";"
            is_own = not ends_in_mailto(reading.dmarc.text, reading.dmarc.text.rfind(";", 0, tag.start))
            if is_own and before != ";" and tag.start not in reading.dirty:
                yield list_cut(reading.part(tag), before, tag)
        elif tag.start not in reading.dirty and (last or tag.value) not in reported:
            fault = _odd_part(reading, tag, last)
            if fault is not None:
                reported.add(last or tag.value)
                yield fault
            if last == "v":
                # Two records in one text: what follows repeats the tags of the first for the same reason.
                reported.update(TAGS)


def _odd_part(reading: _Reading, tag: Tag, name: str) -> Fault | None:
    if not _LETTERS.fullmatch(name):
        return not_a_tag(reading.part(tag), tag, reading.fact(tag, "ignore it"))
    if name == "v":
        return second_record(tag)
    if name not in TAGS:
        is_policy = tag.value.lower() in POLICIES and "p" not in reading.named
        letters = sorted(name)
        swapped = next((known for known in TAGS if sorted(known) == letters), "")
        meant = "p" if is_policy else swapped or nearest(name, TAGS)
        return unknown_tag(tag, meant, reading.fact(tag, "ignore it"), meant not in reading.named)
    return duplicate_tag(tag) if reading.named[name] is not tag else None


def _is_uri(text: str, tag: Tag) -> bool:
    return URI_START.match(text, tag.start) is not None or (not tag.name and "@" in tag.value)


def _value_faults(reading: _Reading, name: str, tag: Tag) -> Iterator[Fault]:
    if not tag.value:
        otherwise = f"use the default `{WORDS[name][0]}`" if name in WORDS else "ignore it"
        yield empty_value(tag, reading.fact(tag, otherwise))
    elif "=" in tag.value and (glued := _NEXT_TAG.search(reading.dmarc.text, tag.value_start, tag.value_end)):
        fact = reading.fact(tag, f"read it as part of `{name}`")
        yield lost_semicolon(reading.dmarc.text, glued, fact)
    elif name == "fo":
        yield from failure_option_faults(tag, "ruf" in reading.named)
    elif name in HISTORIC:
        yield historic_tag(name, tag, reading.dmarc.policy)
    elif name in WORDS and tag.value.lower() not in WORDS[name]:
        yield invalid_word(name, tag, reading.fact(tag, f"use the default `{WORDS[name][0]}`"))
