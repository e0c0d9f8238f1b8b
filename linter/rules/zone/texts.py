"""TXT values: characters that change what is published."""

import re
from collections.abc import Iterator

from linter.facts.characters import MailText, mail_texts
from linter.records.text.fault import quoted
from linter.source.pattern import Pattern
from linter.zone.lookalikes import Lookalike, lookalike
from linter.zone.model import Record, Text
from linter.zone.published import closed, is_cut, publish
from linter.zone.rewriting import rewrite_scalar, rewrite_text
from mailzone import ERROR, SPOILT_TEXTS, WARNING, Complaint, Facts, Fix, complaint, rule

_QUOTES = Pattern(r'\\?"(?:\s*\\?")?')


# In other texts quotes may be meant, as in JSON; these are not.
_JOINT = Pattern(r'(?<=[\w+/;.-])\\?"(?:|\s\s+|[^\S ])\\?"(?=[\w+/])|\A"|\\"', re.ASCII)


_STRUCTURED = ("{", "[", "<")


@rule("txt-quotes-in-value", WARNING, "RFC 7208 section 3.3", when=SPOILT_TEXTS)
def txt_quotes_in_value(facts: Facts) -> Iterator[Complaint]:
    """Mail records first; of other texts those where a quote is plainly what is left of a joint."""
    seen: set[int] = set()
    records = facts.records("TXT")
    for text in mail_texts(facts.texts):
        seen.add(id(text.value))
        found = [each for each in _QUOTES.finditer(text.value.text) if not _is_within(each, text.note)]
        if found:
            message = f"{quoted(found[0][0])} is published as part of the {text.kind} record and breaks it"
            is_whole = text.value.text.count('"') == sum(each[0].count('"') for each in found)
            fix = _unquoted(text.value) if is_whole else None
            yield _about_quotes(text.record, text.value, message, found)._replace(severity="error", fix=fix)
        elif is_cut(text.value.node.text):
            yield _cut(text.record, text.value)._replace(severity="error")
    for record in records:
        for value in record.values:
            if not isinstance(value, Text) or id(value) in seen:
                continue
            if is_cut(value.node.text):
                yield _cut(record, value)
            elif '"' in value.text and not value.text.lstrip().startswith(_STRUCTURED):
                joints = list(_JOINT.finditer(value.text))
                if joints:
                    message = f"{quoted(joints[0][0])} is published as part of the text"
                    yield _about_quotes(record, value, message, joints)


def _is_within(found: re.Match[str], note: tuple[int, int]) -> bool:
    return note[0] <= found.start() and found.end() <= note[1]


def _cut(record: Record, value: Text) -> Complaint:
    last = value.node.text[-1:]
    message = f"the quote that opens the text is never closed, so octoDNS publishes it without its last {quoted(last)}"
    return complaint(value.span, message, help="write the text without quotes", at=record, fix=_unquoted(value))


def _unquoted(value: Text) -> Fix | None:
    """The value as its author meant it, apart from what is not ASCII."""
    meant = publish(closed(value.node.text)).replace('\\"', "").replace('"', "")
    if value.pieces or not meant.strip():
        return None
    written = meant.replace(";", "\\;") if "\\;" in value.node.text else meant
    return rewrite_scalar(value.node, written, "receivers then read the text without the quotes")


def _about_quotes(record: Record, value: Text, message: str, found: list[re.Match[str]]) -> Complaint:
    way_out = "write one text without quotes"
    if len(found) > 1:
        way_out += f", here and in {len(found) - 1} more places" if len(found) > 2 else ", here and in one more place"
    elif re.search(r'"\s*\\?"', found[0][0]):
        way_out += '; only `" "`, with one blank, joins two strings'
    return complaint(value.part(*found[0].span()), message, help=way_out, at=record)


_FOREIGN = Pattern(r"[^\x00-\x7f]+")


@rule("txt-non-ascii", ERROR, "RFC 7208 section 3.1", when=SPOILT_TEXTS)
def txt_non_ascii(facts: Facts) -> Iterator[Complaint]:
    """Mail records and what was meant as one; any other text may be in any script."""
    for text in mail_texts(facts.texts):
        runs = list(_FOREIGN.finditer(text.value.text))
        passing = [run for run in runs if lookalike(run[0][0])]
        if passing:
            made = _about_characters(text, passing[0])
            others = f", and look at {len(runs) - 1} more" if len(runs) > 1 else ""
            yield made._replace(help=f"{made.help}{others}")
        elif runs and not text.has_foreign_fault:
            yield _about_characters(text, runs[0])


def _about_characters(text: MailText, run: re.Match[str]) -> Complaint:
    found = lookalike(run[0][0])
    written = run[0][0] if found else run[0]
    name = found.name if found else "text in another script"
    code = f"(U+{ord(written[0]):04X})"
    seen = f", {quoted(written)} {code}," if written.isprintable() and not written.isspace() else f" {code}"
    message = f"{name}{seen} is in the {text.kind} record, which must be ASCII"
    span = text.value.part(run.start(), run.start() + len(written))
    fix = None
    if found is not None:
        characters = enumerate(text.value.text)
        known = [(row, each) for row, character in characters if character > "\x7f" and (each := lookalike(character))]
        stretches = [(row, row + 1, each.meant) for row, each in known]
        fix = rewrite_text(text.value, stretches, "receivers then read ASCII, which they know")
    return complaint(span, message, help=_way_out(found), at=text.record, fix=fix)


def _way_out(found: Lookalike | None) -> str:
    if found is None:
        return "write domains with their `xn--` labels"
    if found.meant == " ":
        return "write a plain blank"
    return f"write `{found.meant}`" if found.meant else "take it out"
