"""Mail records as they are published, character by character: what the grammars leave to other rules."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.records.fault import Fault
from linter.records.tag_list import split_tags
from linter.zone.model import Record, Text

from .texts import NearMiss, Texts

_TRANSPORT = re.compile(r"\W*v\s*=\s*(STSv1|TLSRPTv1|BIMI1)", re.IGNORECASE)
_KINDS = {"stsv1": "MTA-STS", "tlsrptv1": "TLS-RPT", "bimi1": "BIMI"}


class MailText(NamedTuple):
    """A TXT value that is a mail record or was plainly meant as one; `kind` is the record's name: "SPF".

    `value` holds the text as it is published, where `Texts` may hold it without its quotes.
    """

    record: Record
    value: Text
    kind: str

    @property
    def note(self) -> tuple[int, int]:
        """Where free text stands: the value of `n=` in a DKIM key; (0, 0) where there is none."""
        tag = split_tags(self.value.text).first("n") if self.kind == "DKIM" else None
        return (tag.value_start, tag.value_end) if tag else (0, 0)


def mail_texts(texts: Texts, records: Iterable[Record]) -> Iterator[MailText]:
    """The mail records among the TXT values; `records` are those that hold the values."""
    for kind, found in (
        ("SPF", [*((text.record, text.value) for text in texts.spf), *_near(texts.near_spf)]),
        ("DMARC", [*((text.record, text.value) for text in texts.dmarc), *_near(texts.near_dmarc)]),
        ("DKIM", [(text.record, text.value) for text in (*texts.keys, *texts.stray_keys)]),
    ):
        for record, value in found:
            yield MailText(record, _published(record, value), kind)
    for record in records:
        for each in record.values:
            match = _TRANSPORT.match(each.text) if isinstance(each, Text) else None
            if match and isinstance(each, Text):
                yield MailText(record, each, _KINDS[match[1].lower()])


def _near(misses: Iterable[NearMiss]) -> Iterator[tuple[Record, Text]]:
    return ((miss.record, miss.value) for miss in misses)


def _published(record: Record, value: Text) -> Text:
    if not value.repaired:
        return value
    return next(each for each in record.values if isinstance(each, Text) and each.node is value.node)


def is_foreign(text: str, fault: Fault) -> bool:
    """Whether a grammar's fault is a character that is not ASCII: `txt-non-ascii` speaks of these."""
    return not text[fault.start : fault.end].isascii()
