"""What the grammar finds in DKIM keys."""

from collections.abc import Iterator

from linter.facts.dkim.key_sets import key_sets
from linter.records.text.fault import quoted
from mailzone import (
    DKIM,
    ERROR,
    INFO,
    OFF,
    WARNING,
    At,
    Complaint,
    Facts,
    complaint,
    complaint_of,
    fault_rules,
    rule,
)


@fault_rules(
    {
        "syntax": ("dkim-syntax", ERROR, "RFC 6376 section 3.6.1"),
        "key-undecodable": ("dkim-key-undecodable", ERROR, "RFC 6376 section 3.6.1"),
        "key-too-long": ("dkim-key-too-long", OFF, "RFC 8301 section 3.2"),
        "hash-unusable": ("dkim-hash-unusable", ERROR, "RFC 8301 section 3.1"),
        "service": ("dkim-service-unusable", ERROR, "RFC 6376 section 3.6.1"),
        "unknown-tag": ("dkim-unknown-tag", WARNING, "RFC 6376 section 3.2"),
        "testing": ("dkim-testing", INFO, "RFC 6376 section 3.6.1"),
    },
    when=DKIM,
)
def grammar_complaints(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The faults of one kind in all key records that verifiers find; a key in pieces is not a record."""
    for key_set in key_sets(facts):
        for text in key_set.records:
            for fault in text.key.faults:
                if fault.kind == kind:
                    span = text.value.part(fault.start, fault.end)
                    yield complaint_of(fault, span, At(key_set.name, "TXT"), text.value)


@rule("dkim-key-missing", ERROR, "RFC 6376 section 3.6.1", when=DKIM)
def key_missing(facts: Facts) -> Iterator[Complaint]:
    """Records without a key, and selectors where nothing but text of another kind stands."""
    yield from grammar_complaints(facts, "key-missing")
    for key_set in key_sets(facts):
        for text in () if key_set.records else key_set.others:
            what = quoted(text.value.text) if text.value.text.strip() else "an empty text"
            message = f"{what} is published at a DKIM selector but is not a key"
            way_out = "a selector has only its key; move this to the name it belongs to, or delete it"
            yield complaint(text.value.span, message, help=way_out, at=At(key_set.name, "TXT"))
