"""Mail records as they are published, character by character: what the grammars leave to other rules."""

import re
from collections.abc import Iterable, Iterator

from linter.records.fault import Fault
from linter.records.tag_list import split_tags
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern
from linter.zone.model import Record, Text

from .texts import Texts

_TRANSPORT = Pattern(r"\W*v\s*=\s*(STSv1|TLSRPTv1|BIMI1)", re.IGNORECASE)
_KINDS = {"stsv1": "MTA-STS", "tlsrptv1": "TLS-RPT", "bimi1": "BIMI"}


class MailText(Frozen):
    """A TXT value that is a mail record or was plainly meant as one; `kind` is the record's name: "SPF".

    `value` holds the text as it is published; `meant` the text that the grammar has read, which may be without
    quotes and the like, and `faults` what the grammar found in that.
    """

    record: Record
    value: Text
    kind: str
    meant: str
    faults: tuple[Fault, ...] = ()

    @property
    def note(self) -> tuple[int, int]:
        """Where free text stands: the value of `n=` in a DKIM key; (0, 0) where there is none."""
        tag = split_tags(self.value.text).first("n") if self.kind == "DKIM" else None
        return (tag.value_start, tag.value_end) if tag else (0, 0)

    @property
    def has_foreign_fault(self) -> bool:
        """Whether the grammar has reported a character that is not ASCII."""
        return any(not self.meant[fault.start : fault.end].isascii() for fault in self.faults)


def mail_texts(texts: Texts, records: Iterable[Record]) -> Iterator[MailText]:
    """The mail records among the TXT values; `records` are those that hold the values."""
    for spf in texts.spf:
        yield _mail_text("SPF", spf.record, spf.value, spf.spf.faults)
    for dmarc in texts.dmarc:
        yield _mail_text("DMARC", dmarc.record, dmarc.value, dmarc.dmarc.faults)
    for key in (*texts.keys, *texts.stray_keys):
        yield _mail_text("DKIM", key.record, key.value, key.key.faults)
    for kind, misses in (("SPF", texts.near_spf), ("DMARC", texts.near_dmarc)):
        for miss in misses:
            yield _mail_text(kind, miss.record, miss.value, (miss.fault,))
    for record in records:
        for each in record.values:
            match = _TRANSPORT.match(each.text) if isinstance(each, Text) else None
            if match and isinstance(each, Text):
                yield MailText(record, each, _KINDS[match[1].lower()], each.text)


def _mail_text(kind: str, record: Record, value: Text, faults: tuple[Fault, ...]) -> MailText:
    return MailText(record, _published(record, value), kind, value.text, faults)


def _published(record: Record, value: Text) -> Text:
    if not value.repaired:
        return value
    return next(each for each in record.values if isinstance(each, Text) and each.node is value.node)
