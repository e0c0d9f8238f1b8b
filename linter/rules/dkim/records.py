"""DKIM records as a whole: how many are at one name, and what is there in place of a key."""

from collections.abc import Iterator

from linter.facts.dkim.key_sets import key_sets
from linter.records.text.fault import quoted
from mailzone import DKIM, ERROR, INFO, At, Complaint, Facts, Related, complaint, rule


@rule("dkim-multiple-records", ERROR, "RFC 6376 section 3.6.2.2", when=DKIM)
def multiple_records(facts: Facts) -> Iterator[Complaint]:
    """Every value beside the first record of a selector."""
    for key_set in key_sets(facts):
        if not key_set.records:
            continue
        shown = key_set.name.rstrip(".")
        message = f"another TXT value at `{shown}`; which one receivers use is undefined"
        related = (Related(key_set.records[0].value.span, "the first one"),)
        for text in key_set.records[1:]:
            way_out = "keep one key here; publish the other under another selector"
            yield complaint(text.value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)
        for text in key_set.others:
            way_out = "a selector has only one key; delete this or move it to the name it belongs to"
            yield complaint(text.value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)


@rule("dkim-split-values", ERROR, "RFC 6376 section 3.6.2.2", when=DKIM)
def split_values(facts: Facts) -> Iterator[Complaint]:
    """Keys in pieces, each once, at its first piece."""
    for key_set in key_sets(facts):
        if key_set.pieces:
            first, *others = key_set.pieces
            message = f"one key is cut into {len(key_set.pieces)} values, so receivers find no complete key"
            way_out = "write it as one value; it is cut into strings of 255 characters when it is published"
            related = tuple(Related(text.value.span, "a piece of it") for text in others)
            yield complaint(first.value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)


_MOST_SHOWN = 100


@rule("dkim-text-is-hostname", ERROR, "RFC 6376 section 3.6.1", when=DKIM)
def text_is_hostname(facts: Facts) -> Iterator[Complaint]:
    """Host names as TXT values of selectors."""
    for record, value in facts.texts.host_names:
        host = value.text.strip().rstrip(".")
        message = f"the TXT value is the host name {quoted(host, _MOST_SHOWN)}, not a key"
        way_out = f"publish a CNAME instead, with the value {quoted(f'{host}.', _MOST_SHOWN)}"
        yield complaint(value.span, message, help=way_out, at=record)


@rule("domainkeys-leftover", INFO, "RFC 5617", when=DKIM)
def domainkeys_leftover(facts: Facts) -> Iterator[Complaint]:
    """The left-over policies."""
    for record, value in facts.texts.leftovers:
        message = f"{quoted(value.text)} is a policy of DomainKeys or ADSP, which receivers no longer read"
        yield complaint(value.span, message, help="delete it; DMARC replaced it", at=record)
