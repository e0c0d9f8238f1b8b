"""Mail records as they are published, character by character: what the grammars leave to other rules."""

from collections.abc import Iterator

from linter.records.text.fault import Fault
from linter.records.text.tags import split_tags
from linter.source.frozen import Frozen
from linter.zone.model import Record, Text

from .texts import Texts


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


def mail_texts(texts: Texts) -> Iterator[MailText]:
    """The mail records among the TXT values."""
    for spf in texts.spf:
        yield _mail_text("SPF", spf.record, spf.value, spf.spf.faults)
    for dmarc in texts.dmarc:
        yield _mail_text("DMARC", dmarc.record, dmarc.value, dmarc.dmarc.faults)
    for key in (*texts.keys, *texts.stray_keys):
        yield _mail_text("DKIM", key.record, key.value, key.key.faults)
    for kind, misses in (("SPF", texts.near_spf), ("DMARC", texts.near_dmarc)):
        for miss in misses:
            yield _mail_text(kind, miss.record, miss.value, (miss.fault,))
    for kind, found in (("MTA-STS", texts.mta_sts), ("TLS-RPT", texts.tls_rpt), ("BIMI", texts.bimi)):
        for text in found:
            yield _mail_text(kind, text.record, text.value, text.read.faults)


def _mail_text(kind: str, record: Record, value: Text, faults: tuple[Fault, ...]) -> MailText:
    return MailText(record, _published(record, value), kind, value.text, faults)


def _published(record: Record, value: Text) -> Text:
    if not value.repaired:
        return value
    return next(each for each in record.values if isinstance(each, Text) and each.node is value.node)
