"""How large the answer to a question for TXT is, and which of a name's values only prove who owns it."""

import re
from collections.abc import Iterable

from linter.records.dmarc import version as dmarc
from linter.records.spf import record as spf
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern
from linter.zone.model import Record, Text

PLAIN_LIMIT = 512
"""Octets of an answer over UDP without EDNS (RFC 1035 section 4.2.1)."""
USUAL_LIMIT = 1232
"""Octets that servers and resolvers agree on today, so that no datagram is cut into fragments."""
MESSAGE_LIMIT = 0xFFFF
"""Octets of any answer: the length over TCP is a number of 16 bits (RFC 1035 section 4.2.2)."""

_HEADER, _QUESTION, _OPT = 12, 4, 11
_RECORD = 2 + 10  # a pointer to the name; type, class, TTL and length (RFC 1035 section 4.1.3)
_STRING = 255

# What services ask for once: `google-site-verification=…`, `MS=ms12345678`, `x-domain-verify: …`.
_TOKEN = Pattern(
    r"(?:(?=[\w.-]+\s*[=:])[\w.-]*?(?:verif|valid|challenge|confirm|token|owner|proof|site-id|domain-key|_globalsign)"
    r"|[\w.-]+=[\w-]*verif|ms=|zoom_|d365mktkey=|have-i-been-pwned|mscid=|[\w-]*-code[=:]|[\w-]+-domain[=:]|_?acme)",
    re.IGNORECASE,
)


class TxtSet(Frozen):
    """All TXT values of one name, each once; `octets` is the size of the answer, with the OPT record of EDNS."""

    name: str
    values: tuple[Text, ...]
    octets: int

    @property
    def tokens(self) -> tuple[Text, ...]:
        """The values that only prove to some service who owns the name."""
        return tuple(value for value in self.values if is_token(value.text))

    def without(self, values: Iterable[Text]) -> int:
        """The size of the answer when some of the values are gone."""
        return self.octets - sum(_RECORD + _data(value.text) for value in values)


def txt_set(name: str, records: Iterable[Record]) -> TxtSet:
    """The set that some records make up; a value that occurs twice is served once (RFC 2181 section 5)."""
    values: dict[str, Text] = {}
    for record in records:
        for value in record.values:
            if isinstance(value, Text):
                values.setdefault(value.text, value)
    return TxtSet(name, tuple(values.values()), octets_of(name, values))


def octets_of(name: str, texts: Iterable[str]) -> int:
    """The octets of an answer with these values: header, question, records, OPT (RFC 6891 section 6.1.2)."""
    # On the wire every label has its length in front and the root ends the name: one more than the final dot.
    question = len(name) + 1 + _QUESTION
    return _HEADER + question + sum(_RECORD + _data(text) for text in texts) + _OPT


def _data(text: str) -> int:
    """The octets of one value: its character-strings of at most 255, each with its length in front."""
    length = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
    return length + max(1, -(-length // _STRING))


def is_token(text: str) -> bool:
    """Whether a text is a verification token of some service, and no mail record."""
    return bool(_TOKEN.match(text)) and not spf.is_spf(text) and not dmarc.is_dmarc(text)
