"""Characters that no mail record holds: which texts are mail records, and which faults come from such characters."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.records.fault import Fault
from linter.zone.model import Record, Text

from .texts import Texts

_TRANSPORT = re.compile(r"\W*v\s*=\s*(STSv1|TLSRPTv1|BIMI1)", re.IGNORECASE)
_KINDS = {"stsv1": "MTA-STS", "tlsrptv1": "TLS-RPT", "bimi1": "BIMI"}


class MailText(NamedTuple):
    """A TXT value that is a mail record or was plainly meant as one; `kind` is the record's name: "SPF".

    `note` is where free text stands in it: the value of `n=` in a DKIM key; (0, 0) where there is none.
    """

    record: Record
    value: Text
    kind: str
    note: tuple[int, int] = (0, 0)


def mail_texts(texts: Texts, records: Iterable[Record]) -> Iterator[MailText]:
    """The mail records among the TXT values; `records` are those that hold the values."""
    for text in (*texts.spf, *texts.near_spf):
        yield MailText(text.record, text.value, "SPF")
    for policy in (*texts.dmarc, *texts.near_dmarc):
        yield MailText(policy.record, policy.value, "DMARC")
    for key in (*texts.keys, *texts.stray_keys):
        note = key.key.tags.first("n")
        yield MailText(key.record, key.value, "DKIM", (note.value_start, note.value_end) if note else (0, 0))
    for record in records:
        for value in record.values:
            found = _TRANSPORT.match(value.text) if isinstance(value, Text) else None
            if found and isinstance(value, Text):
                yield MailText(record, value, _KINDS[found[1].lower()])


def is_of_characters(text: str, fault: Fault) -> bool:
    """Whether a grammar's fault is a quote or a character that is not ASCII.

    Of these `txt-quotes-in-value` and `txt-non-ascii` speak, whatever record they stand in.
    """
    part = text[fault.start : fault.end]
    return '"' in part or not part.isascii()
