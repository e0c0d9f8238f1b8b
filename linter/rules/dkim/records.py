"""DKIM records as a whole: how many are at one name, and what is there in place of a key."""

from collections.abc import Iterable, Iterator

from linter.facts.dkim.key_sets import key_sets
from linter.facts.texts import KeyText
from linter.records.text.fault import quoted
from linter.source.plain import entry_of
from linter.source.tree import Scalar
from linter.zone.model import Record, Text
from linter.zone.rewriting import rewrite_scalar
from mailzone import DKIM, ERROR, INFO, At, Complaint, Facts, Fix, Related, complaint, rule


@rule("dkim-multiple-records", ERROR, "RFC 6376 section 3.6.2.2", when=DKIM)
def multiple_records(facts: Facts) -> Iterator[Complaint]:
    """Every value beside the first record of a selector; a host name beside the pieces of a key as well."""
    for key_set in key_sets(facts):
        first = (*key_set.records, *key_set.pieces)[:1]
        if not first:
            continue
        shown = key_set.name.rstrip(".")
        message = f"another TXT value at `{shown}`; which one receivers use is undefined"
        related = (Related(first[0].value.span, "the first one"),)
        for text in key_set.records[1:]:
            way_out = "keep one key here; publish the other under another selector"
            yield complaint(text.value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)
        for value in (*(text.value for text in key_set.others), *_host_names(facts, key_set.name)):
            way_out = "a selector has only one key; delete this or move it to the name it belongs to"
            yield complaint(value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)


def _host_names(facts: Facts, name: str) -> list[Text]:
    return [value for record, value in facts.texts.host_names if record.name == name]


@rule("dkim-split-values", ERROR, "RFC 6376 section 3.6.2.2", when=DKIM)
def split_values(facts: Facts) -> Iterator[Complaint]:
    """Keys in pieces, each once, at its first piece."""
    for key_set in key_sets(facts):
        if key_set.pieces:
            first, *others = key_set.pieces
            message = f"one key is cut into {len(key_set.pieces)} values, {_what_order_does(key_set.pieces)}"
            way_out = "write it as one value; it is cut into strings of 255 characters when it is published"
            related = tuple(Related(text.value.span, "a piece of it") for text in others)
            yield complaint(first.value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)


def _what_order_does(pieces: Iterable[KeyText]) -> str:
    """What receivers find: each value is a record, and servers give the records of a set in any order."""
    if any(text.key.key is not None for text in pieces):
        return "which servers send in any order, so receivers find the key by chance only"
    return "which servers send in any order, so receivers find no complete key"


_MOST_SHOWN = 100


@rule("dkim-text-is-hostname", ERROR, "RFC 6376 section 3.6.1", when=DKIM)
def text_is_hostname(facts: Facts) -> Iterator[Complaint]:
    """Host names as TXT values of selectors; beside a key, which no CNAME can be, dkim-multiple-records speaks."""
    with_key = {key_set.name for key_set in key_sets(facts) if key_set.records or key_set.pieces}
    for record, value in facts.texts.host_names:
        if record.name in with_key:
            continue
        host = value.text.strip().rstrip(".")
        message = f"the TXT value is the host name {quoted(host, _MOST_SHOWN)}, not a key"
        way_out = f"publish a CNAME instead, with the value {quoted(f'{host}.', _MOST_SHOWN)}"
        yield complaint(value.span, message, help=way_out, at=record, fix=_as_alias(facts, record, value, host))


def _as_alias(facts: Facts, record: Record, value: Text, host: str) -> Fix | None:
    """The record as a CNAME, where it is the only one of its name and holds nothing else."""
    kind, written = entry_of(record.node, "type"), entry_of(record.node, "value")
    if kind is None or written is None or record.via or value.pieces or len(record.values) != 1:
        return None
    if len(facts.index.names.get(record.name, {})) != 1 or len(facts.index.records(record.name, "TXT")) != 1:
        return None
    if not (isinstance(kind[1], Scalar) and isinstance(written[1], Scalar)):
        return None
    rewrites = (
        *rewrite_scalar(kind[1], "CNAME").rewrites,
        *rewrite_scalar(written[1], f"{host}.").rewrites,
    )
    return Fix(f"receivers then find the key that `{host}` has", rewrites)


@rule("domainkeys-leftover", INFO, "RFC 5617", when=DKIM)
def domainkeys_leftover(facts: Facts) -> Iterator[Complaint]:
    """The left-over policies."""
    for record, value in facts.texts.leftovers:
        message = f"{quoted(value.text)} is a policy of DomainKeys or ADSP, which receivers no longer read"
        yield complaint(value.span, message, help="delete it; DMARC replaced it", at=record)
